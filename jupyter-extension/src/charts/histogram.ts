import type { NumericDistribution } from 'driftline';
import { formatCount, formatFraction, formatNumber } from '../format/number-format.js';
import { axis, baseLayout, type ChartStyle, type Figure } from './figure.js';
import { baselineMarker, currentMarker } from './sample-markers.js';

/** Two samples on bins of a third: the first, too, can have values outside their range. */
export interface OverlaidDistribution extends NumericDistribution {
  readonly baselineBelow?: number;
  readonly baselineAbove?: number;
}

/** One bin of the overlaid histogram, or what lies outside the baseline's range. */
export interface HistogramBin {
  readonly lower: number;
  readonly upper: number;
  /** Set on the two bins of values outside the baseline's range: they have only one bound. */
  readonly outside?: 'below' | 'above';
  readonly baseline: number;
  readonly current: number;
  /** Of the values that each sample has, in [0, 1]; 0 for a sample without values. */
  readonly baselineShare: number;
  readonly currentShare: number;
}

/** The bins of a distribution in order, those outside the baseline's range only where they are not empty. */
export function histogramBins({
  edges,
  baseline,
  current,
  currentBelow,
  currentAbove,
  baselineBelow = 0,
  baselineAbove = 0,
}: OverlaidDistribution): HistogramBin[] {
  const first = edges[0];
  const last = edges.at(-1);
  if (first === undefined || last === undefined) return [];
  const baselineTotal = sum(baseline) + baselineBelow + baselineAbove;
  const currentTotal = sum(current) + currentBelow + currentAbove;
  const width = edges.length > 1 ? (last - first) / (edges.length - 1) : 0;
  const gap = (width > 0 ? width : Math.abs(first) * 0.05 || 0.5) * 1.25;
  const bin = (lower: number, upper: number, a: number, b: number): HistogramBin => ({
    lower,
    upper,
    baseline: a,
    current: b,
    baselineShare: baselineTotal > 0 ? a / baselineTotal : 0,
    currentShare: currentTotal > 0 ? b / currentTotal : 0,
  });
  const inside = baseline.map((count, index) =>
    bin(edges[index] ?? first, edges[index + 1] ?? last, count, current[index] ?? 0),
  );
  return [
    ...(currentBelow + baselineBelow > 0
      ? [{ ...bin(first - gap * 1.6, first - gap * 0.6, baselineBelow, currentBelow), outside: 'below' as const }]
      : []),
    ...inside,
    ...(currentAbove + baselineAbove > 0
      ? [{ ...bin(last + gap * 0.6, last + gap * 1.6, baselineAbove, currentAbove), outside: 'above' as const }]
      : []),
  ];
}

/** A bin in words: `17 to 20.65`, `above 99`. */
export function binTitle(
  bin: HistogramBin,
  bins: readonly HistogramBin[],
  { trans }: Pick<ChartStyle, 'trans'>,
): string {
  const inside = bins.filter(({ outside }) => outside === undefined);
  if (bin.outside === 'below') return trans.__('below %1', formatNumber(inside[0]?.lower));
  if (bin.outside === 'above') return trans.__('above %1', formatNumber(inside.at(-1)?.upper));
  if (bin.lower === bin.upper) return formatNumber(bin.lower);
  return trans.__('%1 to %2', formatNumber(bin.lower), formatNumber(bin.upper));
}

/** Baseline against current on the baseline's bins, as shares, overlaid; what is outside its range stands hatched beside it. */
export function histogramFigure(distribution: OverlaidDistribution, name: string, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const bins = histogramBins(distribution);
  const single = bins.length > 0 && bins.every(({ lower, upper }) => lower === upper);
  const centre = ({ lower, upper }: HistogramBin): number => (lower + upper) / 2;
  const hover = bins.map(
    (bin) =>
      `<b>${binTitle(bin, bins, style)}</b><br>${trans.__('baseline')} ${formatFraction(bin.baselineShare)} (${formatCount(bin.baseline)})<br>${trans.__('current')} ${formatFraction(bin.currentShare)} (${formatCount(bin.current)})<extra></extra>`,
  );
  const shared = {
    type: 'bar',
    x: bins.map(centre),
    width: single ? undefined : bins.map(({ lower, upper }) => upper - lower),
    hovertemplate: hover,
  };
  const outside = bins.filter((bin) => bin.outside !== undefined);
  return {
    data: [
      {
        ...shared,
        name: trans.__('baseline'),
        y: bins.map(({ baselineShare }) => baselineShare),
        marker: baselineMarker(colours),
      },
      {
        ...shared,
        name: trans.__('current'),
        y: bins.map(({ currentShare }) => currentShare),
        marker: currentMarker(
          colours,
          bins.map((bin) => bin.outside !== undefined),
        ),
      },
    ],
    layout: {
      ...baseLayout(style),
      height: 250,
      margin: { l: 48, r: 12, t: 18, b: 30 },
      barmode: 'overlay',
      bargap: 0,
      hovermode: 'closest',
      xaxis: axis(style, '', { title: undefined, showgrid: false, nticks: width < 420 ? 5 : 9 }),
      yaxis: axis(style, trans.__('share of values'), { tickformat: '.0%', rangemode: 'tozero', nticks: 6 }),
      annotations: outside.map((bin) => ({
        x: centre(bin),
        y: Math.max(bin.baselineShare, bin.currentShare),
        text: binTitle(bin, bins, style),
        showarrow: false,
        yanchor: 'bottom',
        xanchor: bin.outside === 'above' ? 'right' : 'left',
        xshift: bin.outside === 'above' ? 10 : -10,
        font: { size: 11, color: colours.text },
      })),
      meta: { name },
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
