// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileViewer } from '../../../jupyter-extension/src/viewers/file-viewer.js';
import { sampleReport } from '../../support/sample-report.js';
import { MemoryFiles } from '../support/memory-files.js';
import { trans } from '../support/trans.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const openAsText = vi.fn();
const viewers: FileViewer[] = [];
function view(content: unknown): HTMLElement {
  const viewer = new FileViewer(trans, { path: () => 'a.json', files: new MemoryFiles(), openAsText });
  viewers.push(viewer);
  viewer.setText(typeof content === 'string' ? content : JSON.stringify(content));
  return viewer.node;
}
afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.dispose();
  openAsText.mockClear();
});
const rows = (node: HTMLElement, table: number = 0): string[][] =>
  [...(node.querySelectorAll('table')[table]?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ''),
  );
const click = (node: HTMLElement, words: string): void =>
  [...node.querySelectorAll('button')].find(({ textContent }) => textContent === words)!.click();

const statistics = {
  version: 0,
  dataset: { item_count: 1000 },
  features: [
    {
      name: 'price',
      inferred_type: 'Fractional',
      numerical_statistics: {
        common: { num_present: 990, num_missing: 10 },
        mean: 12.5,
        sum: 12375,
        std_dev: 3.25,
        min: 0,
        max: 100,
        approximate_num_distinct_values: 97,
        completeness: 0.99,
        distribution: {
          kll: {
            buckets: Array.from({ length: 10 }, (_, i) => ({
              lower_bound: i * 10,
              upper_bound: i * 10 + 10,
              count: 99,
            })),
            sketch: { parameters: { c: 0.64, k: 2048 }, data: [[]] },
          },
        },
      },
    },
    {
      name: 'state',
      inferred_type: 'String',
      string_statistics: {
        common: { num_present: 1000, num_missing: 0 },
        distinct_count: 2,
        completeness: 1,
        distribution: {
          categorical: {
            buckets: [
              { value: 'NM', count: 362 },
              { value: 'TX', count: 638 },
            ],
          },
        },
      },
    },
    { name: 'note', inferred_type: 'Unknown' },
  ],
};

describe('FileViewer', () => {
  it('shows the features of statistics.json in a table', () => {
    const node = view(statistics);
    expect(node.querySelector('h2')?.textContent).toBe('Statistics');
    expect(rows(node)).toEqual([
      ['price', 'Fractional', '', '99.0 %', '10', '97', '12.5', '3.25', '0', '100'],
      ['state', 'String', '', '100 %', '0', '2', '–', '–', '–', '–'],
      ['note', 'Unknown', '', '–', '–', '–', '–', '–', '–', '–'],
    ]);
  });

  it('shows the ten buckets of the chosen feature, its categories, or why there is nothing', () => {
    const node = view(statistics);
    expect(node.querySelector('[role=img]')?.getAttribute('aria-label')).toBe('Histogram of price in 10 buckets.');
    click(node, 'state');
    click(node, 'Table');
    expect(rows(node, 1)).toEqual([
      ['TX', '638', '63.8 %'],
      ['NM', '362', '36.2 %'],
    ]);
    click(node, 'note');
    expect(node.querySelector('.driftline-detail')?.textContent).toContain(
      'The file holds no distribution for this feature',
    );
  });

  it('filters features by name', () => {
    const node = view(statistics);
    const filter = node.querySelector('input')!;
    filter.value = 'st';
    filter.dispatchEvent(new Event('input'));
    expect(rows(node).map(([name]) => name)).toEqual(['state']);
    filter.value = 'zzz';
    filter.dispatchEvent(new Event('input'));
    expect(rows(node)).toEqual([['No feature has this in its name.']]);
  });

  it('shows the metrics of a model, bare NaN included, and names what it leaves out', () => {
    const node = view(
      '{"version":0.0,"dataset":{"item_count":180},"binary_classification_metrics":{"confusion_matrix":{"0":{"0":90,"1":10},"1":{"1":60}},"recall":{"value":0.75,"standard_deviation":"NaN"},"auc":{"value":NaN,"standard_deviation":NaN},"own_curve":{"a":[1]}}}',
    );
    expect(rows(node)).toEqual([
      ['recall', '0.75', 'NaN'],
      ['auc', 'NaN', 'NaN'],
    ]);
    expect(node.textContent).toContain('no standard deviation (NaN) for fewer than 200 rows');
    expect(node.querySelector('[role=img]')?.getAttribute('aria-label')).toContain('right for 93.8 % of 160 rows');
    click(node, 'Table');
    expect(rows(node, 1)).toEqual([
      ['0', '90 90.0 %', '10 10.0 %', '100'],
      ['1', '0 0 %', '60 100 %', '60'],
    ]);
    expect(node.textContent).toContain('Also in the file, and not shown here: own_curve.');
  });

  it('sorts metrics by number, and folds those of the best constant classifier', () => {
    const metric = (value: number) => ({ value, standard_deviation: 0.01 });
    const node = view({
      binary_classification_metrics: {
        recall: metric(0.75),
        auc: metric(0.8),
        f2: metric(1e-5),
        recall_best_constant_classifier: metric(1),
      },
    });
    click(node, 'Value');
    expect(rows(node).map(([name]) => name)).toEqual(['f2', 'recall', 'auc']);
    expect(node.querySelector('details summary')?.textContent).toMatch(/^1 metric of a classifier/);
    expect(rows(node, 1)).toEqual([['recall_best_constant_classifier', '1', '0.01']]);
  });

  it('draws the curves of a model, with their numbers as tables', () => {
    const node = view({
      binary_classification_metrics: {
        auc: { value: 0.75, standard_deviation: 0.01 },
        receiver_operating_characteristic_curve: {
          false_positive_rates: [0, 0.5, 1],
          true_positive_rates: [0, 1, 1],
        },
        precision_recall_curve: { precisions: [0.5, 0.8, 1], recalls: [1, 0.5, 0] },
      },
    });
    const labels = [...node.querySelectorAll('[role=img]')].map((chart) => chart.getAttribute('aria-label'));
    expect(labels).toEqual([
      expect.stringContaining('model, area 0.750'),
      expect.stringContaining('precision against recall'),
    ]);
    for (const figure of node.querySelectorAll('.driftline-figure')) click(figure as HTMLElement, 'Table');
    expect(rows(node, 1)[2]).toEqual(['0.2', '0.400']);
    expect(rows(node, 2)[10]).toEqual(['1.0', '0.500']);
    expect(node.textContent).not.toContain('not shown here');
  });

  it('shows constraints with their monitoring configuration, and keys it does not know', () => {
    const node = view({
      version: 0,
      features: [
        { name: 'price', inferred_type: 'Fractional', completeness: 1, num_constraints: { is_non_negative: true } },
        {
          name: 'state',
          inferred_type: 'String',
          completeness: 0.95,
          string_constraints: { domains: ['NM', 'TX', 'CA', 'OR'] },
          monitoringConfigOverrides: { evaluate_constraints: 'Disabled' },
        },
      ],
      monitoring_config: { evaluate_constraints: 'Enabled', distribution_constraints: { comparison_threshold: 0.1 } },
    });
    expect(rows(node)[0]).toEqual(['price', 'Fractional', '≥ 100 %', 'not negative', '', '']);
    expect(rows(node)[1]?.at(-1)).toBe('monitoringConfigOverrides: evaluate_constraints Disabled');
    expect([...node.querySelectorAll('.driftline-values li')].map(({ textContent }) => textContent)).toEqual([
      'NM',
      'TX',
      'CA',
      'OR',
    ]);
    expect(rows(node, 1)).toEqual([
      ['evaluate_constraints', 'Enabled'],
      ['distribution_constraints.comparison_threshold', '0.1'],
    ]);
  });

  it('shows the constraints of a model in words', () => {
    const node = view({
      version: 0,
      regression_constraints: { mae: { threshold: 4.5, comparison_operator: 'GreaterThanThreshold' } },
    });
    expect(rows(node)).toEqual([['mae', 'a violation when greater', '4.5']]);
  });

  it('shows constraints that others write: other operators, further keys, and those of the best constant classifier', () => {
    const node = view({
      binary_classification_constraints: {
        auc: { threshold: 0.8, comparison_operator: 'LessThanThreshold', additional_properties: { unit: 'x' } },
        own: { threshold: '0.5', comparison_operator: 'Near' },
        f1_best_constant_classifier: { threshold: 0.1, comparison_operator: 'LessThanThreshold' },
      },
    });
    expect(rows(node)).toEqual([
      ['auc', 'a violation when less', '0.8', 'additional_properties.unit x'],
      ['own', 'Near', '0.5', ''],
    ]);
    expect(rows(node, 1)).toEqual([['f1_best_constant_classifier', 'a violation when less', '0.1']]);
  });

  it('takes the numbers of a model’s violations out of their sentence', () => {
    const violation = (metric: string, rest: string) => ({
      constraint_check_type: 'LessThanThreshold',
      description: `Metric ${metric} with ${rest}`,
      metric_name: metric,
    });
    const node = view({
      violations: [
        violation('f2', "0.7 +/- 0.0123 was LessThanThreshold '0.75'"),
        violation('ep', '-0.1 was LessThanThreshold -0.05'),
        violation('auc', "0.6 +/- NaN was LessThanThreshold '0.9'"),
        violation('odd', 'other words'),
      ],
    });
    expect([...node.querySelectorAll('thead th')].map(({ textContent }) => textContent)).toEqual([
      'Metric',
      'Check',
      'Measured',
      'Std. deviation',
      'Threshold',
      'Description',
    ]);
    expect(rows(node).map((row) => row.slice(2, 5))).toEqual([
      ['0.7', '0.0123', '0.75'],
      ['-0.1', '–', '-0.05'],
      ['0.6', '–', '0.9'],
      ['–', '–', '–'],
    ]);
  });

  it('shows violations of data quality, model quality and bias with the columns that they have', () => {
    const data = view({
      violations: [{ feature_name: 'age', constraint_check_type: 'data_type_check', description: 'd' }],
    });
    expect(rows(data)).toEqual([['age', 'data_type_check', 'd']]);
    const bias = view({
      version: '1.0',
      violations: [
        {
          facet: 'Sex',
          facet_value: '0',
          metric_name: 'CDDPL',
          constraint_check_type: 'bias_drift_check',
          description: "Metric value 0.27 doesn't meet the baseline constraint requirement 0.18",
        },
        {
          facet: 'Sex',
          facet_value: '<b>',
          metric_name: 'TE',
          constraint_check_type: 'bias_drift_check',
          description: "Metric value -Infinity doesn't meet the baseline constraint requirement 1.5",
          own_key: { a: 1 },
        },
      ],
    });
    expect([...bias.querySelectorAll('thead th')].map(({ textContent }) => textContent)).toEqual([
      'Facet',
      'Facet value',
      'Metric',
      'Check',
      'Own key',
      'Measured',
      'Baseline',
      'Description',
    ]);
    expect(rows(bias)[0]!.slice(0, 7)).toEqual(['Sex', '0', 'CDDPL', 'bias_drift_check', '–', '0.27', '0.18']);
    expect(rows(bias)[1]!.slice(1, 7)).toEqual(['<b>', 'TE', 'bias_drift_check', '{"a":1}', '−∞', '1.5']);
    expect(bias.querySelector('.driftline-status')?.textContent).toBe('2 violations');
    const attribution = view({
      violations: [
        {
          label: 'label0',
          metric_name: 'shap',
          constraint_check_type: 'feature_attribution_drift_check',
          description: 'Feature attribution drift 0.7639720923277322 exceeds threshold 0.9',
        },
      ],
    });
    expect(rows(attribution)[0]!.slice(0, 5)).toEqual([
      'label0',
      'shap',
      'feature_attribution_drift_check',
      '0.764',
      '0.9',
    ]);
  });

  it('says that a violations file without violations is good news', () => {
    expect(view({ violations: [] }).querySelector('.driftline-status')?.textContent).toBe('No violations');
  });

  it('shows report.json as the report', () => {
    expect(view(sampleReport()).querySelector('h2')?.textContent).toBe('census-data-quality, 2026-03-05');
  });

  it('offers the text of a file that is broken, empty or another program’s', () => {
    for (const [content, reason] of [
      ['{"version": 0.0, "features": [', 'not valid JSON'],
      ['', 'The file is empty'],
      [{ jest: true }, 'The content is none of'],
      [{ ...sampleReport(), version: 7 }, 'of version 7'],
    ] as const) {
      const node = view(content);
      expect(node.querySelector('[role=alert]')?.textContent).toContain(reason);
      click(node, 'Open as text');
    }
    expect(openAsText).toHaveBeenCalledTimes(4);
  });

  it('bears files whose parts are of another type than expected', () => {
    for (const content of [
      { dataset: 3, features: [{ name: 4, numerical_statistics: { distribution: { kll: { buckets: 'x' } } } }] },
      {
        features: [null, 7, { name: 'a', num_constraints: [], string_constraints: { domains: {} } }],
        monitoring_config: [],
      },
      { violations: [null, 'x'] },
      { regression_metrics: { mae: null } },
      { binary_classification_metrics: { confusion_matrix: [], auc: 1, precision_recall_curve: { recalls: [1] } } },
      { regression_constraints: { mae: 3, mse: null } },
    ]) {
      expect(view(content).querySelector('article')).not.toBeNull();
    }
  });
});
