import type { ChartRenderer } from '../charts/chart-renderer.js';
import { metricChart } from '../charts/metric-chart.js';
import { type Html, html } from '../html-template.js';
import type { EstimatedMetric, MetricPoint, MetricReport, ModelQualityReport } from '../model-quality-report.js';
import { intervalText, isBestConstant, isOfClass, leadingMetrics, metricText } from '../quality-words.js';
import type { Report, Since } from '../report.js';
import { clipText, countText, plural, timeText } from '../value-text.js';
import { dataTable, figure, keyEntry } from './parts.js';

const MOST_ROWS = 100;

/** The course of the metrics over the window: the violated and the main ones in sight, the others folded. */
export function courseSection(report: Report, quality: ModelQualityReport, draw: ChartRenderer): Html {
  const sinces = new Map(report.violations.map(({ feature, since }) => [feature, since]));
  const picture = (metric: MetricReport): Html | undefined =>
    courseFigure(metric, quality, sinces.get(metric.name), draw);
  const leading = leadingMetrics(quality, report.violations);
  const first = leading.flatMap((metric) => picture(metric) ?? []);
  if (first.length === 0) return html``;
  const others = quality.metrics
    .filter((metric) => !leading.includes(metric) && !isBestConstant(metric) && !isOfClass(metric))
    .flatMap((metric) => picture(metric) ?? []);
  return html`<section id="course"><h2>Metrics by ${quality.bucket}</h2>
<p class="lead">The band is the 95 % interval of each ${quality.bucket}: few rows make it wide. ${quality.estimate !== undefined && 'What is estimated without labels is dashed and violet, and no measurement.'}</p>
<div class="charts aligned${first.length === 1 && ' one'}">${first}</div>
${others.length > 0 && html`<details class="others"><summary>${plural(others.length, 'more metric')} by ${quality.bucket}</summary><div class="charts aligned folded">${others}</div></details>`}</section>
`;
}

function courseFigure(
  metric: MetricReport,
  { bucket, estimate: estimates }: ModelQualityReport,
  since: Since | undefined,
  draw: ChartRenderer,
): Html | undefined {
  const estimate = estimates?.metrics.find(({ name }) => name === metric.name);
  const chart = metricChart({ metric, bucket, ...(estimate && { estimate }), ...(since && { since }) });
  if (chart === undefined) return undefined;
  const { series, baseline, threshold, unit } = metric;
  const key = [
    ...(series.length > 0 ? [keyEntry('realised', 'current')] : []),
    ...(estimate ? [keyEntry(`estimated without labels (${estimate.method})`, 'estimated', 'dash')] : []),
    ...(baseline ? [keyEntry(`baseline ${metricText(baseline.value, unit)}`, 'baseline', 'line')] : []),
    ...(threshold !== undefined ? [keyEntry(`limit ${metricText(threshold, unit)}`, 'threshold', 'dash')] : []),
  ];
  return figure(
    html`<bdi>${clipText(metric.title, 120)}</bdi>`,
    key,
    draw(chart),
    courseTable(metric, estimate, bucket),
  );
}

function courseTable(
  { series, unit }: MetricReport,
  estimate: EstimatedMetric | undefined,
  bucket: 'hour' | 'day',
): Html {
  const realised = new Map(series.map((point) => [point.start, point]));
  const estimated = new Map((estimate?.series ?? []).map((point) => [point.start, point]));
  const all = [...new Set([...realised.keys(), ...estimated.keys()])].sort();
  const starts = all.slice(-MOST_ROWS);
  const cells = (point: MetricPoint | undefined): string[] =>
    point === undefined ? ['–', '–'] : [metricText(point.value, unit), intervalText(point, unit) ?? '–'];
  return dataTable(
    [
      bucket === 'hour' ? 'Hour (UTC)' : 'Day (UTC)',
      'Labelled rows',
      'Realised',
      '95 % interval',
      ...(estimate ? [`Estimated without labels (${estimate.method})`, '95 % interval'] : []),
    ],
    starts.map((start) => [
      bucket === 'hour' ? timeText(start) : start.slice(0, 10),
      countText(realised.get(start)?.rows ?? 0),
      ...cells(realised.get(start)),
      ...(estimate ? cells(estimated.get(start)) : []),
    ]),
    estimate ? [1, 2, 3, 4, 5] : [1, 2, 3],
    starts.length < all.length ? `The last ${starts.length} of ${all.length} ${bucket}s.` : undefined,
  );
}
