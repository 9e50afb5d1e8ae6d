import type { BiasMetricReport, MetricPoint, ModelBiasReport } from 'driftline';
import { biasNumber, formatBias } from '../../format/bias-format.js';
import { bucketAxisTitle } from '../../format/time-format.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import { transparent } from '../sample-markers.js';
import { levelLine, lineWithBand, sinceLine } from '../series-line.js';

/** What the chart of one bias metric against time shows. */
export interface BiasSeries {
  readonly metric: BiasMetricReport;
  readonly bucket: ModelBiasReport['bucket'];
  /** ISO time since when a violation holds. */
  readonly since?: string;
}

/** The points that have a value. */
export function biasPoints({ series }: BiasMetricReport): readonly MetricPoint[] {
  return series.filter(({ rows, value }) => rows > 0 && Number.isFinite(value));
}

/** A bias metric by bucket with its intervals, over the range in which it may lie, with the baseline and the fair value. */
export function biasSeriesFigure({ metric, bucket, since }: BiasSeries, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const points = biasPoints(metric);
  const text = (value: number): string => formatBias(value, metric.unit);
  const range = verticalRange(metric, points);
  const baseline = metric.baseline?.value;
  return {
    data: lineWithBand(points, bucket, { name: metric.name, colour: colours.current, dash: 'solid', text }, style),
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
      yaxis: axis(style, plotText(metric.name), { range, nticks: 6 }),
      shapes: [
        ...allowedBand(metric, range, style),
        levelLine(metric.fair, { color: colours.muted, width: 1.25, dash: 'dash' }),
        ...(baseline === undefined ? [] : [levelLine(baseline, { color: colours.baseline, width: 2 })]),
        ...sinceLine(points, since, bucket, style),
      ],
    },
  };
}

/** From the lowest to the highest of what is drawn, the fair value among it, with some air. */
function verticalRange(
  { fair, baseline, allowed }: BiasMetricReport,
  points: readonly MetricPoint[],
): readonly [number, number] {
  const values = points.map(({ value }) => value);
  const lines = [fair, biasNumber(baseline), allowed?.lower, allowed?.upper];
  const core = [...values, ...lines].filter((value) => value !== undefined).filter(Number.isFinite);
  const [low, high] = [Math.min(...core), Math.max(...core)];
  const most = Math.max(high - low, 1e-6);
  const ends = points.flatMap(({ value, lower, upper }) => [lower ?? value, upper ?? value]);
  const seen = [...core, ...ends.map((end) => Math.max(low - most, Math.min(high + most, end)))];
  const [bottom, top] = [Math.min(...seen), Math.max(...seen)];
  const air = Math.max(top - bottom, 0.01) * 0.08;
  return [bottom - air, top + air];
}

function allowedBand(
  { allowed }: BiasMetricReport,
  [bottom, top]: readonly [number, number],
  { colours }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  if (allowed === undefined) return [];
  const { lower, upper } = allowed;
  const edge = { color: colours.ok, width: 1, dash: 'dot' };
  return [
    {
      ...levelLine(lower ?? bottom, { width: 0 }),
      type: 'rect',
      y1: upper ?? top,
      fillcolor: transparent(colours.ok, 0.16),
    },
    ...[lower, upper].filter((end) => end !== undefined).map((end) => levelLine(end, edge)),
  ];
}
