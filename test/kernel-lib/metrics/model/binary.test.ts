import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinaryRows, binaryMetrics, binaryQuality } from '../../../../kernel-lib/src/metrics/model/binary.js';
import {
  calibrationErrorInterval,
  calibrationSums,
  expectedCalibrationError,
} from '../../../../kernel-lib/src/metrics/model/calibration.js';
import { thinCurve } from '../../../../kernel-lib/src/metrics/model/curves.js';
import { delongVariance } from '../../../../kernel-lib/src/metrics/model/delong.js';
import { groupScores } from '../../../../kernel-lib/src/metrics/model/score-order.js';
import type { CurvePoints } from '../../../../kernel-lib/src/report/model-quality-report.js';
import { wilsonInterval } from '../../../../kernel-lib/src/stats/interval.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface Curve {
  readonly x: number[];
  readonly y: number[];
}

interface GoldenCase {
  readonly name: string;
  readonly labels: number[];
  readonly predictions: number[];
  readonly scores: number[];
  readonly weights: number[] | null;
  readonly values: Record<string, number | null>;
  readonly confusion: number[][];
  readonly delongVariance: number | null;
  readonly roc?: Curve;
  readonly precisionRecall?: Curve;
  readonly calibration?: { readonly observed: number[]; readonly predicted: number[] };
  readonly lift?: number[];
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/binary.json');

function rowsOf({ labels, predictions, scores, weights }: GoldenCase): BinaryRows & { readonly scores: Float64Array } {
  return {
    labels: Uint8Array.from(labels),
    predictions: Uint8Array.from(predictions),
    scores: Float64Array.from(scores),
    ...(weights && { weights: Float64Array.from(weights) }),
  };
}

function expectCurve(actual: CurvePoints | undefined, expected: Curve | undefined, what: string): void {
  if (expected === undefined) return;
  expect(actual?.x.length, what).toBe(expected.x.length);
  expected.x.forEach((x, i) => {
    expect(Math.abs(actual!.x[i]! - x), `${what} x ${i}`).toBeLessThanOrEqual(1e-12);
    expect(Math.abs(actual!.y[i]! - expected.y[i]!), `${what} y ${i}`).toBeLessThanOrEqual(1e-12);
  });
}

/** Rows of a logistic model: scores are the true probabilities, or a power of them. */
function simulate(rows: number, seed: number, power = 1): Required<Omit<BinaryRows, 'weights'>> {
  const random = new Random(seed);
  const [labels, predictions, scores] = [new Uint8Array(rows), new Uint8Array(rows), new Float64Array(rows)];
  for (let row = 0; row < rows; row++) {
    const score = 1 / (1 + Math.exp(1 - 1.5 * random.normal()));
    labels[row] = random.uniform() < score ? 1 : 0;
    scores[row] = score ** power;
    predictions[row] = scores[row]! > 0.5 ? 1 : 0;
  }
  return { labels, predictions, scores };
}

describe('binaryQuality()', () => {
  for (const expected of golden.cases) {
    const result = binaryQuality(rowsOf(expected));
    // 1e-12 relative: sums of at most 500 terms.
    it(`equals scikit-learn to 1e-12 relative for "${expected.name}"`, () => {
      expect(Object.keys(expected.values).sort()).toEqual(binaryMetrics.map(({ name }) => name).sort());
      for (const [name, value] of Object.entries(expected.values)) {
        if (value === null) expect(typeof result.reasons[name], name).toBe('string');
        else if (Math.abs(value) < 1e-15) expect(result.values[name]!.value, name).toBeLessThan(1e-12);
        else expectClose(result.values[name]?.value, value, 1e-12, name);
      }
      expected.confusion.flat().forEach((count, i) => {
        expect(result.confusion!.counts.flat()[i]).toBeCloseTo(count, 9);
      });
    });

    it(`draws scikit-learn's curves to 1e-12 for "${expected.name}"`, () => {
      expectCurve(result.roc, expected.roc, 'roc');
      expectCurve(result.precisionRecall, expected.precisionRecall, 'precision-recall');
      const bins = {
        x: result.calibration!.map((bin) => bin.predicted),
        y: result.calibration!.map((bin) => bin.observed.value),
      };
      expectCurve(
        bins,
        expected.calibration && { x: expected.calibration.predicted, y: expected.calibration.observed },
        'calibration',
      );
      const lift = result.lift && {
        x: result.lift.map((bin) => bin.decile),
        y: result.lift.map((bin) => bin.positives),
      };
      expectCurve(lift, expected.lift && { x: expected.lift.map((_, i) => i + 1), y: expected.lift }, 'lift');
    });
  }

  it('has DeLong variances of all pairs to 1e-12 relative', () => {
    const cases = golden.cases.filter(({ delongVariance: variance }) => variance !== null);
    expect(cases.length).toBeGreaterThan(8);
    for (const expected of cases) {
      const actual = delongVariance(groupScores(rowsOf(expected)), expected.values['auc']!);
      expectClose(actual, expected.delongVariance!, 1e-12, expected.name);
    }
  });

  // Ratings of 109 CT images, table I of Hanley and McNeil 1982; area, standard error and interval as Stata's manual
  // prints them for `roctab`, whose default is DeLong's: 0.8932, 0.0307, 0.83295 to 0.95339.
  it('has the published area and DeLong interval of the CT images of Hanley and McNeil', () => {
    const [normal, abnormal] = [
      [33, 6, 6, 11, 2],
      [3, 2, 2, 11, 33],
    ];
    const ratings = [normal!, abnormal!].map((counts) =>
      counts.flatMap((count, i) => Array<number>(count).fill(i / 4)),
    );
    const scores = Float64Array.from(ratings.flat());
    const labels = Uint8Array.from(scores, (_, row) => (row < 58 ? 0 : 1));
    const { auc } = binaryQuality({ labels, predictions: labels, scores }).values;
    expect(auc!.value).toBeCloseTo(0.8932, 4);
    expect(auc!.lower).toBeCloseTo(0.83295, 5);
    expect(auc!.upper).toBeCloseTo(0.95339, 5);
  });

  it('answers in the order of the list, each metric with a value or a reason', () => {
    for (const expected of golden.cases) {
      const { values, reasons } = binaryQuality(rowsOf(expected));
      const names = binaryMetrics.map(({ name }) => name);
      expect(Object.keys(values)).toEqual(names.filter((name) => name in values));
      expect(names.filter((name) => name in values === name in reasons)).toEqual([]);
    }
  });

  it('says why it has no value', () => {
    const none = { labels: new Uint8Array(0), predictions: new Uint8Array(0), scores: new Float64Array(0) };
    const empty = binaryQuality(none);
    expect(empty).toEqual({
      rows: 0,
      values: {},
      reasons: expect.objectContaining({
        recall: 'no actual positives',
        accuracy: 'no rows',
        auc: 'no rows',
        f1: 'no rows',
      }),
      confusion: {
        classes: ['0', '1'],
        counts: [
          [0, 0],
          [0, 0],
        ],
      },
    });
    const { reasons } = binaryQuality({ labels: Uint8Array.of(0, 0), predictions: Uint8Array.of(0, 0) });
    expect(reasons).toEqual({
      recall: 'no actual positives',
      precision: 'no predicted positives',
      recall_best_constant_classifier: 'no actual positives',
      true_positive_rate: 'no actual positives',
      auc: 'the model gives no probabilities',
      false_negative_rate: 'no actual positives',
      f0_5: 'no actual and no predicted positives',
      f1: 'no actual and no predicted positives',
      f2: 'no actual and no predicted positives',
      log_loss: 'the model gives no probabilities',
      brier_score: 'the model gives no probabilities',
      expected_calibration_error: 'the model gives no probabilities',
      average_precision: 'the model gives no probabilities',
    });
    const scores = { labels: Uint8Array.of(1, 1), predictions: Uint8Array.of(1, 0), scores: Float64Array.of(0.8, 0.2) };
    const oneClass = binaryQuality(scores).reasons;
    expect([oneClass['auc'], oneClass['log_loss'], oneClass['brier_score']]).toEqual([
      'only one class in the window',
      'only one class in the window',
      undefined,
    ]);
  });

  it('ranks by scores outside [0, 1], but takes them for no probabilities', () => {
    const rows = {
      labels: Uint8Array.of(0, 1, 1),
      predictions: Uint8Array.of(0, 1, 1),
      scores: Float64Array.of(-3, -1, 4),
    };
    for (const weights of [undefined, Float64Array.of(1, 2, 3)]) {
      const result = binaryQuality({ ...rows, ...(weights && { weights }) });
      expect(result.values['auc']?.value).toBe(1);
      expect(result.reasons['brier_score']).toBe('scores outside [0, 1]');
      expect(result.calibration).toBeUndefined();
    }
  });

  it('names the classes of the confusion matrix', () => {
    const rows = { labels: Uint8Array.of(0, 1, 1), predictions: Uint8Array.of(1, 1, 1) };
    const { confusion } = binaryQuality(rows, { negativeLabel: '<=50K', positiveLabel: '>50K' });
    expect(confusion).toEqual({
      classes: ['<=50K', '>50K'],
      counts: [
        [0, 1],
        [0, 2],
      ],
    });
  });

  it('does not depend on the order of the rows, and does not change them', () => {
    const { labels, predictions, scores } = simulate(600, 5);
    const before = scores.slice();
    const order = new Random(1).shuffle(Array.from(scores.keys()));
    const options = { intervals: false, deviations: false };
    const shuffled = {
      labels: Uint8Array.from(order, (row) => labels[row]!),
      predictions: Uint8Array.from(order, (row) => predictions[row]!),
      scores: Float64Array.from(order, (row) => scores[row]!),
    };
    expect(binaryQuality(shuffled, options)).toEqual(binaryQuality({ labels, predictions, scores }, options));
    expect(scores).toEqual(before);
  });

  it('takes a whole weight for as many rows', () => {
    const rows = fc.array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(8), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 40,
    });
    const options = { intervals: false, deviations: false };
    fc.assert(
      fc.property(rows, (items) => {
        const repeated = items.flatMap(([label, prediction, score, times]) =>
          Array.from({ length: times }, () => [label, prediction, score]),
        );
        const toRows = (list: readonly (readonly number[])[]): BinaryRows => ({
          labels: Uint8Array.from(list, (item) => item[0]!),
          predictions: Uint8Array.from(list, (item) => item[1]!),
          scores: Float64Array.from(list, (item) => item[2]! / 8),
        });
        const weighted = binaryQuality(
          { ...toRows(items), weights: Float64Array.from(items, (item) => item[3]) },
          options,
        );
        const expanded = binaryQuality(toRows(repeated), options);
        expect(weighted.reasons).toEqual(expanded.reasons);
        for (const [name, { value }] of Object.entries(expanded.values))
          expect(weighted.values[name]!.value).toBeCloseTo(value, 12);
      }),
    );
  });

  it('leaves out what is not asked for', () => {
    const rows = simulate(400, 2);
    const result = binaryQuality(rows, { intervals: false, deviations: false, curves: false });
    expect(Object.keys(result)).toEqual(['rows', 'values', 'reasons', 'confusion']);
    for (const value of Object.values(result.values)) expect(Object.keys(value)).toEqual(['value']);
  });
});

describe('intervals of binary quality', () => {
  it("are Wilson's for shares", () => {
    const { values, confusion } = binaryQuality(simulate(500, 3));
    const [[trueNegatives, falsePositives], [falseNegatives, truePositives]] = confusion!.counts as [
      [number, number],
      [number, number],
    ];
    expect(values['recall']).toMatchObject({
      method: 'Wilson',
      ...wilsonInterval(truePositives, truePositives + falseNegatives),
    });
    expect(values['precision']).toMatchObject({
      method: 'Wilson',
      ...wilsonInterval(truePositives, truePositives + falsePositives),
    });
    expect(values['accuracy']).toMatchObject({
      method: 'Wilson',
      ...wilsonInterval(trueNegatives + truePositives, 500),
    });
    expect(values['recall_best_constant_classifier']).not.toHaveProperty('lower');
  });

  it('name their method and seed, and are the same for the same seed', () => {
    const rows = simulate(500, 4);
    const first = binaryQuality(rows, { seed: 7 }).values;
    expect(first['auc']!.method).toBe('DeLong');
    for (const name of [
      'f0_5',
      'f1',
      'f2',
      'log_loss',
      'brier_score',
      'expected_calibration_error',
      'average_precision',
    ])
      expect(first[name]!.method, name).toBe('bootstrap (1,000 resamples, seed 7)');
    expect(binaryQuality(rows, { seed: 7 }).values).toEqual(first);
    expect(binaryQuality(rows, { seed: 8 }).values['f1']!.lower).not.toBe(first['f1']!.lower);
  });

  it('hold their value, in [0, 1] for fractions', () => {
    for (const expected of golden.cases) {
      const { values } = binaryQuality(rowsOf(expected));
      for (const { name, unit } of binaryMetrics) {
        const { value, lower, upper } = values[name] ?? { value: 0 };
        if (lower === undefined || upper === undefined) continue;
        expect(lower, `${expected.name} ${name}`).toBeLessThanOrEqual(value + 1e-12);
        expect(upper, `${expected.name} ${name}`).toBeGreaterThanOrEqual(value - 1e-12);
        expect(lower).toBeLessThan(upper);
        if (unit === 'fraction') expect(lower >= 0 && upper <= 1).toBe(true);
      }
    }
  });

  it('are missing where the sample shows no spread', () => {
    const apart = golden.cases.find(({ name }) => name === 'apart')!;
    const { values } = binaryQuality(rowsOf(apart));
    expect(values['auc']).toEqual({ value: 1 });
    expect(values['f1']).toEqual({ value: 1 });
    expect(values['accuracy']).toMatchObject({ value: 1, upper: 1 });
  });

  it('of equal weights are those without weights', () => {
    const rows = simulate(400, 6);
    const weights = new Float64Array(400).fill(3);
    const plain = binaryQuality(rows, { deviations: false }).values;
    const weighted = binaryQuality({ ...rows, weights }, { deviations: false }).values;
    for (const name of ['accuracy', 'recall', 'auc', 'f1', 'brier_score', 'log_loss', 'average_precision'])
      expect(weighted[name]!.lower, name).toBeCloseTo(plain[name]!.lower!, 9);
  });

  // 160 windows: the share of covered values has a standard error of 1.7 %; 0.89 allows 3.5 of them.
  it('cover the value of many rows in at least 89 % of windows', () => {
    const truth = binaryQuality(simulate(400_000, 1), { intervals: false, deviations: false, curves: false }).values;
    const names = ['auc', 'f0_5', 'f1', 'f2', 'log_loss', 'brier_score', 'average_precision', 'precision'];
    const covered = new Map(names.map((name) => [name, 0]));
    for (let window = 0; window < 160; window++) {
      const { values } = binaryQuality(simulate(300, 1000 + window), { deviations: false, curves: false });
      for (const name of names) {
        const { value } = truth[name]!;
        if (values[name]!.lower! <= value && value <= values[name]!.upper!) covered.set(name, covered.get(name)! + 1);
      }
    }
    for (const [name, count] of covered) {
      expect(count / 160, name).toBeGreaterThanOrEqual(0.89);
      expect(count / 160, name).toBeLessThanOrEqual(0.995);
    }
  }, 60_000);
});

describe('the interval of the calibration error', () => {
  // 200 windows: the share of covered values has a standard error of at most 2.2 % at 0.9.
  it.each([1, 2])(
    'covers the error of many rows for probabilities to the power of %d',
    (power) => {
      const truth = expectedCalibrationError(calibrationSums(groupScores(simulate(400_000, 1, power))));
      let covered = 0;
      for (let window = 0; window < 200; window++) {
        const sums = calibrationSums(groupScores(simulate(400, 3000 + window, power)));
        const interval = calibrationErrorInterval(sums, expectedCalibrationError(sums), 0)!;
        if (interval.lower <= truth + 0.002 && truth - 0.002 <= interval.upper) covered++;
      }
      expect(covered / 200).toBeGreaterThan(0.87);
    },
    60_000,
  );
});

describe('standard deviations of binary quality', () => {
  it('are given from 200 rows on', () => {
    expect(binaryQuality(simulate(199, 1)).values['accuracy']).not.toHaveProperty('standardDeviation');
    expect(binaryQuality(simulate(200, 1)).values['accuracy']).toHaveProperty('standardDeviation');
  });

  // A share of an 80 % sample without putting back has variance p (1 - p) / (0.8 n) * 0.2; the mean of 400 sample
  // variances of 5 has a relative standard error of sqrt(2 / 4 / 400) = 3.5 %: 15 % is four of them.
  it('are those of 80 % samples', () => {
    const rows = simulate(1000, 9);
    const weights = new Float64Array(1000).fill(1);
    for (const [sample, runs] of [
      [rows, 400],
      [{ ...rows, weights }, 400],
    ] as const) {
      const { value } = binaryQuality(sample, { deviations: false }).values['accuracy']!;
      let [squares, ofScores] = [0, 0];
      for (let seed = 0; seed < runs; seed++) {
        const { values } = binaryQuality(sample, { seed, intervals: false, curves: false });
        squares += values['accuracy']!.standardDeviation! ** 2;
        ofScores += values['brier_score']!.standardDeviation! ** 2;
      }
      const expected = ((value * (1 - value)) / 800) * 0.2;
      expect(Math.abs(squares / runs / expected - 1)).toBeLessThan(0.15);
      const losses = Array.from(rows.labels, (label, i) => (label - rows.scores[i]!) ** 2);
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / 1000;
      const variance = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0) / 999;
      expect(Math.abs(ofScores / runs / ((variance / 800) * 0.2) - 1)).toBeLessThan(0.15);
    }
  }, 30_000);
});

describe('curves of binary quality', () => {
  it('of many rows have at most 200 points, and are near the full ones', () => {
    const rows = simulate(20_000, 12);
    const { roc, precisionRecall } = binaryQuality(rows, { intervals: false, deviations: false });
    const groups = groupScores(rows);
    let [truePositives, falsePositives, farthestRoc, farthestPrecision] = [0, 0, 0, 0];
    for (let group = 0; group < groups.count; group++) {
      truePositives += groups.positives[group]!;
      falsePositives += groups.negatives[group]!;
      const recall = truePositives / groups.positiveTotal;
      farthestRoc = Math.max(farthestRoc, distanceTo(roc!, falsePositives / groups.negativeTotal, recall));
      const precision = truePositives / (truePositives + falsePositives);
      farthestPrecision = Math.max(farthestPrecision, distanceTo(precisionRecall!, recall, precision));
    }
    expect(roc!.x.length).toBe(200);
    expect(precisionRecall!.x.length).toBe(200);
    expect([roc!.x[0], roc!.y[0], roc!.x.at(-1), roc!.y.at(-1)]).toEqual([0, 0, 1, 1]);
    expect([precisionRecall!.x[0], precisionRecall!.y[0], precisionRecall!.x.at(-1)]).toEqual([0, 1, 1]);
    expect(farthestRoc).toBeLessThan(0.003);
    expect(farthestPrecision).toBeLessThan(0.01);
  });

  it('are thinned to the points farthest from what is kept', () => {
    const x = [0, 0.1, 0.2, 0.3, 0.4, 1];
    const y = [0, 0.1, 0.9, 0.3, 0.4, 1];
    expect(thinCurve(x, y, 3)).toEqual({ x: [0, 0.2, 1], y: [0, 0.9, 1] });
    expect(thinCurve(x, y, 6)).toEqual({ x, y });
    const straight = Array.from({ length: 9 }, (_, i) => i / 8);
    expect(thinCurve(straight, straight, 5)).toEqual({ x: [0, 1], y: [0, 1] });
  });

  it('of calibration have intervals that hold the observed share', () => {
    for (const { observed, rows, lower, upper } of binaryQuality(simulate(5000, 13)).calibration!) {
      expect(observed).toEqual({ value: observed.value, ...wilsonInterval(Math.round(observed.value * rows), rows) });
      expect(upper - lower).toBeCloseTo(0.1, 12);
    }
  });

  it('of lift divide all rows into tenths', () => {
    const rows = simulate(1234, 14);
    const lift = binaryQuality(rows).lift!;
    expect(lift.map(({ rows: held }) => held).reduce((sum, held) => sum + held, 0)).toBe(1234);
    const positives = lift.reduce((sum, bin) => sum + bin.positives * bin.rows, 0);
    expect(positives).toBeCloseTo(
      rows.labels.reduce((sum, label) => sum + label, 0),
      9,
    );
    expect(lift[0]!.lift).toBeGreaterThan(1.5);
    expect(lift[9]!.lift).toBeLessThan(0.5);
  });
});

/** From a point to the nearest place of a polyline. */
function distanceTo({ x, y }: CurvePoints, px: number, py: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < x.length; i++) {
    const [dx, dy] = [x[i]! - x[i - 1]!, y[i]! - y[i - 1]!];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - x[i - 1]!) * dx + (py - y[i - 1]!) * dy) / square));
    nearest = Math.min(nearest, Math.hypot(px - x[i - 1]! - along * dx, py - y[i - 1]! - along * dy));
  }
  return nearest;
}
