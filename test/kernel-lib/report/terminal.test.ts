import { describe, expect, test } from 'vitest';
import { reportText } from '../../../kernel-lib/src/report/terminal.js';
import { hostileReport } from '../../support/hostile-report.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';

const escapeCode = '\u001b';

describe('reportText()', () => {
  test.each([80, 100, 120, 200])('fits %i columns', (width) => {
    for (const report of [sampleReport(), cleanReport(), emptyWindowReport()]) {
      const longest = Math.max(
        ...reportText(report, { width })
          .split('\n')
          .map((line) => line.length),
      );
      expect(longest).toBeLessThanOrEqual(width);
    }
  });

  test('is plain ASCII without colour', () => {
    const text = reportText(sampleReport(), { width: 120 });
    expect([...text].filter((character) => character > '~')).toEqual([]);
  });

  test('says the same with colour and without, but for the bars', () => {
    const plain = reportText(sampleReport(), { width: 120 });
    const coloured = reportText(sampleReport(), { width: 120, colour: true });
    expect(coloured).toContain(`${escapeCode}[31m`);
    const codes = new RegExp(`${escapeCode}\\[\\d+m`, 'g');
    expect(coloured.replace(codes, '').replaceAll('█', '#').replaceAll('┊', '|')).toBe(plain);
  });

  test('has the violations of the deciding rule before those of the other', () => {
    const text = reportText(sampleReport(), { width: 120 });
    const at = (part: string): number => text.indexOf(part);
    expect(at('hours-per-week  distribution has moved (1,747 rows)')).toBeGreaterThan(0);
    expect(at('4 Mar 2026, 06:00')).toBeGreaterThan(0);
    expect(at('Flagged by the other rule only')).toBeGreaterThan(at('capital-loss    values of another type'));
    expect(at('probability  distribution has moved')).toBeGreaterThan(at('Flagged by the other rule only'));
  });

  test('has a line for each feature, worst first', () => {
    const lines = reportText(sampleReport(), { width: 120 }).split('\n');
    const start = lines.findIndex((line) => line.startsWith('Drift, worst first'));
    const names = lines.slice(start + 1, start + 16).map((line) => line.split(' ')[0]);
    expect(names.slice(0, 3)).toEqual(['hours-per-week', 'probability', 'marital-status']);
    expect(new Set(names)).toEqual(new Set(sampleReport().features.map(({ name }) => name)));
  });

  test('counts what could not be read, and says where the data lie', () => {
    const text = reportText(sampleReport());
    expect(text).toContain('7 lines: 4 input has 13 columns, expected 14; 2 not JSON');
    expect(text).toContain('notebooks/census/capture/census-income');
    expect(text).toContain('notebooks/census/baseline');
  });

  test('says where an empty window ends, and nothing of features', () => {
    const text = reportText(emptyWindowReport()).replaceAll('\n', ' ');
    expect(text).toContain('No data');
    expect(text).toContain('newest capture is of 2026-03-08 23:00 UTC');
    expect(text).not.toContain('Drift');
  });

  test('lets no text of the data act on the terminal', () => {
    const text = reportText(hostileReport(), { width: 100 });
    expect(text).not.toContain(escapeCode);
    expect(text).not.toContain('\u0007');
    expect(text).not.toContain('\u202e');
    expect(text.length).toBeLessThan(20_000);
  });
});
