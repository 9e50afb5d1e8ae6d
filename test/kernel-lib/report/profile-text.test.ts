import { describe, expect, test } from 'vitest';
import type { ColumnProfile } from '../../../kernel-lib/src/profile/profile.js';
import { profileText, sparkline } from '../../../kernel-lib/src/report/profile-text.js';
import { DistinctCounter } from '../../../kernel-lib/src/stats/distinct.js';
import { KllSketch } from '../../../kernel-lib/src/stats/kll.js';
import { Moments } from '../../../kernel-lib/src/stats/moments.js';

describe('profileText()', () => {
  const columns = [
    numeric('age', [17, 20, 20, 21, 30, 90]),
    numeric('constant', [5, 5, 5, 5, 5, 5]),
    text('workclass', { Private: 3, '': 1, 'Self-emp': 1 }, 1),
    text('a name that is much too long for a terminal of eighty columns', {}, 6),
  ];

  test.each([80, 120])('fits %i columns with a line each', (width) => {
    const lines = profileText({ rowCount: 6, columns }, { width }).split('\n');
    expect(lines[0]).toBe('6 rows, 4 columns');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.startsWith('age'))).toHaveLength(1);
  });

  test('has type, presence, distinct values, moments and a histogram of numbers', () => {
    const lines = profileText({ rowCount: 6, columns }, { width: 120 }).split('\n');
    const age = lines.find((line) => line.startsWith('age'))!;
    expect(age).toMatch(/^age +integral +100 % +5 +17 +33 +90 +25\.81 +█▂ {7}▂$/);
  });

  test('has the most frequent texts of the others, the empty one readable', () => {
    const lines = profileText({ rowCount: 6, columns }, { width: 120 }).split('\n');
    expect(lines.find((line) => line.startsWith('workclass'))).toMatch(/83\.3 %.*Private 60 %, "" 20 %, Self-emp 20 %/);
  });

  test('marks estimated distinct counts', () => {
    const foreign = { ...columns[0]!, distinct: undefined, distinctEstimate: 1234 };
    expect(profileText({ rowCount: 6, columns: [foreign] })).toContain('~1,234');
  });

  test('shows a profile without rows or columns', () => {
    expect(profileText({ rowCount: 0, columns: [] })).toContain('0 rows, 0 columns');
    expect(profileText({ rowCount: 0, columns: [numeric('empty', [])] })).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('sparkline() is relative to the largest count and leaves empty buckets empty', () => {
  expect(sparkline([0, 1, 4, 8])).toBe(' ▁▄█');
  expect(sparkline([0, 0])).toBe('  ');
  expect(sparkline([])).toBe('');
});

function numeric(name: string, values: readonly number[]): ColumnProfile {
  const moments = new Moments();
  moments.addAll(Float64Array.from(values));
  const sketch = new KllSketch();
  sketch.addAll(Float64Array.from(values));
  const distinct = new DistinctCounter();
  distinct.addNumbers(Float64Array.from(values));
  return {
    name,
    inferredType: 'Integral',
    present: values.length,
    missing: 0,
    nonFinite: 0,
    types: { integral: values.length, fractional: 0, boolean: 0, text: 0 },
    numeric: { moments, sketch },
    distinct,
    distinctEstimate: new Set(values).size,
    values: undefined,
  };
}

function text(name: string, values: Readonly<Record<string, number>>, missing: number): ColumnProfile {
  const present = Object.values(values).reduce((sum, count) => sum + count, 0);
  const distinct = new DistinctCounter();
  for (const value of Object.keys(values)) distinct.addText(value);
  return {
    name,
    inferredType: present === 0 ? 'Unknown' : 'String',
    present,
    missing,
    nonFinite: 0,
    types: { integral: 0, fractional: 0, boolean: 0, text: present },
    numeric: undefined,
    distinct,
    distinctEstimate: Object.keys(values).length,
    values: new Map(Object.entries(values)),
  };
}
