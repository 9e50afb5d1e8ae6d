import type { CategoricalDistribution, FeatureReport, NumericDistribution } from '../report.js';
import { themed } from '../theme.js';
import { numberText, percentText } from '../value-text.js';
import {
  axis,
  drawing,
  fitText,
  gridLines,
  type Shape,
  scaleFromZero,
  textWidth,
  ticksBetween,
} from './chart-parts.js';
import type { Chart } from './chart-renderer.js';

const width = 460;

/** Baseline against current: histograms laid over each other for numbers, paired bars for categories. */
export function distributionChart(feature: FeatureReport): Chart | undefined {
  const { distribution } = feature;
  if (distribution === undefined || distribution.baseline.length === 0) return undefined;
  return distribution.kind === 'numeric'
    ? histogramChart(feature.name, distribution)
    : categoryChart(feature.name, distribution);
}

/** Shares of a sample by bin or category. Current values outside the baseline's range count as rows too. */
export function sharesOf(counts: readonly number[], outside: number = 0): number[] {
  const total = counts.reduce((sum, count) => sum + count, outside);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

function histogramChart(name: string, distribution: NumericDistribution): Chart {
  const { currentBelow, currentAbove } = distribution;
  const edges = spreadEdges(distribution.edges);
  const baseline = sharesOf(distribution.baseline);
  const current = sharesOf(distribution.current, currentBelow + currentAbove);
  const total = distribution.current.reduce((sum, count) => sum + count, currentBelow + currentAbove);
  const [below, above] = total === 0 ? [0, 0] : [currentBelow / total, currentAbove / total];
  const [min, max] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const span = max - min;
  // Current values outside the baseline's range get a bar of their own beside the axis.
  const [left, right] = [below > 0 ? min - span * 0.14 : min, above > 0 ? max + span * 0.14 : max];
  const top = Math.max(...baseline, ...current, below, above, 0.001);
  const ticks = ticksBetween(distribution.edges[0] ?? min, distribution.edges.at(-1) ?? max);
  const outside = [
    ...(below > 0 ? [`${percentText(below)} of current is below the baseline's minimum`] : []),
    ...(above > 0 ? [`${percentText(above)} of current is above the baseline's maximum`] : []),
  ];
  return {
    width,
    height: 250,
    title: `${fitText(name, 400)}: baseline and current`,
    description: `Histograms on the baseline's ${baseline.length} bins from ${numberText(min)} to ${numberText(max)}. ${outside.join('; ')}`,
    option: {
      grid: { left: 56, right: 16, top: 22, bottom: 46, outerBoundsMode: 'none' },
      xAxis: axis('value', 28, {
        type: 'value',
        min: left,
        max: right,
        axisLabel: { customValues: ticks, formatter: (value: number) => axisNumber(value, ticks) },
      }),
      yAxis: axis('share of rows', 42, {
        type: 'value',
        ...scaleFromZero(top),
        ...gridLines,
        axisLabel: { formatter: shareLabel },
      }),
      series: [
        drawing((api) => [
          outline(api.coord, edges, baseline, 'fill'),
          outline(api.coord, edges, current, 'line'),
          ...(below > 0 ? outsideBar(api.coord, left, min, below, `< ${numberText(min, 3)}`) : []),
          ...(above > 0 ? outsideBar(api.coord, max, right, above, `> ${numberText(max, 3)}`) : []),
        ]),
      ],
    },
  };
}

type ToPixels = (point: readonly [number, number]) => [number, number];

/** The histogram as one shape: a filled area for the baseline, a tinted step line for current. */
function outline(coord: ToPixels, edges: readonly number[], shares: readonly number[], look: 'fill' | 'line'): Shape {
  const points: [number, number][] = [coord([edges[0]!, 0])];
  shares.forEach((share, bin) => {
    points.push(coord([edges[bin]!, share]), coord([edges[bin + 1]!, share]));
  });
  points.push(coord([edges.at(-1)!, 0]));
  const style =
    look === 'fill'
      ? { fill: themed('baseline'), opacity: 0.75 }
      : { fill: themed('current'), fillOpacity: 0.16, stroke: themed('current'), lineWidth: 1.75, lineJoin: 'round' };
  return { type: 'polygon', shape: { points: points.map(([x, y]) => [tenth(x), tenth(y)]) }, style };
}

function outsideBar(coord: ToPixels, from: number, to: number, share: number, label: string): Shape[] {
  const [x0, y0] = coord([from, 0]);
  const [x1, y1] = coord([to, share]);
  const [left, size] = [x0 + (x1 - x0) * 0.28, (x1 - x0) * 0.44];
  const middle = left + size / 2;
  return [
    { type: 'rect', shape: { x: left, y: y1, width: size, height: y0 - y1 }, style: { fill: themed('violated') } },
    text(percentText(share), middle, y1 - 9, 'violated'),
    text(label, middle, y0 + 12, 'violated'),
  ];
}

function text(label: string, x: number, y: number, colour: 'violated' | 'text' | 'muted', align = 'center'): Shape {
  return {
    type: 'text',
    style: { text: label, x, y, align, verticalAlign: 'middle', fill: themed(colour), fontSize: 12 },
  };
}

/** At most this many categories are drawn; the table has them all. */
const DRAWN = 12;

function categoryChart(name: string, distribution: CategoricalDistribution): Chart {
  const baseline = sharesOf(distribution.baseline, distribution.other?.baseline);
  const current = sharesOf(distribution.current, distribution.other?.current);
  const unseen = new Set(distribution.unseen);
  const known = distribution.categories.map((_, index) => index).filter((index) => !unseen.has(index));
  const room = Math.max(DRAWN - unseen.size, 4);
  const drawn = [...known.slice(0, room), ...[...unseen].slice(0, DRAWN)];
  const labelRoom = Math.min(150, Math.max(60, ...drawn.map((index) => textWidth(label(index)) + 4)));
  const rows = drawn.map((index) => ({
    label: label(index),
    baseline: baseline[index] ?? 0,
    current: current[index] ?? 0,
    unseen: unseen.has(index),
  }));
  const rest = distribution.categories.length - drawn.length + (distribution.other?.categories ?? 0);
  if (rest > 0) {
    const left = (shares: readonly number[]): number =>
      Math.max(0, 1 - drawn.reduce((sum, index) => sum + (shares[index] ?? 0), 0));
    rows.push({ label: `${rest} more`, baseline: left(baseline), current: left(current), unseen: false });
  }
  function label(index: number): string {
    const category = distribution.categories[index]!;
    const mark = unseen.has(index) ? ' (new)' : '';
    return fitText(category === '' ? '(empty text)' : category, 150 - textWidth(mark)) + mark;
  }
  const top = Math.max(0.001, ...rows.flatMap((row) => [row.baseline, row.current]));
  return {
    width,
    height: 56 + rows.length * (rows.length > 8 ? 22 : 28),
    title: `${fitText(name, 400)}: baseline and current`,
    description: `Shares of ${rows.length} categories. ${unseen.size} of them are new in current.`,
    option: {
      grid: { left: labelRoom + 14, right: 52, top: 8, bottom: 46, outerBoundsMode: 'none' },
      xAxis: axis('share of rows', 28, {
        type: 'value',
        ...scaleFromZero(top),
        ...gridLines,
        axisLabel: { formatter: shareLabel },
      }),
      yAxis: axis('', 0, {
        type: 'category',
        inverse: true,
        // Distinct keys: two labels may be cut to the same text.
        data: rows.map((_, index) => String(index)),
        axisLabel: { formatter: (key: string) => rows[Number(key)]!.label, interval: 0, hideOverlap: false },
      }),
      series: [
        drawing((api) =>
          rows.flatMap((row, index): Shape[] => {
            const [x0, y] = api.coord([0, index]);
            const [bx] = api.coord([row.baseline, index]);
            const [cx] = api.coord([row.current, index]);
            const thick = rows.length > 8 ? 8 : 10;
            const tint = row.unseen ? 'violated' : 'current';
            return [
              {
                type: 'rect',
                shape: { x: x0, y: y - thick, width: bx - x0, height: thick },
                style: { fill: themed('baseline') },
              },
              {
                type: 'rect',
                shape: { x: x0, y: y + 1, width: cx - x0, height: thick },
                style: { fill: themed(tint) },
              },
              text(percentText(row.current), Math.max(bx, cx) + 6, y, row.unseen ? 'violated' : 'muted', 'left'),
            ];
          }),
        ),
      ],
    },
  };
}

/** Edges that have a width, for a baseline of one value. */
function spreadEdges(edges: readonly number[]): readonly number[] {
  const [min, max] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  if (max > min) return edges;
  const half = Math.abs(min) * 0.05 || 0.5;
  const bins = Math.max(1, edges.length - 1);
  return Array.from({ length: bins + 1 }, (_, index) => min - half + (2 * half * index) / bins);
}

function shareLabel(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const standard = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

/** "40", "1.5M": short enough to stand side by side. */
export function axisNumber(value: number, all: readonly number[] = [value]): string {
  const largest = Math.max(...all.map(Math.abs));
  if (largest >= 1e15 || (largest > 0 && largest < 1e-3)) return value.toExponential(1).replace('e+', 'e');
  return (largest >= 1e5 ? compact : standard).format(value);
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
