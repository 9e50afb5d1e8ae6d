import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockBootstrap,
  blockBootstraps,
  percentiles,
  type SumStatistic,
} from '../../../../kernel-lib/src/metrics/model/bootstrap.js';
import type { Interval } from '../../../../kernel-lib/src/stats/interval.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { readGolden } from '../../stats/golden.js';

interface GoldenCase extends Interval {
  readonly name: string;
  readonly statistic: 'mean' | 'root mean square' | 'ratio of means';
  readonly standardError: number;
  readonly x?: number[];
  readonly y?: number[];
  readonly rows?: number;
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/bootstrap.json');

/** Of the columns x, x^2 and y. */
const statistics: Readonly<Record<GoldenCase['statistic'], SumStatistic>> = {
  mean: (sums, rows) => sums[0]! / rows,
  'root mean square': (sums, rows) => Math.sqrt(sums[1]! / rows),
  'ratio of means': (sums) => sums[0]! / sums[2]!,
};
const mean = statistics.mean;

function columnsOf({ x, y, rows = 0 }: GoldenCase): Float64Array[] {
  const part = (step: number, row: number): number => ((row + 1) * step) % 1;
  const xs = x
    ? Float64Array.from(x)
    : Float64Array.from({ length: rows }, (_, row) => -Math.log1p(-part(0.6180339887498949, row)));
  const ys = y
    ? Float64Array.from(y)
    : Float64Array.from({ length: rows }, (_, row) => 1 + part(0.41421356237309515, row));
  return [xs, xs.map((value) => value * value), ys];
}

function expectWithin(actual: Interval | undefined, expected: GoldenCase, tolerance: number): void {
  const { name, lower, upper, standardError } = expected;
  expect(Math.abs(actual!.lower - lower) / standardError, `${name} lower`).toBeLessThan(tolerance);
  expect(Math.abs(actual!.upper - upper) / standardError, `${name} upper`).toBeLessThan(tolerance);
}

function exponential(rows: number, random: Random): Float64Array {
  return Float64Array.from({ length: rows }, () => -Math.log(1 - random.uniform()));
}

describe('blockBootstrap()', () => {
  const plain = golden.cases.filter(({ rows }) => rows === undefined);
  const long = golden.cases.filter(({ rows }) => rows !== undefined);

  // An outer quantile of 1,000 resamples has a standard error of 0.085 standard errors of the statistic.
  it('is within 0.3 standard errors of the interval of SciPy', () => {
    for (const expected of plain) {
      const interval = blockBootstrap(columnsOf(expected), statistics[expected.statistic]);
      expectWithin(interval, expected, expected.name.startsWith('2 rows') ? 1e-12 : 0.3);
    }
  });

  // Here and in SciPy's 0.0085 each.
  it('is within 0.05 standard errors of it with 100,000 resamples', () => {
    for (const expected of plain.filter(({ name }) => name.startsWith('40'))) {
      const interval = blockBootstrap(columnsOf(expected), statistics[expected.statistic], { resamples: 100_000 });
      expectWithin(interval, expected, 0.05);
    }
  });

  // 0.02 x 1.96 from the blocks' variance, 0.085 and 0.04 from the resamples.
  it('is within 0.35 standard errors of it with more rows than blocks', () => {
    for (const expected of long) {
      expectWithin(blockBootstrap(columnsOf(expected), statistics[expected.statistic]), expected, 0.35);
    }
  });

  it('covers the mean of a skewed distribution in 90 to 99 % of samples', () => {
    const random = new Random(11);
    let covered = 0;
    for (let sample = 0; sample < 300; sample++) {
      const { lower, upper } = blockBootstrap([exponential(100, random)], mean, { seed: sample })!;
      if (lower <= 1 && 1 <= upper) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.99);
  });

  it('covers it as often where sorted rows are dealt into blocks', () => {
    const random = new Random(12);
    let covered = 0;
    for (let sample = 0; sample < 300; sample++) {
      const column = exponential(2000, random).sort();
      const { lower, upper } = blockBootstrap([column], mean, { seed: sample, blocks: 200, resamples: 400 })!;
      if (lower <= 1 && 1 <= upper) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.99);
  });

  it('gives the same interval for the same seed, another for another', () => {
    const columns = [exponential(3000, new Random(1))];
    const interval = blockBootstrap(columns, mean, { seed: 4 });
    expect(blockBootstrap(columns, mean, { seed: 4 })).toEqual(interval);
    expect(blockBootstrap(columns, mean, { seed: 5 })).not.toEqual(interval);
  });

  it('has no interval below two rows, where resamples agree, and where most have no value', () => {
    expect(blockBootstrap([], mean)).toBeUndefined();
    expect(blockBootstrap([new Float64Array(0)], mean)).toBeUndefined();
    expect(blockBootstrap([Float64Array.of(3)], mean)).toBeUndefined();
    expect(blockBootstrap([Float64Array.of(3, 3, 3)], mean)).toBeUndefined();
    const column = [Float64Array.of(1, 0, 0, 0, 0)];
    expect(blockBootstrap(column, ([sum]) => (sum! > 1 ? sum : undefined))).toBeUndefined();
    expect(blockBootstrap(column, () => Number.NaN)).toBeUndefined();
  });

  it('moves with the rows when a constant is added, and does not change them', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.integer({ min: -1000, max: 1000 }), (items, shift) => {
        const column = Float64Array.from(items);
        const interval = blockBootstrap([column], mean, { resamples: 50 });
        const moved = blockBootstrap([column.map((value) => value + shift)], mean, { resamples: 50 });
        expect(column).toEqual(Float64Array.from(items));
        expect(moved === undefined).toBe(interval === undefined);
        if (interval === undefined) return;
        expect(moved!.lower).toBeCloseTo(interval.lower + shift, 8);
        expect(moved!.upper).toBeCloseTo(interval.upper + shift, 8);
      }),
    );
  });
});

describe('blockBootstraps()', () => {
  it('gives each statistic the interval that it has alone', () => {
    const columns = columnsOf(golden.cases.find(({ rows }) => rows !== undefined)!);
    const all = Object.values(statistics);
    expect(blockBootstraps(columns, all)).toEqual(all.map((statistic) => blockBootstrap(columns, statistic)));
  });
});

describe('percentiles()', () => {
  it("interpolates between order statistics, NumPy's default", () => {
    const { lower, upper } = percentiles(Float64Array.from({ length: 11 }, (_, i) => 10 - i));
    expect([lower, upper]).toEqual([0.25, 9.75]);
  });
});
