import type { EstimatedMetric, MetricPoint, MetricReport } from '../model-quality-report.js';
import { metricText } from '../quality-words.js';
import type { Since } from '../report.js';
import { themed } from '../theme.js';
import { timeText } from '../value-text.js';
import { fitText, type Shape, type ShapeStyle, textWidth, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { sinceDayLabel, sinceLabel, sinceMarker } from './since-marker.js';
import { bucketAxis, timeBuckets } from './time-buckets.js';
import { valueRange } from './value-range.js';

/** Violet, which nothing that was measured has; the page's style sheet says which. */
const estimatedColour = 'var(--estimated)';

const width = 460;
const height = 250;
/** Pixels along the vertical axis. */
const AXIS_ROOM = 182;

/** What a chart of a metric over time is drawn from. */
export interface MetricCourse {
  readonly metric: MetricReport;
  /** The same metric estimated without labels. */
  readonly estimate?: EstimatedMetric;
  readonly bucket: 'hour' | 'day';
  readonly since?: Since;
}

/**
 * A metric over time: realised values with their 95 % intervals as a band, the baseline's value and the limit as lines,
 * and what was estimated without labels as a dashed line of its own, with a band only where nothing is realised. Buckets without labelled rows are gaps.
 *
 * @returns undefined for fewer than two buckets.
 */
export function metricChart({ metric, estimate, bucket, since }: MetricCourse): Chart | undefined {
  const realised = metric.series;
  const estimated = estimate?.series ?? [];
  const starts = timeBuckets(
    [...realised, ...estimated].map(({ start }) => start),
    bucket,
  );
  if (starts.length < 2) return undefined;
  const lines = [metric.baseline?.value, metric.threshold].filter((value) => value !== undefined);
  const range = valueRange([...realised, ...estimated], lines, metric.unit === 'fraction' ? [0, 1] : undefined);
  return {
    width,
    height,
    title: `${fitText(metric.title, 400)} by ${bucket}`,
    description: describe(metric, estimate, bucket, since),
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis: bucketAxis(starts, bucket, width),
    yAxis: valueAxis(axisName(metric), 42, {
      ...range,
      gridLines: true,
      format: (value) => axisNumber(value, range.ticks),
    }),
    shapes: (coord) => {
      const inside: ToPixels = ([x, y]) => coord([x, Math.min(range.max, Math.max(range.min, y))]);
      return [
        ...(realised.length > 0
          ? []
          : band(bucketRuns(estimated, starts), inside, { fill: estimatedColour, opacity: 0.12 })),
        ...band(bucketRuns(realised, starts), inside, { fill: themed('current'), opacity: 0.16 }),
        ...level(metric.baseline?.value, starts.length, coord, { stroke: themed('baseline'), lineWidth: 2 }),
        ...level(metric.threshold, starts.length, coord, {
          stroke: themed('threshold'),
          lineWidth: 1.25,
          lineDash: '4 3',
        }),
        ...course(bucketRuns(estimated, starts), inside, estimatedColour, '7 4', false),
        ...course(bucketRuns(realised, starts), inside, themed('current'), undefined, starts.length <= 48),
        ...sinceShapes(since, starts, bucket, coord),
      ];
    },
  };
}

function axisName({ name, title, unit }: MetricReport): string {
  const scale = unit === 'fraction' ? ' (0 to 1)' : '';
  const fits = [title, name].find((text) => textWidth(`${text}${scale}`) <= AXIS_ROOM);
  return fits === undefined ? fitText(name, AXIS_ROOM) : `${fits}${scale}`;
}

function describe(
  { title, series, baseline, threshold, unit }: MetricReport,
  estimate: EstimatedMetric | undefined,
  bucket: 'hour' | 'day',
  since: Since | undefined,
): string {
  const text = (value: number): string => metricText(value, unit);
  const values = series.map(({ value }) => value);
  const extent = (of: readonly number[]): string => `from ${text(Math.min(...of))} to ${text(Math.max(...of))}`;
  return [
    values.length > 0
      ? `${fitText(title, 300)} in ${values.length} ${bucket}s with labels, ${extent(values)}.`
      : `${fitText(title, 300)}: no ${bucket} has labels.`,
    baseline && ` ${text(baseline.value)} in the baseline.`,
    threshold !== undefined && ` The limit is ${text(threshold)}.`,
    estimate &&
      estimate.series.length > 0 &&
      ` Estimated without labels (${estimate.method}) ${extent(estimate.series.map(({ value }) => value))}.`,
    since && ` Violated since ${timeText(since.hour)}${since.orEarlier ? ' or earlier' : ''}.`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join('');
}

/** A point with the place of its bucket. */
export interface Placed extends MetricPoint {
  readonly index: number;
}

/** Points in buckets that follow each other without a gap. */
export function bucketRuns(points: readonly MetricPoint[], starts: readonly string[]): Placed[][] {
  const places = new Map(starts.map((start, index) => [Date.parse(start), index]));
  const runs: Placed[][] = [];
  let next = -1;
  for (const point of points) {
    const index = places.get(Date.parse(point.start));
    if (index === undefined || !Number.isFinite(point.value)) continue;
    if (index !== next) runs.push([]);
    runs.at(-1)!.push({ ...point, index });
    next = index + 1;
  }
  return runs;
}

/** Intervals as areas; a point alone gets a bar. Points without an interval interrupt it. */
export function band(runs: readonly Placed[][], coord: ToPixels, style: ShapeStyle): Shape[] {
  const areas = runs.flatMap((run) => {
    const parts: Placed[][] = [[]];
    for (const point of run) {
      if (point.lower === undefined || point.upper === undefined) parts.push([]);
      else parts.at(-1)!.push(point);
    }
    return parts.filter((part) => part.length > 0);
  });
  return areas.map((points): Shape => {
    const half = points.length === 1 ? 0.2 : 0;
    const upper = points.map(({ index, upper }) => coord([index + half, upper!]));
    const lower = points.map(({ index, lower }) => coord([index + half, lower!])).reverse();
    const [only] = points;
    const other =
      half === 0 ? [] : [coord([only!.index - half, only!.lower!]), coord([only!.index - half, only!.upper!])];
    return { type: 'polygon', points: [...upper, ...lower, ...other], style };
  });
}

/** A value as a horizontal line. */
export function level(value: number | undefined, buckets: number, coord: ToPixels, style: ShapeStyle): Shape[] {
  if (value === undefined) return [];
  const [x1, y] = coord([-0.5, value]);
  const [x2] = coord([buckets - 0.5, value]);
  return [{ type: 'line', x1, y1: y, x2, y2: y, style }];
}

/** Values as lines through the buckets of each run. */
export function course(
  runs: readonly Placed[][],
  coord: ToPixels,
  stroke: string,
  lineDash: string | undefined,
  dots: boolean,
): Shape[] {
  const pixels = runs.map((run) => run.map(({ index, value }) => coord([index, value])));
  const style: ShapeStyle = {
    stroke,
    fill: 'none',
    lineWidth: 1.75,
    lineJoin: 'round',
    ...(lineDash !== undefined && { lineDash }),
  };
  const alone = pixels.filter((run) => run.length === 1);
  return [
    ...pixels.filter((run) => run.length > 1).map((points): Shape => ({ type: 'polyline', points, style })),
    ...(dots ? pixels : alone)
      .flat()
      .map(([x, y]): Shape => ({ type: 'circle', x, y, r: dots ? 2.2 : 1.8, style: { fill: stroke } })),
  ];
}

/** The marker since when it is violated, where that is within or before the chart. */
export function sinceShapes(
  since: Since | undefined,
  starts: readonly string[],
  bucket: 'hour' | 'day',
  coord: ToPixels,
): Shape[] {
  if (since === undefined) return [];
  const from = Date.parse(since.hour);
  const before = from < Date.parse(starts[0]!);
  const changed = starts.findLastIndex((start) => Date.parse(start) <= from);
  if (changed < 0 && !before) return [];
  const [x] = coord([Math.max(0, changed) - 0.5, 0]);
  const label = (bucket === 'day' ? sinceDayLabel : sinceLabel)(since, before);
  return sinceMarker(label, x, height - 46, width);
}
