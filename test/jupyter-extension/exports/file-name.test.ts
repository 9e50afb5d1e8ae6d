import { describe, expect, it } from 'vitest';
import { fileName } from '../../../jupyter-extension/src/exports/file-name.js';

describe('fileName()', () => {
  it('joins titles with hyphens, and says nothing twice', () => {
    expect(fileName(['census, 2026-03-05', 'hours-per-week', 'Distribution', 'Distribution'], 'png')).toBe(
      'census-2026-03-05-hours-per-week-Distribution.png',
    );
  });

  it('keeps no character that a file system or a shell gives a meaning', () => {
    expect(fileName(['../../etc/passwd'], 'csv')).toBe('etc-passwd.csv');
    expect(fileName(['a\\b:c*d?e"f<g>h|i\u0000j$(k)`l`'], 'csv')).toBe('a-b-c-d-e-f-g-h-i-j-k-l.csv');
    expect(fileName(['…', '.'], 'csv')).toBe('driftline.csv');
  });

  it('keeps letters of all languages, and is never too long', () => {
    expect(fileName(['年齢', 'Größe'], 'svg')).toBe('年齢-Größe.svg');
    expect(fileName(['x'.repeat(400)], 'svg')).toHaveLength(104);
  });
});
