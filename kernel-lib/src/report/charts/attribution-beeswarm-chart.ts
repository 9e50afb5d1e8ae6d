import type { AttributionDistribution, FeatureAttributionReport } from '../model-explainability-report.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, ticksBetween, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';

const ROW = 48;
/** Of all rows so many are beyond the ends of the axis at most, on each side: rare giants would flatten the rest. */
const CUT = 0.002;

/**
 * How attributions spread: for each feature the rows of the baseline above, those of the window below, as high as they are
 * many, coloured by whether the feature's value is low or high.
 */
export function beeswarmChart(features: readonly FeatureAttributionReport[], unit: string, width: number): Chart {
  const names = width > 500 ? 150 : 96;
  const known = features.filter(({ distribution }) => distribution !== undefined);
  const [min, max] = rangeOf(known.map(({ distribution }) => distribution!));
  const ticks = ticksBetween(min, max, width > 500 ? 7 : 4);
  return {
    width,
    height: 46 + known.length * ROW,
    title: 'How attributions spread over the rows, baseline and current',
    description: `For each of ${known.length} features, how many rows have which attribution, from ${axisNumber(min, ticks)} to ${axisNumber(max, ticks)}.`,
    grid: { left: names + 12, right: 14, top: 4, bottom: 42 },
    xAxis: valueAxis(`attribution (${unit})`, 28, {
      min,
      max,
      ticks,
      gridLines: true,
      format: (value) => axisNumber(value, ticks),
    }),
    yAxis: categoryAxis(
      '',
      0,
      known.map(({ feature }) => fitText(feature, names)),
      { downwards: true, labelColour: themed('text') },
    ),
    shapes: (coord) => {
      const [zero, top] = coord([0, -0.5]);
      const [, foot] = coord([0, known.length - 0.5]);
      const inside = 0 >= min && 0 <= max;
      return [
        ...(inside
          ? [{ type: 'line', x1: zero, y1: top, x2: zero, y2: foot, style: { stroke: themed('muted') } } as const]
          : []),
        ...known.flatMap(({ distribution }, index) => swarm(distribution!, index, [min, max], coord)),
      ];
    },
  };
}

function swarm(
  { edges, baseline, current, baselineLevel, currentLevel }: AttributionDistribution,
  index: number,
  [min, max]: readonly [number, number],
  coord: (point: readonly [number, number]) => [number, number],
): Shape[] {
  const [, y] = coord([min, index]);
  const half = (
    counts: readonly number[] | undefined,
    levels: readonly (number | null)[] | undefined,
    middle: number,
  ): Shape[] => {
    const most = Math.max(1, ...(counts ?? []));
    return (counts ?? []).flatMap((count, bin): Shape[] => {
      const [from, to] = [Math.max(min, edges[bin]!), Math.min(max, edges[bin + 1]!)];
      if (count === 0 || from >= to) return [];
      const [x0] = coord([from, index]);
      const [x1] = coord([to, index]);
      // The root keeps rare attributions visible beside frequent ones.
      const height = Math.max(1.5, 18 * Math.sqrt(count / most));
      const style = { fill: levelColour(levels?.[bin]) };
      return [
        { type: 'rect', x: x0, y: middle - height / 2, width: Math.max(1, x1 - x0 - 0.4), height, r: 0.8, style },
      ];
    });
  };
  return [
    ...half(baseline, baselineLevel, y - 11).map((shape) => ({ ...shape, style: { ...shape.style, opacity: 0.6 } })),
    ...half(current, currentLevel, y + 11),
  ];
}

/** From amber for low values to blue for high ones, which part without colour vision; grey where values have no order. */
function levelColour(level: number | null | undefined): string {
  if (level === undefined || level === null) return themed('muted');
  return `color-mix(in oklab,${themed('current')} ${Math.round(100 * level)}%,${themed('drifting')})`;
}

/** The span in which all but few rows lie. */
function rangeOf(distributions: readonly AttributionDistribution[]): [number, number] {
  const bins = distributions.flatMap(({ edges, baseline, current }) =>
    edges.slice(1).map((upper, bin) => ({
      lower: edges[bin]!,
      upper,
      rows: (baseline?.[bin] ?? 0) / sumOf(baseline) + (current?.[bin] ?? 0) / sumOf(current),
    })),
  );
  const total = bins.reduce((sum, { rows }) => sum + rows, 0);
  const end = (ordered: readonly { readonly rows: number }[]): number => {
    let beyond = 0;
    return ordered.findIndex(({ rows }) => {
      beyond += rows;
      return beyond > CUT * total;
    });
  };
  const up = [...bins].sort((a, b) => a.lower - b.lower);
  const down = [...bins].sort((a, b) => b.upper - a.upper);
  const min = up[Math.max(0, end(up))]?.lower ?? -1;
  const max = down[Math.max(0, end(down))]?.upper ?? 1;
  return min < max ? [min, max] : [min - 1, max + 1];
}

function sumOf(counts: readonly number[] | undefined): number {
  return counts?.reduce((sum, count) => sum + count, 0) || 1;
}
