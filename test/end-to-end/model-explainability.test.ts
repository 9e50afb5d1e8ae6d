import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution } from '../../kernel-lib/src/project/executions.js';
import type { OutputAttributionReport } from '../../kernel-lib/src/report/model-explainability-report.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { driftline, type Ended, root, temporaryFolder } from '../support/driftline.js';
import { refusalOf } from '../support/refusal.js';

interface Golden {
  readonly features: readonly string[];
  readonly baseline: {
    readonly rows: number;
    readonly expected_value: number;
    readonly mean_abs: readonly number[];
    readonly median: readonly number[];
    readonly mean_sq: readonly number[];
    readonly mean: readonly number[];
  };
  readonly days: readonly {
    readonly day: string;
    readonly rows: number;
    readonly ndcg: number;
    readonly mean_abs: readonly number[];
    readonly mean: readonly number[];
  }[];
}

interface Analysis {
  readonly explanations: {
    readonly kernel_shap: Record<string, { global_shap_values: Record<string, number>; expected_value: number }>;
  };
}

const golden = readJson<Golden>(path.join(root, 'test/golden/attribution/census-monitor.json'));
const folder = temporaryFolder();
const project = path.join(folder, 'census');
const training = path.join(project, 'baseline/training.csv');
const model = path.join(project, 'model/census-model.json');
const baseline = path.join(project, 'baseline/census-model-explainability');
/** XGBoost adds up in single precision. */
const SINGLE = 1e-5;

let run: Ended;
let executions: Execution[];

beforeAll(async () => {
  await driftline(['demo', project, '--quiet']);
  const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];
  run = await driftline(['run', 'census-model-explainability', '--project', project, ...week, '--json']);
  executions = JSON.parse(run.out) as Execution[];
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function globalValues(file: string): readonly number[] {
  const { global_shap_values: values } = readJson<Analysis>(file).explanations.kernel_shap['label0']!;
  return golden.features.map((feature) => values[feature]!);
}

function outputOf({ modelExplainability }: Report): OutputAttributionReport {
  return modelExplainability!.outputs[0]!;
}

/** Values by feature in the order of the golden ones. */
function byFeature(report: Report, read: (feature: OutputAttributionReport['features'][number]) => number): number[] {
  const { features } = outputOf(report);
  return golden.features.map((name) => read(features.find(({ feature }) => feature === name)!));
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of found.entries()) {
    expect(Math.abs(value - expected[index]!), `${golden.features[index]}`).toBeLessThan(tolerance);
  }
}

function check(current: string, output: string, ...more: string[]): Promise<Ended> {
  return driftline([
    ...['check', 'model-explainability', '--current', current, '--output', path.join(folder, output)],
    ...more,
  ]);
}

/** Those rows of the training data in which money was made or lost by capital: another clientele. */
function investors(): string {
  const [header = '', ...lines] = readFileSync(training, 'utf8').trim().split('\n');
  const names = header.split(',');
  const [gain, loss] = [names.indexOf('capital-gain'), names.indexOf('capital-loss')];
  const file = path.join(folder, 'investors.csv');
  const some = lines.filter((line) => {
    const cells = line.split(',');
    return Number(cells[gain]) > 0 || Number(cells[loss]) > 0;
  });
  writeFileSync(file, `${[header, ...some].join('\n')}\n`);
  return file;
}

describe('the explainability monitor on the week of the example project', () => {
  it("has the baseline's attributions that XGBoost gives", () => {
    expectClose(globalValues(path.join(baseline, 'analysis.json')), golden.baseline.mean_abs, SINGLE);
    const { expected_value: expected } = readJson<Analysis>(path.join(baseline, 'analysis.json')).explanations
      .kernel_shap['label0']!;
    expect(Math.abs(expected - golden.baseline.expected_value)).toBeLessThan(SINGLE);
    expect(readJson<{ rows: number; rule: string }>(path.join(baseline, 'driftline.json'))).toMatchObject({
      rows: golden.baseline.rows,
      rule: 'significant',
      monitorType: 'model-explainability',
    });
  });

  it("has each day's attributions and nDCG as XGBoost and scikit-learn give them", () => {
    expect(executions).toHaveLength(golden.days.length);
    for (const [index, { report, folder: results }] of executions.entries()) {
      const day = golden.days[index]!;
      expect(report.window?.start.slice(0, 10)).toBe(day.day);
      expect(report.modelExplainability!.explained).toEqual({ baseline: golden.baseline.rows, current: day.rows });
      expect(Math.abs(outputOf(report).ranking.value - day.ndcg)).toBeLessThan(1e-6);
      expectClose(globalValues(path.join(results, 'analysis.json')), day.mean_abs, SINGLE);
      expectClose(
        byFeature(report, ({ attribution }) => attribution.current!.value),
        day.mean_abs,
        SINGLE,
      );
      expectClose(
        byFeature(report, ({ mean }) => mean.current!.value),
        day.mean,
        SINGLE,
      );
      expect(report.modelExplainability!.additivityError.current).toBeLessThan(SINGLE);
    }
  });

  it('raises no alarm: the ranking holds, and the quiet days have nothing that moved', () => {
    expect(run.code).toBe(0);
    for (const { report, folder: results } of executions) {
      expect(report.status).toBe('ok');
      expect(existsSync(path.join(results, 'constraint_violations.json'))).toBe(false);
    }
    const moved = (report: Report): string[] =>
      outputOf(report)
        .features.filter(({ direction }) => direction !== 'unchanged')
        .map(({ feature }) => feature);
    expect(moved(executions[0]!.report)).toEqual([]);
    expect(moved(executions[1]!.report)).toEqual([]);
  });

  it('says below the alarm that age rose when younger people come, and what that does to the mean answer', () => {
    const { report } = executions[4]!;
    const age = outputOf(report).features.find(({ feature }) => feature === 'age')!;
    expect(age.direction).toBe('rose');
    expect(age.rank).toEqual({ baseline: 2, current: 1 });
    const { answer, answerChange, features } = outputOf(report);
    const changes = features.reduce((sum, { meanChange }) => sum + meanChange!.value, 0);
    expect(answerChange!.value).toBeCloseTo(changes, 6);
    expect(answer.current!.value - answer.baseline!.value).toBeCloseTo(changes, 6);
    const largest = [...features].sort((a, b) => Math.abs(b.meanChange!.value) - Math.abs(a.meanChange!.value))[0]!;
    expect(largest.feature).toBe('age');
    expect(largest.meanChange!.upper).toBeLessThan(0);
  });

  it('has shares that sum to one, in the report and by hour', () => {
    for (const { report } of executions) {
      const { features, series } = outputOf(report);
      expect(features.reduce((sum, { share }) => sum + share.current!.value, 0)).toBeCloseTo(1, 9);
      expect(series).toHaveLength(24);
      for (const { shares } of series) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(series.reduce((sum, { rows }) => sum + rows, 0)).toBe(report.current.rows);
    }
  });
});

describe('another clientele', () => {
  let ended: Ended;
  let report: Report;

  beforeAll(async () => {
    ended = await check(investors(), 'investors', '--baseline', baseline);
    report = readJson<Report>(path.join(folder, 'investors/report.json'));
  });

  it("breaks both rules, with the service's file and wording, and ends with 1", () => {
    expect(ended.code).toBe(1);
    const { value, upper } = outputOf(report).ranking;
    expect(value).toBeLessThan(0.9);
    expect(upper).toBeLessThan(0.9);
    expect(report.violations.map(({ rules }) => rules)).toEqual([['significant', 'threshold']]);
    expect(readJson(path.join(folder, 'investors/constraint_violations.json'))).toEqual({
      version: '1.0',
      violations: [
        {
          label: 'label0',
          metric_name: 'shap',
          constraint_check_type: 'feature_attribution_drift_check',
          description: `Feature attribution drift ${value} exceeds threshold 0.9`,
        },
      ],
    });
  });

  it('is told by name: what rose, and from which rank to which', () => {
    expect(report.headline).toContain('capital-gain');
    expect(report.violations[0]!.explanation).toMatch(
      /capital-gain rose from \d+\.\d % to \d+\.\d % of the attribution/,
    );
    expect(ended.out).toContain('capital-gain');
  });

  it('keeps within a lower threshold of its own', async () => {
    const kept = await check(
      path.join(folder, 'investors.csv'),
      'kept',
      ...['--baseline', baseline, '--attribution-threshold', '0.8'],
    );
    expect(kept.code).toBe(0);
    expect(existsSync(path.join(folder, 'kept/constraint_violations.json'))).toBe(false);
  });
});

describe('baselines', () => {
  it.each(['mean_sq', 'median'] as const)('aggregate by %s, out of the configuration', async (method) => {
    const config = path.join(folder, `${method}.json`);
    writeFileSync(config, JSON.stringify({ methods: { shap: { agg_method: method } } }));
    const output = path.join(folder, method);
    const made = await driftline([
      ...['baseline', 'model-explainability', '--dataset', training, '--model', model, '--output', output],
      ...['--config', config],
    ]);
    expect(made.error).not.toContain('fix:');
    expect(made.code).toBe(0);
    expectClose(globalValues(path.join(output, 'analysis.json')), golden.baseline[method], SINGLE);
    const checked = await check(path.join(folder, 'investors.csv'), `${method}-check`, '--baseline', output);
    // By their medians, and by their squares, investors are as the others.
    expect(checked.code).toBe(0);
    expect(readJson<Report>(path.join(folder, `${method}-check/report.json`)).modelExplainability!.aggregation).toBe(
      method,
    );
  });

  it('of the service are an analysis.json alone: judged by its rule, the values taken as exact', async () => {
    const service = path.join(folder, 'service');
    mkdirSync(service);
    cpSync(path.join(baseline, 'analysis.json'), path.join(service, 'analysis.json'));
    const ended = await check(
      path.join(folder, 'investors.csv'),
      'by-service',
      '--baseline',
      service,
      '--model',
      model,
    );
    expect(ended.code).toBe(1);
    const report = readJson<Report>(path.join(folder, 'by-service/report.json'));
    expect(report.rule).toBe('threshold');
    expect(report.notes.join(' ')).toContain('its values are taken as exact');
    expect(report.notes.join(' ')).toContain('--explainer kernel explains as the service does');
    const own = readJson<Report>(path.join(folder, 'investors/report.json'));
    expect(outputOf(report).ranking.value).toBe(outputOf(own).ranking.value);
  });
});

describe('what is refused', () => {
  const refused = async (ended: Ended): Promise<ReturnType<typeof refusalOf>> => {
    expect(ended.code).toBe(2);
    return refusalOf(ended.error, folder);
  };

  it('a baseline without a model', async () => {
    const ended = await driftline([
      ...['baseline', 'model-explainability', '--dataset', training, '--output', path.join(folder, 'none')],
    ]);
    expect(await refused(ended)).toEqual({
      what: 'Which model is to be explained is not said.',
      where: 'census/baseline/training.csv',
      fix: 'give --model: a file of XGBoost or LightGBM, an address, or a JavaScript module',
    });
  });

  it('data without columns that the model asks for, by name', async () => {
    const file = path.join(folder, 'narrow.csv');
    const lines = readFileSync(training, 'utf8').trim().split('\n').slice(0, 50);
    writeFileSync(file, `${lines.map((line) => line.split(',').slice(0, -2).join(',')).join('\n')}\n`);
    const { what } = await refused(await check(file, 'narrow', '--baseline', baseline));
    expect(what).toBe('The model asks for hours-per-week, native-country, which the data lack.');
  });

  it('an analysis without explanations', async () => {
    const bias = path.join(folder, 'bias');
    mkdirSync(bias);
    writeFileSync(path.join(bias, 'analysis.json'), '{"version":"1.0"}');
    const { what } = await refused(await check(training, 'wrong', '--baseline', bias));
    expect(what).toBe('The analysis has no explanations.');
  });

  it('but not an empty window: it is no data', async () => {
    const capture = path.join(project, 'capture');
    const window = ['--start', '2026-04-01T00:00:00Z', '--end', '2026-04-02T00:00:00Z'];
    const ended = await check(capture, 'empty', '--baseline', baseline, ...window);
    expect(ended.code).toBe(0);
    const report = readJson<Report>(path.join(folder, 'empty/report.json'));
    expect(report.status).toBe('no-data');
    expect(report.headline).toBe(
      'No data between 1 Apr 2026, 00:00 and 2 Apr 2026, 00:00 UTC; the newest capture is 2026-03-08, 23:00 UTC.',
    );
  });
});

describe('the data-quality monitor beside it', () => {
  let days: Execution[];

  beforeAll(async () => {
    const week = ['--from', '2026-03-05T00:00:00Z', '--to', '2026-03-07T00:00:00Z'];
    days = JSON.parse(
      (await driftline(['run', 'census-data-quality', '--project', project, ...week, '--json'])).out,
    ) as Execution[];
  }, 120_000);

  it('ranks its violations by what they do to predictions: the harmful unit error comes first', () => {
    const order = (report: Report): string[] => report.violations.map(({ feature }) => feature);
    expect(order(days[0]!.report)).toEqual(['hours-per-week']);
    expect(order(days[1]!.report)).toEqual(['hours-per-week', 'occupation', 'workclass']);
    expect(order(days[2]!.report).slice(0, 2)).toEqual(['age', 'marital-status']);
  });

  it('gives both measures: distance times share, and the change of the mean prediction', () => {
    for (const [index, { report }] of days.entries()) {
      const day = golden.days[index + 2]!;
      expect(report.impactSource).toEqual({ baseline, scale: 'log-odds', explained: day.rows });
      const total = golden.baseline.mean_abs.reduce((sum, value) => sum + value, 0);
      for (const [place, name] of golden.features.entries()) {
        const { impact, drift } = report.features.find((feature) => feature.name === name)!;
        const share = golden.baseline.mean_abs[place]! / total;
        expect(Math.abs(impact!.share - share)).toBeLessThan(1e-5);
        expect(Math.abs(impact!.score - drift!.distance * share)).toBeLessThan(1e-5);
        const change = day.mean[place]! - golden.baseline.mean[place]!;
        expect(Math.abs(impact!.meanChange!.value - change)).toBeLessThan(SINGLE);
        expect(impact!.meanChange!.lower!).toBeLessThanOrEqual(impact!.meanChange!.value);
        expect(impact!.meanChange!.upper!).toBeGreaterThanOrEqual(impact!.meanChange!.value);
      }
      expect(report.features.find(({ name }) => name === 'probability')!.impact).toBeUndefined();
    }
  });
});
