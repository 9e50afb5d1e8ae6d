import type { CurvePoints, Pair } from '../model-quality-report.js';
import { themed } from '../theme.js';
import { percentText } from '../value-text.js';
import { type Shape, type ShapeStyle, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';

const size = { width: 460, height: 400 } as const;
const grid = { left: 56, right: 16, top: 14, bottom: 46 } as const;
const fifths = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** An axis of shares from 0 to 1. */
export function shareAxis(name: string, gap: number): ReturnType<typeof valueAxis> {
  return valueAxis(name, gap, { min: 0, max: 1, ticks: fifths, gridLines: true, format: (value) => value.toFixed(1) });
}

/** The ROC curves of baseline and current, and the diagonal of a model that knows nothing. */
export function rocChart(pair: Pair<CurvePoints>): Chart {
  const { baseline, current } = pair;
  const at = (curve: CurvePoints | undefined): string =>
    curve === undefined ? 'is missing' : `finds ${percentText(rocAt(curve, 0.1))} of the positives`;
  return {
    ...size,
    grid,
    title: 'ROC curve: baseline and current',
    description: `At a false positive rate of 0.1 the baseline ${at(baseline)}, current ${at(current)}.`,
    xAxis: shareAxis('false positive rate (share of negatives)', 28),
    yAxis: shareAxis('true positive rate (share of positives)', 36),
    shapes: (coord) => [diagonal(coord), ...curves(pair, coord)],
  };
}

/** Precision against recall, baseline and current, and the precision of chance: the share of positives in current. */
export function precisionRecallChart(pair: Pair<CurvePoints>, positives: number | undefined): Chart {
  const { baseline, current } = pair;
  const at = (curve: CurvePoints | undefined): string =>
    curve === undefined ? 'missing' : (precisionAt(curve, 0.5)?.toFixed(3) ?? 'unknown');
  return {
    ...size,
    grid,
    title: 'Precision and recall: baseline and current',
    description: `At a recall of 0.5 the precision of the baseline is ${at(baseline)}, of current ${at(current)}.`,
    xAxis: shareAxis('recall (share of positives found)', 28),
    yAxis: shareAxis('precision (share of finds that are right)', 36),
    shapes: (coord) => [
      ...(positives === undefined ? [] : [chance(coord([0, positives]), coord([1, positives]))]),
      ...curves(pair, coord),
    ],
  };
}

/** True positive rate of a ROC curve at a false positive rate: between two points on the line that joins them. */
export function rocAt({ x, y }: CurvePoints, rate: number): number {
  let after = x.findIndex((each) => each > rate);
  if (after < 0) return y.at(-1) ?? 0;
  after = Math.max(1, after);
  const [from, to] = [x[after - 1]!, x[after]!];
  const share = to > from ? (rate - from) / (to - from) : 0;
  return y[after - 1]! + share * (y[after]! - y[after - 1]!);
}

/** Precision at the first point that has this recall; undefined beyond the curve. */
export function precisionAt({ x, y }: CurvePoints, recall: number): number | undefined {
  return y[x.findIndex((each) => each >= recall - 1e-12)];
}

/** The line of what chance would give. */
export function diagonal(coord: ToPixels): Shape {
  return chance(coord([0, 0]), coord([1, 1]));
}

function chance([x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): Shape {
  return { type: 'line', x1, y1, x2, y2, style: { stroke: themed('muted'), lineWidth: 1, lineDash: '2 3' } };
}

function curves({ baseline, current }: Pair<CurvePoints>, coord: ToPixels): Shape[] {
  const curve = (points: CurvePoints | undefined, style: ShapeStyle): Shape[] =>
    points === undefined
      ? []
      : [
          {
            type: 'polyline',
            points: points.x.map((x, index) => coord([x, points.y[index]!])),
            style: { fill: 'none', lineJoin: 'round', ...style },
          },
        ];
  return [
    ...curve(baseline, { stroke: themed('baseline'), lineWidth: 2.5 }),
    ...curve(current, { stroke: themed('current'), lineWidth: 1.75 }),
  ];
}
