import type { CategoricalDistribution, FeatureReport, NumericDistribution } from '../report.js';
import { themed } from '../theme.js';
import { numberText, percentText } from '../value-text.js';
import { categoryAxis, fitText, type Shape, scaleFromZero, textWidth, ticksBetween, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';

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
    grid: { left: 56, right: 16, top: 22, bottom: 46 },
    xAxis: valueAxis('value', 28, { min: left, max: right, ticks, format: (value) => axisNumber(value, ticks) }),
    yAxis: valueAxis('share of rows', 42, { ...scaleFromZero(top), gridLines: true, format: shareLabel }),
    shapes: (coord) => [
      outline(coord, edges, baseline, 'fill'),
      outline(coord, edges, current, 'line'),
      ...(below > 0 ? outsideBar(coord, left, min, below, `< ${numberText(min, 3)}`) : []),
      ...(above > 0 ? outsideBar(coord, max, right, above, `> ${numberText(max, 3)}`) : []),
    ],
  };
}

/** The histogram as one shape: a filled area for the baseline, a tinted step line for current. */
function outline(coord: ToPixels, edges: readonly number[], shares: readonly number[], look: 'fill' | 'line'): Shape {
  const points: [number, number][] = [coord([edges[0]!, 0])];
  shares.forEach((share, bin) => {
    points.push(coord([edges[bin]!, share]), coord([edges[bin + 1]!, share]));
  });
  points.push(coord([edges.at(-1)!, 0]));
  const style: Shape['style'] =
    look === 'fill'
      ? { fill: themed('baseline'), opacity: 0.75 }
      : { fill: themed('current'), fillOpacity: 0.16, stroke: themed('current'), lineWidth: 1.75, lineJoin: 'round' };
  return { type: 'polygon', points, style };
}

function outsideBar(coord: ToPixels, from: number, to: number, share: number, label: string): Shape[] {
  const [x0, y0] = coord([from, 0]);
  const [x1, y1] = coord([to, share]);
  const [left, size] = [x0 + (x1 - x0) * 0.28, (x1 - x0) * 0.44];
  const middle = left + size / 2;
  return [
    { type: 'rect', x: left, y: y1, width: size, height: y0 - y1, style: { fill: themed('violated') } },
    text(percentText(share), middle, y1 - 9, 'violated'),
    text(label, middle, y0 + 12, 'violated'),
  ];
}

function text(
  label: string,
  x: number,
  y: number,
  colour: 'violated' | 'text' | 'muted',
  anchor: 'start' | 'middle' = 'middle',
): Shape {
  return { type: 'text', text: label, x, y, anchor, style: { fill: themed(colour) } };
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
    grid: { left: labelRoom + 14, right: 52, top: 8, bottom: 46 },
    xAxis: valueAxis('share of rows', 28, { ...scaleFromZero(top), gridLines: true, format: shareLabel }),
    yAxis: categoryAxis(
      '',
      0,
      rows.map((row) => row.label),
      { downwards: true },
    ),
    shapes: (coord) =>
      rows.flatMap((row, index): Shape[] => {
        const [x0, y] = coord([0, index]);
        const [bx] = coord([row.baseline, index]);
        const [cx] = coord([row.current, index]);
        const height = rows.length > 8 ? 8 : 10;
        const tint = row.unseen ? 'violated' : 'current';
        return [
          { type: 'rect', x: x0, y: y - height, width: bx - x0, height, style: { fill: themed('baseline') } },
          { type: 'rect', x: x0, y: y + 1, width: cx - x0, height, style: { fill: themed(tint) } },
          text(percentText(row.current), Math.max(bx, cx) + 6, y, row.unseen ? 'violated' : 'muted', 'start'),
        ];
      }),
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
