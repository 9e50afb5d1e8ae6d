import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { biasOf } from '../../kernel-lib/src/constraints/analysis.js';
import type { Analysis } from '../../kernel-lib/src/constraints/analysis.schema.js';
import { makeBaseline } from '../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../../kernel-lib/src/monitor/check.js';
import { analysisDifferences } from '../support/bias-golden.js';
import { temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SERVICE = fileURLToPath(new URL('data/clarify-fraud/bias_1.analysis.json', import.meta.url));
const service = JSON.parse(readFileSync(SERVICE, 'utf8')) as Analysis;
const numbers = (analysis: Analysis) => biasOf(analysis)[0]!.numbers;
const read = <T>(...parts: string[]): T => JSON.parse(readFileSync(at(...parts), 'utf8')) as T;

/** Rows of one side: how many, how many of them are no fraud, and to how many of the first the model says fraud. */
interface Side {
  readonly rows: number;
  readonly honest: number;
  readonly suspected: number;
}

function csvOf(men: Side, women: Side): string {
  const lines = [men, women].flatMap(({ rows, honest, suspected }, female) =>
    Array.from({ length: rows }, (_, row) =>
      [female, (row * 7) % 90, row < honest ? 0 : 1, row < suspected ? 1 : 0].join(),
    ),
  );
  return `customer_gender_female,customer_age,fraud,predicted\n${lines.join('\n')}\n`;
}

// The least counts that give the file's CI, DPL and KL; that the model finds no fraud follows from the rest.
const MEN: Side = { rows: 2796, honest: 2707, suspected: 0 };
const WOMEN: Side = { rows: 1204, honest: 1187, suspected: 0 };

const config = {
  label: 'fraud',
  label_values_or_threshold: [0],
  facet: { name_or_index: 'customer_gender_female', value_or_threshold: [1] },
  predictor: { label: 'predicted' },
};

beforeAll(() => {
  writeFileSync(at('analysis_config.json'), JSON.stringify({ ...config, methods: methodsOf(service) }));
  writeFileSync(at('same.csv'), csvOf(MEN, WOMEN));
  writeFileSync(at('shifted.csv'), csvOf(MEN, { rows: 1204, honest: 1100, suspected: 240 }));
  mkdirSync(at('service'));
  writeFileSync(at('service', 'analysis.json'), readFileSync(SERVICE));
  writeFileSync(at('service', 'analysis_config.json'), readFileSync(at('analysis_config.json')));
});

/** The file was made by a release that had neither GE nor SD. */
function methodsOf({ pre_training_bias_metrics: pre, post_training_bias_metrics: post }: Analysis): object {
  const names = (stage: Analysis['pre_training_bias_metrics']) =>
    Object.values(stage!.facets)[0]![0]!.metrics.map(({ name }) => name);
  return { pre_training_bias: { methods: names(pre) }, post_training_bias: { methods: names(post) } };
}

function run(current: string, options: Partial<CheckOptions>): Promise<CheckedReport> {
  return check('model-bias', { current: at(current), output: at('report'), ...options });
}

/** Jensen-Shannon divergence of two shares, of which `middle` is the distribution between. */
function divergence(first: number, second: number, middle: number): number {
  const to = (share: number): number =>
    share * Math.log(share / middle) + (1 - share) * Math.log((1 - share) / (1 - middle));
  return (to(first) + to(second)) / 2;
}

test('analysis.json of the rows behind it is what the service wrote, but for JS', async () => {
  await makeBaseline('model-bias', {
    ...{ dataset: at('same.csv'), config: at('analysis_config.json'), output: at('baseline') },
  });
  const written = read<Analysis>('baseline', 'analysis.json');
  const divergenceIn = (analysis: Analysis): number => {
    const { JS } = numbers(analysis);
    return (JS as { readonly value: number }).value;
  };
  const place = '/pre_training_bias_metrics/facets/customer_gender_female/0/metrics/3 JS/value';
  expect(analysisDifferences(written, service)).toEqual([
    `${place}: ${divergenceIn(written)} for ${divergenceIn(service)}`,
  ]);
  // That release took the labels of all rows for the distribution between; smclarify 0.5 takes the mean of both sides.
  const [men, women] = [MEN.honest / MEN.rows, WOMEN.honest / WOMEN.rows];
  expect(divergenceIn(service)).toBeCloseTo(
    divergence(men, women, (MEN.honest + WOMEN.honest) / (MEN.rows + WOMEN.rows)),
    14,
  );
  expect(divergenceIn(written)).toBeCloseTo(divergence(men, women, (men + women) / 2), 14);
});

describe.each([
  ['beside its configuration', { baseline: at('service') }],
  ['alone, what it does not say from --config', { constraints: SERVICE, config: at('analysis_config.json') }],
  [
    'alone, attributes from the command line',
    { constraints: SERVICE, groundTruthAttribute: 'fraud', inferenceAttribute: 'predicted' },
  ],
])('the file as a baseline, %s', (_, baseline) => {
  test('finds nothing in the rows behind it', async () => {
    const report = await run('same.csv', baseline);
    expect([report.status, report.violations]).toEqual(['ok', []]);
    expect(numbers(read<Analysis>('report', 'analysis.json'))).toMatchObject(
      Object.fromEntries(Object.entries(numbers(service)).filter(([name]) => !['KL', 'JS', 'LP'].includes(name))),
    );
  });

  test('flags by the rule of the service the metrics whose magnitude has grown, and no others', async () => {
    const report = await run('shifted.csv', { ...baseline, rule: 'threshold' });
    expect(report.status).toBe('violations');
    const before = numbers(service);
    const grown = Object.entries(numbers(read<Analysis>('report', 'analysis.json'))).filter(([name, now]) => {
      const old = before[name];
      return old && 'value' in old && 'value' in now && Math.abs(now.value) > Math.abs(old.value);
    });
    const { violations } = read<{ violations: Record<string, string>[] }>('report', 'constraint_violations.json');
    expect(violations.map(({ metric_name }) => metric_name).sort()).toEqual(grown.map(([name]) => name).sort());
    expect(violations.length).toBeGreaterThan(5);
    const text = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));
    for (const [name, now] of grown) {
      const old = before[name]!;
      expect(violations.find(({ metric_name }) => metric_name === name)).toEqual({
        facet: 'customer_gender_female',
        facet_value: '1',
        metric_name: name,
        constraint_check_type: 'bias_drift_check',
        description: `Metric value ${text((now as { value: number }).value)} doesn't meet the baseline constraint requirement ${text((old as { value: number }).value)}`,
      });
    }
  });

  test('is taken as exact, and metrics that it lacks are not judged', async () => {
    const report = await run('shifted.csv', baseline);
    expect(report.notes.join(' ')).toContain('The baseline has no bias.json: its values are taken as exact');
    const [facet] = report.modelBias!.facets;
    const metric = (name: string) => facet!.metrics.find((found) => found.name === name);
    expect(metric('DPPL')).toMatchObject({ status: 'violated' });
    expect(metric('CDDPL')).toMatchObject({ status: 'not-judged' });
    // Asked for where no configuration says otherwise.
    const lacking = facet!.metrics.filter(({ name }) => !(name in numbers(service)));
    expect(lacking.map(({ name }) => name)).toEqual('config' in baseline || 'baseline' in baseline ? [] : ['GE', 'SD']);
    expect(lacking.filter(({ status }) => status !== 'not-judged')).toEqual([]);
  });
});
