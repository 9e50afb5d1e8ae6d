import { scaleLinear } from 'd3-scale';
import { wordsOf } from '../bias-metric-words.js';
import { biasNumberText, biasRangeText, biasValueText } from '../bias-number-text.js';
import { allowedOf, biasState, biasStateWord } from '../bias-states.js';
import type { BiasMetricReport, BiasValue } from '../model-bias-report.js';
import { themed } from '../theme.js';
import { plural } from '../value-text.js';
import {
  categoryAxis,
  fitText,
  type Shape,
  type ShapeStyle,
  textWidth,
  ticksBetween,
  valueAxis,
} from './chart-parts.js';
import type { Chart } from './chart-renderer.js';
import { axisNumber } from './distribution-chart.js';

/** Rows that are drawn together: those of one axis, or each on its own scale. */
export interface BiasDots {
  /** Read out and drawn above: "Differences of shares". */
  readonly title: string;
  readonly metrics: readonly BiasMetricReport[];
  /** All on one axis, whose numbers are drawn; else each is scaled by what it reaches, which is written at its ends. */
  readonly shared: boolean;
}

const ROW = 30;
/** A row with its own scale written under it. */
const SCALED_ROW = 38;
/** A row whose words stand above it. */
const TALL_ROW = 46;
const HEAD = 26;
/** From this on words stand beside the rows. */
const WIDE = 700;
/** How far the axis reaches past the values themselves for the sake of an interval. */
const MOST_STRETCH = 0.6;

/** A line of the chart: a metric, or the head of a stage. */
type Line = { readonly head: string } | { readonly metric: BiasMetricReport };

/**
 * Metrics as dots with their 95 % intervals, the baseline as a diamond and the allowed range as a band, one row each. The
 * fair value is in the middle of every row, so that one line marks it for all, and two such charts align.
 */
export function biasDotsChart({ title, metrics, shared }: BiasDots, width: number): Chart {
  const wide = width >= WIDE;
  const lines = linesOf(metrics);
  const row = shared ? ROW : SCALED_ROW;
  const heights = lines.map((line) => ('head' in line ? HEAD : wide ? row : TALL_ROW));
  const bottom = shared ? 34 : 6;
  const height = heights.reduce((sum, each) => sum + each, 4) + bottom;
  const [left, right] = wide ? [256, 196] : [12, 12];
  const reach = shared ? Math.max(0, ...metrics.map(reachOf)) : 1;
  const end = shared ? niceEnd(reach) : 1;
  const shown = axisOf(shared, end);
  return {
    width,
    height,
    title,
    description: describe(metrics),
    grid: { left, right, top: 4, bottom },
    xAxis: valueAxis('', 28, { ...shown, gridLines: shared && wide, hidden: !shared }),
    yAxis: categoryAxis('', 0, [], { hidden: true }),
    shapes: (coord) => {
      let top = 4;
      const [middle] = coord([0, 0]);
      return [
        ...(wide ? [fairLine(middle, 4, height - bottom)] : []),
        ...lines.flatMap((line, index) => {
          const from = top;
          top += heights[index]!;
          if ('head' in line) return [headShape(line.head, from)];
          const { metric } = line;
          const scale = shared ? end : niceEnd(reachOf(metric)) || 1;
          const x = (value: number): number => coord([((value - metric.fair) / scale) * (shared ? end : 1), 0])[0];
          const y = from + (wide ? ROW / 2 : 30);
          const drawn: Row = { metric, x, y, ends: [left, width - right], width, wide };
          const fairs = wide ? [] : [fairLine(middle, y - 11, y + 11)];
          return [...fairs, ...rowShapes(drawn), ...nameShapes(drawn), ...(shared ? [] : endShapes(drawn, scale))];
        }),
      ];
    },
  };
}

function axisOf(
  shared: boolean,
  end: number,
): { min: number; max: number; ticks: number[]; format: (n: number) => string; gridLines: boolean } {
  const ticks = shared ? ticksBetween(-end, end, 6) : [];
  return { min: -end, max: end, ticks, format: (value) => axisNumber(value, ticks), gridLines: shared };
}

function linesOf(metrics: readonly BiasMetricReport[]): Line[] {
  return (['pre-training', 'post-training'] as const).flatMap((stage): Line[] => {
    const own = metrics.filter((metric) => metric.stage === stage);
    const head = stage === 'pre-training' ? 'Of the labels (before training)' : 'Of the predictions (after training)';
    return own.length === 0 ? [] : [{ head }, ...own.map((metric) => ({ metric }))];
  });
}

/** How far a row's numbers are from its fair value; intervals count for a part, so that a wild one does not flatten the rest. */
function reachOf({ current, baseline, allowed, fair }: BiasMetricReport): number {
  const distance = (value: number | undefined): number => (value === undefined ? 0 : Math.abs(value - fair));
  const values = Math.max(distance(current?.value), distance(baseline?.value));
  const bounds = [allowed?.lower, allowed?.upper].map((bound) =>
    allowed?.source === 'configured' ? distance(bound) : 0,
  );
  const most = Math.max(values, ...bounds);
  const ends = Math.max(distance(current?.lower), distance(current?.upper));
  return Math.max(most, most === 0 ? ends : Math.min(ends, most * (1 + MOST_STRETCH)));
}

function niceEnd(reach: number): number {
  return reach === 0
    ? 1
    : scaleLinear([0, reach * 1.06], [0, 1])
        .nice(5)
        .domain()[1]!;
}

interface Row {
  readonly metric: BiasMetricReport;
  /** From a value to pixels. */
  readonly x: (value: number) => number;
  readonly y: number;
  readonly ends: readonly [number, number];
  readonly width: number;
  readonly wide: boolean;
}

const colours = { violated: 'violated', drifting: 'drifting', ok: 'current', 'not-compared': 'muted' } as const;

function rowShapes(row: Row): Shape[] {
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
  [left, right]: Row['ends'],
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
  [left, right]: Row['ends'],
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

/** Where both sides are treated alike. */
function fairLine(x: number, y1: number, y2: number): Shape {
  return { type: 'line', x1: x, y1, x2: x, y2, style: { stroke: themed('muted') } };
}

function headShape(text: string, from: number): Shape {
  return { type: 'text', text, x: 0, y: from + HEAD - 9, anchor: 'start', style: { fill: themed('muted') } };
}

/** Name and words at the left, the value at the right; on narrow screens both above the row. */
function nameShapes({ metric, y, width, wide }: Row): Shape[] {
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
function endShapes({ metric: { fair }, y, ends }: Row, scale: number): Shape[] {
  const style = { fill: themed('muted') };
  const text = (value: number): string => axisNumber(Number(value.toPrecision(3)));
  return [
    { type: 'text', text: text(fair - scale), x: ends[0], y: y + 12, anchor: 'start', style },
    { type: 'text', text: text(fair + scale), x: ends[1], y: y + 12, anchor: 'end', style },
  ];
}

function describe(metrics: readonly BiasMetricReport[]): string {
  const violated = metrics.filter(({ status }) => status === 'violated');
  const of = (metric: BiasMetricReport): string =>
    `${fitText(metric.name, 60)} is ${biasValueText(metric.current) ?? 'not known'}, allowed ${biasRangeText(allowedOf(metric)) ?? 'anything'}`;
  const count = `${plural(metrics.length, 'metric')}, ${violated.length} violated.`;
  const others = metrics.filter((metric) => biasStateWord(metric) === 'too few rows').length;
  return [count, ...violated.map((metric) => `${of(metric)}.`), others > 0 && `${others} rest on too few rows.`]
    .filter((sentence) => typeof sentence === 'string')
    .join(' ');
}
