import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryQuality } from '../../../../kernel-lib/src/metrics/model/binary.js';
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
  readonly values: Record<string, number | null>;
  readonly confusion: number[][];
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/multiclass.json');
const BARE = { intervals: false, deviations: false };

function rowsOf({ classes, labels, predictions }: Omit<GoldenCase, 'name' | 'values' | 'confusion'>): MulticlassRows {
  return {
    classes: Array.from({ length: classes }, (_, place) => String(place)),
    labels: Int32Array.from(labels),
    predictions: Int32Array.from(predictions),
  };
}

/** Four classes of unequal size; 65 % of the rows are predicted right, the others at random. */
function simulate(rows: number, seed: number): MulticlassRows {
  const random = new Random(seed);
  const [labels, predictions] = [new Int32Array(rows), new Int32Array(rows)];
  for (let row = 0; row < rows; row++) {
    labels[row] = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3][random.integer(10)]!;
    predictions[row] = random.uniform() < 0.65 ? labels[row]! : random.integer(4);
  }
  return { classes: ['a', 'b', 'c', 'd'], labels, predictions };
}

describe('multiclassQuality()', () => {
  // Both divide the same whole counts; 1e-12 is many times the rounding of sums over 60 classes.
  it.each(golden.cases)('equals scikit-learn to 1e-12 relative: $name', (expected) => {
    const rows = rowsOf(expected);
    const { values, reasons, confusion } = multiclassQuality(rows, BARE);
    const names = multiclassMetrics(rows.classes).map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(expected.values).sort());
    for (const name of names) {
      const value = expected.values[name]!;
      if (value === null) {
        expect(values, name).not.toHaveProperty([name]);
        expect(reasons[name], name).toMatch(/this class/);
      } else {
        expectClose(values[name]?.value, value, 1e-12, name);
        expect(reasons, name).not.toHaveProperty([name]);
      }
    }
    expect(confusion).toEqual({ classes: rows.classes, counts: expected.confusion });
  });

  it('has no values for no rows', () => {
    const { values, reasons, rows, confusion } = multiclassQuality(rowsOf({ classes: 2, labels: [], predictions: [] }));
    expect([rows, values]).toEqual([0, {}]);
    expect(Object.keys(reasons)).toEqual(multiclassMetrics(['0', '1']).map(({ name }) => name));
    expect(new Set(Object.values(reasons))).toEqual(new Set(['no rows']));
    expect(confusion!.counts).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('says why a class has no recall, no precision and no F1 score', () => {
    const { reasons } = multiclassQuality(rowsOf({ classes: 4, labels: [0, 0, 1], predictions: [0, 2, 2] }));
    expect(reasons).toEqual({
      'precision:1': 'this class is not predicted',
      'recall:2': 'no rows of this class',
      'recall:3': 'no rows of this class',
      'precision:3': 'this class is not predicted',
      'f1:3': 'this class is neither actual nor predicted',
    });
  });

  it('has the matrix, but no metrics of single classes, beyond 30 classes', () => {
    const names = (classes: number): string[] =>
      multiclassMetrics(Array.from({ length: classes }, (_, place) => `c${place}`)).map(({ name }) => name);
    expect(names(30).length).toBe(15 + 90);
    expect(names(31).length).toBe(15);
    expect(new Set(names(30)).size).toBe(105);
  });

  it('keeps classes with colons, and with names of metrics, apart', () => {
    const classes = ['a', 'a:b', 'f1', 'weighted', 'recall:a'];
    const ids = Int32Array.of(0, 1, 1, 2, 3, 4, 4, 4);
    const { values } = multiclassQuality({ classes, labels: ids, predictions: Int32Array.of(0, 1, 0, 2, 3, 4, 0, 4) });
    expect(values['recall:a']).toMatchObject({ value: 1, ...wilsonInterval(1, 1) });
    expect(values['recall:a:b']).toMatchObject({ value: 1 / 2, ...wilsonInterval(1, 2) });
    expect(values['recall:recall:a']).toMatchObject({ value: 2 / 3, ...wilsonInterval(2, 3) });
    expect(values['precision:a']).toMatchObject({ value: 1 / 3, ...wilsonInterval(1, 3) });
    expect(values['weighted_recall']).toMatchObject({ value: 6 / 8, ...wilsonInterval(6, 8) });
  });

  it('does not depend on the order of the rows', () => {
    const { classes, labels, predictions } = simulate(500, 3);
    const order = new Random(1).shuffle(Array.from(labels.keys()));
    const shuffled = {
      classes,
      labels: Int32Array.from(order, (row) => labels[row]!),
      predictions: Int32Array.from(order, (row) => predictions[row]!),
    };
    expect(multiclassQuality(shuffled)).toEqual(multiclassQuality({ classes, labels, predictions }));
  });

  it('has recall, precision and F1 score of the second of two classes as the binary metrics do', () => {
    const pair = fc.tuple(fc.nat(1), fc.nat(1));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 60 }), (pairs) => {
        const labels = pairs.map(([label]) => label);
        const predictions = pairs.map(([, prediction]) => prediction);
        const { values } = multiclassQuality(rowsOf({ classes: 2, labels, predictions }), BARE);
        const binary = binaryQuality(
          { labels: Uint8Array.from(labels), predictions: Uint8Array.from(predictions) },
          BARE,
        ).values;
        for (const name of ['recall', 'precision', 'f1'])
          expect(values[`${name}:1`]?.value ?? -1, name).toBeCloseTo(binary[name]?.value ?? -1, 12);
        expect(values['accuracy']!.value).toBeCloseTo(binary['accuracy']!.value, 12);
      }),
    );
  });

  it('has values in [0, 1], weighted recall equal to accuracy, and a value or a reason for each metric', () => {
    const pair = fc.tuple(fc.nat(4), fc.nat(4));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 40 }), (pairs) => {
        const rows = rowsOf({ classes: 5, labels: pairs.map(([a]) => a), predictions: pairs.map(([, b]) => b) });
        const { values, reasons } = multiclassQuality(rows, BARE);
        expect(values['weighted_recall']!.value).toBeCloseTo(values['accuracy']!.value, 12);
        for (const { name } of multiclassMetrics(rows.classes)) {
          expect(name in values, name).toBe(!(name in reasons));
          const { value = 0 } = values[name] ?? {};
          expect(value >= 0 && value <= 1 + 1e-12, `${name}: ${value}`).toBe(true);
        }
      }),
    );
  });
});

describe('intervals of multiclass quality', () => {
  it("are Wilson's for shares and bootstrapped elsewhere, with the seed in the method", () => {
    const { values } = multiclassQuality(simulate(600, 2), { seed: 5 });
    expect(values['accuracy']!.method).toBe('Wilson');
    expect(values['recall:b']!.method).toBe('Wilson');
    for (const name of ['weighted_precision', 'weighted_f1', 'macro_recall', 'f1:d'])
      expect(values[name]!.method, name).toBe('bootstrap (1,000 resamples, seed 5)');
  });

  it('are the same for the same seed, and others for another', () => {
    const rows = simulate(600, 2);
    expect(multiclassQuality(rows, { seed: 5 })).toEqual(multiclassQuality(rows, { seed: 5 }));
    const [five, six] = [5, 6].map((seed) => multiclassQuality(rows, { seed }).values['macro_f1']!);
    expect(five!.value).toBe(six!.value);
    expect(five!.lower).not.toBe(six!.lower);
  });

  it('are left out with the standard deviations where they are not wanted', () => {
    for (const value of Object.values(multiclassQuality(simulate(300, 2), BARE).values))
      expect(Object.keys(value)).toEqual(['value']);
  });

  // 300 windows: the share of covered values has a standard error of 1.3 % at 0.95; [0.90, 0.99] is three of them.
  it('cover the value of many rows in 90 to 99 % of windows', () => {
    const truth = multiclassQuality(simulate(400_000, 1), BARE).values;
    const names = ['accuracy', 'weighted_precision', 'weighted_f1', 'macro_recall', 'macro_f1', 'f1:c', 'recall:d'];
    const covered = new Map(names.map((name) => [name, 0]));
    for (let window = 0; window < 300; window++) {
      const { values } = multiclassQuality(simulate(400, 5000 + window), { deviations: false });
      for (const name of names) {
        const { value } = truth[name]!;
        if (values[name]!.lower! <= value && value <= values[name]!.upper!) covered.set(name, covered.get(name)! + 1);
      }
    }
    for (const [name, count] of covered) {
      expect(count / 300, name).toBeGreaterThanOrEqual(0.9);
      expect(count / 300, name).toBeLessThanOrEqual(0.99);
    }
  }, 60_000);
});

describe('standard deviations of multiclass quality', () => {
  it('are given from 200 rows on', () => {
    expect(multiclassQuality(simulate(199, 1)).values['accuracy']).not.toHaveProperty('standardDeviation');
    expect(multiclassQuality(simulate(200, 1)).values['accuracy']).toHaveProperty('standardDeviation');
  });

  // As for binary quality: variance p (1 - p) / (0.8 n) * 0.2, the mean of 400 sample variances within 15 %.
  it('are those of 80 % samples', () => {
    const rows = simulate(1000, 9);
    const { value } = multiclassQuality(rows, BARE).values['accuracy']!;
    let squares = 0;
    for (let seed = 0; seed < 400; seed++) {
      squares += multiclassQuality(rows, { seed, intervals: false }).values['accuracy']!.standardDeviation! ** 2;
    }
    expect(Math.abs(squares / 400 / (((value * (1 - value)) / 800) * 0.2) - 1)).toBeLessThan(0.15);
  });
});
