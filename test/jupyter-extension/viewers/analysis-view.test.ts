// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileViewer } from '../../../jupyter-extension/src/viewers/file-viewer.js';
import { hostileTexts } from '../../support/hostile-report.js';
import { MemoryFiles } from '../support/memory-files.js';
import { trans } from '../support/trans.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const viewers: FileViewer[] = [];
function view(content: unknown): HTMLElement {
  const viewer = new FileViewer(trans, {
    path: () => 'analysis.json',
    files: new MemoryFiles(),
    openAsText: () => undefined,
  });
  viewers.push(viewer);
  viewer.setText(typeof content === 'string' ? content : JSON.stringify(content));
  expect(viewer.node.querySelector('[role=alert]')).toBeNull();
  return viewer.node;
}
afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.dispose();
});

const texts = (node: ParentNode, selector: string): string[] =>
  [...node.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
const rows = (node: ParentNode): string[][] =>
  [...node.querySelectorAll('tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent ?? ''));
const figure = (node: ParentNode, title: string): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>('.driftline-figure')].find(
    (each) => each.querySelector('h4, h5')?.textContent === title,
  ) as HTMLElement;
const tableOf = (chart: HTMLElement): string[][] => {
  chart.querySelectorAll<HTMLButtonElement>('.driftline-switch button')[1]?.click();
  return rows(chart);
};

const metric = (name: string, value: unknown, error?: string) => ({
  name,
  description: `Metric ${name} (${name})`,
  value,
  ...(error !== undefined && { error }),
});
const post = [
  metric('AD', -0.11),
  metric('CDDPL', null, 'Group variable is empty or not provided'),
  metric('DI', 1.25),
  metric('TE', 'Infinity'),
];
const analysis = {
  version: '1.0',
  post_training_bias_metrics: {
    label: 'Target',
    facets: {
      Sex: [{ value_or_threshold: '0', metrics: post }],
      Age: [
        { value_or_threshold: '(40, 75]', metrics: [metric('DPPL', 0.02)] },
        { value_or_threshold: 7, metrics: [metric('DPPL', 0.01)] },
      ],
    },
    label_value_or_threshold: '1',
  },
  pre_training_bias_metrics: {
    label: 'Target',
    facets: { Sex: [{ value_or_threshold: '0', metrics: [metric('CI', 0.398), metric('KL', null, 'one class')] }] },
    label_value_or_threshold: '1',
  },
  explanations: {
    kernel_shap: {
      label0: { global_shap_values: { age: 0.01, income: -0.4, '<b>': 0.05 }, expected_value: 0.21 },
    },
    pdp: {},
  },
};

describe('the view of analysis.json', () => {
  it('lists the groups of all facets, and says how many of their metrics have no value', () => {
    const node = view(analysis);
    expect(texts(node, 'header .driftline-fact')).toEqual([
      'LabelTarget',
      'Positive value1',
      'Groups3',
      'Format version1.0',
    ]);
    expect(texts(node, '.driftline-list button')).toEqual([
      'Sex = 06 metrics, 2 without a value',
      'Age in (40, 75]1 metric',
      'Age = 71 metric',
    ]);
  });

  it('draws the metrics of both stages, with a table that has infinite values and the errors', () => {
    const node = view(analysis);
    const after = figure(node, 'Predictions: every metric after training');
    expect(after.textContent).toContain('Without a value: CDDPL (Group variable is empty or not provided).');
    expect(tableOf(after)).toEqual([
      ['AD', 'Metric AD (AD)', '−0.1100', ''],
      ['CDDPL', 'Metric CDDPL (CDDPL)', '–', 'Group variable is empty or not provided'],
      ['DI', 'Metric DI (DI)', '1.25', ''],
      ['TE', 'Metric TE (TE)', '∞', ''],
    ]);
    expect(tableOf(figure(node, 'Labels: every metric before training'))[1]).toEqual([
      'KL',
      'Metric KL (KL)',
      '–',
      'one class',
    ]);
  });

  it('shows another group when it is chosen', () => {
    const node = view(analysis);
    node.querySelectorAll<HTMLButtonElement>('.driftline-list button')[1]!.click();
    expect(node.querySelector('.driftline-detail h4')?.textContent).toBe('Age in (40, 75]');
    expect(figure(node, 'Labels: every metric before training')).toBeUndefined();
  });

  it('draws attributions by their weight, with their shares in the table, and names what it does not show', () => {
    const node = view({ version: '1.0', explanations: analysis.explanations });
    const chart = figure(node, 'Global SHAP values');
    expect(chart.querySelector('[role=img]')?.getAttribute('aria-label')).toBe(
      'Bar chart of the global SHAP values of 3 features for label0. The first is income.',
    );
    expect(tableOf(chart)).toEqual([
      ['income', '−0.4', '87.0 %'],
      ['<b>', '0.05', '10.9 %'],
      ['age', '0.01', '2.2 %'],
    ]);
    expect(texts(node, '.driftline-fact').slice(1)).toEqual([
      'Expected value0.21the output for the baseline of the analysis',
      'Features3',
    ]);
    expect(node.textContent).toContain('Also in the file, and not shown here: pdp.');
    expect(node.querySelector('tbody b')).toBeNull();
  });

  it('has only a table of attributions none of which is a number, and says which are not', () => {
    const shap = { label0: { global_shap_values: { a: null, b: 'NaN' } }, label1: { global_shap_values: { c: 0 } } };
    const node = view({ explanations: { kernel_shap: shap } });
    expect(rows(node)).toEqual([
      ['a', '–', '–'],
      ['b', 'NaN', '–'],
    ]);
    expect(tableOf(figure(node, 'Global SHAP values'))).toEqual([['c', '0', '–']]);
  });

  it('reads bare tokens of infinite and missing numbers, as Python writes them', () => {
    const text = JSON.stringify(analysis).replace('"Infinity"', '-Infinity').replace('-0.11', 'NaN');
    const table = tableOf(figure(view(text), 'Predictions: every metric after training'));
    expect([table[0]![2], table[3]![2]]).toEqual(['NaN', '−∞']);
  });

  it('has a table in place of a chart where no metric has a value', () => {
    const node = view({
      pre_training_bias_metrics: {
        facets: { a: [{ value_or_threshold: '1', metrics: [metric('CI', null, 'Facet set is empty')] }] },
      },
    });
    expect(node.querySelector('.driftline-figure')).toBeNull();
    expect(rows(node)).toEqual([['CI', 'Metric CI (CI)', '–', 'Facet set is empty']]);
  });

  it('bears parts of another type than expected, and texts that look like markup', () => {
    const nasty = Object.fromEntries(
      hostileTexts.map((text) => [
        text,
        [{ value_or_threshold: text, metrics: [metric(text, text, text), 7, null] }, 'x'],
      ]),
    );
    for (const facets of [nasty, 'none', [], { a: {} }, { a: [{ metrics: {} }] }, { a: [{}] }]) {
      const node = view({ post_training_bias_metrics: { facets }, explanations: { kernel_shap: { a: 3, b: null } } });
      expect(node.querySelector('article')).not.toBeNull();
      expect(node.querySelector('script, img, article b')).toBeNull();
    }
    expect(view({ explanations: {} }).textContent).toContain('The file holds no metrics.');
  });
});
