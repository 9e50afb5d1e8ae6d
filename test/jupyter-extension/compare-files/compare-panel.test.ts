// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { comparePanel, namesApart } from '../../../jupyter-extension/src/compare-files/compare-panel.js';
import { MainPanel, type PanelServices } from '../../../jupyter-extension/src/main-area/main-panel.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import { attributionReport } from '../../support/attribution-rows.js';
import { sampleBiasReport } from '../../support/model-bias-report.js';
import { binaryQualityReport } from '../../support/model-quality-report.js';
import { profileOf, repeat } from '../../support/profile-of.js';
import { cleanReport, sampleReport } from '../../support/sample-report.js';
import { MemoryFiles } from '../support/memory-files.js';
import { trans } from '../support/trans.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const execute = vi.fn(async () => undefined);
const panels: { dispose(): void }[] = [];
afterEach(() => {
  for (const panel of panels.splice(0)) panel.dispose();
  execute.mockClear();
});

/** Compares two files of a server, and waits for what comes of it. */
async function compare(
  texts: Readonly<Record<string, unknown>>,
  baseline: string,
  current: string,
): Promise<HTMLElement> {
  const files = new MemoryFiles(
    Object.fromEntries(
      Object.entries(texts).map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
    ),
  );
  const services = { commands: { execute } } as unknown as PanelServices;
  const panel = new MainPanel(trans, services, async () => comparePanel(files));
  panels.push(panel);
  panel.open({ baseline, current }, 'Comparison');
  await vi.waitFor(() => expect(panel.node.querySelector('[aria-busy]')).toBeNull());
  await vi.waitFor(() => expect(panel.node.querySelector('h2, [role=alert]')).not.toBeNull());
  return panel.node;
}

const rows = (node: ParentNode, caption: string): string[][] => {
  const table = [...node.querySelectorAll('table')].find(
    (each) => each.querySelector('caption')?.textContent === caption,
  );
  return [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ''),
  );
};
const press = (node: ParentNode, words: string): void =>
  [...node.querySelectorAll('button')].find(({ textContent }) => textContent === words)!.click();
const alert = (node: HTMLElement): string | null | undefined => node.querySelector('[role=alert]')?.textContent;

const before = profileOf({ job: repeat(400, (index) => ['office', 'farm'][index % 2]!) });
const now = profileOf({ job: repeat(300, (index) => ['office', 'farm', '<b>Gig</b>'][index % 3]!) });
const statistics = {
  'a/statistics.json': statisticsFromProfile(before),
  'b/statistics.json': statisticsFromProfile(now),
};

describe('two statistics', () => {
  it('are compared as a check would, under either rule, and can be swapped', async () => {
    const node = await compare(statistics, 'a/statistics.json', 'b/statistics.json');
    expect(node.querySelector('h2')?.textContent).toBe('Statistics compared');
    press(node, 'Table');
    expect(rows(node, 'Distance from the baseline by feature')[0]?.slice(0, 3)).toEqual(['job', 'violation', '0.3333']);
    expect(node.textContent).toContain('Rulethresholdchosen here');
    press(node, 'Significant rule');
    expect(node.textContent).toContain('Rulesignificantchosen here');
    expect(node.querySelector('b')).toBeNull();
    press(node, 'Swap');
    expect(execute).toHaveBeenLastCalledWith('driftline:compare-files', {
      baseline: 'b/statistics.json',
      current: 'a/statistics.json',
    });
    press(node, 'a/statistics.json');
    expect(execute).toHaveBeenLastCalledWith('docmanager:open', { path: 'a/statistics.json', factory: 'Driftline' });
  });

  it('take the limits of the constraints beside the baseline, whose name is like theirs', async () => {
    const limits = {
      features: [{ name: 'job', inferred_type: 'String', completeness: 1 }],
      monitoring_config: { distribution_constraints: { comparison_threshold: 0.9 } },
    };
    const node = await compare(
      { ...statistics, 'a/constraints.json': limits },
      'a/statistics.json',
      'b/statistics.json',
    );
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe('No violations');
    expect(node.textContent).toContain('The limits are those of a/constraints.json.');
    const chosen = await compare(
      { ...statistics, 'a/constraints.json': limits },
      'a/constraints.json',
      'b/statistics.json',
    );
    press(chosen, 'Table');
    expect(rows(chosen, 'Distance from the baseline by feature')[0]?.[2]).toBe('0.3333');
    const reversed = await compare(
      { ...statistics, 'a/constraints.json': limits },
      'b/statistics.json',
      'a/constraints.json',
    );
    expect(alert(reversed)).toContain('Swap the two files.');
  });

  it('of model quality stand side by side, held against constraints', async () => {
    const quality = (recall: number, auc: number) => ({
      version: 0,
      binary_classification_metrics: {
        recall: { value: recall, standard_deviation: 'NaN' },
        auc: { value: auc },
        recall_best_constant_classifier: { value: 1 },
      },
    });
    const constraints = {
      binary_classification_constraints: {
        recall: { threshold: 0.75, comparison_operator: 'LessThanThreshold' },
      },
    };
    const texts = { 'a/statistics.json': quality(0.75, 0.9), 'b/statistics.json': quality(0.7, 0.93) };
    const node = await compare(texts, 'a/statistics.json', 'b/statistics.json');
    expect(rows(node, 'Binary classification metrics')).toEqual([
      ['recall', '0.75', '0.7', '−0.05'],
      ['auc', '0.9', '0.93', '+0.03'],
    ]);
    const held = await compare(
      { ...texts, 'a/constraints.json': constraints },
      'a/statistics.json',
      'b/statistics.json',
    );
    expect(held.querySelector('.driftline-title .driftline-status')?.textContent).toBe('1 metric is beyond its limit');
    expect(rows(held, 'Binary classification metrics')[0]?.slice(4)).toEqual(['≥ 0.75', 'beyond its limit']);
  });
});

describe('two analyses', () => {
  const analysis = (di: number | string, age: number) => ({
    post_training_bias_metrics: {
      label: 'income',
      label_value_or_threshold: '1',
      facets: {
        sex: [{ value_or_threshold: 'F', metrics: [{ name: 'DI', description: 'Disparate Impact (DI)', value: di }] }],
      },
    },
    explanations: { kernel_shap: { label0: { global_shap_values: { age, '<b>x</b>': 0.2 }, expected_value: 0 } } },
  });

  it('show metrics and attributions side by side with their change', async () => {
    const node = await compare(
      { 'a/analysis.json': analysis(0.8, 0.1), 'b/analysis.json': analysis(0.5, 0.3) },
      'a/analysis.json',
      'b/analysis.json',
    );
    for (const figure of node.querySelectorAll('.driftline-figure')) press(figure, 'Table');
    expect(rows(node, 'Predictions: every metric after training of sex = F')).toEqual([
      ['DI', 'Disparate Impact (DI)', '0.8', '0.5', '−0.3'],
    ]);
    expect(rows(node, 'Attributions of label0')).toEqual([
      ['<b>x</b>', '0.2', '0.2', '0', '1', '2'],
      ['age', '0.1', '0.3', '+0.2', '2', '1'],
    ]);
    expect(node.querySelector('b')).toBeNull();
  });

  it('bear infinite values, and groups that only one has', async () => {
    const node = await compare(
      { 'a/analysis.json': analysis('Infinity', 0.1), 'b/analysis.json': { explanations: {} } },
      'a/analysis.json',
      'b/analysis.json',
    );
    expect(node.textContent).toContain('sex = F');
    for (const figure of node.querySelectorAll('.driftline-figure')) press(figure, 'Table');
    expect(rows(node, 'Predictions: every metric after training of sex = F')[0]?.slice(2)).toEqual(['∞', '–', '–']);
  });
});

describe('two reports', () => {
  it('of data quality show what is new, what moved, and what stayed', async () => {
    const node = await compare(
      { 'a/report.json': cleanReport(), 'b/report.json': sampleReport() },
      'a/report.json',
      'b/report.json',
    );
    const decided = sampleReport().violations.filter(({ rules }) => rules.includes('significant'));
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe(
      `${decided.length} new violations`,
    );
    expect(rows(node, 'Violations').map(([of, , state]) => [of, state])).toEqual(
      decided.map(({ feature }) => [feature, 'new']),
    );
    const drift = (report: ReturnType<typeof sampleReport>): number =>
      report.features.find(({ name }) => name === 'hours-per-week')!.drift!.distance;
    const [first] = rows(node, 'Features');
    expect(first).toEqual([
      'hours-per-week',
      'ok',
      'violated',
      drift(cleanReport()).toFixed(3),
      drift(sampleReport()).toFixed(3),
      `+${(drift(sampleReport()) - drift(cleanReport())).toFixed(3)}`,
    ]);
  });

  it.each([
    ['model quality', binaryQualityReport(), 'Metrics'],
    ['bias', sampleBiasReport(), 'Metrics'],
    ['attribution', attributionReport(), 'Attributions'],
  ])('of %s have a row for each number', async (_, report, caption) => {
    const node = await compare({ 'a/report.json': report, 'b/report.json': report }, 'a/report.json', 'b/report.json');
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe('No new violation');
    const found = rows(node, caption);
    expect(found.length).toBeGreaterThan(2);
    expect(found.every((cells) => /^(–|0[.0]*( %)?)$/.test(cells.at(-1)!))).toBe(true);
  });

  it('of different monitors are not compared', async () => {
    const node = await compare(
      { 'a/report.json': sampleReport(), 'b/report.json': sampleBiasReport() },
      'a/report.json',
      'b/report.json',
    );
    expect(alert(node)).toContain('data-quality and model-bias');
  });
});

describe('two constraints', () => {
  it('list what differs, with values added and gone', async () => {
    const constraints = (completeness: number, domains: readonly string[]) => ({
      version: 0,
      features: [{ name: 'job', completeness, string_constraints: { domains } }],
    });
    const texts = {
      'a/constraints.json': constraints(1, ['office', 'farm']),
      'b/constraints.json': constraints(0.9, ['office', '<b>Gig</b>']),
    };
    const node = await compare(texts, 'a/constraints.json', 'b/constraints.json');
    expect(rows(node, 'Differences')).toEqual([
      ['job', 'completeness', 'changed', '1', '0.9'],
      [
        'job',
        'string_constraints.domains',
        'added: <b>Gig</b>; gone: farm',
        '["office","farm"]',
        '["office","<b>Gig</b>"]',
      ],
    ]);
    const same = await compare(texts, 'a/constraints.json', 'a/constraints.json');
    expect(same.querySelector('.driftline-title .driftline-status')?.textContent).toBe('No difference');
  });
});

describe('other files', () => {
  it('are named with what they are not', async () => {
    const texts = { ...statistics, 'a/notes.json': { a: 1 }, 'a/report.json': sampleReport() };
    expect(alert(await compare(texts, 'a/notes.json', 'b/statistics.json'))).toContain('a/notes.json is none of');
    expect(alert(await compare(texts, 'a/report.json', 'b/statistics.json'))).toContain('report and statistics');
    expect(alert(await compare(texts, 'a/gone.json', 'b/statistics.json'))).toContain('No such file: a/gone.json');
  });
});

describe('namesApart()', () => {
  it('says what tells two paths apart', () => {
    const apart = (baseline: string, current: string) => namesApart({ baseline, current }).join(' and ');
    expect(apart('a/monday.json', 'a/tuesday.json')).toBe('monday.json and tuesday.json');
    expect(apart('r/2026/03/05/00/x.json', 'r/2026/03/06/00/x.json')).toBe('x.json: 05 and 06');
    expect(apart('base/x.json', 'runs/1/x.json')).toBe('x.json: base and runs/1');
    expect(apart('x.json', 'a/x.json')).toBe('x.json: / and a');
  });
});
