import type { BiasMetricReport, MetricPoint, ModelBiasReport, Violation } from 'driftline';
import { biasPoints, biasSeriesFigure } from '../../charts/model-bias/bias-series.js';
import { formatBias, formatBiasInterval, formatBiasRange, formatBiasValue } from '../../format/bias-format.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { bucketTitle, formatBucket, formatTimeAndZone } from '../../format/time-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { sinceWords } from '../hourly-view.js';
import { allowedRange } from './bias-state.js';

/** A bias metric over the window, within the range that it may have, and since when it is not. */
export function biasSeriesView(
  whole: BiasMetricReport,
  { bucket }: ModelBiasReport,
  violations: readonly Violation[],
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const { allowed: _, ...others } = whole;
  const allowed = allowedRange(whole);
  const metric: BiasMetricReport = { ...others, ...(allowed && { allowed }) };
  const points = biasPoints(metric);
  if (points.length < 2) {
    return element('p', { class: 'driftline-muted' }, trans.__('Too few rows to show it over time.'));
  }
  const since =
    metric.status === 'violated' ? violations.find((violation) => violation.since !== undefined)?.since : undefined;
  const title = bucket === 'day' ? trans.__('%1 by day', metric.name) : trans.__('%1 by hour', metric.name);
  const range = formatBiasRange(metric.allowed, metric.unit);
  const starts = points.map(({ start }) => start).sort();
  const legend: (readonly [LegendKey, string])[] = [
    ['current-line', metric.name],
    ...(points.some(({ lower }) => lower !== undefined) ? ([['interval', trans.__('95 % interval')]] as const) : []),
    ...(range === undefined ? [] : ([['allowed', trans.__('allowed %1', range)]] as const)),
    ...(metric.baseline?.value === undefined
      ? []
      : [['baseline-line', trans.__('baseline %1', formatBiasValue(metric.baseline, metric.unit))] as const]),
    ['fair', trans.__('equal treatment')],
    ...(since === undefined ? [] : [['since', sinceWords(since, starts[0], trans)] as const]),
  ];
  const label = [
    trans.__('Line chart of %1 over the window, with its 95 % interval.', metric.title),
    range && trans.__('Allowed: %1.', range),
    since && trans.__('A violation holds since %1.', formatTimeAndZone(since.hour)),
  ];
  return chartWithTable(
    {
      title,
      level: 5,
      label: label.filter((sentence) => typeof sentence === 'string').join(' '),
      legend,
      figure: (style) => biasSeriesFigure({ metric, bucket, ...(since && { since: since.hour }) }, style),
      table: () => seriesTable(title, metric, bucket, context),
      note: trans.__('A part of the window has fewer rows, so its value is noisier than that of the whole.'),
    },
    context,
  );
}

function seriesTable(
  caption: string,
  { series, unit }: BiasMetricReport,
  bucket: ModelBiasReport['bucket'],
  { trans }: PanelContext,
): HTMLElement {
  return dataTable<MetricPoint>({
    caption,
    trans,
    rows: series,
    columns: [
      {
        title: bucketTitle(bucket, trans),
        rowHeader: true,
        cell: ({ start }) => formatBucket(start, bucket),
        sortBy: ({ start }) => start,
      },
      { title: trans.__('Rows'), kind: 'number', cell: ({ rows }) => formatCount(rows), sortBy: ({ rows }) => rows },
      {
        title: trans.__('Value'),
        kind: 'number',
        cell: ({ rows, value }) => (rows > 0 ? formatBias(value, unit) : noValue),
        sortBy: ({ rows, value }) => (rows > 0 ? value : undefined),
      },
      {
        title: trans.__('95 % interval'),
        kind: 'number',
        cell: (point) => formatBiasInterval(point, unit) ?? noValue,
      },
    ],
  });
}
