import type { EstimatedMetric, MetricPoint, MetricReport } from '../model-quality-report.js';
import type { Since } from '../report.js';
import { themed } from '../theme.js';
import { numberText, timeText } from '../value-text.js';
import { type CategoryAxis, categoryAxis, fitText, type Shape, ticksBetween, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';
import { timeAxis } from './hour-charts.js';

const HOUR_MS = 3_600_000;

/** What the chart of one metric shows besides its own course. */
export interface MetricChartInput {
  readonly metric: MetricReport;
  readonly estimate?: EstimatedMetric;
  readonly since?: Since;
  readonly bucket: 'hour' | 'day';
  readonly width: number;
}

/**
 * A metric against time: the realised values with their intervals as a band, the limit dashed, the baseline as a line, and
 * the estimate without labels as a dashed line of a colour of its own. Undefined with fewer than two points.
 */
export function metricChart({ metric, estimate, since, bucket, width }: MetricChartInput): Chart | undefined {
  const estimated = estimate?.series ?? [];
  const starts = [...new Set([...metric.series, ...estimated].map(({ start }) => start))].sort();
  if (starts.length < 2) return undefined;
  const place = new Map(starts.map((start, index) => [start, index]));
  const { least, most } = rangeOf(metric, estimated);
  const whole = metric.current?.value;
  return {
    width,
    height: 250,
    title: `${fitText(metric.title, 400)} by ${bucket}`,
    description: `${starts.length} ${bucket}s${whole === undefined ? '' : `; ${numberText(whole)} over the whole window`}${
      metric.threshold === undefined ? '' : `, limit ${numberText(metric.threshold)}`
    }.`,
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis:
      bucket === 'day'
        ? dayAxis(starts, width)
        : timeAxis(
            starts.map((hour) => ({ hour })),
            width,
          ),
    yAxis: valueAxis('', 42, {
      min: least,
      max: most,
      ticks: ticksBetween(least, most),
      gridLines: true,
      format: (value) => numberText(value, 3),
    }),
    shapes: (coord) => [
      ...band(metric.series, place, coord),
      ...level(metric.baseline?.value, starts.length, coord, { stroke: themed('baseline'), lineWidth: 1.5 }),
      ...level(metric.threshold, starts.length, coord, {
        stroke: themed('threshold'),
        lineWidth: 1.25,
        lineDash: '4 3',
      }),
      ...course(estimated, place, coord, { stroke: 'var(--estimate)', lineWidth: 1.75, lineDash: '2 3' }, false),
      ...course(metric.series, place, coord, { stroke: themed('current'), lineWidth: 1.75 }, true),
      ...sinceMark(since, starts, coord, most, bucket),
    ],
  };
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function dayAxis(starts: readonly string[], width: number): CategoryAxis {
  const every = Math.max(1, Math.ceil(starts.length / (width / 62)));
  return categoryAxis(
    'day (UTC)',
    28,
    starts.map((start, index) => (index % every === 0 ? day.format(new Date(start)) : undefined)),
  );
}

function rangeOf(metric: MetricReport, estimated: readonly MetricPoint[]): { least: number; most: number } {
  const values = [...metric.series, ...estimated].flatMap(({ value, lower, upper }) => [
    value,
    lower ?? value,
    upper ?? value,
  ]);
  for (const extra of [metric.threshold, metric.baseline?.value]) if (extra !== undefined) values.push(extra);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.05 || 0.05;
  const bounded = metric.unit === 'fraction';
  return {
    least: bounded ? Math.max(0, low - room) : low >= 0 ? Math.max(0, low - room) : low - room,
    most: bounded ? Math.min(1, high + room) : high + room,
  };
}

function band(series: readonly MetricPoint[], place: ReadonlyMap<string, number>, coord: ToPixels): Shape[] {
  const known = series.filter(({ lower, upper }) => lower !== undefined && upper !== undefined);
  if (known.length < 2) return [];
  const upper = known.map((point) => coord([place.get(point.start)!, point.upper!]));
  const lower = known.map((point) => coord([place.get(point.start)!, point.lower!])).reverse();
  return [{ type: 'polygon', points: [...upper, ...lower], style: { fill: themed('current'), fillOpacity: 0.16 } }];
}

function level(value: number | undefined, count: number, coord: ToPixels, style: Shape['style']): Shape[] {
  if (value === undefined) return [];
  const [x1, y] = coord([-0.5, value]);
  const [x2] = coord([count - 0.5, value]);
  return [{ type: 'line', x1, y1: y, x2, y2: y, style }];
}

function course(
  series: readonly MetricPoint[],
  place: ReadonlyMap<string, number>,
  coord: ToPixels,
  style: Shape['style'],
  dots: boolean,
): Shape[] {
  const points = series.map(({ start, value }) => coord([place.get(start)!, value]));
  const shapes: Shape[] =
    points.length > 1 ? [{ type: 'polyline', points, style: { fill: 'none', lineJoin: 'round', ...style } }] : [];
  if (!dots || points.length > 80) return shapes;
  const fill = style.stroke ?? themed('current');
  return [...shapes, ...points.map(([x, y]): Shape => ({ type: 'circle', x, y, r: 2.2, style: { fill } }))];
}

function sinceMark(
  since: Since | undefined,
  starts: readonly string[],
  coord: ToPixels,
  most: number,
  bucket: 'hour' | 'day',
): Shape[] {
  if (since === undefined) return [];
  const length = bucket === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  const index = Math.max(
    0,
    starts.findIndex((start) => Date.parse(start) + length > Date.parse(since.hour)),
  );
  const [x, top] = coord([index - 0.5, most]);
  const [, bottom] = coord([index, most]);
  const style = { stroke: themed('drifting'), lineWidth: 1.5 };
  const label = since.orEarlier ? '◂ since earlier' : `since ${timeText(since.hour)}`;
  const right = index > starts.length / 2;
  return [
    { type: 'line', x1: x, y1: top, x2: x, y2: Math.max(bottom, 204), style },
    {
      type: 'text',
      text: label,
      x: x + (right ? -5 : 5),
      y: 12,
      anchor: right ? 'end' : 'start',
      style: { fill: themed('drifting') },
    },
  ];
}
