import type { MetricPoint } from 'driftline';
import { formatCount } from '../format/number-format.js';
import { formatBucket } from '../format/time-format.js';
import type { ChartStyle } from './figure.js';
import { plotTime } from './plot-time.js';
import { transparent } from './sample-markers.js';

const milliseconds = { hour: 3_600_000, day: 86_400_000 } as const;
type Bucket = 'hour' | 'day';

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

/** How a line of a course is called and looks. */
export interface LineStyle {
  readonly name: string;
  readonly colour: string;
  readonly dash: 'solid' | 'dash';
  /** A value as text. */
  readonly text: (value: number) => string;
}

/** A line through the points, broken where a bucket has none, over the band of its 95 % intervals. */
export function lineWithBand(
  points: readonly MetricPoint[],
  bucket: Bucket,
  { name, colour, dash, text }: LineStyle,
  { trans }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  if (points.length === 0) return [];
  const runs = metricRuns(points, bucket);
  const polygons = runs.flatMap((run) => bandPolygons(run, bucket));
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
      x: joined.map((point) => point && plotTime(point.start, bucket)),
      y: joined.map((point) => point?.value ?? null),
      connectgaps: false,
      line: { color: colour, width: 2, dash },
      marker: { color: colour, size: 6, symbol: dash === 'solid' ? 'circle' : 'diamond-open' },
      hovertemplate: joined.map((point) => {
        if (point === null) return '';
        const { lower, upper } = point;
        const interval = lower === undefined || upper === undefined ? undefined : `${text(lower)} to ${text(upper)}`;
        return `<b>${formatBucket(point.start, bucket)}</b><br>${name} ${text(point.value)}${interval === undefined ? '' : `<br>${trans.__('95 % interval')} ${interval}`}<br>${trans.__('rows')} ${formatCount(point.rows)}<extra></extra>`;
      }),
    },
  ];
}

function joinRuns(runs: readonly (readonly MetricPoint[])[]): (MetricPoint | null)[] {
  return runs.flatMap((run, index) => (index === 0 ? [...run] : [null, ...run]));
}

/** Closed outlines of the interval; a point alone gets a bar of half a bucket, which a line through it would not show. */
function bandPolygons(run: readonly MetricPoint[], bucket: Bucket): { x: string[]; y: number[] }[] {
  const halfWidth = milliseconds[bucket] / 4;
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
          plotTime(new Date(Date.parse(only.start) + by).toISOString(), bucket),
        ) as [string, string];
        return { x: [left, right, right, left], y: [only.upper, only.upper, only.lower, only.lower] };
      }
      const times = part.map(({ start }) => plotTime(start, bucket));
      return {
        x: [...times, ...times.toReversed()],
        y: [...part.map(({ upper }) => upper), ...part.map(({ lower }) => lower).reverse()],
      };
    });
}

/** A horizontal line at a value. */
export function levelLine(value: number, line: object): Readonly<Record<string, unknown>> {
  return { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: value, y1: value, layer: 'below', line };
}

/** A vertical line since when a violation holds, within the buckets that are drawn. */
export function sinceLine(
  points: readonly MetricPoint[],
  since: string | undefined,
  bucket: Bucket,
  { colours }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  const starts = points.map(({ start }) => start).sort();
  const [first, last] = [starts[0], starts.at(-1)];
  if (since === undefined || first === undefined || last === undefined || since > last) return [];
  const mark = plotTime(since < first ? first : since, bucket);
  const line = { color: colours.drifting, width: 2 };
  return [{ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: mark, x1: mark, line }];
}
