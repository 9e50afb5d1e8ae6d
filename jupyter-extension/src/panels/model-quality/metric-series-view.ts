import type { EstimatedMetric, MetricPoint, MetricReport, ModelQualityReport, Violation } from 'driftline';
import { metricSeriesFigure, realisedPoints } from '../../charts/metric-series.js';
import { formatInterval, formatMetric } from '../../format/metric-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { bucketTitle, formatBucket, formatTimeAndZone } from '../../format/time-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { sinceWords } from '../hourly-view.js';
import { limitWords } from './metric-words.js';

/** A metric over the window: what was measured, and beside it what was estimated without labels. */
export function metricSeriesView(
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
  const since =
    metric.status === 'violated' ? violations.find((violation) => violation.since !== undefined)?.since : undefined;
  const first = [...realised, ...(estimate?.series ?? [])].map(({ start }) => start).sort()[0];
  const title = bucket === 'day' ? trans.__('%1 by day', metric.title) : trans.__('%1 by hour', metric.title);
  const legend: (readonly [LegendKey, string])[] = [
    ...(realised.length > 0 ? ([['current-line', trans.__('realised')]] as const) : []),
    ...(realised.some(({ lower }) => lower !== undefined) ? ([['interval', trans.__('95 % interval')]] as const) : []),
    ...(estimate === undefined
      ? []
      : [['estimated-line', estimatedWords(estimate, estimates?.trusted ?? true, trans)] as const]),
    ...(estimate?.series.some(({ lower }) => lower !== undefined)
      ? [['estimated-interval', trans.__('95 % interval of the estimate')] as const]
      : []),
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
      note:
        realised.length > 0 &&
        trans.__('A part of the window has few labels, so its value is noisier than that of the whole.'),
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
    since !== undefined && trans.__('A violation holds since %1.', formatTimeAndZone(since)),
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
        title: bucketTitle(bucket, trans),
        rowHeader: true,
        cell: ({ start }) => formatBucket(start, bucket),
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
