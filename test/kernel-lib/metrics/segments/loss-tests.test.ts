import { describe, expect, it } from 'vitest';
import {
  changeGreater,
  fisherGreater,
  meanChange,
  meanGreater,
  meanInterval,
  rateChange,
  rateGreater,
  studentQuantile,
  studentSf,
} from '../../../../kernel-lib/src/metrics/segments/loss-tests.js';
import type { LossSums } from '../../../../kernel-lib/src/metrics/segments/table.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface Golden {
  readonly rates: readonly { counts: [number, number, number, number]; fisher: number; change: [number, number] }[];
  readonly means: readonly {
    baseline: number[];
    current: number[];
    statistic: number;
    pValue: number;
    change: [number, number];
    mean: [number, number];
  }[];
  readonly student: readonly [number, number, number][];
  readonly quantiles: readonly [number, number, number][];
  readonly excess: readonly { samples: number[][]; statistic: number; pValue: number }[];
}

const golden = readGolden<Golden>('model/segments.json');

function sumsOf(losses: readonly number[]): LossSums {
  const sum = losses.reduce((total, loss) => total + loss, 0);
  return { rows: losses.length, sum, squares: losses.reduce((total, loss) => total + loss * loss, 0) };
}

function errors(count: number, rows: number): LossSums {
  return { rows, sum: count, squares: count };
}

describe('loss tests', () => {
  it('Fisher’s test and Newcombe’s interval equal SciPy and statsmodels', () => {
    for (const { counts, fisher, change } of golden.rates) {
      const [a, n, b, m] = counts;
      // SciPy's own hypergeometric tail is good to about 1e-10 for hundreds of thousands of rows.
      expectClose(fisherGreater(a, n, b, m), fisher, 1e-9, `Fisher of ${counts}`);
      expect(rateGreater(errors(a, n), errors(b, m)).pValue).toBe(fisherGreater(a, n, b, m));
      const interval = rateChange(errors(a, n), errors(b, m));
      expect(interval.lower).toBeCloseTo(change[0], 12);
      expect(interval.upper).toBeCloseTo(change[1], 12);
    }
  });

  it('Student’s tail and quantile equal SciPy to 1e-9 relative', () => {
    // With a million degrees of freedom df / (df + t^2) is close to 1 and loses digits.
    for (const [t, df, sf] of golden.student) expectClose(studentSf(t, df), sf, 1e-9, `sf ${t}, ${df}`);
    for (const [tail, df, isf] of golden.quantiles) {
      expectClose(studentQuantile(tail, df), isf, 1e-9, `isf ${tail}, ${df}`);
    }
  });

  it('The test and the intervals of means equal SciPy to 1e-9 relative', () => {
    // Variances from sums of squares lose some digits to cancellation.
    for (const { baseline, current, statistic, pValue, change, mean } of golden.means) {
      const [before, after] = [sumsOf(baseline), sumsOf(current)];
      const test = meanGreater(before, after);
      expectClose(test.statistic, statistic, 1e-9, 't');
      expectClose(test.pValue, pValue, 1e-9, 'p');
      const interval = meanChange(before, after);
      expectClose(interval.lower, change[0], 1e-9, 'lower');
      expectClose(interval.upper, change[1], 1e-9, 'upper');
      const own = meanInterval(before);
      expectClose(own?.lower, mean[0], 1e-9, 'mean, lower');
      expectClose(own?.upper, mean[1], 1e-9, 'mean, upper');
    }
  });

  it('the difference of two changes of means is Student’s t over four samples', () => {
    for (const { samples, statistic, pValue } of golden.excess) {
      const [a, b, c, d] = samples.map(sumsOf) as [LossSums, LossSums, LossSums, LossSums];
      const test = changeGreater({ baseline: a, current: b }, { baseline: c, current: d }, false);
      expectClose(test.statistic, statistic, 1e-9, 't');
      expectClose(test.pValue, pValue, 1e-9, 'p');
    }
  });

  it('a group that changed as the others did has no excess, also from an error rate of 0', () => {
    const others = { baseline: errors(500, 5000), current: errors(1000, 5000) };
    const test = changeGreater({ baseline: errors(0, 100), current: errors(10, 100) }, others, true);
    expect(test.statistic).toBeCloseTo(0, 12);
    expect(test.pValue).toBeCloseTo(0.5, 12);
  });

  it('equal constants are no change, and a constant that rose is one for sure', () => {
    const [low, high] = [sumsOf([1, 1, 1]), sumsOf([2, 2, 2])];
    expect(meanGreater(low, low)).toEqual({ statistic: 0, pValue: 1 });
    expect(meanGreater(low, high).pValue).toBe(0);
    expect(meanChange(low, high)).toEqual({ lower: 1, upper: 1 });
    expect(meanInterval(sumsOf([1]))).toBeUndefined();
  });
});
