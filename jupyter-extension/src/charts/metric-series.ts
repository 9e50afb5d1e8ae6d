import type { EstimatedMetric, MetricPoint, MetricReport, ModelQualityReport } from 'driftline';
import { formatMetric } from '../format/metric-format.js';
import { shorten } from '../format/shorten.js';
import { bucketAxisTitle } from '../format/time-format.js';
import { estimateColour } from './estimate-colour.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { levelLine, lineWithBand, sinceLine } from './series-line.js';

/** What the chart of one metric against time shows. */
export interface MetricSeries {
  readonly metric: MetricReport;
  /** The same metric estimated without labels. */
  readonly estimate?: EstimatedMetric;
  readonly bucket: ModelQualityReport['bucket'];
  /** ISO time since when a violation holds. */
  readonly since?: string;
}

/** The realised points: those with labelled rows. */
export function realisedPoints({ series }: MetricReport): readonly MetricPoint[] {
  return series.filter(({ rows, value }) => rows > 0 && Number.isFinite(value));
}

/**
 * A metric by bucket with its interval as a band, its limit, the baseline's value and since when a violation holds. What
 * is estimated without labels is a dashed line of another colour, never joined to what was measured.
 */
export function metricSeriesFigure({ metric, estimate, bucket, since }: MetricSeries, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const realised = realisedPoints(metric);
  const estimated = (estimate?.series ?? []).filter(({ value }) => Number.isFinite(value));
  const text = (value: number): string => formatMetric(value, metric.unit);
  const estimatedAs = estimate && trans.__('estimated without labels (%1)', estimate.method);
  return {
    data: [
      ...lineWithBand(
        estimated,
        bucket,
        { name: estimatedAs ?? '', colour: estimateColour(colours), dash: 'dash', text },
        style,
      ),
      ...lineWithBand(
        realised,
        bucket,
        { name: trans.__('realised'), colour: colours.current, dash: 'solid', text },
        style,
      ),
    ],
    layout: {
      ...baseLayout(style),
      height: 240,
      margin: { l: 52, r: 12, t: 8, b: 44 },
      hovermode: 'closest',
      xaxis: axis(style, bucketAxisTitle(bucket, trans), {
        type: 'date',
        showgrid: false,
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, plotText(shorten(metric.title, 28)), {
        range: verticalRange(metric, [...realised, ...estimated]),
        nticks: 6,
      }),
      shapes: [...levelLines(metric, style), ...sinceLine([...realised, ...estimated], since, bucket, style)],
    },
  };
}

/** From the lowest to the highest of what is drawn, with some air; a fraction stays within 0 and 1. */
function verticalRange({ unit, baseline, threshold }: MetricReport, points: readonly MetricPoint[]): [number, number] {
  const values = [
    ...points.flatMap(({ value, lower, upper }) => [value, lower ?? value, upper ?? value]),
    ...[baseline?.value, threshold].filter((value) => value !== undefined),
  ].filter(Number.isFinite);
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = high > low ? (high - low) * 0.08 : Math.max(Math.abs(high) * 0.1, 0.01);
  if (unit === 'value') return [low - air, high + air];
  return [Math.max(Math.min(low, 0), low - air), Math.min(Math.max(high, 1), high + air)];
}

function levelLines(
  { baseline, threshold }: MetricReport,
  { colours }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  return [
    ...(baseline === undefined ? [] : [levelLine(baseline.value, { color: colours.baseline, width: 2 })]),
    ...(threshold === undefined ? [] : [levelLine(threshold, { color: colours.text, width: 1.5, dash: 'dot' })]),
  ];
}
