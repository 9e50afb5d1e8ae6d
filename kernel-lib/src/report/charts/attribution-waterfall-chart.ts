import { attributionText, signedText } from '../attribution-words.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, textWidth, ticksBetween, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';

/** One step of a waterfall. */
export interface WaterfallStep {
  /** "hours-per-week". */
  readonly title: string;
  /** The feature's value, kept in sight where the name is cut: "2400". */
  readonly of?: string;
  readonly value: number;
  /** Ends of the value's 95 % interval. */
  readonly lower?: number;
  readonly upper?: number;
}

/** From where to where, and by what steps. */
export interface Waterfall {
  readonly title: string;
  readonly from: { readonly title: string; readonly value: number };
  readonly to: { readonly title: string; readonly value: number };
  readonly steps: readonly WaterfallStep[];
  /** What the numbers are in. */
  readonly unit: string;
}

const ROW = 24;

/** Steps from one value to another, one row each, each beginning where the one before ends. */
export function waterfallChart({ title, from, to, steps, unit }: Waterfall, width: number): Chart {
  const names = width > 500 ? 210 : 160;
  const ends: number[] = [from.value];
  for (const { value } of steps) ends.push(ends.at(-1)! + value);
  const all = [...ends, to.value];
  const span = Math.max(...all) - Math.min(...all) || Math.abs(from.value) || 1;
  const [min, max] = [Math.min(...all) - span * 0.08, Math.max(...all) + span * 0.08];
  const ticks = ticksBetween(min, max, width > 500 ? 6 : 4);
  const rows = [fitText(from.title, names), ...steps.map((step) => stepTitle(step, names)), fitText(to.title, names)];
  return {
    width,
    height: 46 + rows.length * ROW,
    title,
    description: `${fitText(from.title, 300)} ${attributionText(from.value)}; ${steps.map((step) => `${stepTitle(step, 300)} ${signedText(step.value)}`).join('; ')}; ${fitText(to.title, 300)} ${attributionText(to.value)}.`,
    grid: { left: names + 10, right: 60, top: 4, bottom: 42 },
    xAxis: valueAxis(unit, 28, { min, max, ticks, gridLines: true, format: (value) => axisNumber(value, ticks) }),
    yAxis: categoryAxis('', 0, rows, { downwards: true, labelColour: themed('text') }),
    shapes: (coord) => [
      ...endShapes(from.value, 0, coord),
      ...steps.flatMap((step, index) => stepShapes(step, ends[index]!, index + 1, coord)),
      ...endShapes(to.value, rows.length - 1, coord),
    ],
  };
}

/** "hours-per-week = 2400"; the value takes more than half of the width only where the name leaves it. */
function stepTitle({ title, of }: WaterfallStep, width: number): string {
  if (of === undefined) return fitText(title, width);
  const name = fitText(title, Math.max(width / 2, width - textWidth(` = ${of}`)));
  return `${name} = ${fitText(of, width - textWidth(`${name} = `))}`;
}

function endShapes(value: number, row: number, coord: (p: readonly [number, number]) => [number, number]): Shape[] {
  const [x, y] = coord([value, row]);
  return [
    { type: 'circle', x, y, r: 4.5, style: { fill: themed('text') } },
    label(attributionText(value), x + 9, y, 'text'),
  ];
}

function stepShapes(
  { value, lower, upper }: WaterfallStep,
  start: number,
  row: number,
  coord: (p: readonly [number, number]) => [number, number],
): Shape[] {
  const [x0, y] = coord([start, row]);
  const [x1] = coord([start + value, row]);
  const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
  const colour = themed(value >= 0 ? 'current' : 'drifting');
  const [, above] = coord([start, row - 1]);
  const shapes: Shape[] = [
    { type: 'line', x1: x0, y1: above + 7, x2: x0, y2: y - 7, style: { stroke: themed('axis'), lineWidth: 1 } },
    { type: 'rect', x: left, y: y - 7, width: Math.max(1, right - left), height: 14, style: { fill: colour } },
  ];
  let end = right;
  if (lower !== undefined && upper !== undefined) {
    const [from] = coord([start + lower, row]);
    const [to] = coord([start + upper, row]);
    shapes.push({ type: 'line', x1: from, y1: y, x2: to, y2: y, style: { stroke: themed('text'), lineWidth: 1 } });
    end = Math.max(end, to);
  }
  shapes.push(label(signedText(value), end + 6, y, 'muted'));
  return shapes;
}

function label(text: string, x: number, y: number, colour: 'text' | 'muted'): Shape {
  return { type: 'text', text, x, y, anchor: 'start', style: { fill: themed(colour) } };
}
