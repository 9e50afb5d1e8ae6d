import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Analysis } from '../../kernel-lib/src/constraints/analysis.schema.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { captureForms, writeCapture } from '../support/bias-captures.js';
import { germanCredit } from '../support/bias-forms.js';
import { analysisDifferences, biasGolden, censusCsv, goldenCsv, sortedGroups } from '../support/bias-golden.js';
import { driftline, root, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
const read = <T>(...parts: string[]): T => JSON.parse(readFileSync(at(...parts), 'utf8')) as T;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function goldenCase(name: string) {
  return biasGolden.cases.find((found) => found.name === name)!;
}

describe('baseline model-bias', () => {
  it('equals smclarify on Adult, 32,561 people', async () => {
    const { config, analysis } = goldenCase('Adult, every race');
    writeFileSync(at('adult.csv'), goldenCsv('adult'));
    writeFileSync(at('adult.json'), config);
    const { code, out } = await driftline([
      ...[
        'baseline',
        'model-bias',
        '--dataset',
        at('adult.csv'),
        '--config',
        at('adult.json'),
        '--output',
        at('adult'),
      ],
    ]);
    expect(code).toBe(0);
    expect(out).toContain('Baseline of 32,561 rows and 16 columns');
    expect(analysisDifferences(read('adult', 'analysis.json'), analysis)).toEqual([]);
    expect(readdirSync(at('adult')).sort()).toEqual(['analysis.json', 'bias.json', 'driftline.json']);
  });

  it('asks a model where one is given, whatever the configuration says of its answers', async () => {
    const { config, analysis } = goldenCase('Census, answers of XGBoost');
    const predictor = { model_name: 'census', label: 0, probability: 'predictions[0].score', content_type: 'text/csv' };
    writeFileSync(at('census.csv'), censusCsv());
    writeFileSync(at('census.json'), JSON.stringify({ ...JSON.parse(config), predictor }));
    const args = ['--config', at('census.json'), '--model', path.join(root, 'kernel-lib/demo/census-model.json')];
    const made = await driftline([
      ...['baseline', 'model-bias', '--dataset', at('census.csv'), '--output', at('census'), '--quiet', ...args],
    ]);
    expect([made.code, made.error]).toEqual([0, '']);
    expect(analysisDifferences(read('census', 'analysis.json'), analysis)).toEqual([]);
    const checked = await driftline([
      ...['check', 'model-bias', '--current', at('census.csv'), '--baseline', at('census')],
      ...['--output', at('census-now'), '--quiet', ...args],
    ]);
    expect([checked.code, checked.error]).toEqual([0, '']);
    expect(analysisDifferences(read('census-now', 'analysis.json'), analysis)).toEqual([]);
  });

  it('asks a JavaScript module, named by a path from where the command runs', async () => {
    const { config, analysis } = goldenCase('German credit, answers of a rule');
    const excluded = { excluded_columns: ['predicted_risk', 'probability'], predictor: {} };
    writeFileSync(at('rule.json'), JSON.stringify({ ...JSON.parse(config), ...excluded }));
    writeFileSync(
      at('rule.mjs'),
      'export default async (rows) => rows.map(({ amount }) => (amount <= 4000 ? 0.9 : 0.1));',
    );
    writeFileSync(at('german.csv'), goldenCsv('german'));
    const made = await driftline(
      [
        'baseline',
        'model-bias',
        '--dataset',
        'german.csv',
        '--output',
        'rule',
        '--config',
        'rule.json',
        '--model',
        'rule.mjs',
      ],
      { cwd: folder },
    );
    expect([made.code, made.error]).toEqual([0, '']);
    expect(analysisDifferences(read('rule', 'analysis.json'), analysis)).toEqual([]);
  });
});

describe('check model-bias', () => {
  const golden = biasGolden.checks.find(({ name }) => name === 'German credit, foreign workers, each housing')!;
  const { names, rows } = germanCredit();
  const [form] = captureForms;
  const config = { ...JSON.parse(golden.config), headers: names.slice(0, 20), predictor: { probability: 0 } };
  const captured = ['--current', at('capture'), '--ground-truth', at('ground-truth')];

  beforeAll(async () => {
    const csv = (part: readonly (readonly string[])[]): string => `${[names, ...part].map(String).join('\n')}\n`;
    writeFileSync(at('before.csv'), csv(rows.slice(0, golden.split)));
    writeFileSync(at('now.csv'), csv(rows.slice(golden.split)));
    writeFileSync(at('analysis_config.json'), golden.config);
    writeFileSync(at('capture_config.json'), JSON.stringify(config));
    writeCapture(form!, rows.slice(golden.split), at('capture'), at('ground-truth'));
    mkdirSync(at('service'));
    writeFileSync(at('service', 'analysis.json'), JSON.stringify(golden.baseline));
    cpSync(at('capture_config.json'), at('service', 'analysis_config.json'));
    const made = await driftline([
      ...['baseline', 'model-bias', '--dataset', at('before.csv'), '--output', at('baseline')],
      ...['--config', at('analysis_config.json'), '--quiet'],
    ]);
    expect([made.code, made.error]).toEqual([0, '']);
  });

  function check(...args: string[]) {
    return driftline(['check', 'model-bias', '--output', at('report'), ...args]);
  }

  it.each([
    ['a folder with the configuration beside', ['--baseline', at('service')]],
    ['analysis.json alone', ['--constraints', at('service', 'analysis.json'), '--config', at('capture_config.json')]],
  ])("judges by the service's rule against a baseline of the service: %s", async (_, args) => {
    const run = await check(...captured, ...args);
    expect([run.code, run.error]).toEqual([1, '']);
    expect(run.out).toContain('Rule          threshold');
    expect(run.out).not.toContain('chance does not explain the difference (adjusted p = 1)');
    const analysis = sortedGroups(read<Analysis>('report', 'analysis.json'));
    expect(analysisDifferences(analysis, sortedGroups(golden.current))).toEqual([]);
    expect(read<{ violations: unknown[] }>('report', 'constraint_violations.json').violations).toHaveLength(
      golden.violations.length,
    );
  });

  it("writes violations with the service's keys and wording", async () => {
    const { code } = await check(...captured, '--baseline', at('service'), '--quiet');
    expect(code).toBe(1);
    const file = read<{ version: string; violations: Record<string, string>[] }>(
      'report',
      'constraint_violations.json',
    );
    expect(Object.keys(file)).toEqual(['version', 'violations']);
    const [metric] = golden.violations.filter(({ metric_name }) => metric_name === 'RD');
    expect(file.violations.find(({ metric_name, facet }) => metric_name === 'RD' && facet === metric!.facet)).toEqual({
      facet: metric!.facet,
      facet_value: metric!.facet_value,
      metric_name: 'RD',
      constraint_check_type: 'bias_drift_check',
      description: metric!.description,
    });
    for (const found of file.violations) {
      expect(Object.keys(found).join()).toBe('facet,facet_value,metric_name,constraint_check_type,description');
      expect(found['description']).toMatch(
        /^Metric value (-?[\d.]+(e-\d+)?|Infinity) doesn't meet the baseline constraint requirement -?[\d.]+(e-\d+)?$/,
      );
    }
  });

  it('takes away the violations of a run before, and ends with 0, where the other rule finds none', async () => {
    const args = ['--current', at('now.csv'), '--baseline', at('baseline'), '--quiet'];
    expect((await check(...args, '--rule', 'threshold')).code).toBe(1);
    expect(existsSync(at('report', 'constraint_violations.json'))).toBe(true);
    const { code, error } = await check(...args);
    expect([code, error]).toEqual([0, '']);
    expect(readdirSync(at('report')).sort()).toEqual(['analysis.json', 'report.html', 'report.json']);
    const report = read<Report>('report', 'report.json');
    expect([report.rule, report.status]).toEqual(['significant', 'ok']);
    expect(report.violations.filter(({ rules }) => rules.includes('threshold'))).toHaveLength(golden.violations.length);
  });

  it('judges by limits in place of the baseline, for a facet or a group, under both rules', async () => {
    const args = ['--current', at('now.csv'), '--baseline', at('baseline'), '--quiet'];
    const limits = ['--limit', 'GE=..1', '--limit', 'housing=2:CI=-1..1', '--limit', 'housing=1:AD=-0.001..0.001'];
    await check(...args, ...limits, '--rule', 'threshold');
    type Found = { facet: string; facet_value: string; metric_name: string; description: string };
    const { violations } = read<{ violations: Found[] }>('report', 'constraint_violations.json');
    const found = (facet: string, value: string, name: string) =>
      violations.find((one) => one.facet === facet && one.facet_value === value && one.metric_name === name);
    expect(violations.some(({ metric_name }) => metric_name === 'GE')).toBe(false);
    expect(found('housing', '2', 'CI')).toBeUndefined();
    expect(found('housing', '1', 'CI')).toBeDefined();
    expect(found('housing', '1', 'AD')!.description).toMatch(/requirement -0\.001\.\.0\.001$/);
    const { modelBias } = read<Report>('report', 'report.json');
    const ofGroup = (title: string, name: string) =>
      modelBias!.facets.find((facet) => facet.title === title)!.metrics.find((metric) => metric.name === name)!;
    expect(ofGroup('housing = 1', 'AD').allowed).toEqual({ lower: -0.001, upper: 0.001, source: 'configured' });
    expect(ofGroup('housing = 3', 'AD').allowed?.source).toBe('baseline');

    const { code } = await check(...args, '--limit', 'housing=2:CI=-1..-0.9');
    expect(code).toBe(0);
    const judged = read<Report>('report', 'report.json').modelBias!.facets.find(
      ({ title }) => title === 'housing = 2',
    )!;
    expect(judged.metrics.find(({ name }) => name === 'CI')).toMatchObject({
      allowed: { lower: -1, upper: -0.9, source: 'configured' },
      status: 'ok',
      reason: expect.stringContaining('outside its limits, but so was the baseline'),
    });
  });

  it('treats an empty window as a result, and says when the newest capture was', async () => {
    const window = ['--start', '2026-04-01T00:00:00Z', '--end', '2026-04-02T00:00:00Z'];
    const run = await check(
      ...captured,
      '--baseline',
      at('baseline'),
      '--config',
      at('capture_config.json'),
      ...window,
    );
    expect([run.code, run.error]).toEqual([0, '']);
    expect(run.out).toMatch(/the newest capture is of 5 Mar 2026,\s+07:00/);
    expect(read<Report>('report', 'report.json').status).toBe('no-data');
    expect(existsSync(at('report', 'constraint_violations.json'))).toBe(false);
  });

  it('waits for labels, measures those that have come, and says how many', async () => {
    const lines = readFileSync(at('ground-truth/2026/03/05/08/part.jsonl'), 'utf8').trimEnd().split('\n');
    const some = (count: number): string[] => {
      const place = at(`labels-${count}`, '2026/03/05/08');
      mkdirSync(place, { recursive: true });
      writeFileSync(
        path.join(place, 'part.jsonl'),
        lines
          .slice(0, count)
          .map((line) => `${line}\n`)
          .join(''),
      );
      return ['--current', at('capture'), '--ground-truth', at(`labels-${count}`), '--baseline', at('baseline')];
    };
    const rest = ['--config', at('capture_config.json')];
    const none = await check(...some(0), ...rest);
    expect([none.code, none.error]).toEqual([0, '']);
    expect(none.out).toContain('None of 200 predictions has its label yet.');
    const part = await check(...some(150), ...rest);
    expect([part.code, part.error]).toEqual([0, '']);
    const { modelBias, notes } = read<Report>('report', 'report.json');
    expect(modelBias!.coverage).toMatchObject({ predictions: 200, labelled: 150 });
    expect(notes.join()).toContain('75.0 % of the predictions have their label');
  });
});
