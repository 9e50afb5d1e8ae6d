import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringifyServiceJson } from '../../../kernel-lib/src/json/write-json.js';
import type { Profile } from '../../../kernel-lib/src/profile/profile.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import { attributionReport } from '../../support/attribution-rows.js';
import { captureLines, captureProject } from '../../support/capture-file.js';
import { sampleBiasReport } from '../../support/model-bias-report.js';
import { profileOf, repeat } from '../../support/profile-of.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';

const mimeType = 'application/vnd.driftline.report.v1+json';
const root = process.env['DRIFTLINE_ROOT'] ?? '';

/** A notebook whose outputs are stored reports, as a finished run leaves them. */
function notebook(reports: readonly unknown[]): unknown {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    cells: reports.map((report, index) => ({
      cell_type: 'code',
      id: `cell-${index}`,
      execution_count: 1,
      metadata: {},
      source: 'show(report)',
      outputs: [
        {
          output_type: 'display_data',
          metadata: {},
          data: { [mimeType]: report, 'text/html': '<p>HTML</p>', 'text/plain': 'text' },
        },
      ],
    })),
  };
}

const statistics = {
  version: 0,
  dataset: { item_count: 1000 },
  features: [
    {
      name: 'price',
      inferred_type: 'Fractional',
      numerical_statistics: {
        common: { num_present: 1000, num_missing: 0 },
        mean: 41.5,
        sum: 41500,
        std_dev: 12.25,
        min: 0,
        max: 100,
        completeness: 1,
        distribution: {
          kll: {
            buckets: [1, 4, 40, 200, 400, 200, 100, 40, 10, 5].map((count, index) => ({
              lower_bound: index * 10,
              upper_bound: index * 10 + 10,
              count,
            })),
          },
        },
      },
    },
    {
      name: 'state',
      inferred_type: 'String',
      string_statistics: {
        common: { num_present: 990, num_missing: 10 },
        distinct_count: 3,
        completeness: 0.99,
        distribution: {
          categorical: {
            buckets: [
              { value: 'New Mexico', count: 362 },
              { value: 'Texas', count: 600 },
              { value: '<b>not bold</b>', count: 28 },
            ],
          },
        },
      },
    },
  ],
};

const constraints = {
  version: 0,
  features: [
    { name: 'price', inferred_type: 'Fractional', completeness: 1, num_constraints: { is_non_negative: true } },
    {
      name: 'state',
      inferred_type: 'String',
      completeness: 0.95,
      string_constraints: { domains: ['New Mexico', 'Texas', 'Utah', 'Ohio'] },
    },
  ],
  monitoring_config: {
    evaluate_constraints: 'Enabled',
    distribution_constraints: { comparison_threshold: 0.1, comparison_method: 'Robust' },
  },
};

const violations = {
  violations: [
    {
      feature_name: 'price',
      constraint_check_type: 'baseline_drift_check',
      description: 'Baseline drift distance: 0.27 exceeds threshold: 0.1',
    },
  ],
};

const analysis = {
  version: '1.0',
  post_training_bias_metrics: {
    label: 'income',
    facets: {
      sex: [
        {
          value_or_threshold: 'Female',
          metrics: [
            { name: 'AD', description: 'Accuracy Difference (AD)', value: -0.103 },
            {
              name: 'CDDPL',
              description: 'Conditional Demographic Disparity in Predicted Labels (CDDPL)',
              value: null,
              error: 'Group variable is empty or not provided',
            },
            { name: 'DI', description: 'Disparate Impact (DI)', value: 0.164 },
            {
              name: 'DPPL',
              description: 'Difference in Positive Proportions in Predicted Labels (DPPL)',
              value: 0.201,
            },
            { name: 'TE', description: 'Treatment Equality (TE)', value: 'Infinity' },
          ],
        },
      ],
      age: [
        {
          value_or_threshold: '(40, 90]',
          metrics: [{ name: 'DI', description: 'Disparate Impact (DI)', value: 1.8 }],
        },
      ],
    },
    label_value_or_threshold: '>50K',
  },
  explanations: {
    kernel_shap: { label0: { global_shap_values: { age: 0.01, '<b>not bold</b>': 0.4 }, expected_value: 0.21 } },
  },
};

const biasViolations = {
  version: '1.0',
  violations: [
    {
      facet: 'sex',
      facet_value: 'Female',
      metric_name: 'TE',
      constraint_check_type: 'bias_drift_check',
      description: "Metric value Infinity doesn't meet the baseline constraint requirement 4.1",
    },
  ],
};

/** A file of an hour's capture, below the folder `project`. */
export const captureFile =
  'capture/census/AllTraffic/2026/03/05/06/00-00-120-0b7bfd33-1d2c-4a5b-8c6d-7e8f90a1b2c3.jsonl';

const groundTruth = ['0', '1', '1']
  .map((data, index) =>
    JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId: `e-${index}` },
      eventVersion: '0',
    }),
  )
  .join('\n');

/** Two days of one dataset, by category and by number. */
export const before = profileOf({
  age: repeat(400, (index) => 20 + (index % 50)),
  job: repeat(400, (index) => ['office', 'farm'][index % 2]!),
});
const now = profileOf({
  age: repeat(300, (index) => 40 + (index % 50)),
  job: repeat(300, (index) => ['office', 'farm', '<b>Gig</b>'][index % 3]!),
});

function statisticsOf(profile: Profile): string {
  return stringifyServiceJson(statisticsFromProfile(profile));
}

const laterAnalysis = {
  ...analysis,
  explanations: {
    kernel_shap: { label0: { global_shap_values: { age: 0.6, '<b>not bold</b>': 0.35 }, expected_value: 0.2 } },
  },
};

/** Writes what the tests open into a folder below the server's. */
export function writeFiles(folder: string): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  const files: Readonly<Record<string, unknown>> = {
    'sample.ipynb': notebook([sampleReport()]),
    'others.ipynb': notebook([cleanReport(), emptyWindowReport(), { schema: 'driftline.report', version: 2 }]),
    'report.json': sampleReport(),
    'bias.ipynb': notebook([sampleBiasReport()]),
    'bias.report.json': sampleBiasReport(),
    'attribution.ipynb': notebook([attributionReport()]),
    'attribution.report.json': attributionReport(),
    'analysis.json': analysis,
    'bias_constraint_violations.json': biasViolations,
    'statistics.json': statistics,
    'monday_constraints.json': constraints,
    'constraint_violations.json': violations,
    'broken.statistics.json': '{"version": 0.0, "features": [',
    'project/driftline.yaml': captureProject,
    [`project/${captureFile}`]: [...captureLines(450), 'cut off {', ''].join('\n'),
    'runs/2026/03/05/00/statistics.json': statisticsOf(before),
    'runs/2026/03/06/00/statistics.json': statisticsOf(now),
    'runs/2026/03/05/00/analysis.json': analysis,
    'runs/2026/03/06/00/analysis.json': laterAnalysis,
    'limits/2026/03/05/00/constraints.json': constraints,
    'limits/2026/03/06/00/constraints.json': { ...constraints, features: constraints.features.slice(0, 1) },
    'runs/2026/03/05/00/report.json': cleanReport(),
    'runs/2026/03/06/00/report.json': sampleReport(),
    'later_statistics.json': statistics,
    'labels.jsonl': groundTruth,
    'other.jsonl': '{"message": "hello"}\n{"message": "again"}\n',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, folder, name)), { recursive: true });
    writeFileSync(path.join(root, folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}
