import { wordsOf } from '../bias-metric-words.js';
import { biasNumberText, biasValueText } from '../bias-number-text.js';
import { allowedOf, biasState } from '../bias-states.js';
import type { BiasMetricReport, BiasValue } from '../model-bias-report.js';
import { themed } from '../theme.js';
import { fitText, type Shape, type ShapeStyle, textWidth } from './chart-parts.js';
import { axisNumber } from './distribution-chart.js';

/** A metric's row, ready to be drawn. */
export interface DotRow {
  readonly metric: BiasMetricReport;
  /** From a value to pixels. */
  readonly x: (value: number) => number;
  readonly y: number;
  readonly ends: readonly [number, number];
  readonly width: number;
  readonly wide: boolean;
}

const colours = { violated: 'violated', drifting: 'drifting', ok: 'current', 'not-compared': 'muted' } as const;

/** Range, baseline, interval and value. */
export function rowShapes(row: DotRow): Shape[] {
  const { metric, x, y, ends } = row;
  const { current, baseline } = metric;
  const allowed = allowedOf(metric);
  const inside = (value: number): number => Math.min(ends[1], Math.max(ends[0], x(value)));
  const colour = themed(colours[biasState(metric)]);
  const band: Shape[] = [];
  if (allowed !== undefined) {
    const from = allowed.lower === undefined ? ends[0] : inside(allowed.lower);
    const to = allowed.upper === undefined ? ends[1] : inside(allowed.upper);
    // An allowed range of no width is still a place to be.
    band.push({
      type: 'rect',
      x: Math.min(from, to - 1),
      y: y - 8,
      width: Math.max(2, to - from),
      height: 16,
      r: 2,
      style: { fill: themed('ok'), fillOpacity: 0.2 },
    });
  }
  return [
    { type: 'line', x1: ends[0], y1: y, x2: ends[1], y2: y, style: { stroke: themed('grid') } },
    ...band,
    ...diamond(baseline, inside, y),
    ...whisker(current, inside, ends, y, { stroke: colour, lineWidth: 2 }),
    ...dot(current, inside, ends, y, colour, metric.status === 'too-few'),
  ];
}

function diamond(value: BiasValue | undefined, x: (value: number) => number, y: number): Shape[] {
  if (value?.value === undefined) return [];
  const at = x(value.value);
  return [
    {
      type: 'polygon',
      points: [
        [at - 6, y],
        [at, y - 6],
        [at + 6, y],
        [at, y + 6],
      ],
      style: { fill: themed('background'), stroke: themed('muted'), lineWidth: 1.75 },
    },
  ];
}

function whisker(
  value: BiasValue | undefined,
  x: (value: number) => number,
  [left, right]: DotRow['ends'],
  y: number,
  style: ShapeStyle,
): Shape[] {
  if (value?.method === undefined) return [];
  const [from, to] = [
    value.lower === undefined ? left : x(value.lower),
    value.upper === undefined ? right : x(value.upper),
  ];
  return [{ type: 'line', x1: from, y1: y, x2: to, y2: y, style }];
}

/** A dot; an arrow at the edge for what is infinite. */
function dot(
  value: BiasValue | undefined,
  x: (value: number) => number,
  [left, right]: DotRow['ends'],
  y: number,
  colour: string,
  hollow: boolean,
): Shape[] {
  if (value?.value !== undefined) {
    const style = hollow ? { fill: themed('background'), stroke: colour, lineWidth: 2 } : { fill: colour };
    return [{ type: 'circle', x: x(value.value), y, r: hollow ? 4 : 4.8, style }];
  }
  if (value?.infinite === undefined) return [];
  const [tip, base] = value.infinite === 'positive' ? [right, right - 10] : [left, left + 10];
  return [
    {
      type: 'polygon',
      points: [
        [tip, y],
        [base, y - 6],
        [base, y + 6],
      ],
      style: { fill: colour },
    },
  ];
}

/** Name and words at the left, the value at the right; on narrow screens both above the row. */
export function nameShapes({ metric, y, width, wide }: DotRow): Shape[] {
  const { name, title, current, status } = metric;
  const line = wide ? y : y - 18;
  const value = biasValueText(current) ?? (current?.error === undefined ? '–' : 'no value');
  const interval = wide && current?.value !== undefined ? intervalText(current) : '';
  const text = `${fitText(name, 60)}  `;
  const room = (wide ? 244 : width - 110) - textWidth(text);
  const colour = themed(status === 'violated' ? 'violated' : 'text');
  const end = width - (wide ? 184 : 0);
  const after = end + Math.max(54, textWidth(value) + 8);
  return [
    { type: 'text', text, x: 0, y: line, anchor: 'start', style: { fill: colour } },
    {
      type: 'text',
      text: fitText(wordsOf(name, title).compared, room),
      x: textWidth(text) + 4,
      y: line,
      anchor: 'start',
      style: { fill: themed('muted') },
    },
    {
      type: 'text',
      text: value,
      x: wide ? end : width - 2,
      y: line,
      anchor: wide ? 'start' : 'end',
      style: { fill: colour },
    },
    ...(interval === ''
      ? []
      : [
          {
            type: 'text' as const,
            text: fitText(interval, width - after),
            x: after,
            y: line,
            anchor: 'start' as const,
            style: { fill: themed('muted') },
          },
        ]),
  ];
}

function intervalText({ lower, upper, method }: BiasValue): string {
  if (method === undefined) return '';
  const text = (bound: number | undefined): string => (bound === undefined ? '∞' : biasNumberText(bound));
  return `${lower === undefined ? '-' : ''}${text(lower)} to ${text(upper)}`;
}

/** What a row of its own scale reaches, at its two ends. */
export function endShapes({ metric: { fair }, y, ends }: DotRow, scale: number): Shape[] {
  const style = { fill: themed('muted') };
  const text = (value: number): string => axisNumber(Number(value.toPrecision(3)));
  return [
    { type: 'text', text: text(fair - scale), x: ends[0], y: y + 12, anchor: 'start', style },
    { type: 'text', text: text(fair + scale), x: ends[1], y: y + 12, anchor: 'end', style },
  ];
}
