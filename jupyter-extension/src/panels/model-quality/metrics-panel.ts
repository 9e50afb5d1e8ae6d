import type { MetricReport, MetricValue, ModelQualityReport, Violation } from 'driftline';
import { formatInterval, formatMetricAndLimit } from '../../format/metric-format.js';
import { formatFraction, noValue } from '../../format/number-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { type Child, element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { metricDetail } from './metric-detail.js';
import {
  bestConstantWords,
  limitWords,
  type MetricGroup,
  metricGroup,
  metricTone,
  metricToneWords,
} from './metric-words.js';

export interface MetricsPanel {
  readonly nodes: readonly HTMLElement[];
  /** Shows a metric, and takes the reader to it. */
  goTo(metric: string): void;
}

/** The metrics in a table, and below it everything about the chosen one. */
export function metricsPanel(
  quality: ModelQualityReport,
  violations: readonly Violation[],
  context: PanelContext,
): MetricsPanel {
  const { trans, charts } = context;
  const { metrics } = quality;
  const detailId = uniqueId('metric');
  const detail = element('div', { id: detailId, class: 'driftline-detail', role: 'region', 'aria-live': 'off' });
  let chosen = firstShown(quality, violations);

  const table = (caption: string, rows: readonly MetricReport[]): HTMLElement =>
    metricsTable(caption, rows, context, {
      detailId,
      isChosen: (metric) => metric === chosen,
    });
  const group = (wanted: MetricGroup): MetricReport[] => metrics.filter(({ name }) => metricGroup(name) === wanted);
  const folded = (title: string, caption: string, rows: readonly MetricReport[]): HTMLElement | undefined =>
    rows.length === 0
      ? undefined
      : element('details', { class: 'driftline-folded' }, element('summary', {}, title), table(caption, rows));
  const [classes, constants] = [group('class'), group('best-constant')];
  const tables = element(
    'div',
    { class: 'driftline-choices' },
    table(trans.__('Metrics'), group('model')),
    folded(
      trans._n('1 metric of a single class', '%1 metrics of single classes', classes.length),
      trans.__('Metrics of single classes'),
      classes,
    ),
    folded(bestConstantWords(constants.length, trans), trans.__('Metrics of the best constant classifier'), constants),
  );

  const show = (metric: MetricReport): void => {
    chosen = metric;
    for (const row of tables.querySelectorAll<HTMLElement>('tr[data-metric]')) {
      const isChosen = row.dataset['metric'] === metric.name;
      row.classList.toggle('driftline-chosen', isChosen);
      row.querySelector('button')?.setAttribute('aria-pressed', String(isChosen));
    }
    charts.release(detail);
    detail.setAttribute('aria-label', metric.title);
    const own = violations.filter(({ feature }) => feature === metric.name);
    detail.replaceChildren(...metricDetail(metric, quality, own, context));
  };
  tables.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-metric]') : null;
    const metric = metrics.find(({ name }) => name === row?.dataset['metric']);
    if (metric === undefined || metric === chosen) return;
    show(metric);
    detail.scrollIntoView?.({ block: 'nearest' });
  });
  if (chosen) show(chosen);

  const goTo = (name: string): void => {
    const metric = metrics.find((each) => each.name === name);
    if (metric === undefined) return;
    show(metric);
    const fold = tables.querySelector('.driftline-chosen')?.closest('details');
    if (fold) fold.open = true;
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
    detail.scrollIntoView?.({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
    detail.querySelector('h4')?.focus({ preventScroll: true });
  };
  return { nodes: [tables, detail], goTo };
}

/** That of the first violation; without one, the first about which there is something to say. */
function firstShown(
  { metrics, estimate }: ModelQualityReport,
  violations: readonly Violation[],
): MetricReport | undefined {
  const violated = metrics.filter(({ status }) => status === 'violated');
  const worst = violations.find(({ feature }) => violated.some(({ name }) => name === feature))?.feature;
  const estimated = new Set(estimate?.metrics.map(({ name }) => name));
  return (
    violated.find(({ name }) => name === worst) ??
    violated[0] ??
    metrics.find(({ current }) => current !== undefined) ??
    metrics.find(({ name }) => estimated.has(name)) ??
    metrics[0]
  );
}

function metricsTable(
  caption: string,
  rows: readonly MetricReport[],
  { trans }: PanelContext,
  { detailId, isChosen }: { readonly detailId: string; readonly isChosen: (metric: MetricReport) => boolean },
): HTMLElement {
  const limited = rows.some(({ threshold }) => threshold !== undefined);
  const alarming = rows.some(({ falseAlarm }) => falseAlarm !== undefined);
  return dataTable<MetricReport>({
    caption,
    trans,
    stack: true,
    rows,
    rowAttributes: (metric) => ({
      'data-metric': metric.name,
      class: isChosen(metric) ? 'driftline-chosen' : undefined,
    }),
    columns: [
      {
        title: trans.__('Metric'),
        rowHeader: true,
        cell: (metric) =>
          element(
            'button',
            {
              type: 'button',
              class: 'driftline-link',
              title: metric.definition,
              'aria-pressed': String(isChosen(metric)),
              'aria-controls': detailId,
            },
            metric.title,
          ),
        sortBy: ({ title }) => title,
      },
      {
        title: trans.__('Status'),
        cell: (metric) => statusCell(metric, trans),
        sortBy: (metric) => ['violated', 'drifting', 'ok', 'quiet'].indexOf(metricTone(metric)),
      },
      {
        title: trans.__('Baseline'),
        kind: 'number',
        cell: (metric) => valueCell(metric.baseline, metric),
        sortBy: ({ baseline }) => baseline?.value,
      },
      {
        title: trans.__('Current'),
        kind: 'number',
        cell: (metric) => valueCell(metric.current, metric),
        sortBy: ({ current }) => current?.value,
      },
      ...(limited
        ? [
            {
              title: trans.__('Limit'),
              kind: 'number' as const,
              cell: (metric: MetricReport) => limitWords(metric) ?? noValue,
              sortBy: ({ threshold }: MetricReport) => threshold,
            },
          ]
        : []),
      ...(alarming
        ? [
            {
              title: trans.__('False alarm'),
              kind: 'number' as const,
              cell: ({ falseAlarm }: MetricReport) => formatFraction(falseAlarm),
              sortBy: ({ falseAlarm }: MetricReport) => falseAlarm,
            },
          ]
        : []),
    ],
  });
}

function statusCell(metric: MetricReport, trans: PanelContext['trans']): Child {
  const tone = metricTone(metric);
  const reason =
    metric.reason ?? (tone === 'quiet' && metric.threshold === undefined ? trans.__('it has no limit') : undefined);
  return element(
    'div',
    { class: 'driftline-what' },
    statusMark(tone, metricToneWords(tone, trans)),
    reason !== undefined && element('span', { class: 'driftline-muted' }, reason),
  );
}

function valueCell(value: MetricValue | undefined, { unit, threshold }: MetricReport): Child {
  if (value === undefined) return noValue;
  const interval = formatInterval(value, unit);
  const text = formatMetricAndLimit(value.value, threshold, unit)[0];
  if (interval === undefined) return text;
  return element(
    'span',
    { class: 'driftline-since' },
    text,
    element('span', { class: 'driftline-muted' }, ` ${interval}`),
  );
}
