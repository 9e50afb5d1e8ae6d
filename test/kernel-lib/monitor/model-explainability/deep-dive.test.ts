import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCensus } from '../../../../kernel-lib/src/demo/census.js';
import { MonitorError } from '../../../../kernel-lib/src/errors.js';
import type { ExplainedSample } from '../../../../kernel-lib/src/explain/explained-sample.js';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { check } from '../../../../kernel-lib/src/monitor/check.js';
import { dependence } from '../../../../kernel-lib/src/monitor/model-explainability/deep-dive-dependence.js';
import { explainRecords } from '../../../../kernel-lib/src/monitor/model-explainability/deep-dive-records.js';
import { explainSegment } from '../../../../kernel-lib/src/monitor/model-explainability/deep-dive-segment.js';
import { temporaryFolder } from '../../../support/driftline.js';
import { censusModel, explainedCensus } from '../../../support/explained-census.js';
import { expectClose, readGolden } from '../../stats/golden.js';

const ROWS = 1_200;
let [folder, capture, baseline, dataset] = ['', '', '', ''];
let features: readonly string[] = [];
let sample: ExplainedSample;

beforeAll(async () => {
  folder = temporaryFolder();
  const census = await loadCensus();
  features = census.features;
  const people = census.production.slice(0, ROWS);
  capture = path.join(folder, 'capture');
  // The first record holds two people, all others one.
  const records = [people.slice(0, 2), ...people.slice(2).map((person) => [person])];
  for (const hour of [0, 1])
    writeHour(
      `2026/03/05/0${hour}`,
      records.filter((_, index) => index % 2 === hour),
      hour,
    );
  // As they come: hour by hour.
  const order = [0, 1].flatMap((hour) => records.filter((_, index) => index % 2 === hour).flat());
  sample = await explainedCensus(order);
  dataset = path.join(folder, 'training.csv');
  const lines = census.training.slice(0, 2_000).map(({ cells }) => cells.join());
  writeFileSync(dataset, `${[features.join(), ...lines].join('\n')}\n`);
  baseline = path.join(folder, 'baseline');
  await makeBaseline('model-explainability', { dataset, model: censusModel, output: baseline });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeHour(hour: string, records: readonly (readonly { cells: readonly string[] }[])[], of: number): void {
  const file = path.join(capture, 'endpoint/AllTraffic', hour, 'part.jsonl');
  mkdirSync(path.dirname(file), { recursive: true });
  const lines = records.map((people, index) =>
    JSON.stringify({
      captureData: {
        endpointInput: {
          ...{ mode: 'INPUT', observedContentType: 'text/csv', encoding: 'CSV' },
          data: people.map(({ cells }) => cells.join()).join('\n'),
        },
        endpointOutput: { mode: 'OUTPUT', observedContentType: 'text/csv', encoding: 'CSV', data: '0.5' },
      },
      eventMetadata: { eventId: `event-${2 * index + of}`, inferenceTime: `2026-03-05T0${of}:30:00Z` },
      eventVersion: '0',
    }),
  );
  writeFileSync(file, `${lines.join('\n')}\n`);
}

async function refusal(promise: Promise<unknown>): Promise<MonitorError> {
  const error = await promise.then(() => undefined).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MonitorError);
  return error as MonitorError;
}

const window = () => ({ current: capture, baseline, threads: 1 });
const attributionIn = (row: number, feature: string): number =>
  sample.values[row * sample.features.length + sample.features.indexOf(feature)]!;

describe('explainRecords()', () => {
  it('explains the records of event ids, each of their rows, in the order of the capture', async () => {
    const found = await explainRecords({ ...window(), eventIds: ['event-3', 'event-0'] });
    expect(found.map(({ eventId, time }) => [eventId, time])).toEqual([
      ['event-0', '2026-03-05T00:30:00.000Z'],
      ['event-0', '2026-03-05T00:30:00.000Z'],
      ['event-3', '2026-03-05T01:30:00.000Z'],
    ]);
    expect(found[0]).toMatchObject({ label: 'label0', scale: 'log-odds', method: { exact: true } });
    expect(found[1]!.answer).toBe(sample.answers[1]);
    for (const [row, { features: own, answer, expectedValue }] of found.entries()) {
      const sum = own.reduce((total, { attribution }) => total + attribution, expectedValue);
      // The model adds up in single precision.
      expect(Math.abs(sum - answer)).toBeLessThan(5e-6);
      expect(own.map(({ feature }) => feature).sort()).toEqual([...features].sort());
      if (row < 2) {
        for (const { feature, attribution } of own) expect(attribution).toBe(attributionIn(row, feature));
      }
    }
  });

  it('explains the first rows of a window, with the values as they came', async () => {
    const found = await explainRecords({
      ...window(),
      start: '2026-03-05T01:00:00Z',
      end: '2026-03-05T02:00:00Z',
      limit: 3,
    });
    expect(found.map(({ eventId }) => eventId)).toEqual(['event-1', 'event-3', 'event-5']);
    expect(found[2]!.reason).toBe('row 3 of the window');
    expect(await explainRecords({ ...window(), limit: 0 })).toEqual([]);
    const person = (await loadCensus()).production[2]!;
    const age = found[0]!.features.find(({ feature }) => feature === 'age')!;
    expect(age.value).toBe(person.cells[features.indexOf('age')]);
  });

  it('explains against the rows that stood for absent features in the baseline', async () => {
    const output = path.join(folder, 'interventional');
    const explainer = 'interventional' as const;
    await makeBaseline('model-explainability', { dataset, model: censusModel, explainer, output });
    const analysis = JSON.parse(readFileSync(path.join(output, 'analysis.json'), 'utf8'));
    const [found] = await explainRecords({ ...window(), baseline: output, explainer, limit: 1 });
    expect(found!.method.name).toBe('tree-interventional');
    expect(found!.expectedValue).toBe(analysis.explanations.kernel_shap.label0.expected_value);
    const checked = await check('model-explainability', {
      ...{ ...window(), baseline: output, explainer },
      ...{ start: '2026-03-05T00:00:00Z', end: '2026-03-05T01:00:00Z' },
    });
    expect(found!.expectedValue).toBe(checked.modelExplainability!.outputs[0]!.expectedValue.current);
  });

  it('explains rows that are given, whatever the order of their columns, with missing values', async () => {
    const { cells } = (await loadCensus()).production[0]!;
    const row = Object.fromEntries(features.map((name, place) => [name, cells[place]!] as const).reverse());
    const [same, without] = await explainRecords({
      rows: [row, { ...row, occupation: null }],
      model: censusModel,
    });
    expect(same).toMatchObject({ reason: 'given row 1', answer: sample.answers[0] });
    expect(same).not.toHaveProperty('eventId');
    expect(without!.features.find(({ feature }) => feature === 'occupation')!.value).toBeNull();
    expect(without!.answer).not.toBe(same!.answer);
    expect(await explainRecords({ rows: [], model: censusModel })).toEqual([]);
  });

  it('explains the class that is asked for, as XGBoost does', async () => {
    interface Golden {
      readonly cases: readonly {
        readonly model: unknown;
        readonly rows: readonly (readonly (number | null)[])[];
        readonly contributions: readonly (readonly number[])[];
      }[];
    }
    const [{ model: json, rows, contributions }] = readGolden<Golden>('models/xgboost-shapes.json').cases as [
      Golden['cases'][number],
    ];
    const model = path.join(folder, 'classes.json');
    writeFileSync(model, JSON.stringify(json));
    const given = rows.map((cells) => Object.fromEntries(cells.map((cell, place) => [`f${place}`, cell])));
    const refused = await refusal(explainRecords({ rows: given, model }));
    expect(refused.what).toBe('The model has 3 outputs, and which one is meant is not said.');
    const label = refused.fix!.split(': ')[1]!.split(', ')[1]!;
    const found = await explainRecords({ rows: given, model, label });
    expect(found).toHaveLength(rows.length);
    for (const [row, { features: own, expectedValue }] of found.entries()) {
      const expected = contributions[3 * row + 1]!;
      for (const { feature, attribution } of own) {
        // XGBoost adds up in single precision.
        expect(Math.abs(attribution - expected[Number(feature.slice(1))]!)).toBeLessThan(1e-6);
      }
      expect(Math.abs(expectedValue - expected.at(-1)!)).toBeLessThan(1e-6);
    }
  });

  it('is plain JSON', async () => {
    const found = await explainRecords({ ...window(), limit: 2 });
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('says which event ids there are not, and does not look for them in datasets', async () => {
    const ids = await refusal(explainRecords({ ...window(), eventIds: ['event-1', 'no\u001b[31msuch'] }));
    expect(ids.code).toBe('NO_DATA');
    expect(ids.what).toBe('No record of the window has the event id "no\\u001b[31msuch".');
    const rows = await refusal(explainRecords({ current: dataset, model: censusModel, eventIds: ['event-1'] }));
    expect(rows.code).toBe('USAGE');
  });

  it('says which columns given rows lack, which output a model lacks, and that no model is named', async () => {
    const columns = await refusal(explainRecords({ rows: [{ age: 30 }], model: censusModel }));
    expect(columns.code).toBe('COLUMN_NOT_FOUND');
    expect(columns.message).toContain('workclass');
    const label = await refusal(explainRecords({ ...window(), label: 'label7' }));
    expect(label.fix).toBe('give as label one of: label0');
    expect((await refusal(explainRecords({ current: capture }))).code).toBe('USAGE');
  });

  it('refuses an empty window', async () => {
    const empty = { ...window(), start: '2026-04-01T00:00:00Z', end: '2026-04-02T00:00:00Z' };
    expect((await refusal(explainRecords(empty))).code).toBe('NO_DATA');
  });
});

describe('explainSegment()', () => {
  const conditions = [
    { feature: 'sex', kind: 'equals', value: 'Female' },
    { feature: 'age', kind: 'range', from: 30 },
  ] as const;

  it('compares shares, means and answers with those of all other rows', async () => {
    const found = await explainSegment({ ...window(), conditions });
    const cell = (row: number, feature: string) => sample.columns[sample.features.indexOf(feature)]!.values[row];
    const isIn = (row: number) => cell(row, 'sex') === 'Female' && Number(cell(row, 'age')) >= 30;
    const rows = Array.from({ length: ROWS }, (_, row) => row);
    const inside = rows.filter(isIn);
    expect(found.title).toBe('sex = Female and age >= 30');
    expect(found.rows).toEqual({ segment: inside.length, rest: ROWS - inside.length });
    expect(found.explained).toEqual(found.rows);
    const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
    expectClose(found.answer.segment.value, mean(inside.map((row) => sample.answers[row]!)), 1e-11, 'answer');
    const sex = found.features.find(({ feature }) => feature === 'sex')!;
    expectClose(sex.mean.segment.value, mean(inside.map((row) => attributionIn(row, 'sex'))), 1e-11, 'mean');
    const size = (row: number) => features.reduce((sum, name) => sum + Math.abs(attributionIn(row, name)), 0);
    const sizes = mean(inside.map((row) => Math.abs(attributionIn(row, 'sex')))) / mean(inside.map(size));
    expectClose(sex.share.segment.value, sizes, 1e-11, 'share');
    expect(sex.mean.difference.value).toBeLessThan(0);
    expect(sex.mean.difference.upper!).toBeLessThan(0);
    expect(sex.mean.difference.adjustedPValue!).toBeLessThan(1e-6);
  });

  it('tells what of the difference of the answers is whose', async () => {
    const { answer, features: own } = await explainSegment({ ...window(), conditions });
    const sum = own.reduce((total, { mean }) => total + mean.difference.value, 0);
    // Means of answers that are single-precision sums.
    expect(Math.abs(sum - answer.difference.value)).toBeLessThan(1e-5);
    const sizes = own.map(({ mean }) => Math.abs(mean.difference.value));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const shares = own.reduce((total, { share }) => total + share.segment.value, 0);
    expectClose(shares, 1, 1e-12, 'shares');
  });

  it('draws rows of large sides, and says how many were explained', async () => {
    const found = await explainSegment({ ...window(), conditions, limit: 100, seed: 4 });
    expect(found.explained).toEqual({ segment: 100, rest: 100 });
    expect(found.rows.segment + found.rows.rest).toBe(ROWS);
    expect(found).toEqual(await explainSegment({ ...window(), conditions, limit: 100, seed: 4 }));
  });

  it('refuses conditions that nobody meets, none at all, and those of no column', async () => {
    const nobody = await refusal(
      explainSegment({ ...window(), conditions: [{ feature: 'sex', kind: 'equals', value: 'female' }] }),
    );
    expect(nobody.code).toBe('NO_DATA');
    expect(nobody.what).toBe('No row of the window meets sex = female.');
    const everybody = await refusal(
      explainSegment({ ...window(), conditions: [{ feature: 'age', kind: 'range', to: 200 }] }),
    );
    expect(everybody.what).toBe('Every row of the window meets age < 200: there is no rest to compare with.');
    expect((await refusal(explainSegment({ ...window(), conditions: [] }))).code).toBe('USAGE');
    const unknown = await refusal(explainSegment({ ...window(), conditions: [{ feature: 'years', kind: 'missing' }] }));
    expect(unknown.code).toBe('COLUMN_NOT_FOUND');
    expect(unknown.fix).toContain('age, workclass');
  });
});

describe('dependence()', () => {
  it('gives the mean attribution by value, baseline against current', async () => {
    const found = await dependence({ ...window(), feature: 'age' });
    expect(found.rows).toEqual({ baseline: 2_000, current: ROWS });
    const sum = (side: 'baseline' | 'current') => found.bins.reduce((total, { rows }) => total + (rows[side] ?? 0), 0);
    expect([sum('baseline'), sum('current')]).toEqual([2_000, ROWS]);
    const first = found.bins[0]!;
    const ages = sample.columns[sample.features.indexOf('age')]!.values;
    const young = Array.from({ length: ROWS }, (_, row) => row).filter((row) => Number(ages[row]) <= first.upper!);
    expect(first.rows.current).toBe(young.length);
    const mean = young.reduce((total, row) => total + attributionIn(row, 'age'), 0) / young.length;
    expectClose(first.mean.current!.value, mean, 1e-11, 'mean attribution of the first bin');
    expect(first.mean.current!.value).toBeLessThan(found.bins.at(-1)!.mean.current!.value);
  });

  it('tells single rows, of many a part', async () => {
    const all = await dependence({ ...window(), feature: 'sex', points: 5_000 });
    expect(all.points).toHaveLength(ROWS);
    expect(all.points[1]).toEqual({
      value: sample.columns[sample.features.indexOf('sex')]!.values[1],
      attribution: attributionIn(1, 'sex'),
    });
    const few = await dependence({ ...window(), feature: 'sex', points: 50 });
    expect(few.points).toHaveLength(50);
    expect(few.bins.map(({ title }) => title)).toEqual(['Male', 'Female']);
  });

  it('does without a baseline, and with one that has numbers alone', async () => {
    const alone = await dependence({ current: dataset, model: censusModel, feature: 'workclass', limit: 500 });
    expect(alone.rows).toEqual({ current: 500 });
    expect(alone.bins[0]!.mean).not.toHaveProperty('baseline');
    const service = path.join(folder, 'service');
    mkdirSync(service, { recursive: true });
    writeFileSync(path.join(service, 'analysis.json'), readFileSync(path.join(baseline, 'analysis.json')));
    const numbers = await dependence({ current: capture, baseline: service, model: censusModel, feature: 'age' });
    expect(numbers.rows).toEqual({ current: ROWS });
  });

  it('refuses a feature that the model does not have', async () => {
    const { code, fix } = await refusal(dependence({ ...window(), feature: 'income' }));
    expect(code).toBe('COLUMN_NOT_FOUND');
    expect(fix).toContain('capital-gain');
  });
});
