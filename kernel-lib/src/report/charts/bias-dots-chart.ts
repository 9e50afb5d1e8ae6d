import { scaleLinear } from 'd3-scale';
import { biasRangeText, biasValueText } from '../bias-number-text.js';
import { allowedOf, biasStateWord } from '../bias-states.js';
import type { BiasMetricReport } from '../model-bias-report.js';
import { themed } from '../theme.js';
import { plural } from '../value-text.js';
import { type DotRow, endShapes, nameShapes, rowShapes } from './bias-dot-marks.js';
import { categoryAxis, fitText, type Shape, ticksBetween, valueAxis } from './chart-parts.js';
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
          const drawn: DotRow = { metric, x, y, ends: [left, width - right], width, wide };
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

/** Where both sides are treated alike. */
function fairLine(x: number, y1: number, y2: number): Shape {
  return { type: 'line', x1: x, y1, x2: x, y2, style: { stroke: themed('muted') } };
}

function headShape(text: string, from: number): Shape {
  return { type: 'text', text, x: 0, y: from + HEAD - 9, anchor: 'start', style: { fill: themed('muted') } };
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
