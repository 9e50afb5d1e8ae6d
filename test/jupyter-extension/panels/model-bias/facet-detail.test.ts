// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  BiasMetricReport,
  FacetBiasReport,
  ModelBiasReport,
} from '../../../../kernel-lib/src/report/model-bias-report.js';
import type { Report } from '../../../../kernel-lib/src/report/report.js';
import {
  labelsOnlyBiasReport,
  quietBiasReport,
  sampleBiasReport,
  weekBiasReport,
} from '../../../support/model-bias-report.js';
import { disposeReports, figure, press, renderReport, section, tableOf, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

const bias = (report: Report): ModelBiasReport => report.modelBias!;
const withFacets = (report: Report, facets: readonly FacetBiasReport[]): Report => ({
  ...report,
  modelBias: { ...bias(report), facets },
});
/** The sample with one facet group, one metric of which is changed. */
function withMetric(name: string, change: Partial<BiasMetricReport>): Report {
  const report = sampleBiasReport();
  const [facet] = bias(report).facets;
  const metrics = facet!.metrics.map((metric) => (metric.name === name ? { ...metric, ...change } : metric));
  return withFacets({ ...report, violations: [] }, [{ ...facet!, metrics }]);
}
const metricTitle = (node: HTMLElement): string => node.querySelector('.driftline-metric h5')?.textContent ?? '';

describe('everything about one facet group', () => {
  it('says in plain words how often each side is given the positive outcome, of how many, and how sure that is', async () => {
    const node = await renderReport(sampleBiasReport());
    const [predictions, labels] = texts(node, '.driftline-outcomes dd');
    expect(predictions).toMatch(
      /^income = >50K for [\d.]+ % of [\d,]+ rows \(sex = Female\), against [\d.]+ % of [\d,]+ \(sex = Male\)\. That is [\d.]+ percentage points less often \(95 % interval [\d.]+ to [\d.]+\)\. In the baseline it was [\d.]+ percentage points less often\.$/,
    );
    expect(labels).toContain('percentage points more often');
    const without = await renderReport(labelsOnlyBiasReport());
    expect(texts(without, '.driftline-outcomes dt')).toEqual(['Labels']);
  });

  it('says whether chance explains that a difference grew, and nothing of it where it did not', async () => {
    const sentence = async (value: number, adjustedPValue: number): Promise<string> => {
      const change = { value: 0.1, adjustedPValue };
      const node = await renderReport(withMetric('DPPL', { baseline: { value: 0.1 }, current: { value }, change }));
      return texts(node, '.driftline-outcomes dd')[0]!;
    };
    expect(await sentence(0.2, 0.00001)).toContain(
      'In the baseline it was 10.0 percentage points less often; chance does not explain the difference (adjusted p <\u00a00.0001).',
    );
    expect(await sentence(0.12, 0.4)).toContain('chance may explain the difference (adjusted p 0.4).');
    expect(await sentence(-0.05, 1)).toContain('That is 5.0 percentage points more often.');
    expect(await sentence(-0.05, 1)).not.toContain('chance');
    expect(await sentence(0, 1)).toContain('That is equally often.');
  });

  it('leads with the worst violation and why, and goes to the others of the group', async () => {
    const report = sampleBiasReport();
    const node = await renderReport(report);
    const finding = node.querySelector<HTMLElement>('.driftline-finding')!;
    const [worst] = report.violations;
    const cause = bias(report).facets[0]!.metrics.find(({ name }) => name === worst!.feature)!.cause!;
    const words = finding.textContent!;
    expect(words.split(cause.explanation)).toHaveLength(2);
    expect(words).toContain(worst!.explanation.replace(cause.explanation, '').trim());
    press(finding, /^RD$/);
    expect(metricTitle(node)).toBe('Recall Difference (RD)');
    expect(document.activeElement?.textContent).toBe('Recall Difference (RD)');
  });

  it('draws all metrics of a stage, and says which of them are violated', async () => {
    const node = await renderReport(sampleBiasReport());
    const chart = figure(node, 'Predictions: every metric after training');
    expect(chart.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(
      /^Chart of 13 bias metrics of sex = Female, .* Violated: .*DCA.*\.$/,
    );
    expect(texts(chart, '.driftline-legend li')).toEqual([
      'current, violated',
      'current, outside its range, within chance',
      'current',
      'baseline',
      'allowed: no further from equal treatment than the baseline',
    ]);
    const rows = tableOf(chart);
    expect(rows).toHaveLength(13);
    const recall = rows.find(([name]) => name?.startsWith('RD'))!;
    expect(recall[1]).toBe('violated');
    expect(recall[2]).toMatch(/^0\.303 0\.\d+ to 0\.\d+$/);
    expect(recall[5]).toMatch(/^\+0\.\d{3} p <\s0\.0001$/);
  });

  it('switches between the stages, and keeps table or chart', async () => {
    const node = await renderReport(sampleBiasReport());
    press(figure(node, 'Predictions: every metric'), /^Table$/);
    press(node, /^Before training$/);
    const chart = figure(node, 'Labels: every metric before training');
    expect(chart.querySelector('table')).not.toBeNull();
    expect(texts(node, '.driftline-chip')).toEqual(['CDDL', 'CI', 'DPL', 'JS', 'KL', 'KS', 'LP', 'TVD']);
    expect(metricTitle(node)).toContain('(DPL)');
    expect(node.querySelector('.driftline-chip[aria-pressed=true]')?.textContent).toBe('DPL');
  });

  it('has no switch where there are labels only', async () => {
    const node = await renderReport(labelsOnlyBiasReport());
    expect(figure(node, 'Labels: every metric before training')).toBeDefined();
    expect(texts(node, 'button')).not.toContain('After training');
    expect(figure(node, 'Predictions against labels')).toBeUndefined();
    expect(texts(node, '.driftline-facets tbody th')).toEqual(expect.arrayContaining(['Rows', 'Positive labels']));
    expect(section(node, 'Labels and predictions').textContent).toContain('noneonly metrics before training');
  });

  it('tells errors, and metrics that one group is too small for', async () => {
    const node = await renderReport(sampleBiasReport());
    expect(texts(node, '.driftline-note li')).toContain('CDDPL: Group variable is empty or not provided');
    press(node.querySelector('.driftline-list')!, /^native-country/);
    expect(node.querySelector('.driftline-finding')?.textContent).toContain('rows');
    const rows = tableOf(figure(node, 'Predictions: every metric'));
    expect(rows.filter(([, status]) => status?.startsWith('too few rows')).length).toBeGreaterThan(5);
  });

  it('counts rows without a value of the facet, and says where', async () => {
    const report = sampleBiasReport();
    const [facet] = bias(report).facets;
    const node = async (current: number): Promise<string> =>
      (await renderReport(withFacets(report, [{ ...facet!, missing: { current } }]))).querySelector(
        '.driftline-finding',
      )!.textContent!;
    expect(await node(1)).toContain('1 row has no sex; it counts among the others.');
    expect(await node(1200)).toContain('1,200 rows have no sex; they count among the others.');
    expect(await node(0)).not.toContain('among the others');
  });

  it('writes infinite values as signs, also in the list of violations', async () => {
    const report = sampleBiasReport();
    const [violation] = report.violations;
    const infinite = withMetric('TE', {
      current: { infinite: 'positive', lower: 12, method: 'bootstrap' },
      status: 'violated',
    });
    const node = await renderReport({ ...infinite, violations: [{ ...violation!, feature: 'TE', measured: 1e308 }] });
    expect(texts(section(node, 'Violations'), 'tbody td')[1]).toBe('∞');
    const row = tableOf(figure(node, 'Predictions: every metric')).find(([name]) => name?.startsWith('TE'))!;
    expect(row[3]).toBe('∞ 12 to ∞');
    expect(node.querySelector('.driftline-metric .driftline-facts')?.textContent).toContain('∞12 to ∞, bootstrap');
  });

  it('shows a misleading number of the service beside the true one, with its reason', async () => {
    const node = await renderReport(
      withMetric('KL', {
        status: 'violated',
        current: { value: 0.4, service: { value: -0.12, reason: 'One group has no positive label.' } },
        baseline: { value: 0.1, service: { infinite: 'positive', reason: 'One group has no positive label.' } },
      }),
    );
    press(node, /^Before training$/);
    expect(node.querySelector('.driftline-metric .driftline-service')?.textContent).toBe(
      'The service’s number misleads: it says ∞ (baseline), −0.12 (current) in analysis.json. One group has no positive label.',
    );
  });

  it('shows one metric in full: its definition, both values, its range, and how it went', async () => {
    const report = sampleBiasReport();
    const metric = bias(report).facets[0]!.metrics.find(({ name }) => name === 'RD')!;
    const node = await renderReport(report);
    press(node.querySelector('.driftline-chips')!, /^RD$/);
    const detail = node.querySelector<HTMLElement>('.driftline-metric .driftline-detail')!;
    expect(detail.getAttribute('aria-label')).toBe(metric.title);
    expect(detail.textContent).toContain(metric.definition);
    expect(texts(detail, 'dt')).toEqual(['Baseline', 'Current', 'Allowed', 'Change']);
    const chart = figure(detail, 'RD by hour');
    expect(texts(chart, '.driftline-legend li')).toEqual([
      'RD',
      '95 % interval',
      expect.stringMatching(/^allowed −0\.303 to 0\.303$/),
      'baseline 0.303',
      'equal treatment',
      expect.stringMatching(/^violation since 7 Mar 2026, 00:00/),
    ]);
    expect(tableOf(chart)).toHaveLength(24);
    expect(
      tableOf(figure((await renderReport(weekBiasReport())).querySelector('.driftline-metric')!, /by day$/)),
    ).toHaveLength(7);
  });

  it('takes the range of a distance, which is never negative, from 0', async () => {
    const node = await renderReport(sampleBiasReport());
    const rows = tableOf(figure(node, 'Predictions: every metric'));
    expect(rows.find(([name]) => name?.startsWith('GE'))![4]).toBe('0 to 0.0825');
    expect(rows.find(([name]) => name?.startsWith('DRR'))![4]).toBe('−0.091 to 0.091');
  });

  it('says why a metric changed: by side, by what moved, and in which rows', async () => {
    const report = sampleBiasReport();
    const cause = bias(report).facets[0]!.metrics.find(({ name }) => name === 'RD')!.cause!;
    const node = await renderReport(report);
    press(node.querySelector('.driftline-chips')!, /^RD$/);
    const why = node.querySelector<HTMLElement>('.driftline-cause')!;
    expect(why.textContent).toContain(cause.explanation);
    const rows = tableOf(figure(why, /^Parts of the change of \+0\.\d+$/));
    expect(rows.map(([, part]) => part)).toEqual([
      'sex = Female',
      'sex = Male',
      'the population',
      'the labels',
      'the predictions',
    ]);
    expect(texts(why.lastElementChild!, 'tbody th')).toEqual(cause.segments.map(({ title }) => title));
    const fine = await renderReport(quietBiasReport());
    expect(fine.querySelector('.driftline-cause')).toBeNull();
  });

  it('counts what is left over from rounding as nothing', async () => {
    const cause = {
      sides: { advantaged: 1e-17, disadvantaged: 0.1 },
      parts: { population: -1e-16, labels: 0, predictions: 0.1 },
      segments: [],
      explanation: 'They moved.',
    };
    const node = await renderReport(withMetric('TE', { status: 'violated', cause, change: { value: 0.1 } }));
    press(node.querySelector('.driftline-chips')!, /^TE$/);
    const rows = tableOf(figure(node, /^Parts of the change/));
    expect(rows.map((row) => row[2])).toEqual(['+0.1', '0', '0', '0', '+0.1']);
    expect(node.querySelector('.driftline-cause > .driftline-table-frame')).toBeNull();
  });

  it('stands the confusion matrices of both sides side by side, with the rates they give', async () => {
    const report = sampleBiasReport();
    const { confusion } = bias(report).facets[0]!.disadvantaged.current!;
    const node = await renderReport(report);
    const chart = figure(node, 'Predictions against labels');
    expect(chart.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(
      /^Confusion matrices of both sides\. Right predictions: sex = Female, baseline [\d.]+ %; sex = Male, baseline/,
    );
    const rows = tableOf(chart);
    expect(texts(chart, 'thead th').slice(1)).toEqual([
      'sex = Female, baseline',
      'sex = Male, baseline',
      'sex = Female, current',
      'sex = Male, current',
    ]);
    expect(rows.find(([name]) => name === 'True positives')![3]).toBe(String(confusion!.truePositives));
    expect(rows.find(([name]) => name === 'Recall')![3]).toMatch(/ %$/);
  });

  it('folds the names that other libraries give, with their definitions', async () => {
    const report = sampleBiasReport();
    const { fairness } = bias(report).facets[0]!;
    const node = await renderReport(report);
    const fold = [...node.querySelectorAll('details')].find(({ textContent }) => textContent?.includes('Fairlearn'))!;
    expect(fold.open).toBe(false);
    expect(fold.querySelector('summary')?.textContent).toBe(
      `${fairness.length} metrics under their names in Fairlearn, AIF360`,
    );
    expect(texts(fold, 'tbody code')).toEqual(fairness.map(({ name }) => name));
    expect(texts(fold, 'tbody tr')[0]).toContain(fairness[0]!.definition);
  });
});
