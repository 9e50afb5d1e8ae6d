import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RegressionRows,
  regressionMetrics,
  regressionQuality,
} from '../../../../kernel-lib/src/metrics/model/regression.js';
import { medianInterval } from '../../../../kernel-lib/src/metrics/model/weighted-median.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface GoldenCase {
  readonly name: string;
  readonly labels: number[];
  readonly predictions: number[];
  readonly weights: number[] | null;
  readonly values: Record<string, number | null>;
  readonly medianInterval: readonly [number, number] | null;
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/regression.json');
const names = regressionMetrics.map(({ name }) => name);
const plain = { intervals: false, deviations: false };

function rowsOf({
  labels,
  predictions,
  weights,
}: Pick<GoldenCase, 'labels' | 'predictions' | 'weights'>): RegressionRows {
  return {
    labels: Float64Array.from(labels),
    predictions: Float64Array.from(predictions),
    ...(weights && { weights: Float64Array.from(weights) }),
  };
}

/** Labels with variance 4 and errors that are the absolute value's of a normal distribution, skewed. */
function simulate(count: number, seed: number): RegressionRows {
  const random = new Random(seed);
  const labels = Float64Array.from({ length: count }, () => 2 * random.normal());
  return { labels, predictions: labels.map((label) => label + Math.abs(random.normal())) };
}

describe('regressionQuality()', () => {
  for (const expected of golden.cases) {
    // 1e-12 relative: sums of at most 400 terms.
    it(`equals scikit-learn to 1e-12 relative for "${expected.name}"`, () => {
      const { values, reasons } = regressionQuality(rowsOf(expected));
      expect(Object.keys(expected.values).sort()).toEqual([...names].sort());
      for (const [name, value] of Object.entries(expected.values)) {
        if (value === null) expect([name, reasons[name]]).toEqual([name, 'the labels do not vary']);
        else expectClose(values[name]?.value, value, 1e-12, name);
      }
    });
  }

  it("gives the median SciPy's order-statistic interval, and none below 6 rows", () => {
    const unweighted = golden.cases.filter(({ weights }) => weights === null);
    expect(unweighted.filter(({ medianInterval }) => medianInterval === null).length).toBeGreaterThan(2);
    for (const expected of unweighted) {
      const { lower, upper, method } = regressionQuality(rowsOf(expected)).values['median_absolute_error']!;
      expect([expected.name, lower, upper, method]).toEqual([
        expected.name,
        ...(expected.medianInterval ? [...expected.medianInterval, 'order statistics'] : Array(3).fill(undefined)),
      ]);
    }
  });

  // The documentation's regression example is its multiclass one, read as numbers: 1180, 510, 268 and 138 rows.
  it("has the values of the service's documented example to 16 digits", () => {
    const counts = [1180, 510, 268, 138];
    const cells = counts.flatMap((count, cell) => Array<number>(count).fill(cell));
    const { values } = regressionQuality({
      labels: Float64Array.from(cells, (cell) => cell >> 1),
      predictions: Float64Array.from(cells, (cell) => cell & 1),
    });
    expect(values['mae']!.value).toBe(0.3711832061068702);
    expect(values['mse']!.value).toBe(0.3711832061068702);
    expect(values['rmse']!.value).toBe(0.609248066149471);
    expectClose(values['r2']!.value, -1.3766111872212665, 1e-15, 'r2');
    // Documented 0.0038; the deviation of a mean of 1,677 of 2,096 rows is 0.0053, and five of them tell it within a factor of 2.
    expect(values['mae']!.standardDeviation).toBeGreaterThan(0.0053 / 2.5);
    expect(values['mae']!.standardDeviation).toBeLessThan(0.0053 * 2);
  });

  it('answers in the order of the list, each metric with a value or a reason', () => {
    for (const expected of golden.cases) {
      const { values, reasons, rows } = regressionQuality(rowsOf(expected));
      expect(rows).toBe(expected.labels.length);
      expect(Object.keys(values)).toEqual(names.filter((name) => name in values));
      expect(names.filter((name) => name in values === name in reasons)).toEqual([]);
    }
  });

  it('says why it has no value', () => {
    const empty = new Float64Array(0);
    const all = (reason: string): object => Object.fromEntries(names.map((name) => [name, reason]));
    for (const rows of [
      { labels: empty, predictions: empty },
      { labels: empty, predictions: empty, weights: empty },
    ]) {
      expect(regressionQuality(rows)).toEqual({ rows: 0, values: {}, reasons: all('no rows') });
    }
    const weightless = {
      labels: Float64Array.of(1, 2),
      predictions: Float64Array.of(2, 2),
      weights: new Float64Array(2),
    };
    expect(regressionQuality(weightless)).toEqual({ rows: 2, values: {}, reasons: all('all weights are 0') });
    const huge = { labels: Float64Array.of(1e200, -1e200, 3e200), predictions: Float64Array.of(-1e200, 1e200, 0) };
    const { values, reasons } = regressionQuality(huge);
    expect(reasons).toEqual({
      mse: 'the numbers are too large',
      rmse: 'the numbers are too large',
      r2: 'the numbers are too large',
    });
    expectClose(values['mae']?.value, 7e200 / 3, 1e-15, 'mae');
  });

  it('keeps the digits of r2 where the labels lie far from 0', () => {
    const { labels, predictions } = simulate(500, 3);
    // Labels of 40 bits, so that adding 2^20 is exact.
    const whole = labels.map((label) => Math.round(label * 2 ** 20) / 2 ** 20);
    const near = { labels: whole, predictions: predictions.map((value) => Math.round(value * 2 ** 20) / 2 ** 20) };
    const far = { labels: near.labels.map((x) => x + 2 ** 30), predictions: near.predictions.map((x) => x + 2 ** 30) };
    expectClose(
      regressionQuality(far, plain).values['r2']!.value,
      regressionQuality(near, plain).values['r2']!.value,
      1e-13,
      'r2',
    );
  });

  it('takes a whole weight for as many rows', () => {
    const number = fc.integer({ min: -20, max: 20 });
    const rows = fc.array(fc.tuple(number, number, fc.nat(3)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, (items) => {
        if (items.every(([, , times]) => times === 0)) return;
        const repeated = items.flatMap(([label, prediction, times]) =>
          Array.from({ length: times }, () => [label, prediction] as const),
        );
        const weighted = regressionQuality(
          rowsOf({
            labels: items.map(([label]) => label),
            predictions: items.map(([, prediction]) => prediction),
            weights: items.map(([, , times]) => times),
          }),
          plain,
        );
        const expanded = regressionQuality(
          rowsOf({
            labels: repeated.map(([label]) => label),
            predictions: repeated.map(([, prediction]) => prediction),
            weights: null,
          }),
          plain,
        );
        expect(weighted.reasons).toEqual(expanded.reasons);
        for (const [name, { value }] of Object.entries(expanded.values)) {
          expectClose(weighted.values[name]?.value, value, 1e-12, name);
        }
      }),
    );
  });

  it('leaves out what is not asked for, and does not change the rows', () => {
    const rows = simulate(400, 2);
    const labels = rows.labels.slice();
    const result = regressionQuality(rows, plain);
    expect(Object.keys(result)).toEqual(['rows', 'values', 'reasons']);
    for (const value of Object.values(result.values)) expect(Object.keys(value)).toEqual(['value']);
    expect(rows.labels).toEqual(labels);
  });

  it('names the method of every interval', () => {
    const { values } = regressionQuality(simulate(400, 2), { seed: 7 });
    for (const [name, { lower, upper, method }] of Object.entries(values)) {
      expect([name, method]).toEqual([
        name,
        name === 'median_absolute_error' ? 'order statistics' : 'bootstrap (1,000 resamples, seed 7)',
      ]);
      expect(lower).toBeLessThan(values[name]!.value);
      expect(upper).toBeGreaterThan(values[name]!.value);
    }
  });

  it('has standard deviations of 80 % samples from 200 rows on', () => {
    for (const { standardDeviation } of Object.values(regressionQuality(simulate(199, 1)).values)) {
      expect(standardDeviation).toBeUndefined();
    }
    // The mean of 800 of 1,000 rows without putting back has variance x (1 / 800 - 1 / 1,000); the median 1 / (2 x density)^2
    // instead of the variance, 0.62 for a half-normal distribution. 60 seeds of five samples tell a deviation to 5 %.
    const rows = simulate(1000, 5);
    const meanOf = (name: string): number => {
      let sum = 0;
      for (let seed = 0; seed < 60; seed++) {
        sum += regressionQuality(rows, { intervals: false, seed }).values[name]!.standardDeviation! ** 2;
      }
      return Math.sqrt(sum / 60);
    };
    const errors = rows.labels.map((label, row) => Math.abs(label - rows.predictions[row]!));
    const mean = errors.reduce((sum, error) => sum + error, 0) / 1000;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 999;
    const left = 1 / 800 - 1 / 1000;
    expect(Math.abs(meanOf('mae') / Math.sqrt(variance * left) - 1)).toBeLessThan(0.2);
    // Wider: the density around the median is that of 1,000 rows.
    expect(Math.abs(meanOf('median_absolute_error') / Math.sqrt(0.62 * left) - 1)).toBeLessThan(0.3);
  });

  // Of |normal|: mean sqrt(2 / pi), mean square 1, median 0.67449; with labels of variance 4 r2 is 1 - 1 / 4. 300 windows
  // tell a share of 0.95 to 0.013; percentile intervals of 100 rows hold a little less.
  it('has intervals that cover the true value in 90 to 99 % of windows of 100 rows', () => {
    const truth = { mae: Math.sqrt(2 / Math.PI), mse: 1, rmse: 1, r2: 0.75, median_absolute_error: 0.6744897501960817 };
    const covered: Record<string, number> = {};
    for (let window = 0; window < 300; window++) {
      const { values } = regressionQuality(simulate(100, window + 1), { deviations: false, seed: window });
      for (const [name, value] of Object.entries(truth)) {
        const { lower, upper } = values[name]!;
        covered[name] = (covered[name] ?? 0) + (lower! <= value && value <= upper! ? 1 / 300 : 0);
      }
    }
    for (const share of Object.values(covered)) {
      expect(share, JSON.stringify(covered)).toBeGreaterThan(0.9);
      expect(share, JSON.stringify(covered)).toBeLessThan(0.99);
    }
  });
});

describe('medianInterval()', () => {
  it('covers the median of weighted rows in 90 to 99 % of samples', () => {
    let covered = 0;
    for (let window = 0; window < 300; window++) {
      const random = new Random(window + 1);
      const values = Float64Array.from({ length: 150 }, () => Math.abs(random.normal())).sort();
      const weights = values.map(() => -Math.log(1 - random.uniform()));
      const count = weights.reduce((sum, weight) => sum + weight, 0);
      const { lower, upper } = medianInterval({ values, weights, count }, true)!;
      if (lower <= 0.6744897501960817 && 0.6744897501960817 <= upper) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.99);
  });

  it('of equal weights is that of as many rows, give or take a row', () => {
    for (const count of [6, 20, 101, 1000]) {
      const values = Float64Array.from({ length: count }, (_, i) => i);
      const exact = medianInterval({ values, weights: new Float64Array(count).fill(1), count }, false)!;
      const equal = { values, weights: new Float64Array(count).fill(2.5), count: 2.5 * count };
      const weighted = medianInterval(equal, true)!;
      expect(Math.abs(weighted.lower - exact.lower)).toBeLessThanOrEqual(1);
      expect(Math.abs(weighted.upper - exact.upper)).toBeLessThanOrEqual(1);
    }
    const few = { values: Float64Array.of(1, 2, 3, 4, 5), weights: new Float64Array(5).fill(3), count: 15 };
    expect(medianInterval(few, true)).toBeUndefined();
  });
});

describe('regressionMetrics', () => {
  it("constrains the service's metrics alone", () => {
    expect(regressionMetrics.filter(({ constrained }) => constrained).map(({ name }) => name)).toEqual([
      'mae',
      'mse',
      'rmse',
      'r2',
    ]);
    expect(new Set(names).size).toBe(names.length);
    for (const { service, constrained } of regressionMetrics) expect(service).toBe(constrained);
  });
});
