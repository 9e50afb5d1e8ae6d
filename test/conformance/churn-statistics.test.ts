import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { statisticsFromProfile } from '../../kernel-lib/src/profile/statistics-from-profile.js';
import { expectClose, readGolden } from '../kernel-lib/stats/golden.js';
import { profileOf } from '../support/profile-of.js';

interface GoldenColumn {
  readonly integral: boolean;
  readonly mean: number;
  readonly sum: number;
  readonly std_dev: number;
  readonly min: number;
  readonly max: number;
  readonly distinct: number;
  readonly buckets: number[] | null;
}

const golden = readGolden<{ rows: number; columns: Record<string, GoldenColumn> }>('statistics/churn.json');
const text = readFileSync(new URL('data/churn/training-dataset-with-header.csv', import.meta.url), 'utf8');
const [header, ...rows] = text
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(','));
const profile = profileOf(Object.fromEntries(header!.map((name, index) => [name, rows.map((row) => row[index]!)])));
const statistics = statisticsFromProfile(profile);

describe('statistics of the churn dataset', () => {
  test('cover all rows and columns, in the order of the file', () => {
    expect(statistics.dataset).toEqual({ item_count: golden.rows });
    expect(statistics.features.map(({ name }) => name)).toEqual(Object.keys(golden.columns));
  });

  test.each(Object.entries(golden.columns))('%s: equal those of NumPy', (name, expected) => {
    const feature = statistics.features.find((candidate) => candidate.name === name)!;
    const numbers = feature.numerical_statistics!;
    expect(feature.inferred_type).toBe(expected.integral ? 'Integral' : 'Fractional');
    expect(numbers.common).toEqual({ num_present: golden.rows, num_missing: 0 });
    // 1e-13 relative: NumPy's pairwise sums of 2,333 terms differ from compensated ones by a few roundings.
    expectClose(numbers.mean as number, expected.mean, 1e-13, 'mean');
    expectClose(numbers.sum as number, expected.sum, 1e-13, 'sum');
    expectClose(numbers.std_dev as number, expected.std_dev, 1e-13, 'std_dev');
    expect([numbers.min, numbers.max]).toEqual([expected.min, expected.max]);
    expect(numbers.approximate_num_distinct_values).toBe(expected.distinct);

    const { buckets } = numbers.distribution!.kll!;
    expect(buckets!.reduce((sum, { count }) => sum + count, 0)).toBe(golden.rows);
    // 2,333 rows are more than the sketch's 2,048: either edge of a bucket may be off by its rank error.
    const sketch = profile.columns.find((column) => column.name === name)!.numeric!.sketch;
    const slack = 2 * sketch.rankErrorBound() * golden.rows;
    const counts = expected.buckets ?? [0, 0, 0, 0, 0, 0, 0, 0, 0, golden.rows];
    buckets!.forEach(({ count }, i) => {
      expect(Math.abs(count - counts[i]!), `bucket ${i}`).toBeLessThanOrEqual(slack);
    });
  });
});
