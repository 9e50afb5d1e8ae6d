import type {
  CalibrationBin,
  ConfusionMatrix,
  CurvePoints,
  LiftBin,
  ModelQualityReport,
} from '../model-quality-report.js';
import { themed } from '../theme.js';
import { countText, numberText, percentText } from '../value-text.js';
import { categoryAxis, fitText, type Shape, scaleFromZero, textWidth, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';
import { timeAxis } from './hour-charts.js';

const WIDTH = 460;
const TENTHS = [0, 0.2, 0.4, 0.6, 0.8, 1];

type Sides<T> = { readonly baseline?: T; readonly current?: T };

/** Predictions by hour, those with their label filled. */
export function coverageChart(hours: ModelQualityReport['coverage']['hours'], width: number): Chart {
  const most = Math.max(...hours.map(({ predictions }) => predictions), 0);
  const labelled = hours.reduce((sum, hour) => sum + hour.labelled, 0);
  return {
    width,
    height: 170,
    title: 'Labels per hour',
    description: `${hours.length} hours; ${countText(labelled)} predictions have their label.`,
    grid: { left: 60, right: 16, top: 14, bottom: 46 },
    xAxis: timeAxis(hours, width),
    yAxis: valueAxis('predictions', 44, { ...scaleFromZero(most, 3), gridLines: true, format: (n) => countText(n) }),
    shapes: (coord) => {
      const step = coord([1, 0])[0] - coord([0, 0])[0];
      const thick = Math.max(1, Math.min(step * 0.78, 26));
      return hours.flatMap(({ predictions, labelled: known }, index) => [
        column(coord, index, 0, predictions, thick, { fill: themed('baseline'), opacity: 0.7 }),
        column(coord, index, 0, known, thick, { fill: themed('current') }),
      ]);
    },
  };
}

function column(coord: ToPixels, index: number, from: number, to: number, thick: number, style: Shape['style']): Shape {
  const [x, top] = coord([index, to]);
  const [, bottom] = coord([index, from]);
  return { type: 'rect', x: x - thick / 2, y: top, width: thick, height: bottom - top, style };
}

/** A curve of two rates, baseline under current, with a dotted reference. */
export function curveChart(
  title: string,
  [across, up]: readonly [string, string],
  curves: Sides<CurvePoints>,
  reference: 'diagonal' | number | undefined,
): Chart {
  return {
    ...square(title, across, up),
    description: `${title}: ${up} against ${across}, ${curves.baseline === undefined ? 'current only' : 'baseline and current'}.`,
    shapes: (coord) => [
      ...guide(reference, coord),
      ...line(curves.baseline, coord, { stroke: themed('baseline'), lineWidth: 2 }),
      ...line(curves.current, coord, { stroke: themed('current'), lineWidth: 2 }),
    ],
  };
}

/** Share of positives against mean probability, with intervals of current. */
export function calibrationChart(bins: Sides<readonly CalibrationBin[]>): Chart {
  const pointsOf = (of: readonly CalibrationBin[] | undefined): CurvePoints | undefined =>
    of && { x: of.map(({ predicted }) => predicted), y: of.map(({ observed }) => observed.value) };
  return {
    ...square('Calibration', 'mean predicted probability', 'share of positives'),
    description: 'Share of positives against mean predicted probability; the diagonal is perfect calibration.',
    shapes: (coord) => [
      ...guide('diagonal', coord),
      ...line(pointsOf(bins.baseline), coord, { stroke: themed('baseline'), lineWidth: 1.75 }),
      ...line(pointsOf(bins.current), coord, { stroke: themed('current'), lineWidth: 1.75 }),
      ...(bins.current ?? []).flatMap(({ predicted, observed }): Shape[] => {
        const [x, y] = coord([predicted, observed.value]);
        const [, low] = coord([predicted, observed.lower ?? observed.value]);
        const [, high] = coord([predicted, observed.upper ?? observed.value]);
        const style = { stroke: themed('current'), lineWidth: 1.25 };
        return [
          { type: 'line', x1: x, y1: low, x2: x, y2: high, style },
          { type: 'circle', x, y, r: 2.6, style: { fill: themed('current') } },
        ];
      }),
    ],
  };
}

/** Positives in each tenth of the rows, over those of all rows. */
export function liftChart(bins: Sides<readonly LiftBin[]>): Chart {
  const both = [...(bins.baseline ?? []), ...(bins.current ?? [])];
  const deciles = Array.from({ length: 10 }, (_, index) => String(index + 1));
  return {
    width: WIDTH,
    height: 250,
    title: 'Lift',
    description: `Lift of the first tenth: ${numberText(bins.current?.[0]?.lift ?? bins.baseline?.[0]?.lift ?? 0, 3)}.`,
    grid: { left: 56, right: 16, top: 14, bottom: 46 },
    xAxis: categoryAxis('tenth of the rows, highest scores first', 28, deciles),
    yAxis: valueAxis('lift', 42, { ...scaleFromZero(Math.max(1, ...both.map(({ lift }) => lift))), gridLines: true }),
    shapes: (coord) => {
      const thick = (coord([1, 0])[0] - coord([0, 0])[0]) * 0.36;
      const [x1, y] = coord([-0.5, 1]);
      const [x2] = coord([9.5, 1]);
      const bars = (of: readonly LiftBin[] | undefined, shift: number, fill: string): Shape[] =>
        (of ?? []).map(({ decile, lift }) => {
          const [x, top] = coord([decile - 1, lift]);
          const [, bottom] = coord([decile - 1, 0]);
          return { type: 'rect', x: x + shift, y: top, width: thick, height: bottom - top, style: { fill } };
        });
      return [
        ...bars(bins.baseline, -thick, themed('baseline')),
        ...bars(bins.current, 0, themed('current')),
        { type: 'line', x1, y1: y, x2, y2: y, style: { stroke: themed('muted'), lineDash: '3 3' } },
      ];
    },
  };
}

/** Counts by actual and predicted class, shaded by their share of the actual class. */
export function confusionChart(title: string, { classes, counts }: ConfusionMatrix): Chart {
  const names = classes.map((name) => fitText(name, 90));
  const room = Math.max(30, ...names.map(textWidth)) + 30;
  const cell = Math.max(34, Math.min(84, 300 / classes.length));
  const width = Math.max(220, room + 16 + classes.length * Math.max(cell, 84));
  return {
    width,
    height: 62 + classes.length * Math.min(cell, 64),
    title,
    description: `Rows by actual and predicted class, ${classes.length} classes.`,
    grid: { left: room, right: 16, top: 8, bottom: 46 },
    xAxis: categoryAxis('predicted', 28, names),
    yAxis: categoryAxis('actual', room - 14, names, { downwards: true }),
    shapes: (coord) =>
      counts.flatMap((row, actual) => {
        const total = row.reduce((sum, count) => sum + count, 0);
        return row.flatMap((count, predicted) =>
          matrixCell(coord, actual, predicted, count, total === 0 ? 0 : count / total),
        );
      }),
  };
}

function matrixCell(coord: ToPixels, actual: number, predicted: number, count: number, share: number): Shape[] {
  const [left, top] = coord([predicted - 0.5, actual - 0.5]);
  const [right, bottom] = coord([predicted + 0.5, actual + 0.5]);
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const ink = { fill: themed(share > 0.55 ? 'background' : 'text') };
  const text = (words: string, at: number): Shape => ({
    type: 'text',
    text: words,
    x,
    y: at,
    anchor: 'middle',
    style: ink,
  });
  const tall = Math.abs(bottom - top) > 36;
  return [
    {
      type: 'rect',
      x: Math.min(left, right) + 1,
      y: Math.min(top, bottom) + 1,
      width: Math.abs(right - left) - 2,
      height: Math.abs(bottom - top) - 2,
      r: 2,
      style: { fill: themed('current'), fillOpacity: 0.06 + 0.9 * share },
    },
    ...(tall ? [text(countText(count), y - 8), text(percentText(share), y + 8)] : [text(countText(count), y)]),
  ];
}

function square(title: string, across: string, up: string): Omit<Chart, 'description' | 'shapes'> {
  const axis = { min: 0, max: 1, ticks: TENTHS, gridLines: true, format: (value: number) => numberText(value, 2) };
  return {
    width: WIDTH,
    height: 290,
    title,
    grid: { left: 56, right: 16, top: 14, bottom: 46 },
    xAxis: valueAxis(across, 28, axis),
    yAxis: valueAxis(up, 42, axis),
  };
}

function guide(reference: 'diagonal' | number | undefined, coord: ToPixels): Shape[] {
  if (reference === undefined) return [];
  const [from, to] = reference === 'diagonal' ? [0, 1] : [reference, reference];
  const [x1, y1] = coord([0, from]);
  const [x2, y2] = coord([1, to]);
  return [{ type: 'line', x1, y1, x2, y2, style: { stroke: themed('muted'), lineWidth: 1, lineDash: '2 3' } }];
}

function line(points: CurvePoints | undefined, coord: ToPixels, style: Shape['style']): Shape[] {
  if (points === undefined || points.x.length < 2) return [];
  const pixels = points.x.map((x, index) => coord([x, points.y[index]!]));
  return [{ type: 'polyline', points: pixels, style: { fill: 'none', lineJoin: 'round', ...style } }];
}
