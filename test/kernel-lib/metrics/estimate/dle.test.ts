import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemo } from '../../../../kernel-lib/src/demo/demo.js';
import {
  type DleReference,
  type DleRows,
  type DleState,
  estimateDle,
  fitDle,
} from '../../../../kernel-lib/src/metrics/estimate/dle.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { expectClose, readGolden } from '../../stats/golden.js';

type Losses = Readonly<Record<'mae' | 'mse' | 'rmse', number>>;

interface GoldenEstimate {
  readonly values: Losses;
  readonly samplingError: Losses;
}

interface GoldenDay extends GoldenEstimate {
  readonly day: string;
  readonly rows: number;
  readonly sumOfPredictions: number;
  readonly realised: Losses;
}

type GoldenColumns = Readonly<Record<string, number[]>>;

const golden = readGolden<{
  reference: { rows: number; mae: number };
  days: GoldenDay[];
  diabetes: {
    features: string[];
    reference: GoldenColumns;
    analysis: GoldenColumns;
    chunks: (GoldenEstimate & { from: number; to: number })[];
  };
}>('model/dle.json');

const NORMAL_95 = 1.959963984540054;

/** What `predict` of dle.py makes of rows of the census: cells by name. */
function censusRows(cells: readonly ReadonlyMap<string, string>[]): DleReference {
  const number = (name: string): Float64Array =>
    Float64Array.from(cells, (row) => (row.get(name) === '' ? Number.NaN : Number(row.get(name))));
  const flag = (name: string, value: string): Float64Array =>
    Float64Array.from(cells, (row) => (row.get(name) === value ? 1 : 0));
  const [male, married] = [flag('sex', 'Male'), flag('marital-status', 'Married-civ-spouse')];
  const [single, child] = [flag('marital-status', 'Never-married'), flag('relationship', 'Own-child')];
  const numbers = ['education-num', 'capital-gain', 'capital-loss', 'hours-per-week'].map(number);
  return {
    labels: number('age'),
    predictions: male.map((own, row) => 43 - 11 * single[row]! - 6 * child[row]! + 1.5 * own * married[row]!),
    features: [...numbers, male, married, single, child],
  };
}

function named(names: readonly string[], line: string): ReadonlyMap<string, string> {
  return new Map(line.split(',').map((cell, place) => [names[place]!, cell]));
}

async function readCensus(directory: string): Promise<{ reference: DleReference; days: Map<string, DleReference> }> {
  const [header = '', ...lines] = (await readFile(join(directory, 'baseline/validation.csv'), 'utf8'))
    .trimEnd()
    .split('\n');
  const names = header.split(',');
  const requests = new Map<string, ReadonlyMap<string, string>[]>();
  const folder = join(directory, 'capture');
  for (const name of (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.jsonl')).sort()) {
    for (const line of (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n')) {
      const { captureData, eventMetadata } = JSON.parse(line) as {
        captureData: { endpointInput: { data: string } };
        eventMetadata: { inferenceTime: string };
      };
      const day = eventMetadata.inferenceTime.slice(0, 10);
      const list = requests.get(day) ?? [];
      requests.set(day, list);
      // Requests have the columns of the dataset without its label, prediction and probability.
      list.push(named(names.slice(3), captureData.endpointInput.data));
    }
  }
  return {
    reference: censusRows(lines.map((line) => named(names, line))),
    days: new Map([...requests].map(([day, rows]) => [day, censusRows(rows)])),
  };
}

function meanAbsoluteError({ labels, predictions }: DleReference): number {
  return labels.reduce((sum, label, row) => sum + Math.abs(label - predictions[row]!), 0) / labels.length;
}

function expectSamplingErrors(state: DleState, rows: DleRows, { samplingError }: GoldenEstimate): void {
  const estimated = estimateDle(state, rows);
  for (const name of ['mae', 'mse'] as const) {
    const { value, upper } = estimated[name]!;
    expectClose((upper! - value) / NORMAL_95, samplingError[name], 1e-9, name);
  }
}

describe('estimateDle() on the example project', () => {
  let directory: string;
  let reference: DleReference;
  let days: Map<string, DleReference>;
  let state: DleState;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'driftline-dle-'));
    await createDemo(directory);
    ({ reference, days } = await readCensus(directory));
    state = fitDle(reference);
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('has the inputs that NannyML had', () => {
    expect(reference.labels.length).toBe(golden.reference.rows);
    expectClose(meanAbsoluteError(reference), golden.reference.mae, 1e-12, 'baseline');
    expect([...days.keys()].sort()).toEqual(golden.days.map(({ day }) => day));
    for (const { day, rows, sumOfPredictions, realised } of golden.days) {
      const found = days.get(day)!;
      expect(found.labels.length, day).toBe(rows);
      expect(found.predictions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(sumOfPredictions, 6);
      expectClose(meanAbsoluteError(found), realised.mae, 1e-12, day);
    }
  });

  // Other trees, so other numbers. On the 4th and 5th working hours came in minutes: far from all that the models have
  // seen, each says of such rows what it says of its longest hours. Measured: mae 0.5 %, mse 1.6 %, rmse 0.8 %; on the two
  // days 1.9 %, 15.6 % and 8.2 %.
  it.for(golden.days)('is near to NannyML on $day', ({ day, values }) => {
    const estimated = estimateDle(state, days.get(day)!);
    const beyond = day === '2026-03-04' || day === '2026-03-05';
    expectClose(estimated['mae']?.value, values.mae, beyond ? 0.03 : 0.01, 'mae');
    expectClose(estimated['mse']?.value, values.mse, beyond ? 0.2 : 0.02, 'mse');
    expectClose(estimated['rmse']?.value, values.rmse, beyond ? 0.1 : 0.01, 'rmse');
  });

  it.for(golden.days)('has the sampling error of NannyML on $day', (day) => {
    expectSamplingErrors(state, days.get(day.day)!, day);
  });

  it('follows the real error where only the inputs changed', () => {
    // 2026-03-02 is like the baseline.
    const { mae } = estimateDle(state, days.get('2026-03-02')!);
    const real = golden.days[0]!.realised.mae;
    expect(mae!.lower).toBeLessThan(real);
    expect(mae!.upper).toBeGreaterThan(real);
  });
});

describe('estimateDle() on the diabetes data', () => {
  const { features, reference, analysis, chunks } = golden.diabetes;
  const columns = (rows: GoldenColumns, from?: number, to?: number): DleReference => {
    const column = (name: string): Float64Array => Float64Array.from(rows[name]!.slice(from, to));
    return { labels: column('label'), predictions: column('prediction'), features: features.map(column) };
  };
  const state = fitDle(columns(reference));

  // 180 rows to learn from. Measured: 3.2 %, 2.7 % and 1.4 %.
  it.for(chunks)('is near to NannyML on rows $from to $to', (chunk) => {
    const rows = columns(analysis, chunk.from, chunk.to);
    const estimated = estimateDle(state, rows);
    for (const name of ['mae', 'mse', 'rmse'] as const) {
      expectClose(estimated[name]?.value, chunk.values[name], 0.05, name);
    }
    expectSamplingErrors(state, rows, chunk);
  });
});

/** A regression whose errors depend on its inputs; `expected` is the mean absolute error that they imply. */
function simulated(random: Random, count: number, shift: number): DleReference & { readonly expected: number } {
  const features = [0, 1, 2, 3].map((column) =>
    Float64Array.from({ length: count }, () => random.normal() + (column === 0 ? shift : 0)),
  );
  const predictions = Float64Array.from({ length: count }, (_, row) => 2 * features[0]![row]! + features[2]![row]!);
  const scales = predictions.map(
    (_, row) => 0.5 + Math.exp(0.8 * features[0]![row]!) * (features[1]![row]! > 0 ? 1.5 : 0.7),
  );
  const labels = predictions.map((value, row) => value + scales[row]! * random.normal());
  const meanScale = scales.reduce((sum, scale) => sum + scale, 0) / count;
  return { features, predictions, labels, expected: meanScale * Math.sqrt(2 / Math.PI) };
}

describe('estimateDle() on simulated rows', () => {
  const random = new Random(1);
  const reference = simulated(random, 5000, 0);
  const state = fitDle(reference);

  // Measured: at most 1.4 %. The baseline's own error is off by 18 to 50 % on the shifted windows.
  it.each([-0.7, -0.3, 0, 0.3, 0.7])('knows to 5 % the error of inputs that moved by %d', (shift) => {
    const rows = simulated(random, 5000, shift);
    const { mae } = estimateDle(state, rows);
    expectClose(mae?.value, rows.expected, 0.05, 'mae');
    if (shift !== 0) expect(Math.abs(reference.expected / rows.expected - 1)).toBeGreaterThan(0.15);
  });

  it('holds the real error of a window like the baseline in its interval', () => {
    let held = 0;
    for (let window = 0; window < 100; window++) {
      const rows = simulated(random, 300, 0);
      const { lower, upper } = estimateDle(state, rows)['mae']!;
      const real = meanAbsoluteError(rows);
      if (lower! <= real && real <= upper!) held++;
    }
    // Measured: 98. More than 95, as the estimate follows the inputs, whose chance the interval holds too.
    expect(held).toBeGreaterThanOrEqual(93);
  });

  it('is judged on rows that its models have not seen', () => {
    expect(state.ratio).toBeGreaterThan(0.97);
    expect(state.ratio).toBeLessThan(1.03);
  });

  it('gives bounds around the value, at least 0, rmse being the root of mse', () => {
    const rows = simulated(random, 10, 0);
    const estimated = estimateDle(state, rows);
    expect(Object.keys(estimated)).toEqual(['mae', 'mse', 'rmse']);
    for (const { value, lower, upper } of Object.values(estimated)) {
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(lower).toBeLessThanOrEqual(value);
      expect(upper).toBeGreaterThan(value);
    }
    expect(estimated['rmse']!.value).toBe(Math.sqrt(estimated['mse']!.value));
  });

  it('survives JSON and learns the same again', () => {
    const rows = simulated(random, 50, 0);
    expect(estimateDle(JSON.parse(JSON.stringify(state)), rows)).toEqual(estimateDle(state, rows));
    expect(fitDle(reference)).toEqual(state);
  });
});

describe('estimateDle() at the edges', () => {
  const none: DleReference = { labels: new Float64Array(0), predictions: new Float64Array(0), features: [] };

  it('has no answer without rows', () => {
    const row = { predictions: Float64Array.of(1), features: [] };
    expect(estimateDle(fitDle(none), row)).toEqual({});
    expect(estimateDle(fitDle({ ...row, labels: Float64Array.of(3) }), none)).toEqual({});
  });

  it('is the mean error where there is nothing to tell it from', () => {
    const predictions = Float64Array.of(1, 1, 1, 1);
    const state = fitDle({ labels: Float64Array.of(0, 2, 1, 5), predictions, features: [] });
    const { mae, mse } = estimateDle(state, { predictions, features: [] });
    expect(mae!.value).toBe(1.5);
    expect(mse!.value).toBe(4.5);
  });

  it('is 0 for a model without errors', () => {
    const labels = Float64Array.from({ length: 100 }, (_, row) => row);
    const state = fitDle({ labels, predictions: labels, features: [labels] });
    expect(estimateDle(state, { predictions: labels, features: [labels] })).toEqual({
      mae: { value: 0, lower: 0, upper: 0 },
      mse: { value: 0, lower: 0, upper: 0 },
      rmse: { value: 0, lower: 0, upper: 0 },
    });
  });

  it('takes missing values as they come', () => {
    const random = new Random(3);
    const rows = simulated(random, 1000, 0);
    const state = fitDle(rows);
    const absent = { ...rows, features: rows.features.map((column) => column.map(() => Number.NaN)) };
    const { mae } = estimateDle(state, absent);
    expect(mae!.value).toBeGreaterThan(0);
    expect(Number.isFinite(mae!.value)).toBe(true);
  });
});
