import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classTotals, confusionMatrix, countCells } from '../../../../kernel-lib/src/metrics/model/confusion.js';
import {
  type MulticlassRows,
  multiclassMetrics,
  multiclassQuality,
} from '../../../../kernel-lib/src/metrics/model/multiclass.js';
import { wilsonInterval } from '../../../../kernel-lib/src/stats/interval.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface GoldenCase {
  readonly name: string;
  readonly classes: number;
  readonly labels: number[];
  readonly predictions: number[];
  readonly weights: number[];
  readonly values: Record<string, number>;
  readonly confusion: number[][];
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/multiclass.weights.json');
const BARE = { intervals: false, deviations: false };

function rowsOf(classes: number, rows: readonly (readonly [number, number, number?])[]): MulticlassRows {
  return {
    classes: Array.from({ length: classes }, (_, place) => String(place)),
    labels: Int32Array.from(rows, ([label]) => label),
    predictions: Int32Array.from(rows, ([, prediction]) => prediction),
    ...(rows.some((row) => row.length > 2) && { weights: Float64Array.from(rows, (row) => row[2]!) }),
  };
}

/** Rows of each cell of a matrix of counts. */
function rowsOfCounts(counts: readonly (readonly number[])[]): MulticlassRows {
  const rows = counts.flatMap((row, actual) =>
    row.flatMap((count, predicted) => Array.from({ length: count }, () => [actual, predicted] as const)),
  );
  return rowsOf(counts.length, rows);
}

/** Three unequal classes, 70 % right, with weights that depend on neither class. */
function simulate(count: number, seed: number): Required<MulticlassRows> {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: count }, () => [0, 0, 0, 1, 1, 2][random.integer(6)]!);
  const predictions = labels.map((label) => (random.uniform() < 0.7 ? label : random.integer(3)));
  const weights = Float64Array.from(labels, () => -Math.log(1 - random.uniform()));
  return { classes: ['a', 'b', 'c'], labels, predictions, weights };
}

describe('multiclassQuality() with weights', () => {
  // 1e-12 is many times the rounding of sums of 300 weights.
  it.each(golden.cases)('equals scikit-learn to 1e-12 relative: $name', (expected) => {
    const { classes, labels, predictions, weights } = expected;
    const rows = rowsOf(
      classes,
      labels.map((label, row) => [label, predictions[row]!, weights[row]!] as const),
    );
    const { values, reasons, confusion } = multiclassQuality(rows, BARE);
    expect(reasons).toEqual({});
    expect(Object.keys(values).sort()).toEqual(Object.keys(expected.values).sort());
    for (const [name, value] of Object.entries(expected.values)) expectClose(values[name]?.value, value, 1e-12, name);
    expected.confusion.flat().forEach((weight, cell) => {
      expectClose(confusion!.counts.flat()[cell], weight, 1e-12, `cell ${cell}`);
    });
  });

  it('takes a whole weight for as many rows', () => {
    const row = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        if (rows.every(([, , times]) => times === 0)) return;
        const repeated = rows.flatMap(([label, prediction, times]) =>
          Array.from({ length: times }, () => [label, prediction] as const),
        );
        const weighted = multiclassQuality(rowsOf(4, rows), BARE);
        const expanded = multiclassQuality(rowsOf(4, repeated), BARE);
        expect({ ...weighted, rows: 0 }).toEqual({ ...expanded, rows: 0 });
      }),
    );
  });

  it('has the intervals of as many rows where all weights are the same', () => {
    const { classes, labels, predictions } = simulate(400, 4);
    const weights = new Float64Array(400).fill(0.25);
    const weighted = multiclassQuality({ classes, labels, predictions, weights }).values;
    const unweighted = multiclassQuality({ classes, labels, predictions }).values;
    for (const [name, { lower, upper, method }] of Object.entries(unweighted)) {
      expect(weighted[name]!.method, name).toBe(method);
      expectClose(weighted[name]!.lower, lower!, 1e-12, name);
      expectClose(weighted[name]!.upper, upper!, 1e-12, name);
    }
  });

  it('says that all weights are 0', () => {
    const { values, reasons } = multiclassQuality(rowsOf(2, [[0, 1, 0]]));
    expect(values).toEqual({});
    expect(new Set(Object.values(reasons))).toEqual(new Set(['all weights are 0']));
    expect(Object.keys(reasons)).toEqual(multiclassMetrics(['0', '1']).map(({ name }) => name));
  });

  // 300 windows tell a share of 0.95 to 0.013.
  it('has intervals that cover the value of many rows in 90 to 99 % of windows', () => {
    const truth = multiclassQuality(simulate(400_000, 1), BARE).values;
    const names = ['accuracy', 'weighted_precision', 'macro_f1', 'recall:c', 'weighted_f2_best_constant_classifier'];
    const covered: Record<string, number> = Object.fromEntries(names.map((name) => [name, 0]));
    for (let window = 0; window < 300; window++) {
      const { values } = multiclassQuality(simulate(400, 100 + window), { deviations: false, seed: window });
      for (const name of names) {
        const { value } = truth[name]!;
        if (values[name]!.lower! <= value && value <= values[name]!.upper!) covered[name]! += 1 / 300;
      }
    }
    for (const share of Object.values(covered)) {
      expect(share, JSON.stringify(covered)).toBeGreaterThan(0.9);
      expect(share, JSON.stringify(covered)).toBeLessThan(0.99);
    }
  });

  // Equal weights of 1 are rows; the hypergeometric draw of counts and the choice of rows have the same distribution.
  it('has the standard deviations of as many rows', () => {
    const { classes, labels, predictions } = simulate(1000, 9);
    const weights = new Float64Array(1000).fill(1);
    const variance = (rows: MulticlassRows, name: string): number => {
      let squares = 0;
      for (let seed = 0; seed < 300; seed++) {
        squares += multiclassQuality(rows, { seed, intervals: false }).values[name]!.standardDeviation! ** 2;
      }
      return squares / 300;
    };
    for (const name of ['accuracy', 'macro_f1']) {
      const ratio =
        variance({ classes, labels, predictions, weights }, name) / variance({ classes, labels, predictions }, name);
      // Each variance of 300 seeds of five samples has a relative error of sqrt(2 / 1,200) = 4 %.
      expect(Math.abs(ratio - 1), name).toBeLessThan(0.18);
    }
  });
});

describe('multiclassQuality()', () => {
  // The page "Model quality metrics" of the service's documentation; 4e-16 relative: the last digit printed.
  it("has the values of the service's documented example to 16 digits", () => {
    const documented = {
      accuracy: 0.6288167938931297,
      weighted_recall: 0.6288167938931297,
      weighted_precision: 0.6983172269629505,
      weighted_f0_5: 0.6803947317178771,
      weighted_f1: 0.6571162346664904,
      weighted_f2: 0.6384024354394601,
      accuracy_best_constant_classifier: 0.19370229007633588,
      weighted_recall_best_constant_classifier: 0.19370229007633588,
      weighted_precision_best_constant_classifier: 0.03752057718081697,
      weighted_f0_5_best_constant_classifier: 0.04473443104152011,
      weighted_f1_best_constant_classifier: 0.06286421244683643,
      weighted_f2_best_constant_classifier: 0.10570313141262414,
    };
    const counts = [
      [1180, 510],
      [268, 138],
    ];
    const { values, confusion } = multiclassQuality(rowsOfCounts(counts));
    for (const [name, value] of Object.entries(documented)) expectClose(values[name]?.value, value, 4e-16, name);
    expect(confusion!.counts).toEqual(counts);
  });

  it("gives the constant classifier's scores the interval of its class's share", () => {
    const { values } = multiclassQuality(
      rowsOfCounts([
        [50, 10],
        [5, 35],
      ]),
    );
    const share = wilsonInterval(40, 100)!;
    expect(values['accuracy_best_constant_classifier']).toMatchObject({ value: 0.4, ...share, method: 'Wilson' });
    expect(values['weighted_precision_best_constant_classifier']).toMatchObject({ lower: share.lower ** 2 });
    expectClose(
      values['weighted_f1_best_constant_classifier']!.upper,
      (2 * share.upper ** 2) / (1 + share.upper),
      1e-15,
      'f1',
    );
  });

  it('has no bootstrap interval where all resamples agree', () => {
    const { values } = multiclassQuality(
      rowsOfCounts([
        [9, 0],
        [0, 8],
      ]),
    );
    expect(values['macro_f1']).toEqual({ value: 1 });
    expect(values['accuracy']).toMatchObject({ upper: 1, method: 'Wilson' });
    expect(values['accuracy']!.lower).toBeLessThan(0.9);
  });
});

describe('the cells of a confusion matrix', () => {
  it('hold every row, and sum to its margins', () => {
    const row = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(9));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const { classes, ...pairs } = rowsOf(5, rows.length === 0 ? [] : rows);
        const cells = countCells(pairs, 5);
        const { counts } = confusionMatrix(cells, classes);
        const totals = classTotals(cells, cells.weights);
        for (let place = 0; place < 5; place++) {
          const of = (keep: (label: number, prediction: number) => boolean): number =>
            rows.reduce((sum, [a, b, weight]) => sum + (keep(a, b) ? weight : 0), 0);
          expect(totals.actual[place]).toBe(of((a) => a === place));
          expect(totals.predicted[place]).toBe(of((_, b) => b === place));
          expect(totals.right[place]).toBe(of((a, b) => a === place && b === place));
          for (let other = 0; other < 5; other++) {
            expect(counts[place]![other]).toBe(of((a, b) => a === place && b === other));
          }
        }
      }),
    );
  });
});
