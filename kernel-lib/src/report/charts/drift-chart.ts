import { featureState } from '../check-words.js';
import type { FeatureReport } from '../report.js';
import { themed } from '../theme.js';
import { distanceText } from '../value-text.js';
import { categoryAxis, fitText, type Shape, scaleFromZero, textWidth, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';

/**
 * The compared distance of each feature as bars with their thresholds; whiskers reach down to the lower 95 % bound.
 *
 * @param features - with `drift`, in the order to draw them.
 */
export function driftChart(features: readonly FeatureReport[], width: number): Chart {
  const most = width * 0.32;
  const names = features.map(({ name }) => fitText(name, most));
  const room = Math.max(...names.map(textWidth), 40) + 16;
  const drifts = features.map(({ drift }) => drift!);
  const top = Math.max(...drifts.map(({ distance, threshold }) => Math.max(distance, threshold)), 1e-6);
  const beyond = drifts.filter(({ distance, threshold }) => distance > threshold).length;
  const row = 24;
  return {
    width,
    height: 74 + features.length * row,
    title: 'Drift by feature',
    description: `${beyond} of ${features.length} features are beyond their threshold. The furthest is ${fitText(features[0]?.name ?? '', 300)} with a distance of ${distanceText(drifts[0]?.distance ?? 0)}.`,
    grid: { left: room, right: 52, top: 24, bottom: 46 },
    xAxis: valueAxis('distance between baseline and current (no unit)', 28, {
      ...scaleFromZero(top, width < 500 ? 3 : 6),
      gridLines: true,
    }),
    yAxis: categoryAxis('', 0, names, { downwards: true, labelColour: themed('text') }),
    shapes: (coord) => [
      ...features.flatMap((feature, index) => bar(feature, index, row, coord)),
      ...thresholdLabel(drifts, coord),
    ],
  };
}

function bar(feature: FeatureReport, index: number, row: number, coord: ToPixels): Shape[] {
  const { distance, lowerBound, threshold } = feature.drift!;
  const [x0, y] = coord([0, index]);
  const [x1] = coord([distance, index]);
  const [lower] = coord([Math.min(lowerBound, distance), index]);
  const [limit] = coord([threshold, index]);
  const beyond = distance > threshold;
  const fill = !beyond ? 'baseline' : featureState(feature) === 'violated' ? 'violated' : 'drifting';
  const line = (x1: number, y1: number, x2: number, y2: number, style: Shape['style']): Shape => ({
    type: 'line',
    x1,
    y1,
    x2,
    y2,
    style,
  });
  const ink = { stroke: themed('text'), lineWidth: 1.25 };
  const dashed = { stroke: themed('threshold'), lineWidth: 1.5, lineDash: '4 3' };
  return [
    {
      type: 'rect',
      x: x0,
      y: y - 7,
      width: Math.max(1, x1 - x0),
      height: 14,
      r: 1.5,
      style: { fill: themed(fill) },
    },
    line(lower, y, x1, y, ink),
    line(lower, y - 3.5, lower, y + 3.5, ink),
    line(limit, y - row / 2, limit, y + row / 2, dashed),
    {
      type: 'text',
      text: distanceText(distance),
      x: Math.max(x1, Math.abs(limit - x1) < 42 && limit >= x1 ? limit : x1) + 6,
      y,
      anchor: 'start',
      style: { fill: themed(beyond ? fill : 'muted') },
    },
  ];
}

/** Names the threshold line where all features share one. */
function thresholdLabel(drifts: readonly { readonly threshold: number }[], coord: ToPixels): Shape[] {
  const [first] = drifts;
  if (first === undefined || drifts.some(({ threshold }) => threshold !== first.threshold)) return [];
  const [x, y] = coord([first.threshold, 0]);
  return [
    {
      type: 'text',
      text: `threshold ${first.threshold}`,
      x: Math.max(x, 60),
      y: y - 22,
      anchor: 'middle',
      style: { fill: themed('threshold') },
    },
  ];
}
