import type { DependenceBin } from 'driftline';
import { formatBounds, formatShare } from '../../format/attribution-format.js';
import { formatCount } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import { baselineMarker, transparent } from '../sample-markers.js';
import { type AttributionAxis, errorBars, hoverLines, hoverName } from './feature-rows.js';

type Sample = 'baseline' | 'current';

const samples = ['baseline', 'current'] as const;

/**
 * The mean attribution by the feature's value, baseline against current, with 95 % intervals; beside it the share of rows
 * that have the value. Values of numbers run to the right, categories downwards.
 */
export function dependenceFigure(
  bins: readonly DependenceBin[],
  feature: string,
  along: AttributionAxis,
  style: ChartStyle,
): Figure {
  const downwards = bins.every(({ lower }) => lower === undefined);
  return downwards ? downwardsFigure(bins, along, style) : rightwardsFigure(bins, feature, along, style);
}

function rightwardsFigure(
  bins: readonly DependenceBin[],
  feature: string,
  along: AttributionAxis,
  style: ChartStyle,
): Figure {
  const { colours, trans, width } = style;
  const titles = bins.map(({ title }) => shorten(title, 16));
  const labelWidth = 14 + 6.6 * Math.max(...titles.map((title) => title.length));
  const each = Math.max(1, Math.ceil((bins.length * (width < 420 ? 30 : labelWidth)) / Math.max(120, width - 70)));
  return {
    data: samples.flatMap((sample) => [means(bins, sample, 'x', along, style), rowShares(bins, sample, 'x', style)]),
    layout: {
      ...baseLayout(style),
      height: 320,
      margin: { l: 52, r: 12, t: 8, b: 44 },
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: axis(style, plotText(shorten(feature, 40)), {
        anchor: 'y2',
        range: [-0.6, bins.length - 0.4],
        tickvals: bins.map((_, index) => index).filter((index) => index % each === 0),
        ticktext: titles.filter((_, index) => index % each === 0).map(plotText),
        tickangle: width < 420 ? -40 : 0,
        showgrid: false,
      }),
      yaxis: axis(style, along.title, { domain: [0.36, 1], nticks: 6 }),
      yaxis2: axis(style, trans.__('rows'), { domain: [0, 0.26], tickformat: '.0%', nticks: 3, rangemode: 'tozero' }),
      shapes: [
        { type: 'line', xref: 'paper', x0: 0, x1: 1, y0: 0, y1: 0, line: { color: colours.muted, width: 1.25 } },
      ],
    },
  };
}

function downwardsFigure(bins: readonly DependenceBin[], along: AttributionAxis, style: ChartStyle): Figure {
  const { colours, trans, width } = style;
  const length = width < 420 ? 12 : 24;
  return {
    data: samples.flatMap((sample) => [means(bins, sample, 'y', along, style), rowShares(bins, sample, 'y', style)]),
    layout: {
      ...baseLayout(style),
      height: 56 + bins.length * 32,
      margin: { l: 8, r: 12, t: 8, b: 44 },
      barmode: 'overlay',
      hovermode: 'closest',
      xaxis: axis(style, along.title, { domain: [0, 0.64], nticks: width < 420 ? 3 : 6 }),
      xaxis2: axis(style, trans.__('rows'), { domain: [0.72, 1], tickformat: '.0%', nticks: 3, rangemode: 'tozero' }),
      yaxis: axis(style, '', {
        title: undefined,
        range: [bins.length - 0.4, -0.6],
        tickvals: bins.map((_, index) => index),
        ticktext: bins.map(({ title }) => `${plotText(shorten(title, length))} `),
        tickfont: { color: colours.text },
        showgrid: false,
      }),
      shapes: [
        { type: 'line', yref: 'paper', y0: 0, y1: 1, x0: 0, x1: 0, line: { color: colours.muted, width: 1.25 } },
      ],
    },
  };
}

/** Marks of the means with their intervals: squares of the baseline a little before circles of the current sample. */
function means(
  bins: readonly DependenceBin[],
  sample: Sample,
  direction: 'x' | 'y',
  { numbers }: AttributionAxis,
  { colours, trans }: ChartStyle,
): Record<string, unknown> {
  const known = bins.flatMap((bin, index) => {
    const mean = bin.mean[sample];
    return mean === undefined ? [] : [{ bin, mean, place: index + (sample === 'baseline' ? -0.13 : 0.13) }];
  });
  const places = known.map(({ place }) => place);
  const values = known.map(({ mean }) => mean.value);
  const colour = sample === 'baseline' ? colours.muted : colours.current;
  const bars = errorBars(
    known.map(({ mean }) => mean),
    colour,
  );
  return {
    type: 'scatter',
    mode: 'markers',
    ...(direction === 'x' ? { x: places, y: values, error_y: bars } : { x: values, y: places, error_x: bars }),
    marker: { color: colour, size: sample === 'baseline' ? 7 : 8, symbol: sample === 'baseline' ? 'square' : 'circle' },
    hovertext: known.map(({ bin, mean }) => {
      const interval = formatBounds(mean, numbers.value);
      return hoverLines(
        hoverName(bin.title),
        `${sampleWords(sample, trans)} ${numbers.value(mean.value)}`,
        interval && `${trans.__('95 % interval')} ${interval}`,
        `${trans.__('rows')} ${formatCount(bin.rows[sample])}`,
      );
    }),
    hoverinfo: 'text',
  };
}

/** Each bin's share of the sample's rows. */
function rowShares(
  bins: readonly DependenceBin[],
  sample: Sample,
  direction: 'x' | 'y',
  { colours, trans }: ChartStyle,
): Record<string, unknown> {
  const total = bins.reduce((sum, { rows }) => sum + (rows[sample] ?? 0), 0);
  const shares = bins.map(({ rows }) => (total > 0 ? (rows[sample] ?? 0) / total : 0));
  const places = bins.map((_, index) => index + (sample === 'baseline' ? -0.17 : 0.17));
  return {
    type: 'bar',
    ...(direction === 'x'
      ? { x: places, y: shares, yaxis: 'y2' }
      : { x: shares, y: places, xaxis: 'x2', orientation: 'h' }),
    width: 0.32,
    marker:
      sample === 'baseline'
        ? baselineMarker(colours)
        : { color: transparent(colours.current, 0.38), line: { color: colours.current, width: 1.5 } },
    textposition: 'none',
    hovertext: bins.map(({ title, rows }, index) =>
      hoverLines(
        hoverName(title),
        `${sampleWords(sample, trans)} ${formatShare(shares[index])} (${formatCount(rows[sample])})`,
      ),
    ),
    hoverinfo: 'text',
  };
}

function sampleWords(sample: Sample, trans: ChartStyle['trans']): string {
  return sample === 'baseline' ? trans.__('baseline') : trans.__('current');
}
