import { biasNumberText, biasRangeText } from '../bias-number-text.js';
import { allowedOf } from '../bias-states.js';
import type { BiasMetricReport, BiasRange } from '../model-bias-report.js';
import type { Since } from '../report.js';
import { themed } from '../theme.js';
import { timeText } from '../value-text.js';
import { fitText, type Shape, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { band, bucketRuns, course, level, sinceShapes } from './metric-chart.js';
import { bucketAxis, timeBuckets } from './time-buckets.js';
import { valueRange } from './value-range.js';

const width = 460;
const height = 250;

/**
 * A bias metric over time: values with their 95 % intervals, the range in which they may lie as a band, the fair value and
 * the baseline's as lines, and since when it is violated.
 *
 * @returns undefined for fewer than two buckets.
 */
export function biasCourseChart(
  metric: BiasMetricReport,
  bucket: 'hour' | 'day',
  since: Since | undefined,
): Chart | undefined {
  const { series, baseline, fair, name } = metric;
  const allowed = allowedOf(metric);
  const starts = timeBuckets(
    series.map(({ start }) => start),
    bucket,
  );
  if (starts.length < 2) return undefined;
  const levels = [fair, baseline?.value, allowed?.lower, allowed?.upper].filter((value) => value !== undefined);
  const range = valueRange(
    series,
    nearLevels(
      levels,
      series.map(({ value }) => value),
      fair,
    ),
  );
  return {
    width,
    height,
    title: `${fitText(metric.title, 400)} by ${bucket}`,
    description: describe(metric, bucket, since),
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis: bucketAxis(starts, bucket, width),
    yAxis: valueAxis(fitText(name, 160), 42, {
      ...range,
      gridLines: true,
      format: (value) => axisNumber(value, range.ticks),
    }),
    shapes: (coord) => {
      const inside: ToPixels = ([x, y]) => coord([x, Math.min(range.max, Math.max(range.min, y))]);
      const colour = themed(metric.status === 'violated' ? 'violated' : 'current');
      const runs = bucketRuns(series, starts);
      return [
        ...allowedShapes(allowed, starts.length, [range.min, range.max], inside),
        ...(within(fair, range) ? level(fair, starts.length, coord, { stroke: themed('muted') }) : []),
        ...(within(baseline?.value, range)
          ? level(baseline?.value, starts.length, coord, { stroke: themed('baseline'), lineWidth: 2 })
          : []),
        ...band(runs, inside, { fill: colour, opacity: 0.16 }),
        ...course(runs, inside, colour, undefined, starts.length <= 48),
        ...sinceShapes(since, starts, bucket, coord),
      ];
    },
  };
}

function within(value: number | undefined, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value !== undefined && value >= min && value <= max;
}

/** The levels that are not so far away that they would flatten the course; the fair value stays. */
function nearLevels(levels: readonly number[], values: readonly number[], fair: number): number[] {
  const most = 4 * Math.max(...values.map((value) => Math.abs(value - fair)));
  return levels.filter((value) => Math.abs(value - fair) <= most);
}

function allowedShapes(
  allowed: BiasRange | undefined,
  buckets: number,
  [min, max]: readonly [number, number],
  inside: ToPixels,
): Shape[] {
  if (allowed === undefined) return [];
  const [x, top] = inside([-0.5, allowed.upper ?? max]);
  const [end, bottom] = inside([buckets - 0.5, allowed.lower ?? min]);
  return [
    {
      type: 'rect',
      x,
      y: top,
      width: end - x,
      height: Math.max(1.5, bottom - top),
      style: { fill: themed('ok'), fillOpacity: 0.15 },
    },
  ];
}

function describe(metric: BiasMetricReport, bucket: 'hour' | 'day', since: Since | undefined): string {
  const { title, series, baseline } = metric;
  const values = series.map(({ value }) => value);
  const range = biasRangeText(allowedOf(metric));
  return [
    `${fitText(title, 300)} in ${values.length} ${bucket}s, from ${biasNumberText(Math.min(...values))} to ${biasNumberText(Math.max(...values))}.`,
    baseline?.value !== undefined && `${biasNumberText(baseline.value)} in the baseline.`,
    range !== undefined && `Allowed: ${range}.`,
    since && `Violated since ${timeText(since.hour)}${since.orEarlier ? ' or earlier' : ''}.`,
  ]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
