import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis, AnalysisMetric } from '../../kernel-lib/src/constraints/analysis.schema.js';
import { makeBaseline } from '../../kernel-lib/src/monitor/baseline.js';
import { check } from '../../kernel-lib/src/monitor/check.js';
import { temporaryFolder } from '../support/driftline.js';

const published = fileURLToPath(new URL('data/clarify-fraud/bias_1.analysis.json', import.meta.url));
const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * The counts behind the published file, the only ones below 8,000 rows that give its CI, DPL and KL: 2,796 men, of whom
 * 2,707 are no fraud, and 1,204 women, of whom 1,187 are none. All were predicted to be none.
 */
const counts = [
  { female: 0, fraud: 0, rows: 2707 },
  { female: 0, fraud: 1, rows: 2796 - 2707 },
  { female: 1, fraud: 0, rows: 1187 },
  { female: 1, fraud: 1, rows: 1204 - 1187 },
];

const config = {
  headers: ['customer_gender_female', 'fraud', 'predicted', 'amount'],
  label: 'fraud',
  label_values_or_threshold: ['0'],
  facet: [{ name_or_index: 'customer_gender_female', value_or_threshold: ['1'] }],
  predictor: { label: 'predicted' },
};

function metricsOf(analysis: Analysis): readonly AnalysisMetric[] {
  return [analysis.post_training_bias_metrics, analysis.pre_training_bias_metrics].flatMap((stage) =>
    Object.values(stage!.facets).flatMap((groups) => groups.flatMap(({ metrics }) => metrics)),
  );
}

const read = (file: string): Analysis => JSON.parse(readFileSync(file, 'utf8')) as Analysis;

describe('an analysis.json that the service wrote', () => {
  beforeAll(() => {
    const lines = counts.flatMap(({ female, fraud, rows }) =>
      Array.from({ length: rows }, (_, row) => `${female},${fraud},0,${row % 7}`),
    );
    writeFileSync(at('claims.csv'), `${lines.join('\n')}\n`);
    writeFileSync(at('analysis_config.json'), JSON.stringify(config));
  });

  /** Older than GE and SD, and than today's JS: the published one measures both sides against all rows together. */
  test('is what a baseline of the same counts comes to', async () => {
    const options = { dataset: at('claims.csv'), config: at('analysis_config.json'), output: at('baseline') };
    await makeBaseline('model-bias', { ...options, header: false, headers: config.headers });
    const [ours, theirs] = [read(at('baseline', 'analysis.json')), read(published)];
    expect(ours.post_training_bias_metrics!.label_value_or_threshold).toBe('0');
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    const found = metricsOf(ours).filter(({ name }) => name !== 'GE' && name !== 'SD');
    expect(found.map(({ name, description, error }) => [name, description, error])).toEqual(
      metricsOf(theirs).map(({ name, description, error }) => [name, description, error]),
    );
    const all = 3894 / 4000;
    const apart = (p: number): number => p * Math.log(p / all) + (1 - p) * Math.log((1 - p) / (1 - all));
    const olderJs = (apart(2707 / 2796) + apart(1187 / 1204)) / 2;
    // The service's sums are added in another order: 1e-12 of the value.
    metricsOf(theirs).forEach(({ name, value }, index) => {
      const ourValue = name === 'JS' ? olderJs : found[index]!.value;
      if (value === null) expect([name, ourValue]).toEqual([name, null]);
      else
        expect(Math.abs(Number(ourValue) - Number(value)), name).toBeLessThanOrEqual(1e-12 * Math.abs(Number(value)));
    });
  });

  test('works as a baseline: the same data keep it, and others break it, in its words', async () => {
    mkdirSync(at('service'));
    writeFileSync(at('service', 'analysis.json'), readFileSync(published));
    const options = { baseline: at('service'), config: at('analysis_config.json'), headers: config.headers };
    const output = at('report');
    const same = await check('model-bias', { ...options, current: at('claims.csv'), output });
    expect([same.rule, same.status, same.violations]).toEqual(['threshold', 'ok', []]);
    expect(existsSync(at('report', 'constraint_violations.json'))).toBe(false);

    const lines = readFileSync(at('claims.csv'), 'utf8').replace(/^1,1,0/gm, '1,1,1');
    writeFileSync(at('caught.csv'), lines);
    const caught = await check('model-bias', { ...options, current: at('caught.csv'), output });
    expect(caught.status).toBe('violations');
    const file = JSON.parse(readFileSync(at('report', 'constraint_violations.json'), 'utf8'));
    const accuracy = file.violations.find(({ metric_name }: { metric_name: string }) => metric_name === 'AD');
    expect(accuracy).toEqual({
      facet: 'customer_gender_female',
      facet_value: '1',
      metric_name: 'AD',
      constraint_check_type: 'bias_drift_check',
      description:
        "Metric value -0.03183118741058655 doesn't meet the baseline constraint requirement -0.017711586081682884",
    });
  });
});
