import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Constraints } from '../../kernel-lib/src/constraints/constraints.js';
import { setFeatureMonitoring, setFeatureThreshold } from '../../kernel-lib/src/constraints/edit-constraints.js';
import { parseConstraints } from '../../kernel-lib/src/constraints/parse-constraints.js';
import { parseQualityConstraints } from '../../kernel-lib/src/constraints/quality-constraints.js';
import type { QualityConstraints } from '../../kernel-lib/src/constraints/quality-constraints.schema.js';
import { recorded } from '../../kernel-lib/src/project/back-test/alert.js';
import { backTest, type OtherLimits } from '../../kernel-lib/src/project/back-test/back-test.js';
import type { Report, Rule } from '../../kernel-lib/src/report/report.js';
import { driftline, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];
const rules: readonly Rule[] = ['significant', 'threshold'];

beforeAll(async () => {
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  expect((await driftline(['run', '--all', '--project', project, ...week, '--quiet'])).code).toBe(1);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const baseline = (monitor: string): string => path.join(project, 'baseline', monitor, 'constraints.json');

function executions(monitor: string): { readonly scheduledTime: string; readonly report: Report }[] {
  return ['03', '04', '05', '06', '07', '08', '09'].map((day) => {
    const files = path.join(project, 'reports/census-income', monitor, '2026/03', day, '00');
    const report = JSON.parse(readFileSync(path.join(files, 'report.json'), 'utf8')) as Report;
    return { scheduledTime: `2026-03-${day}T00:00:00Z`, report };
  });
}

/** What a back-test says against what a run with these limits reports, day by day, under both rules. */
async function expectAsRun(monitor: string, limits: OtherLimits, change: () => void): Promise<number> {
  const past = executions(monitor);
  change();
  expect((await driftline(['run', monitor, '--project', project, ...week, '--quiet'])).code).toBeLessThan(2);
  const again = executions(monitor);
  for (const rule of rules) {
    const predicted = backTest(past, { ...limits, rule });
    predicted.forEach(({ after }, day) => {
      expect(sorted(after)).toEqual(sorted(recorded(again[day]!.report, rule)));
    });
  }
  return backTest(past, limits).reduce((sum, { raised, cleared }) => sum + raised.length + cleared.length, 0);
}

const sorted = <Alert extends { readonly id: string }>(alerts: readonly Alert[]): Alert[] =>
  [...alerts].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('a back-test with the limits that were in force', () => {
  it.each(['census-data-quality', 'census-model-quality', 'census-model-bias', 'census-model-explainability'])(
    'of %s says what the reports say, under both rules',
    (monitor) => {
      const past = executions(monitor);
      const text = monitor === 'census-data-quality' ? readFileSync(baseline(monitor), 'utf8') : '';
      const limits = text === '' ? {} : { constraints: parseConstraints(text, monitor) };
      for (const rule of rules) {
        backTest(past, { ...limits, rule }).forEach(({ after }, day) => {
          const said = recorded(past[day]!.report, rule);
          expect(sorted(after)).toEqual(sorted(said));
        });
      }
    },
  );
});

describe('a back-test with other limits says what a run with them reports', () => {
  it('of distances, methods, completeness, switched-off features and comparisons', async () => {
    const file = baseline('census-data-quality');
    const before = parseConstraints(readFileSync(file, 'utf8'), file);
    let constraints: Constraints = setFeatureThreshold(before, 'age', 0.3);
    constraints = setFeatureThreshold(constraints, 'sex', 0.01);
    constraints = setFeatureMonitoring(constraints, 'workclass', false);
    constraints = {
      ...constraints,
      features: constraints.features.map((feature) =>
        feature.name === 'occupation'
          ? { ...feature, completeness: 0.5 }
          : feature.name === 'hours-per-week'
            ? {
                ...feature,
                monitoring_config_overrides: {
                  distribution_constraints: { comparison_method: 'Simple', comparison_threshold: 0.05 },
                },
              }
            : feature.name === 'relationship'
              ? {
                  ...feature,
                  monitoring_config_overrides: { distribution_constraints: { perform_comparison: 'Disabled' } },
                }
              : feature,
      ),
    };
    const changed = await expectAsRun('census-data-quality', { constraints }, () =>
      writeFileSync(file, JSON.stringify(constraints)),
    );
    expect(changed).toBeGreaterThan(10);
  }, 120_000);

  it('of metrics', async () => {
    const file = baseline('census-model-quality');
    const before = parseQualityConstraints(readFileSync(file, 'utf8'), file);
    const metrics = before.binary_classification_constraints!;
    const { precision: _, ...others } = metrics;
    const quality: QualityConstraints = {
      ...before,
      binary_classification_constraints: {
        ...others,
        recall: { threshold: 0.3, comparison_operator: 'LessThanThreshold' },
        accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' },
      },
    };
    const changed = await expectAsRun('census-model-quality', { quality }, () =>
      writeFileSync(file, JSON.stringify(quality)),
    );
    expect(changed).toBeGreaterThan(2);
  }, 120_000);

  it('of bias metrics', async () => {
    const file = path.join(project, 'driftline.yaml');
    const bias = [
      { metric: 'DPPL', facet: 'sex', lower: -0.05, upper: 0.05 },
      ...['AD', 'RD', 'DRR', 'DCA'].map((metric) => ({ metric, lower: -1, upper: 1 })),
    ];
    const changed = await expectAsRun('census-model-bias', { bias }, () => {
      const yaml = readFileSync(file, 'utf8');
      const limits = bias.map((limit) => `      - ${JSON.stringify(limit)}\n`).join('');
      writeFileSync(
        file,
        yaml.replace('    group-variable: occupation\n', `    group-variable: occupation\n    limits:\n${limits}`),
      );
    });
    expect(changed).toBeGreaterThan(2);
  }, 180_000);

  it('of rankings', async () => {
    const file = path.join(project, 'driftline.yaml');
    const changed = await expectAsRun('census-model-explainability', { attributionThreshold: 0.985 }, () => {
      const yaml = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        yaml.replace(
          '    type: model-explainability\n',
          '    type: model-explainability\n    attribution-threshold: 0.985\n',
        ),
      );
    });
    expect(changed).toBeGreaterThan(0);
  }, 180_000);
});
