import type { LabelCoverage } from '../../capture/summary.js';
import { themed } from '../theme.js';
import { countText } from '../value-text.js';
import { type Shape, scaleFromZero, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { bucketAxis } from './time-buckets.js';

/** Predictions of an hour or day, by whether their label is there. */
export interface CoverageBucket {
  readonly start: string;
  readonly predictions: number;
  readonly labelled: number;
}

const MOST_HOURS = 168;

/** Coverage by hour, by day where that is more than a week. */
export function coverageBuckets({ hours }: LabelCoverage): { bucket: 'hour' | 'day'; buckets: CoverageBucket[] } {
  if (hours.length <= MOST_HOURS) {
    return { bucket: 'hour', buckets: hours.map(({ hour, ...counts }) => ({ start: hour, ...counts })) };
  }
  const days = new Map<string, CoverageBucket>();
  for (const { hour, predictions, labelled } of hours) {
    const start = `${hour.slice(0, 10)}T00:00:00Z`;
    const day = days.get(start) ?? { start, predictions: 0, labelled: 0 };
    days.set(start, { start, predictions: day.predictions + predictions, labelled: day.labelled + labelled });
  }
  return { bucket: 'day', buckets: [...days.values()] };
}

/** Predictions by hour as bars: those with their label below, those without above. */
export function coverageChart(coverage: LabelCoverage, width: number): Chart {
  const { bucket, buckets } = coverageBuckets(coverage);
  const most = Math.max(...buckets.map(({ predictions }) => predictions), 0);
  const full = buckets.filter(({ predictions, labelled }) => predictions > 0 && labelled === predictions).length;
  const bare = buckets.filter(({ predictions, labelled }) => predictions > 0 && labelled === 0).length;
  return {
    width,
    height: 180,
    title: `Predictions with and without labels by ${bucket}`,
    description: `${buckets.length} ${bucket}s, at most ${countText(most)} predictions in one. In ${full} all predictions have their label, in ${bare} none has.`,
    grid: { left: 60, right: 16, top: 14, bottom: 46 },
    xAxis: bucketAxis(
      buckets.map(({ start }) => start),
      bucket,
      width,
    ),
    yAxis: valueAxis('predictions', 44, {
      ...scaleFromZero(most, 3),
      gridLines: true,
      format: (value) => axisNumber(value),
    }),
    shapes: (coord) => {
      const step = coord([1, 0])[0] - coord([0, 0])[0];
      const thick = Math.max(1, Math.min(step * 0.78, 26));
      return buckets.flatMap(({ predictions, labelled }, index): Shape[] => {
        const [x, bottom] = coord([index, 0]);
        const [[, middle], [, top]] = [coord([index, labelled]), coord([index, predictions])];
        const bar = { type: 'rect', x: x - thick / 2, width: thick } as const;
        return [
          { ...bar, y: middle, height: bottom - middle, style: { fill: themed('current'), opacity: 0.85 } },
          { ...bar, y: top, height: middle - top, style: { fill: themed('baseline'), opacity: 0.6 } },
        ].filter(({ height }) => height > 0);
      });
    },
  };
}
