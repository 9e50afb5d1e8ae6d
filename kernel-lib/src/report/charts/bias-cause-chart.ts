import { biasChangeText } from '../bias-number-text.js';
import type { BiasCause } from '../model-bias-report.js';
import { themed } from '../theme.js';
import { categoryAxis, fitText, type Shape, valueAxis } from './chart-parts.js';
import type { Chart } from './chart-renderer.js';

const ROW = 24;
const HEAD = 26;

/** A part of a change, in words and as a number. */
export interface CausePart {
  readonly name: string;
  readonly value: number;
}

/** The parts of a change in two groups: by side, and by what moved. */
export function causeParts(
  cause: BiasCause,
  group: string,
  others: string,
): readonly { readonly head: string; readonly parts: readonly CausePart[] }[] {
  const { sides, parts } = cause;
  const sizes = [...Object.values(sides), ...Object.values(parts)].map(Math.abs);
  // What is left of a part by rounding is none.
  const least = Math.max(...sizes) * 1e-9;
  const part = (name: string, value: number): CausePart => ({ name, value: Math.abs(value) < least ? 0 : value });
  return [
    {
      head: 'Which side moved',
      parts: [part(group, sides.disadvantaged), part(others, sides.advantaged)],
    },
    {
      head: 'What moved',
      parts: [
        part('sizes of both sides', parts.population),
        part('predictions', parts.predictions),
        part('labels by prediction', parts.labels),
      ],
    },
  ];
}

/** Parts of a metric's change as bars around 0, each with its number. */
export function biasCauseChart(cause: BiasCause, group: string, others: string, width: number): Chart {
  const groups = causeParts(cause, group, others);
  const all = groups.flatMap(({ parts }) => parts);
  const height = all.length * ROW + groups.length * HEAD + 8;
  const values = all.map(({ value }) => value);
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  // Room for the numbers beside the bars.
  const room = (most - least || 1) * 0.32;
  const [min, max] = [least < 0 ? least - room : least - room * 0.1, most + room];
  const names = Math.min(196, width * 0.42);
  const largest = [...all].sort((a, b) => Math.abs(b.value) - Math.abs(a.value))[0]!;
  return {
    width,
    height,
    title: 'What the change is made of',
    description: `Most of it is ${fitText(largest.name, 200)}: ${biasChangeText(largest.value)}.`,
    grid: { left: names, right: 8, top: 4, bottom: 4 },
    xAxis: valueAxis('', 0, { min, max, ticks: [], hidden: true }),
    yAxis: categoryAxis('', 0, [], { hidden: true }),
    shapes: (coord) => {
      const [zero] = coord([0, 0]);
      let top = 4;
      const shapes: Shape[] = [];
      for (const { head, parts } of groups) {
        shapes.push({ type: 'text', text: head, x: 0, y: top + 16, anchor: 'start', style: { fill: themed('muted') } });
        top += HEAD;
        for (const part of parts) {
          shapes.push(...barShapes(part, zero, coord([part.value, 0])[0], top + ROW / 2, names));
          top += ROW;
        }
      }
      return [
        ...shapes,
        { type: 'line', x1: zero, y1: 4, x2: zero, y2: height - 4, style: { stroke: themed('axis') } },
      ];
    },
  };
}

function barShapes({ name, value }: CausePart, zero: number, at: number, y: number, names: number): Shape[] {
  const right = value >= 0;
  return [
    { type: 'text', text: fitText(name, names - 14), x: 8, y, anchor: 'start', style: { fill: themed('text') } },
    {
      type: 'rect',
      x: Math.min(zero, at),
      y: y - 7,
      width: Math.max(1, Math.abs(at - zero)),
      height: 14,
      r: 2,
      style: { fill: themed('current'), fillOpacity: 0.85 },
    },
    {
      type: 'text',
      text: biasChangeText(value),
      x: at + (right ? 6 : -6),
      y,
      anchor: right ? 'start' : 'end',
      style: { fill: themed('text') },
    },
  ];
}
