import { NORMAL_95 } from '../../stats/interval.js';
import { boundsText } from '../attribution-words.js';
import type { OutputAttributionReport, RankingDrift } from '../model-explainability-report.js';
import type { MetricPoint } from '../model-quality-report.js';
import type { Since } from '../report.js';
import { themed } from '../theme.js';
import { type Shape, ticksBetween, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { band, bucketRuns, course, level, sinceShapes } from './metric-chart.js';
import { bucketAxis, timeBuckets } from './time-buckets.js';
import { valueRange } from './value-range.js';

/** nDCG with its interval on a line to 1; what is below the threshold is shaded. */
export function rankingScaleChart({ value, lower, upper, threshold }: RankingDrift, width: number): Chart {
  const least = Math.min(threshold - 0.1, (lower ?? value) - 0.03);
  const min = Math.max(0, Math.floor(least * 20) / 20);
  const violated = value < threshold;
  const interval = boundsText({ ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) }, (v) =>
    v.toFixed(3),
  );
  return {
    width,
    height: 74,
    title: 'nDCG of the ranking against its threshold',
    description: `nDCG is ${value.toFixed(3)}${interval === undefined ? '' : `, 95 % interval ${interval}`}. Below ${threshold} is drift; 1 is the baseline's ranking.`,
    grid: { left: 14, right: 22, top: 18, bottom: 26 },
    xAxis: valueAxis('', 0, {
      min,
      max: 1,
      ticks: ticksBetween(min, 1, 5),
      format: (tick) => tick.toFixed(2),
    }),
    yAxis: valueAxis('', 0, { min: 0, max: 1, ticks: [], hidden: true }),
    shapes: (coord) => {
      const x = (at: number): number => coord([Math.min(1, Math.max(min, at)), 0])[0];
      const [, middle] = coord([0, 0.5]);
      const [, top] = coord([0, 1]);
      const [, foot] = coord([0, 0]);
      const colour = themed(violated ? 'violated' : 'current');
      const shapes: Shape[] = [
        {
          type: 'rect',
          x: x(min),
          y: top,
          width: x(threshold) - x(min),
          height: foot - top,
          style: { fill: themed('violated'), opacity: 0.1 },
        },
        {
          type: 'line',
          x1: x(threshold),
          y1: top,
          x2: x(threshold),
          y2: foot,
          style: { stroke: themed('threshold'), lineWidth: 1.25, lineDash: '4 3' },
        },
        {
          type: 'text',
          text: `drift below ${threshold}`,
          x: x(threshold) - 5,
          y: top - 9,
          anchor: 'end',
          style: { fill: themed('violated') },
        },
      ];
      if (lower !== undefined && upper !== undefined) {
        const style = { stroke: colour, lineWidth: 1.75 };
        shapes.push(
          { type: 'line', x1: x(lower), y1: middle, x2: x(upper), y2: middle, style },
          { type: 'line', x1: x(lower), y1: middle - 6, x2: x(lower), y2: middle + 6, style },
          { type: 'line', x1: x(upper), y1: middle - 6, x2: x(upper), y2: middle + 6, style },
        );
      }
      shapes.push({ type: 'circle', x: x(value), y: middle, r: 5, style: { fill: colour } });
      return shapes;
    },
  };
}

/** nDCG over time with its 95 % intervals, against the threshold; undefined for fewer than two buckets. */
export function ndcgCourseChart(
  { series, ranking }: OutputAttributionReport,
  bucket: 'hour' | 'day',
  since: Since | undefined,
): Chart | undefined {
  const starts = timeBuckets(
    series.map(({ start }) => start),
    bucket,
  );
  const points = series.flatMap(({ start, rows, ndcg, ndcgError }): MetricPoint[] => {
    if (ndcg === undefined) return [];
    const half = ndcgError === undefined ? undefined : NORMAL_95 * ndcgError;
    return [
      {
        start,
        rows,
        value: ndcg,
        ...(half !== undefined && { lower: Math.max(0, ndcg - half), upper: Math.min(1, ndcg + half) }),
      },
    ];
  });
  if (starts.length < 2 || points.length === 0) return undefined;
  const width = 460;
  const range = valueRange(points, [ranking.threshold, 1], [0, 1]);
  const values = points.map(({ value }) => value);
  return {
    width,
    height: 250,
    title: `nDCG by ${bucket}`,
    description: `nDCG in ${points.length} ${bucket}s, from ${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}. Below ${ranking.threshold} is drift.`,
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis: bucketAxis(starts, bucket, width),
    yAxis: valueAxis('nDCG', 42, { ...range, gridLines: true, format: (value) => axisNumber(value, range.ticks) }),
    shapes: (coord) => [
      ...band(bucketRuns(points, starts), coord, { fill: themed('current'), opacity: 0.16 }),
      ...level(ranking.threshold, starts.length, coord, {
        stroke: themed('threshold'),
        lineWidth: 1.25,
        lineDash: '4 3',
      }),
      ...course(bucketRuns(points, starts), coord, themed('current'), undefined, starts.length <= 48),
      ...sinceShapes(since, starts, bucket, coord),
    ],
  };
}
