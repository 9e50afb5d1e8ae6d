import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemo } from '../../../../kernel-lib/src/demo/demo.js';
import {
  type CbpeReference,
  type CbpeRows,
  type CbpeState,
  estimateCbpe,
  fitCbpe,
} from '../../../../kernel-lib/src/metrics/estimate/cbpe.js';
import { binaryQuality } from '../../../../kernel-lib/src/metrics/model/binary.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { readGolden } from '../../stats/golden.js';

const NANNYML_NAMES = {
  roc_auc: 'auc',
  f1: 'f1',
  precision: 'precision',
  recall: 'recall',
  specificity: 'true_negative_rate',
  accuracy: 'accuracy',
} as const;
type NannymlName = keyof typeof NANNYML_NAMES;

interface GoldenDay {
  readonly day: string;
  readonly rows: number;
  readonly sumOfScores: number;
  readonly values: Readonly<Record<NannymlName, number>>;
}

interface GoldenRows {
  readonly labels: number[];
  readonly predictions: number[];
  readonly scores: number[];
}

interface GoldenCase {
  readonly name: string;
  readonly reference: GoldenRows;
  readonly analysis: GoldenRows;
  readonly calibrated: boolean;
  readonly values: Readonly<Record<NannymlName, number>> | null;
}

const golden = readGolden<{
  reference: { rows: number; sumOfScores: number };
  calibrated: boolean;
  days: GoldenDay[];
  cases: GoldenCase[];
}>('model/cbpe.json');

/** 1e-7 for auc, whose sums NannyML rounds to five digits; for the others what sums of 2,700 terms may lose. */
function toleranceOf(name: string): number {
  return name === 'auc' ? 1e-7 : 1e-12;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function rowsOf({ labels, predictions, scores }: GoldenRows): CbpeReference {
  return {
    labels: Uint8Array.from(labels),
    predictions: Uint8Array.from(predictions),
    scores: Float64Array.from(scores),
  };
}

async function readReference(directory: string): Promise<CbpeReference> {
  const text = await readFile(join(directory, 'baseline/validation.csv'), 'utf8');
  const rows = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',', 3).map(Number));
  return {
    labels: Uint8Array.from(rows, (row) => row[0]!),
    predictions: Uint8Array.from(rows, (row) => row[1]!),
    scores: Float64Array.from(rows, (row) => row[2]!),
  };
}

async function readDays(directory: string): Promise<Map<string, CbpeRows>> {
  const scores = new Map<string, number[]>();
  const folder = join(directory, 'capture');
  for (const name of (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.jsonl')).sort()) {
    for (const line of (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n')) {
      const { captureData, eventMetadata } = JSON.parse(line) as {
        captureData: { endpointOutput: { data: string } };
        eventMetadata: { inferenceTime: string };
      };
      const day = eventMetadata.inferenceTime.slice(0, 10);
      scores.set(day, [...(scores.get(day) ?? []), Number(captureData.endpointOutput.data)]);
    }
  }
  const toRows = (list: readonly number[]): CbpeRows => ({
    scores: Float64Array.from(list),
    predictions: Uint8Array.from(list, (score) => (score > 0.5 ? 1 : 0)),
  });
  return new Map([...scores].map(([day, list]) => [day, toRows(list)]));
}

describe('estimateCbpe() on the example project', () => {
  let directory: string;
  let reference: CbpeReference;
  let days: Map<string, CbpeRows>;
  let state: CbpeState;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'driftline-cbpe-'));
    await createDemo(directory);
    reference = await readReference(directory);
    days = await readDays(directory);
    state = fitCbpe(reference);
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('has the inputs that NannyML had', () => {
    expect(reference.labels.length).toBe(golden.reference.rows);
    expect(sum(reference.scores)).toBeCloseTo(golden.reference.sumOfScores, 6);
    expect([...days.keys()].sort()).toEqual(golden.days.map(({ day }) => day));
    for (const { day, rows, sumOfScores } of golden.days) {
      expect(days.get(day)!.scores.length, day).toBe(rows);
      expect(sum(days.get(day)!.scores), day).toBeCloseTo(sumOfScores, 6);
    }
  });

  it('decides as NannyML does whether to calibrate', () => {
    expect(state.calibrator !== undefined).toBe(golden.calibrated);
    expect(state.calibrationError.used).toBeLessThanOrEqual(state.calibrationError.raw);
  });

  // The largest difference found: 5.4e-9 for auc, whose sums NannyML rounds to five digits; 5e-15 for the others.
  it.for(golden.days)('equals NannyML on $day', ({ day, values }) => {
    const estimated = estimateCbpe(state, days.get(day)!);
    expect(Object.keys(estimated).sort()).toEqual(Object.values(NANNYML_NAMES).sort());
    for (const [theirs, ours] of Object.entries(NANNYML_NAMES) as [NannymlName, string][]) {
      const difference = estimated[ours]!.value - values[theirs];
      expect(Math.abs(difference), ours).toBeLessThanOrEqual(toleranceOf(ours));
    }
  });
});

describe('estimateCbpe() on simulated rows', () => {
  // As above. Scores that are calibrated already may be calibrated or not: both are within 0.03 where a metric has at
  // least 30 rows behind it.
  it.for(golden.cases)('agrees with NannyML for "$name"', ({ name, reference, analysis, calibrated, values }) => {
    const state = fitCbpe(rowsOf(reference));
    const decided = (state.calibrator !== undefined) === calibrated;
    expect(decided || name === 'calibrated scores').toBe(true);
    const estimated = estimateCbpe(state, rowsOf(analysis));
    if (values === null) return;
    for (const [theirs, ours] of Object.entries(NANNYML_NAMES) as [NannymlName, string][]) {
      // A baseline whose classes the scores part without an error shows no spread, of which an interval could be made.
      if (name === 'classes apart' && !(ours in estimated)) continue;
      const tolerance = decided ? toleranceOf(ours) : 0.03;
      expect(Math.abs(estimated[ours]!.value - values[theirs]), ours).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe('estimateCbpe()', () => {
  const random = new Random(5);
  /** A logistic model whose scores are the true probabilities, or a power of their logit; moved by a shift. */
  const simulate = (rows: number, power = 1, shift = 0): CbpeReference => {
    const [labels, scores] = [new Uint8Array(rows), new Float64Array(rows)];
    for (let row = 0; row < rows; row++) {
      const logit = 1.5 * random.normal() - 1 + shift;
      labels[row] = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
      scores[row] = 1 / (1 + Math.exp(-power * logit));
    }
    return { labels, scores, predictions: Uint8Array.from(scores, (score) => (score > 0.5 ? 1 : 0)) };
  };

  // 200 windows: the share of covered values has a standard error of 1.5 % at 0.95; 0.88 allows over four of them, and
  // half of a per cent for the error of the calibrator itself.
  it.each([0, 0.7])('covers what the labels say in most windows, for inputs moved by %d', (shift) => {
    const state = fitCbpe(simulate(20_000, 2));
    const names = Object.values(NANNYML_NAMES);
    const covered = new Map<string, number>(names.map((name) => [name, 0]));
    for (let window = 0; window < 200; window++) {
      const rows = simulate(1000, 2, shift);
      const { values } = binaryQuality(rows, { intervals: false, curves: false, deviations: false });
      for (const [name, { lower, upper }] of Object.entries(estimateCbpe(state, rows))) {
        const { value } = values[name]!;
        if (lower! <= value && value <= upper!) covered.set(name, covered.get(name)! + 1);
      }
    }
    for (const [name, count] of covered) expect(count / 200, name).toBeGreaterThanOrEqual(0.88);
  });

  it('has no value for no rows, and none for what the window lacks', () => {
    const state = fitCbpe(simulate(800));
    expect(estimateCbpe(state, { predictions: new Uint8Array(0), scores: new Float64Array(0) })).toEqual({});
    const negatives = estimateCbpe(state, { predictions: new Uint8Array(3), scores: Float64Array.of(0.1, 0.2, 0.3) });
    expect(negatives['precision']).toBeUndefined();
    expect(negatives['recall']!.value).toBe(0);
    expect(negatives['true_negative_rate']!.value).toBe(1);
  });

  it('has estimates within their intervals, all in [0, 1]', () => {
    const state = fitCbpe(simulate(500, 3));
    const row = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const predictions = Uint8Array.from(rows, ([prediction]) => prediction);
        const estimated = estimateCbpe(state, { predictions, scores: Float64Array.from(rows, ([, score]) => score) });
        expect(estimated['accuracy']).toBeDefined();
        for (const { value, lower, upper } of Object.values(estimated)) {
          expect(lower! >= 0 && lower! <= value && value <= upper! && upper! <= 1).toBe(true);
        }
      }),
    );
  });

  it('takes the scores as they are where the baseline has one class', () => {
    const { labels, ...rows } = simulate(300);
    expect(fitCbpe({ ...rows, labels: labels.fill(0) })).not.toHaveProperty('calibrator');
  });

  it('has a state that survives JSON, and leaves its input alone', () => {
    const reference = simulate(400, 3);
    const before = reference.scores.slice();
    const state = fitCbpe(reference);
    expect(reference.scores).toEqual(before);
    const copy = JSON.parse(JSON.stringify(state)) as CbpeState;
    expect(estimateCbpe(copy, reference)).toEqual(estimateCbpe(state, reference));
  });

  it('can be made of no rows', () => {
    const none = { labels: new Uint8Array(0), predictions: new Uint8Array(0), scores: new Float64Array(0) };
    expect(fitCbpe(none)).toEqual({ rows: 0, calibrationError: { raw: 0, used: 0 }, rowErrors: {} });
  });
});
