import type { EstimatedMetric, MetricPoint, MetricReport, ModelQualityReport } from 'driftline';
import { formatInterval, formatMetric } from '../format/metric-format.js';
import { formatCount } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { formatBucket } from '../format/time-format.js';
import { estimateColour } from './estimate-colour.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { plotTime } from './plot-time.js';
import { transparent } from './sample-markers.js';

/** What the chart of one metric against time shows. */
export interface MetricSeries {
  readonly metric: MetricReport;
  /** The same metric estimated without labels. */
  readonly estimate?: EstimatedMetric;
  readonly bucket: ModelQualityReport['bucket'];
  /** ISO time since when a violation holds. */
  readonly since?: string;
}

const milliseconds = { hour: 3_600_000, day: 86_400_000 } as const;
type Bucket = ModelQualityReport['bucket'];

/** The points that have a value, cut wherever a bucket has none. */
export function metricRuns(points: readonly MetricPoint[], bucket: Bucket): MetricPoint[][] {
  const runs: MetricPoint[][] = [];
  let last: MetricPoint | undefined;
  for (const point of points) {
    if (!Number.isFinite(point.value)) continue;
    const follows = last !== undefined && Date.parse(point.start) - Date.parse(last.start) < milliseconds[bucket] * 1.5;
    if (follows) runs.at(-1)?.push(point);
    else runs.push([point]);
    last = point;
  }
  return runs;
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
  const estimatedAs = estimate && trans.__('estimated without labels (%1)', estimate.method);
  return {
    data: [
      ...lineWithBand(
        estimated,
        metric,
        bucket,
        { name: estimatedAs ?? '', colour: estimateColour(colours), dash: 'dash' },
        style,
      ),
      ...lineWithBand(
        realised,
        metric,
        bucket,
        { name: trans.__('realised'), colour: colours.current, dash: 'solid' },
        style,
      ),
    ],
    layout: {
      ...baseLayout(style),
      height: 240,
      margin: { l: 52, r: 12, t: 8, b: 44 },
      hovermode: 'closest',
      xaxis: axis(style, bucket === 'day' ? trans.__('day (UTC)') : trans.__('captured hour (UTC)'), {
        type: 'date',
        showgrid: false,
        nticks: width < 420 ? 4 : 8,
      }),
      yaxis: axis(style, plotText(shorten(metric.title, 28)), {
        range: verticalRange(metric, [...realised, ...estimated]),
        nticks: 6,
      }),
      shapes: shapes(metric, [...realised, ...estimated], since, style),
    },
  };
}

interface LineStyle {
  readonly name: string;
  readonly colour: string;
  readonly dash: 'solid' | 'dash';
}

function lineWithBand(
  points: readonly MetricPoint[],
  { unit }: MetricReport,
  bucket: Bucket,
  { name, colour, dash }: LineStyle,
  { trans }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  if (points.length === 0) return [];
  const runs = metricRuns(points, bucket);
  const polygons = runs.flatMap((run) => bandPolygons(run, milliseconds[bucket] / 4));
  const joined = joinRuns(runs);
  return [
    ...(polygons.length === 0
      ? []
      : [
          {
            type: 'scatter',
            mode: 'lines',
            name: trans.__('%1, 95 % interval', name),
            x: polygons.flatMap(({ x }, index) => (index === 0 ? x : [null, ...x])),
            y: polygons.flatMap(({ y }, index) => (index === 0 ? y : [null, ...y])),
            fill: 'toself',
            fillcolor: transparent(colour, dash === 'solid' ? 0.2 : 0.16),
            line: { width: 0, color: colour },
            hoverinfo: 'skip',
          },
        ]),
    {
      type: 'scatter',
      mode: points.length > (dash === 'solid' ? 200 : 24) ? 'lines' : 'lines+markers',
      name,
      x: joined.map((point) => point && plotTime(point.start)),
      y: joined.map((point) => point?.value ?? null),
      connectgaps: false,
      line: { color: colour, width: 2, dash },
      marker: { color: colour, size: 6, symbol: dash === 'solid' ? 'circle' : 'diamond-open' },
      hovertemplate: joined.map((point) => {
        if (point === null) return '';
        const interval = formatInterval(point, unit);
        return `<b>${formatBucket(point.start, bucket)}</b><br>${name} ${formatMetric(point.value, unit)}${interval === undefined ? '' : `<br>${trans.__('95 % interval')} ${interval}`}<br>${trans.__('rows')} ${formatCount(point.rows)}<extra></extra>`;
      }),
    },
  ];
}

function joinRuns(runs: readonly (readonly MetricPoint[])[]): (MetricPoint | null)[] {
  return runs.flatMap((run, index) => (index === 0 ? [...run] : [null, ...run]));
}

/** Closed outlines of the interval; a point alone gets a bar of half a bucket, which a line through it would not show. */
function bandPolygons(run: readonly MetricPoint[], halfWidth: number): { x: string[]; y: number[] }[] {
  const parts: { start: string; lower: number; upper: number }[][] = [[]];
  for (const { start, lower, upper } of run) {
    if (lower === undefined || upper === undefined) parts.push([]);
    else parts.at(-1)?.push({ start, lower, upper });
  }
  return parts
    .filter((part) => part.length > 0)
    .map((part) => {
      const [only] = part;
      if (part.length === 1 && only !== undefined) {
        const [left, right] = [-halfWidth, halfWidth].map((by) =>
          plotTime(new Date(Date.parse(only.start) + by).toISOString()),
        ) as [string, string];
        return { x: [left, right, right, left], y: [only.upper, only.upper, only.lower, only.lower] };
      }
      const times = part.map(({ start }) => plotTime(start));
      return {
        x: [...times, ...times.toReversed()],
        y: [...part.map(({ upper }) => upper), ...part.map(({ lower }) => lower).reverse()],
      };
    });
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

function shapes(
  { baseline, threshold }: MetricReport,
  points: readonly MetricPoint[],
  since: string | undefined,
  { colours }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  const across = (value: number, line: object) => ({
    type: 'line',
    xref: 'paper',
    x0: 0,
    x1: 1,
    y0: value,
    y1: value,
    layer: 'below',
    line,
  });
  const starts = points.map(({ start }) => start).sort();
  const [first, last] = [starts[0], starts.at(-1)];
  const started = since !== undefined && first !== undefined && last !== undefined && since <= last;
  const mark = started ? plotTime(since < first ? first : since) : undefined;
  return [
    ...(baseline === undefined ? [] : [across(baseline.value, { color: colours.baseline, width: 2 })]),
    ...(threshold === undefined ? [] : [across(threshold, { color: colours.text, width: 1.5, dash: 'dot' })]),
    ...(mark === undefined
      ? []
      : [
          {
            type: 'line',
            yref: 'paper',
            y0: 0,
            y1: 1,
            x0: mark,
            x1: mark,
            line: { color: colours.drifting, width: 2 },
          },
        ]),
  ];
}
