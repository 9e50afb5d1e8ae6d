// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReportWidget } from '../../../../jupyter-extension/src/panels/report-widget.js';
import { reportMimeType } from '../../../../jupyter-extension/src/tokens.js';
import type { ModelQualityReport } from '../../../../kernel-lib/src/report/model-quality-report.js';
import type { Report } from '../../../../kernel-lib/src/report/report.js';
import {
  binaryQualityReport,
  multiclassQualityReport,
  noLabelsQualityReport,
  regressionQualityReport,
} from '../../../support/model-quality-report.js';
import { trans } from '../../support/trans.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const shown: ReportWidget[] = [];
async function render(report: Report): Promise<HTMLElement> {
  const widget = new ReportWidget(trans);
  shown.push(widget);
  Widget.attach(widget, document.body);
  await widget.renderModel({
    trusted: false,
    data: { [reportMimeType]: report as never },
    metadata: {},
    setData: () => undefined,
  });
  expect(widget.node.querySelector('[role=alert]')).toBeNull();
  return widget.node;
}
afterEach(() => {
  for (const widget of shown.splice(0)) widget.dispose();
  MessageLoop.flush();
});

const quality = (report: Report): ModelQualityReport => report.modelQuality!;
const changed = (report: Report, change: Partial<ModelQualityReport>): Report => ({
  ...report,
  modelQuality: { ...quality(report), ...change },
});
const texts = (node: ParentNode, selector: string): string[] =>
  [...node.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
const section = (node: HTMLElement, title: string): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>('section')].find(
    (each) => each.querySelector('h3')?.textContent === title,
  ) as HTMLElement;
const figure = (node: ParentNode, title: string | RegExp): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>('.driftline-figure')].find((each) =>
    each.querySelector('h4')?.textContent?.match(title),
  ) as HTMLElement;
const tableOf = (chart: HTMLElement): string[][] => {
  chart.querySelectorAll<HTMLButtonElement>('.driftline-switch button')[1]?.click();
  return [...chart.querySelectorAll('tbody tr')].map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ''),
  );
};
const row = (node: HTMLElement, metric: string): HTMLElement =>
  node.querySelector(`tr[data-metric="${metric}"]`) as HTMLElement;
const chosen = (node: HTMLElement): string | undefined =>
  node.querySelector<HTMLElement>('.driftline-chosen')?.dataset['metric'];

describe('the report of a model’s quality', () => {
  it('has a table beside every chart, and says in words what a chart shows', async () => {
    for (const report of [
      binaryQualityReport(),
      multiclassQualityReport(),
      regressionQualityReport(),
      noLabelsQualityReport(),
    ]) {
      const node = await render(report);
      const figures = [...node.querySelectorAll<HTMLElement>('.driftline-figure')];
      expect(figures.length).toBeGreaterThan(0);
      for (const each of figures) {
        expect(each.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(/\.$/);
        expect(tableOf(each).length, each.querySelector('h4')?.textContent ?? '').toBeGreaterThan(1);
      }
    }
  });

  it('shows how many predictions have labels, by hour, and how late labels come', async () => {
    const report = binaryQualityReport();
    const { coverage } = quality(report);
    const node = await render(report);
    const labels = section(node, 'Labels');
    const count = (value: number): string => value.toLocaleString('en-US');
    expect(texts(labels, '.driftline-fact').join()).toContain(
      `${count(coverage.labelled)} of ${count(coverage.predictions)} predictions`,
    );
    expect(texts(labels, 'dt')).toEqual(expect.arrayContaining(['Delay of labels', 'Label', 'Prediction']));
    expect(texts(figure(labels, 'Labels by hour'), '.driftline-legend li')).toEqual([
      'with label',
      'without label yet',
    ]);
    expect(tableOf(figure(labels, 'Labels by hour'))).toHaveLength(coverage.hours.length);
  });

  it('lists every metric with its status in words and an icon, and its definition as a tooltip', async () => {
    const report = binaryQualityReport();
    const node = await render(report);
    for (const metric of quality(report).metrics) {
      const line = row(node, metric.name);
      expect(line.querySelector('th button')?.textContent).toBe(metric.title);
      expect(line.querySelector('th button')?.getAttribute('title')).toBe(metric.definition);
      expect(line.querySelector('.driftline-status .driftline-icon')).not.toBeNull();
      expect(line.querySelector('.driftline-status')?.textContent).toMatch(
        metric.status === 'violated'
          ? /^violated$/
          : metric.status === 'ok'
            ? /^(ok|beyond limit, .*)$/
            : /^not judged$/,
      );
    }
    expect(texts(section(node, 'Metrics').querySelector('table')!, 'thead th')).toEqual([
      'Metric',
      'Status',
      'Baseline',
      'Current',
      'Limit',
      'False alarm',
    ]);
  });

  it('says what a metric must keep, and as a percentage how often the rule of the service would be wrong', async () => {
    const report = binaryQualityReport();
    const [first] = quality(report).metrics;
    const metric = {
      ...first!,
      current: { value: 0.7, lower: 0.65, upper: 0.75 },
      threshold: 0.8,
      comparison: 'LessThanThreshold' as const,
      falseAlarm: 0.48,
    };
    const node = await render(changed(report, { metrics: [metric] }));
    const cells = [...row(node, metric.name).children].map(({ textContent }) => textContent);
    expect(cells.slice(3)).toEqual(['0.700 0.650 to 0.750', '≥ 0.800', '48.0 %']);
    const { threshold: _, comparison: __, falseAlarm: ___, ...free } = metric;
    const unjudged = await render(changed(report, { metrics: [{ ...free, status: 'not-judged' }] }));
    expect(row(unjudged, metric.name).textContent).toContain('not judgedit has no limit');
  });

  it('tells a metric beyond its limit by chance from one that is within it', async () => {
    const report = binaryQualityReport();
    const [first] = quality(report).metrics;
    const ok = { ...first!, status: 'ok' as const, threshold: 0.5 };
    const words = async (comparison: 'LessThanThreshold' | 'GreaterThanThreshold', value: number): Promise<string> => {
      const node = await render(changed(report, { metrics: [{ ...ok, comparison, current: { value } }] }));
      return node.querySelector('tr[data-metric] .driftline-status')?.textContent ?? '';
    };
    expect(await words('LessThanThreshold', 0.4)).toBe('beyond limit, within chance');
    expect(await words('LessThanThreshold', 0.6)).toBe('ok');
    expect(await words('GreaterThanThreshold', 0.6)).toBe('beyond limit, within chance');
  });

  it('folds the metrics of the best constant classifier', async () => {
    const report = binaryQualityReport();
    const constants = quality(report).metrics.filter(({ name }) => name.endsWith('_best_constant_classifier'));
    const node = await render(report);
    const folded = section(node, 'Metrics').querySelector('details');
    expect(constants.length).toBeGreaterThan(0);
    expect(folded?.open).toBe(false);
    expect(folded?.querySelectorAll('tr[data-metric]')).toHaveLength(constants.length);
  });

  it('folds the metrics of single classes, and opens them for a violation of one', async () => {
    const report = multiclassQualityReport();
    const ofClass = quality(report).metrics.filter(({ name }) => name.includes(':'));
    const [violation] = report.violations;
    const node = await render({ ...report, violations: [{ ...violation!, feature: ofClass[1]!.name }] });
    const fold = row(node, ofClass[1]!.name).closest('details');
    expect(fold?.querySelector('summary')?.textContent).toBe(`${ofClass.length} metrics of single classes`);
    expect(fold?.open).toBe(false);
    section(node, 'Violations').querySelector<HTMLElement>('.driftline-link')!.click();
    expect(fold?.open).toBe(true);
    expect(document.activeElement?.textContent).toBe(ofClass[1]!.title);
  });

  it('marks in the chart since when a metric is violated, and nothing where the deciding rule sees no violation', async () => {
    const marks = (node: HTMLElement): string[] =>
      texts(node.querySelector('.driftline-detail')!, '.driftline-legend li').filter((words) =>
        words.startsWith('violation since'),
      );
    const violated = binaryQualityReport();
    expect(violated.violations[0]?.since).toBeDefined();
    expect(marks(await render(violated))).toHaveLength(1);
    const fine = regressionQualityReport();
    expect(fine.violations[0]?.since).toBeDefined();
    expect(marks(await render(fine))).toEqual([]);
  });

  it('shows the metric that is chosen by its button or anywhere in its row, at first the worst', async () => {
    const report = binaryQualityReport();
    const { metrics } = quality(report);
    const node = await render(report);
    expect(chosen(node)).toBe(report.violations[0]?.feature);
    const [, second, third] = metrics;
    const button = row(node, third!.name).querySelector('button')!;
    button.focus();
    button.click();
    expect(chosen(node)).toBe(third!.name);
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(node.querySelector(`#${button.getAttribute('aria-controls')} h4`)?.textContent).toBe(third!.title);
    row(node, second!.name).querySelector<HTMLElement>('td')!.click();
    expect(node.querySelector('.driftline-detail h4')?.textContent).toBe(second!.title);
    expect(node.querySelectorAll('.driftline-chosen')).toHaveLength(1);
    expect(node.querySelectorAll('tr[data-metric] [aria-pressed=true]')).toHaveLength(1);
  });

  it('keeps the chosen metric while the table is sorted', async () => {
    const node = await render(binaryQualityReport());
    const before = chosen(node);
    section(node, 'Metrics').querySelector<HTMLElement>('.driftline-sort')!.click();
    expect(chosen(node)).toBe(before);
  });

  it('takes the reader from a violation to its metric, out of the fold if need be', async () => {
    const report = binaryQualityReport();
    const [violation] = report.violations;
    const constant = quality(report).metrics.find(({ name }) => name.endsWith('_best_constant_classifier'))!;
    const node = await render({ ...report, violations: [{ ...violation!, feature: constant.name }] });
    const violations = section(node, 'Violations');
    expect(texts(violations, 'thead th')[0]).toBe('Metric');
    violations.querySelector<HTMLElement>('.driftline-link')!.click();
    expect(chosen(node)).toBe(constant.name);
    expect(document.activeElement?.textContent).toBe(constant.title);
    expect(row(node, constant.name).closest('details')?.open).toBe(true);
  });

  it('keeps measured and estimated apart, in legend and table', async () => {
    const report = binaryQualityReport();
    const { estimate } = quality(report);
    const [estimated] = estimate!.metrics;
    const node = await render(report);
    row(node, estimated!.name).querySelector('button')!.click();
    const chart = figure(node.querySelector('.driftline-detail')!, /by (hour|day)$/);
    const legend = texts(chart, '.driftline-legend li');
    expect(legend[0]).toBe('realised');
    expect(legend.join('|')).toContain(`estimated without labels (${estimated!.method})`);
    tableOf(chart);
    expect(texts(chart, 'thead th')).toEqual([
      expect.stringMatching(/\(UTC\)$/),
      'Labelled rows',
      'Realised',
      '95 % interval',
      `Estimated without labels (${estimated!.method})`,
      '95 % interval',
    ]);
  });

  it('draws confusion, curves, calibration and lift of a binary classifier, baseline and current', async () => {
    const node = await render(binaryQualityReport());
    expect(texts(section(node, 'Predictions against labels'), 'h4')).toEqual([
      'Confusion matrix, baseline',
      'Confusion matrix, current',
      'ROC curve',
      'Precision and recall',
      'Calibration',
      'Lift',
    ]);
    expect(tableOf(figure(node, 'Lift'))).toHaveLength(20);
    expect(tableOf(figure(node, 'ROC curve'))).toHaveLength(11);
  });

  it('draws one confusion matrix for many classes, and no pictures for a regression', async () => {
    const report = multiclassQualityReport();
    const node = await render(report);
    const matrix = quality(report).confusion.current!;
    expect(tableOf(figure(node, 'Confusion matrix, current')).map(([actual]) => actual)).toEqual(matrix.classes);
    expect(section(await render(regressionQualityReport()), 'Predictions against labels')).toBeUndefined();
  });

  it('lists the groups of rows in which quality fell, or says that there are none', async () => {
    const report = binaryQualityReport();
    const segment = {
      conditions: [],
      title: 'sex = <b>Female</b>',
      rows: 312,
      baselineRows: 1700,
      metric: 'error rate',
      baseline: { value: 0.12 },
      current: { value: 0.31 },
      change: { value: 0.19, lower: 0.13, upper: 0.24 },
      adjustedPValue: 1e-7,
    };
    const found = section(await render(changed(report, { segments: [segment], segmentsSearched: 214 })), 'Segments');
    expect(texts(found, 'tbody tr > *')).toEqual([
      'sex = <b>Female</b>',
      'error rate worse by 0.19095 % interval 0.130 to 0.240',
      '0.120',
      '0.310',
      '312',
      '1,700',
      '< 0.0001',
    ]);
    const none = section(await render(changed(report, { segments: [], segmentsSearched: 214 })), 'Segments');
    expect(none.querySelector('table')).toBeNull();
    expect(none.textContent).toContain('214 groups of rows were looked at; none is worse');
    const few = section(await render(changed(report, { segments: [], segmentsSearched: 0 })), 'Segments');
    expect(few.textContent).toContain('No group of rows has enough labels');
  });

  it('says whether an estimate can be trusted, and every doubt', async () => {
    const report = binaryQualityReport();
    const { estimate } = quality(report);
    const doubts = ['age drifted', 'scores are no probabilities'];
    const node = section(
      await render(changed(report, { estimate: { ...estimate!, trusted: false, doubts } })),
      'Estimated without labels',
    );
    expect(node.querySelector('.driftline-status')?.textContent).toBe('Do not trust this estimate');
    expect(texts(node, 'li')).toEqual(doubts);
    const trusted = section(
      await render(changed(report, { estimate: { ...estimate!, trusted: true, doubts: [] } })),
      'Estimated without labels',
    );
    expect(trusted.querySelector('.driftline-status')?.textContent).toBe('Nothing speaks against this estimate');
    const { estimate: _, ...without } = quality(report);
    expect(section(await render({ ...report, modelQuality: without }), 'Estimated without labels')).toBeUndefined();
  });

  it('says that labels are missing, and not that nothing was captured', async () => {
    const node = await render({ ...noLabelsQualityReport(), status: 'no-data' });
    expect(node.querySelector('.driftline-empty')?.textContent).toContain(
      'No prediction of this window has its label yet',
    );
    expect(node.textContent).not.toContain('Nothing was captured');
    expect(section(node, 'Segments')).toBeUndefined();
    expect(node.querySelectorAll('tr[data-metric]').length).toBeGreaterThan(0);
  });

  it('bears a report without metrics, without curves and without hours', async () => {
    const report = regressionQualityReport();
    const node = await render(
      changed(report, {
        metrics: [],
        confusion: {},
        segments: [],
        coverage: { predictions: 0, labelled: 0, unmatchedLabels: 0, repeatedLabels: 0, hours: [] },
      }),
    );
    expect(node.querySelector('article')).not.toBeNull();
  });
});
