import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseForeignJson } from '../../kernel-lib/src/json/read-json.js';
import { stringifyServiceJson } from '../../kernel-lib/src/json/write-json.js';
import { makeBaseline } from '../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, check } from '../../kernel-lib/src/monitor/check.js';
import { profileLocation } from '../../kernel-lib/src/monitor/profile-location.js';
import { temporaryFolder } from '../support/driftline.js';

const file = (name: string): string => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compare(baseline: string, current: string): Promise<CheckedReport> {
  const output = path.join(folder, baseline.replaceAll('/', '-'));
  await makeBaseline('data-quality', { dataset: file(baseline), output });
  return check('data-quality', { baseline: output, current: file(current) });
}

test.each([
  ['churn/training-dataset-with-header.csv', 2333, 70],
  ['churn/validation.csv', 666, 70],
  ['churn/validation_with_predictions.csv', 201, 3],
  ['german-credit/train.csv', 1000, 21],
  ['german-credit/test.csv', 100, 20],
  ['marketplace-drift/baseline.csv', 300, 29],
  ['marketplace-drift/data_quality_drift.csv', 320, 28],
])('%s has %i rows and %i columns, none left out', async (name, rows, columns) => {
  const { profile, read } = await profileLocation(file(name));
  expect([profile.rowCount, profile.columns.length, read.quarantined]).toEqual([rows, columns, 0]);
});

test.each(['clarify-fraud/bias_1.analysis.json', 'clarify-fraud/explainability.analysis.json'])(
  '%s, as the service wrote it, is read and written back equal, keys in their order',
  (name) => {
    const text = readFileSync(file(name), 'utf8');
    const written = stringifyServiceJson(parseForeignJson(text, name));
    // As texts: equal values with their keys in the same order.
    expect(JSON.stringify(JSON.parse(written))).toBe(JSON.stringify(JSON.parse(text)));
  },
);

describe('a batch without a header against a baseline that has the label first', () => {
  let report: CheckedReport;
  beforeAll(async () => {
    report = await compare('marketplace-drift/baseline.csv', 'marketplace-drift/data_quality_drift.csv');
  });

  test('gets the names of the features, not those of their neighbours, and the mapping is shown', () => {
    expect(report.mapping?.source).toBe('baseline-position');
    expect(report.mapping?.columns.slice(0, 2).map(({ name }) => name)).toEqual(['gender', 'age_range']);
  });

  test('has the drift that was put into it, and the label as the missing column', () => {
    const found = report.violations.map(({ feature, check }) => `${feature}/${check}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'Missing columns/missing_column_check',
        'gender/baseline_drift_check',
        'age_range/baseline_drift_check',
        'age_range/completeness_check',
        'household_income_range/baseline_drift_check',
      ]),
    );
  });
});

test('the churn model’s validation data, of the same population, raise no drift', async () => {
  const report = await compare('churn/training-dataset-with-header.csv', 'churn/validation.csv');
  expect(report.mapping?.warning).toBeUndefined();
  expect(report.violations.filter(({ check }) => check === 'baseline_drift_check')).toEqual([]);
});
