import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution } from '../../kernel-lib/src/project/executions.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { driftline, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const at = (name: string): string => path.join(folder, name);
const inProject = (name: string): string => path.join(project, name);

const attributes = [
  ...['--ground-truth-attribute', 'income', '--inference-attribute', 'prediction'],
  ...['--probability-attribute', 'probability'],
];

function file<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;
}

beforeAll(async () => {
  await driftline(['demo', project, '--quiet']);
  const made = await driftline([
    ...['baseline', 'model-quality', '--dataset', inProject('baseline/validation.csv'), '--output', at('baseline')],
    ...['--problem-type', 'BinaryClassification', ...attributes],
  ]);
  expect([made.code, made.error]).toEqual([0, '']);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(output: string, ...args: string[]) {
  return driftline([
    ...['check', 'model-quality', '--baseline', at('baseline'), '--output', at(output), '--quiet'],
    ...['--start', '2026-03-08T00:00:00Z', '--end', '2026-03-09T00:00:00Z', ...args],
  ]);
}

describe('check model-quality on the example project', () => {
  it("writes the service's files, and the same numbers from capture and from merged records", async () => {
    const captured = await check(
      'captured',
      ...['--current', inProject('capture/census-income'), '--ground-truth', inProject('ground-truth/census-income')],
    );
    expect([captured.code, captured.error]).toEqual([1, '']);
    const merge = await driftline([
      ...['merge', '--capture', inProject('capture/census-income'), '--output', at('merged'), '--quiet'],
      ...['--ground-truth', inProject('ground-truth/census-income')],
    ]);
    expect(merge.code).toBe(0);
    expect((await check('from-merged', '--current', at('merged'))).code).toBe(1);

    expect(readdirSync(at('captured')).sort()).toEqual([
      'constraint_violations.json',
      'report.html',
      'report.json',
      'statistics.json',
    ]);
    type Statistics = { binary_classification_metrics: Record<string, unknown> };
    const statistics = (name: string) => file<Statistics>(at(name), 'statistics.json').binary_classification_metrics;
    expect(statistics('from-merged')).toEqual(statistics('captured'));
    const { violations } = file<{ violations: Record<string, string>[] }>(at('captured'), 'constraint_violations.json');
    expect(violations.map(({ metric_name }) => metric_name)).toContain('auc');
    expect(violations[0]).toMatchObject({
      constraint_check_type: 'GreaterThanThreshold',
      description: expect.stringMatching(/^Metric \w+ with [\d.]+ \+\/- [\d.]+ was GreaterThanThreshold '[\d.]+'$/),
    });
  });

  it('judges by the rule that is asked for', async () => {
    const args = ['--current', at('merged'), '--rule', 'threshold'];
    await check('threshold', ...args);
    const report = file<Report>(at('threshold'), 'report.json');
    expect(report.rule).toBe('threshold');
    expect(report.notes.join(' ')).toContain('half of all windows');
  });
});

describe('the week of the example project', () => {
  let executions: Execution[] = [];

  beforeAll(async () => {
    const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];
    const { out } = await driftline(['run', 'census-model-quality', '--project', project, ...week, '--json']);
    executions = JSON.parse(out) as Execution[];
  }, 120_000);

  it('raises nothing on the two quiet days, and finds no group on any day before the last two', () => {
    expect(executions.map(({ report }) => report.window?.start.slice(8, 10))).toEqual([
      '02',
      '03',
      '04',
      '05',
      '06',
      '07',
      '08',
    ]);
    for (const { report } of executions.slice(0, 2)) expect(report.status).toBe('ok');
    for (const { report } of executions.slice(0, 5)) expect(report.modelQuality?.segments).toEqual([]);
  });

  it('finds the group for which the model gets worse first, and since when', () => {
    for (const { report } of executions.slice(5)) {
      expect(report.status).toBe('violations');
      expect(report.modelQuality?.segments[0]?.title).toBe('sex = Female');
      const accuracy = report.violations.find(({ feature }) => feature === 'accuracy');
      expect(accuracy?.since?.hour).toBe('2026-03-07T00:00:00Z');
    }
  });

  it('says how late labels come, and how good the estimate was', () => {
    for (const { report } of executions.slice(0, 2)) {
      const quality = report.modelQuality!;
      expect(quality.coverage).toMatchObject({ delayHours: { median: 24 }, labelled: quality.coverage.predictions });
      for (const { error } of quality.estimate!.metrics) expect(Math.abs(error!)).toBeLessThan(0.05);
    }
  });
});

describe('labels that come late', () => {
  it('report a window again, and history keeps both reports', async () => {
    const late = at('late');
    cpSync(project, late, { recursive: true, filter: (name) => !/reports|\.driftline/.test(path.basename(name)) });
    const truth = path.join(late, 'ground-truth/census-income/2026/03');
    const held = at('held-back');
    mkdirSync(held);
    for (const day of ['07', '08', '09']) renameSync(path.join(truth, day), path.join(held, day));
    const run = async (time: string) =>
      JSON.parse(
        (await driftline(['run', 'census-model-quality', '--project', late, '--at', time, '--json'])).out,
      ) as Execution[];

    const [first] = await run('2026-03-07T00:00:00Z');
    expect(first?.report).toMatchObject({ status: 'no-data', modelQuality: { coverage: { labelled: 0 } } });
    expect(first?.report.headline).toContain('has its label yet');
    expect(first?.report.modelQuality?.estimate?.metrics.map(({ name }) => name)).toContain('auc');

    renameSync(path.join(held, '07'), path.join(truth, '07'));
    const [again, next] = await run('2026-03-08T00:00:00Z');
    expect(again).toMatchObject({ scheduledTime: '2026-03-07T00:00:00Z', replaces: first?.report.createdAt });
    expect(again?.report.status).toBe('ok');
    expect(next?.report.status).toBe('no-data');

    const history = path.join(late, 'reports/census-income/census-model-quality/2026/03/07/00/history');
    expect(readdirSync(history)).toHaveLength(1);
    expect(file<Report>(history, readdirSync(history)[0]!).createdAt).toBe(first?.report.createdAt);
    expect((await run('2026-03-08T00:00:00Z')).map(({ scheduledTime }) => scheduledTime)).toEqual([
      '2026-03-08T00:00:00Z',
    ]);
  }, 60_000);
});

describe('datasets', () => {
  function dataset(name: string, lines: readonly string[]): string {
    writeFileSync(at(name), `${lines.join('\n')}\n`);
    return at(name);
  }

  async function makeBaseline(name: string, uri: string, ...args: string[]) {
    const named = ['--ground-truth-attribute', 'y', '--inference-attribute', 'p'];
    return driftline(['baseline', 'model-quality', '--dataset', uri, '--output', at(name), ...named, ...args]);
  }

  it('compares labels as numbers however they are written', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [i % 3, i % 10 === 0 ? (i + 1) % 3 : i % 3] as const);
    const plain = dataset('plain.csv', ['y,p', ...rows.map(([y, p]) => `${y},${p}`)]);
    const mixed = dataset('mixed.csv', [
      'y,p',
      ...rows.map(([y, p], i) => `${i % 2 ? y : `${y}.0`},${i % 3 ? `${p}.0` : p}`),
    ]);
    expect((await makeBaseline('classes', plain, '--problem-type', 'MulticlassClassification')).code).toBe(0);
    const { code } = await driftline([
      ...['check', 'model-quality', '--current', mixed, '--baseline', at('classes'), '--output', at('mixed')],
    ]);
    expect(code).toBe(0);
    const { modelQuality } = file<Report>(at('mixed'), 'report.json');
    const value = (name: string) => modelQuality?.metrics.find((metric) => metric.name === name)?.current?.value;
    expect(value('accuracy')).toBe(0.9);
    expect(modelQuality?.confusion.current?.classes).toEqual(['0', '1', '2']);
  });

  it('judges a regression, and estimates it', async () => {
    const rows = (scale: number) =>
      Array.from({ length: 1500 }, (_, i) => {
        const x = (i % 97) / 10;
        const error = scale * (((i * 7919) % 201) / 100 - 1);
        return `${(3 * x + error).toFixed(4)},${(3 * x).toFixed(4)},${x}`;
      });
    const uri = dataset('regression.csv', ['y,p,x', ...rows(1)]);
    expect((await makeBaseline('regression', uri, '--problem-type', 'Regression')).code).toBe(0);
    const worse = dataset('worse.csv', ['y,p,x', ...rows(2)]);
    const run = (current: string) =>
      driftline(['check', 'model-quality', '--current', current, '--baseline', at('regression'), '--output', at('r')]);
    expect((await run(uri)).code).toBe(0);
    expect((await run(worse)).code).toBe(1);
    const { violations, modelQuality } = file<Report>(at('r'), 'report.json');
    expect(violations.map(({ feature }) => feature).sort()).toEqual(['mae', 'mse', 'r2', 'rmse']);
    expect(modelQuality?.estimate?.metrics.map(({ method }) => method)).toEqual(['DLE', 'DLE', 'DLE']);
  });

  it('counts what it cannot use, with the reason', async () => {
    const good = Array.from({ length: 250 }, (_, i) => `${i % 2},${i % 2},0.${i % 2 ? 8 : 2}`);
    const uri = dataset('binary.csv', ['y,p,s', ...good]);
    const args = ['--problem-type', 'BinaryClassification', '--probability-attribute', 's'];
    expect((await makeBaseline('binary', uri, ...args)).code).toBe(0);
    const bad = dataset('bad.csv', ['y,p,s', ...good, '2,1,0.5', '1,1,1.5', '1,1,high', '1,,0.5', '1,1,']);
    await driftline(['check', 'model-quality', '--current', bad, '--baseline', at('binary'), '--output', at('q')]);
    const { current } = file<Report>(at('q'), 'report.json');
    expect(current.rows).toBe(250);
    expect(current.read?.reasons.map(({ reason }) => reason).sort()).toEqual([
      'the label is none of the classes 0, 1',
      'the prediction is missing',
      'the probability is missing',
      'the probability is not a number',
      'the probability is outside [0, 1]',
    ]);
  });

  it('says that a threshold lies outside the scores', async () => {
    const scores = Array.from({ length: 250 }, (_, i) => `${i % 2},0.${i % 2 ? 8 : 2}`);
    const uri = dataset('scores.csv', ['y,s', ...scores]);
    const columns = ['--ground-truth-attribute', 'y', '--probability-attribute', 's'];
    const type = ['--problem-type', 'BinaryClassification'];
    await driftline(['baseline', 'model-quality', '--dataset', uri, '--output', at('scores'), ...type, ...columns]);
    await driftline([
      ...['check', 'model-quality', '--current', uri, '--baseline', at('scores'), '--output', at('s')],
      ...['--probability-threshold-attribute', '0.9'],
    ]);
    expect(file<Report>(at('s'), 'report.json').notes.join(' ')).toContain(
      'None of the probabilities (0.2 to 0.8) are above the threshold 0.9',
    );
  });

  it.each([
    ['no problem type', [], /--problem-type/],
    ['a column that is not there', ['--problem-type', 'Regression', '--inference-attribute', 'q'], /use one of: y, p/],
    [
      'label and prediction in one column',
      ['--problem-type', 'Regression', '--inference-attribute', 'y'],
      /different columns/,
    ],
    ['three classes of two', ['--problem-type', 'BinaryClassification'], /two classes; here are 3: 0, 1, 2/],
    [
      'texts in a regression',
      ['--problem-type', 'Regression', '--ground-truth-attribute', 't'],
      /label is not a number/,
    ],
  ])('refuses %s', async (_, args, message) => {
    const rows = Array.from({ length: 30 }, (_row, i) => `${i % 3},${i % 3},text`);
    const { code, error } = await makeBaseline('refused', dataset('refused.csv', ['y,p,t', ...rows]), ...args);
    expect(error).toMatch(message);
    expect(code).toBeGreaterThanOrEqual(2);
  });
});

describe('captured JSON', () => {
  it('is addressed by JMESPath, with several rows in a record', async () => {
    const capture = at('json/capture/house/AllTraffic/2026/03/05/00');
    const truth = at('json/truth/2026/03/05/01');
    for (const each of [capture, truth]) mkdirSync(each, { recursive: true });
    const part = (mode: string, data: unknown) => ({
      ...{ observedContentType: 'application/json', mode, data: JSON.stringify(data), encoding: 'JSON' },
    });
    const lines = Array.from({ length: 60 }, (_, i) => ({
      captureData: {
        endpointInput: part('INPUT', { instances: [{ x: i }, { x: i + 1 }] }),
        endpointOutput: part('OUTPUT', {
          predictions: [
            { label: i % 2, score: i % 2 ? 0.9 : 0.1 },
            { label: 1, score: 0.7 },
          ],
        }),
      },
      eventMetadata: { eventId: `e${i}`, inferenceTime: '2026-03-05T00:10:00Z' },
      eventVersion: '0',
    }));
    const labels = lines.map((_, i) => ({
      groundTruthData: { data: JSON.stringify({ instances: [{ label: i % 2 }, { label: 0 }] }), encoding: 'JSON' },
      eventMetadata: { eventId: `e${i}` },
      eventVersion: '0',
    }));
    const write = (name: string, records: readonly unknown[]) =>
      writeFileSync(name, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
    write(path.join(capture, 'a.jsonl'), lines);
    write(path.join(truth, 'a.jsonl'), labels);
    await driftline([
      ...['check', 'model-quality', '--current', at('json/capture'), '--ground-truth', at('json/truth')],
      ...['--constraints', path.join(at('baseline'), 'constraints.json'), '--output', at('json/out')],
      ...['--inference-attribute', 'predictions[*].label', '--probability-attribute', 'predictions[*].score'],
      ...['--ground-truth-attribute', 'instances[*].label'],
    ]);
    const { modelQuality, current } = file<Report>(at('json/out'), 'report.json');
    expect(current.rows).toBe(120);
    expect(modelQuality?.coverage).toMatchObject({ predictions: 120, labelled: 120 });
    expect(modelQuality?.confusion.current?.counts).toEqual([
      [30, 60],
      [0, 30],
    ]);
  });
});
