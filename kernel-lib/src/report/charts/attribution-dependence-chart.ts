import { attributionText } from '../attribution-words.js';
import type { DependenceBin, FeatureAttributionReport } from '../model-explainability-report.js';
import type { Estimated } from '../model-quality-report.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';
import { valueRange } from './value-range.js';

const width = 460;
const left = 62;
const right = 16;

/** The mean attribution of rows by the feature's value, with 95 % intervals; undefined where it is not known. */
export function dependenceChart({ feature, dependence }: FeatureAttributionReport, unit: string): Chart | undefined {
  const bins = dependence?.filter(({ mean }) => mean.baseline ?? mean.current) ?? [];
  if (bins.length === 0) return undefined;
  const points = bins.flatMap(({ mean }) => [mean.baseline, mean.current].filter((point) => point !== undefined));
  const range = valueRange(points, [0]);
  const every = Math.max(1, Math.ceil(bins.length / 8));
  const room = ((width - left - right) * every) / bins.length - 6;
  return {
    width,
    height: 250,
    title: `${fitText(feature, 300)}: attribution by value`,
    description: bins.map((bin) => `${fitText(bin.title, 200)}: ${meansText(bin)}`).join('; '),
    grid: { left, right, top: 10, bottom: 46 },
    xAxis: categoryAxis(
      'value',
      28,
      bins.map(({ title, lower }, index) =>
        index % every === 0 ? fitText(lower === undefined ? title : axisNumber(lower), Math.max(54, room)) : undefined,
      ),
    ),
    yAxis: valueAxis(`mean attribution (${unit})`, 48, {
      ...range,
      gridLines: true,
      format: (value) => axisNumber(value, range.ticks),
    }),
    shapes: (coord) => {
      const inside = ([x, y]: readonly [number, number]): [number, number] =>
        coord([x, Math.min(range.max, Math.max(range.min, y))]);
      const [x1, zero] = inside([-0.5, 0]);
      const [x2] = inside([bins.length - 0.5, 0]);
      return [
        { type: 'line', x1, y1: zero, x2, y2: zero, style: { stroke: themed('muted'), lineWidth: 1 } },
        ...bins.flatMap(({ mean }, index) => [
          ...pointShapes(mean.baseline, index - 0.14, 'baseline', inside),
          ...pointShapes(mean.current, index + 0.14, 'current', inside),
        ]),
      ];
    },
  };
}

function pointShapes(
  point: Estimated | undefined,
  at: number,
  colour: 'baseline' | 'current',
  coord: (p: readonly [number, number]) => [number, number],
): Shape[] {
  if (point === undefined) return [];
  const [x, y] = coord([at, point.value]);
  const dot: Shape = { type: 'circle', x, y, r: 3, style: { fill: themed(colour) } };
  if (point.lower === undefined || point.upper === undefined) return [dot];
  const [, low] = coord([at, point.lower]);
  const [, high] = coord([at, point.upper]);
  return [{ type: 'line', x1: x, y1: low, x2: x, y2: high, style: { stroke: themed(colour), lineWidth: 1.5 } }, dot];
}

function meansText({ mean }: DependenceBin): string {
  const text = (point: Estimated | undefined): string => (point === undefined ? 'none' : attributionText(point.value));
  return `${text(mean.baseline)} to ${text(mean.current)}`;
}
