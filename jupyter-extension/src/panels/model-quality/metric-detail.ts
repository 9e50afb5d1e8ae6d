import type { EstimatedMetric, MetricPoint, MetricReport, MetricValue, ModelQualityReport, Violation } from 'driftline';
import { metricSeriesFigure, realisedPoints } from '../../charts/metric-series.js';
import { formatInterval, formatMetric, formatMetricAndLimit } from '../../format/metric-format.js';
import { formatCount, formatFraction, noValue } from '../../format/number-format.js';
import { formatTime } from '../../format/time-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { sinceWords } from '../hourly-view.js';
import { limitWords, metricTone, metricToneWords } from './metric-words.js';

/** One metric: what it means, both values with their intervals, its limit, and how it went over the window. */
export function metricDetail(
  metric: MetricReport,
  quality: ModelQualityReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const tone = metricTone(metric);
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h4', { tabindex: '-1' }, metric.title),
      statusMark(tone, metricToneWords(tone, trans)),
      element('code', { class: 'driftline-muted' }, metric.name),
    ),
    element(
      'p',
      { class: 'driftline-muted' },
      metric.definition,
      !metric.service && ` ${trans.__('The service does not have this metric.')}`,
    ),
    ...violations.map(({ explanation }) => element('p', {}, explanation)),
    element('dl', { class: 'driftline-facts' }, ...metricFacts(metric, context)),
    seriesView(metric, quality, violations, context),
  ];
}

function metricFacts(metric: MetricReport, { trans }: PanelContext): HTMLElement[] {
  const { baseline, current, reason, falseAlarm, better } = metric;
  const value = (name: string, of: MetricValue): HTMLElement =>
    fact(name, formatMetricAndLimit(of.value, metric.threshold, metric.unit)[0], valueNote(of, metric, trans));
  const limit = limitWords(metric);
  return [
    ...(baseline === undefined ? [] : [value(trans.__('Baseline'), baseline)]),
    current === undefined ? fact(trans.__('Current'), noValue, reason) : value(trans.__('Current'), current),
    ...(limit === undefined
      ? []
      : [
          fact(trans.__('Limit'), limit, better === 'higher' ? trans.__('more is better') : trans.__('less is better')),
        ]),
    ...(falseAlarm === undefined
      ? []
      : [
          fact(
            trans.__('False alarm'),
            formatFraction(falseAlarm),
            trans.__("chance that the service's rule alarms although the model is as good as in the baseline"),
          ),
        ]),
  ];
}

function valueNote(value: MetricValue, { unit }: MetricReport, trans: PanelContext['trans']): string | undefined {
  const interval = formatInterval(value, unit);
  const notes = [
    interval && (value.method === undefined ? interval : trans.__('%1, %2', interval, value.method)),
    value.standardDeviation !== undefined &&
      trans.__("the service's standard deviation %1", formatMetric(value.standardDeviation, unit)),
  ].filter((note) => typeof note === 'string');
  return notes.length > 0 ? notes.join('; ') : undefined;
}

function seriesView(
  metric: MetricReport,
  { bucket, estimate: estimates }: ModelQualityReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const estimate = estimates?.metrics.find(({ name }) => name === metric.name);
  const realised = realisedPoints(metric);
  if (realised.length + (estimate?.series.length ?? 0) < 2) {
    return element('p', { class: 'driftline-muted' }, trans.__('Too few labels to show it over time.'));
  }
  const since = violations.find((violation) => violation.since !== undefined)?.since;
  const first = [...realised, ...(estimate?.series ?? [])].map(({ start }) => start).sort()[0];
  const title = bucket === 'day' ? trans.__('%1 by day', metric.title) : trans.__('%1 by hour', metric.title);
  const legend: (readonly [LegendKey, string])[] = [
    ...(realised.length > 0 ? ([['current-line', trans.__('realised')]] as const) : []),
    ...(realised.some(({ lower }) => lower !== undefined) ? ([['interval', trans.__('95 % interval')]] as const) : []),
    ...(estimate === undefined
      ? []
      : [['estimated-line', estimatedWords(estimate, estimates?.trusted ?? true, trans)] as const]),
    ...(metric.baseline === undefined
      ? []
      : [['baseline-line', trans.__('baseline %1', formatMetric(metric.baseline.value, metric.unit))] as const]),
    ...(metric.threshold === undefined ? [] : [['threshold', trans.__('limit %1', limitWords(metric) ?? '')] as const]),
    ...(since === undefined ? [] : [['since', sinceWords(since, first, trans)] as const]),
  ];
  return chartWithTable(
    {
      title,
      label: seriesLabel(metric, estimate, realised.length, since?.hour, context),
      legend,
      figure: (style) =>
        metricSeriesFigure(
          { metric, bucket, ...(estimate && { estimate }), ...(since !== undefined && { since: since.hour }) },
          style,
        ),
      table: () => seriesTable(title, metric, estimate, bucket, context),
      note: trans.__('A part of the window has few labels, so its value is noisier than that of the whole.'),
    },
    context,
  );
}

function estimatedWords({ method }: EstimatedMetric, trusted: boolean, trans: PanelContext['trans']): string {
  const words = trans.__('estimated without labels (%1)', method);
  return trusted ? words : trans.__('%1, not to be trusted', words);
}

function seriesLabel(
  metric: MetricReport,
  estimate: EstimatedMetric | undefined,
  realised: number,
  since: string | undefined,
  { trans }: PanelContext,
): string {
  const limit = limitWords(metric);
  return [
    realised > 0
      ? trans.__('Line chart of %1 over the window, with its 95 % interval.', metric.title)
      : trans.__('Line chart of %1 over the window; none of it is realised.', metric.title),
    estimate && trans.__('A dashed line is estimated without labels (%1).', estimate.method),
    limit && trans.__('Limit %1.', limit),
    since !== undefined && trans.__('A violation holds since %1 UTC.', formatTime(since)),
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}

interface SeriesRow {
  readonly start: string;
  readonly realised?: MetricPoint;
  readonly estimated?: MetricPoint;
}

function seriesTable(
  caption: string,
  metric: MetricReport,
  estimate: EstimatedMetric | undefined,
  bucket: ModelQualityReport['bucket'],
  { trans }: PanelContext,
): HTMLElement {
  const realised = new Map(realisedPoints(metric).map((point) => [point.start, point]));
  const estimated = new Map((estimate?.series ?? []).map((point) => [point.start, point]));
  const starts = [...new Set([...metric.series.map(({ start }) => start), ...estimated.keys()])].sort();
  const rows = starts.map((start): SeriesRow => {
    const [a, b] = [realised.get(start), estimated.get(start)];
    return { start, ...(a && { realised: a }), ...(b && { estimated: b }) };
  });
  const value = (title: string, of: (row: SeriesRow) => MetricPoint | undefined) => ({
    title,
    kind: 'number' as const,
    cell: (row: SeriesRow) => formatMetric(of(row)?.value, metric.unit),
    sortBy: (row: SeriesRow) => of(row)?.value,
  });
  const interval = (of: (row: SeriesRow) => MetricPoint | undefined) => ({
    title: trans.__('95 % interval'),
    kind: 'number' as const,
    cell: (row: SeriesRow) => formatInterval(of(row) ?? {}, metric.unit) ?? noValue,
  });
  return dataTable<SeriesRow>({
    caption,
    trans,
    rows,
    columns: [
      {
        title: bucket === 'day' ? trans.__('Day (UTC)') : trans.__('Hour (UTC)'),
        rowHeader: true,
        cell: ({ start }) => formatTime(start),
        sortBy: ({ start }) => start,
      },
      {
        title: trans.__('Labelled rows'),
        kind: 'number',
        cell: (row) => formatCount(row.realised?.rows ?? 0),
        sortBy: (row) => row.realised?.rows ?? 0,
      },
      value(trans.__('Realised'), (row) => row.realised),
      interval((row) => row.realised),
      ...(estimate === undefined
        ? []
        : [
            value(trans.__('Estimated without labels (%1)', estimate.method), (row) => row.estimated),
            interval((row) => row.estimated),
          ]),
    ],
  });
}
