import type { BiasValue } from 'driftline';
import {
  biasBounds,
  biasNumber,
  formatBiasInterval,
  formatBiasRange,
  formatBiasValue,
} from '../../format/bias-format.js';
import type { ChartColours } from '../../widgets/chart-colours.js';
import type { Tone } from '../../widgets/status-mark.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from '../figure.js';
import { transparent } from '../sample-markers.js';
import { type Band, type BiasRow, fairBands, withinBand } from './fair-scale.js';

/** What the two samples are called, where they are not baseline and current. */
export interface SampleNames {
  readonly baseline?: string;
  readonly current?: string;
}

/** Pixels. */
const rowHeight = 34;
const axisHeight = 30;
/** For the words above the line of equal treatment. */
const headHeight = 20;
const wideEnough = 620;
/** For a number below the axis. */
const tickRoom = 34;
/** For the names and the values at both ends, where the chart is narrow. */
const besideAxis = 120;
const ratioTicks = [0.5, 2, 0.2, 5, 0.8, 1.25, 0.1, 10, 0.05, 20, 0.02, 50, 0.01, 100];

type Trace = Readonly<Record<string, unknown>>;
type Shape = Readonly<Record<string, unknown>>;

/** A band with its place in the chart. */
interface Place {
  readonly band: Band;
  /** plotly.js's names of its axes: `x`, `x2`, ... */
  readonly x: string;
  readonly y: string;
  /** From the bottom, in [0, 1]. */
  readonly domain: readonly [number, number];
}

/**
 * Every metric in a row: the current value with its 95 % interval over that of the baseline, and the range in which it
 * may lie. The line of equal treatment runs through all of them, whatever their scales.
 */
export function biasMetricsFigure(rows: readonly BiasRow[], style: ChartStyle, names: SampleNames = {}): Figure {
  const { colours, trans } = style;
  const bands = fairBands(rows);
  const heights = bands.map((band) => band.rows.length * rowHeight + axisHeight);
  const height = heights.reduce((sum, each) => sum + each, 0);
  const places = bands.map((band, index): Place => {
    const top = heights.slice(0, index).reduce((sum, each) => sum + each, 0);
    const bottom = top + band.rows.length * rowHeight;
    const id = index === 0 ? '' : String(index + 1);
    return { band, x: `x${id}`, y: `y${id}`, domain: [1 - bottom / height, 1 - top / height] };
  });
  const texts = { baseline: names.baseline ?? trans.__('baseline'), current: names.current ?? trans.__('current') };
  return {
    data: places.flatMap((place) => [...baselineTrace(place, texts, style), ...currentTraces(place, texts, style)]),
    layout: {
      ...baseLayout(style),
      height: Math.max(height, 60) + headHeight,
      margin: { l: 8, r: 68, t: headHeight, b: 0 },
      hovermode: 'closest',
      ...Object.assign({}, ...places.map((place) => axes(place, style))),
      shapes: places.flatMap((place) => [...allowedShapes(place, style), fairLine(place, style)]),
      annotations: [...places.flatMap((place) => valueTexts(place, colours)), ...fairText(places, style)],
    },
  };
}

const tones = ['violated', 'drifting', 'ok', 'quiet'] as const satisfies readonly Tone[];

function markerOf(tone: Tone, colours: ChartColours): Trace {
  const marks = {
    violated: { symbol: 'diamond', color: colours.violated, size: 11 },
    drifting: {
      symbol: 'diamond-open',
      color: colours.drifting,
      size: 11,
      line: { width: 2, color: colours.drifting },
    },
    ok: { symbol: 'circle', color: colours.current, size: 9 },
    quiet: { symbol: 'circle-open', color: colours.current, size: 9, line: { width: 2, color: colours.current } },
  };
  return marks[tone];
}

function baselineTrace(place: Place, texts: Required<SampleNames>, style: ChartStyle): Trace[] {
  const { colours } = style;
  const marker = { symbol: 'square', color: colours.baseline, size: 7 };
  return points(
    place,
    ({ baseline }) => baseline,
    () => true,
    0.2,
    { name: texts.baseline, marker },
    texts,
    style,
  );
}

function currentTraces(place: Place, texts: Required<SampleNames>, style: ChartStyle): Trace[] {
  const { colours } = style;
  return tones.flatMap((tone) => {
    const marker = markerOf(tone, colours);
    return points(
      place,
      ({ current }) => current,
      (row) => row.tone === tone,
      -0.12,
      { name: texts.current, marker },
      texts,
      style,
    );
  });
}

function points(
  { band, x, y }: Place,
  of: (row: BiasRow) => BiasValue | undefined,
  wanted: (row: BiasRow) => boolean,
  offset: number,
  { name, marker }: { readonly name: string; readonly marker: Trace },
  texts: Required<SampleNames>,
  style: ChartStyle,
): Trace[] {
  const drawn = band.rows.flatMap((row, index) => {
    const value = biasNumber(of(row));
    if (value === undefined || !wanted(row)) return [];
    const [lower, upper] = bare(row) ? [row.fair, row.fair] : (biasBounds(of(row)) ?? [value, value]);
    const at = withinBand(value, band);
    return [{ row, index, value, at, lower: withinBand(lower, band), upper: withinBand(upper, band) }];
  });
  if (drawn.length === 0) return [];
  const beyond = (value: number): 'left' | 'right' | undefined =>
    value < band.range[0] ? 'left' : value > band.range[1] ? 'right' : undefined;
  return [
    {
      type: 'scatter',
      mode: 'markers',
      name,
      xaxis: x,
      yaxis: y,
      x: drawn.map(({ at }) => at),
      y: drawn.map(({ row, index }) => (bare(row) ? index : index + offset)),
      customdata: drawn.map(({ row }) => row.name),
      cliponaxis: false,
      marker: {
        ...marker,
        symbol: drawn.map(({ value }) => {
          const side = beyond(value);
          return side === undefined ? marker['symbol'] : `triangle-${side}`;
        }),
      },
      error_x: {
        type: 'data',
        symmetric: false,
        array: drawn.map(({ at, upper }) => Math.max(0, upper - at)),
        arrayminus: drawn.map(({ at, lower }) => Math.max(0, at - lower)),
        color: marker['color'],
        thickness: offset < 0 ? 2 : 1.5,
        width: 0,
      },
      hovertemplate: drawn.map(({ row }) => hover(row, texts, style)),
    },
  ];
}

/** A value that nothing else stands beside: a stem joins it to the fair value. */
function bare({ baseline, current, allowed }: BiasRow): boolean {
  return baseline === undefined && allowed === undefined && biasBounds(current) === undefined;
}

function hover(row: BiasRow, texts: Required<SampleNames>, { trans }: ChartStyle): string {
  const { name, title, unit, baseline, current, allowed } = row;
  const sample = (words: string, value: BiasValue | undefined): string => {
    if (biasNumber(value) === undefined) return '';
    const interval = formatBiasInterval(value, unit);
    return `<br>${plotText(words)} ${formatBiasValue(value, unit)}${interval === undefined ? '' : ` (${interval})`}`;
  };
  const range = formatBiasRange(allowed, unit);
  return `<b>${plotText(title)}</b> (${plotText(name)})${sample(texts.current, current)}${sample(texts.baseline, baseline)}${range === undefined ? '' : `<br>${trans.__('allowed')} ${plotText(range)}`}<extra></extra>`;
}

function axes({ band, x, y, domain }: Place, style: ChartStyle): Record<string, unknown> {
  const { colours, width } = style;
  const { rows, type, range } = band;
  const few = width < wideEnough;
  const log = type === 'log';
  const ticks = ticksWithin(range, width);
  const labels = rows.map(({ name, words }) =>
    few || words === ''
      ? `<b>${plotText(name)}</b> `
      : `<span style="color:${colours.muted}">${plotText(words)}</span> <b>${plotText(name)}</b> `,
  );
  return {
    [x.replace('x', 'xaxis')]: axis(style, '', {
      title: undefined,
      type,
      range: log ? range.map((end) => Math.log10(end)) : range,
      anchor: y,
      ...(log ? { tickvals: ticks, ticktext: ticks.map(String), tickangle: 0 } : { nticks: few ? 5 : 8 }),
      automargin: false,
    }),
    [y.replace('y', 'yaxis')]: axis(style, '', {
      title: undefined,
      anchor: x,
      domain,
      range: [rows.length - 0.5, -0.5],
      tickvals: rows.map((_, index) => index),
      ticktext: labels,
      tickfont: { color: colours.text },
      showgrid: false,
    }),
  };
}

/** Round ratios within the range, 1 first, as long as there is room for their numbers. */
function ticksWithin([from, to]: readonly [number, number], width: number): number[] {
  const step = (Math.log10(to / from) * tickRoom) / Math.max(width - besideAxis, tickRoom);
  const kept: number[] = [];
  for (const tick of [1, ...ratioTicks]) {
    const near = kept.some((other) => Math.abs(Math.log10(tick / other)) < step);
    if (tick >= from && tick <= to && !near) kept.push(tick);
  }
  return kept.sort((a, b) => a - b);
}

/** The allowed range of each row, with its ends; without a bound it goes on to the end of the axis. */
function allowedShapes({ band, x, y }: Place, { colours }: ChartStyle): Shape[] {
  return band.rows.flatMap(({ allowed }, index) => {
    if (allowed === undefined) return [];
    const [from, to] = [allowed.lower ?? -Infinity, allowed.upper ?? Infinity];
    const shared = { xref: x, yref: y, y0: index - 0.42, y1: index + 0.42, layer: 'below' };
    const edges = [from, to]
      .filter((end) => end >= band.range[0] && end <= band.range[1])
      .map((end) => ({
        ...shared,
        type: 'line',
        x0: end,
        x1: end,
        line: { color: colours.ok, width: 1, dash: 'dot' },
      }));
    return [
      {
        ...shared,
        type: 'rect',
        x0: withinBand(from, band),
        x1: withinBand(to, band),
        fillcolor: transparent(colours.ok, 0.16),
        line: { width: 0 },
      },
      ...edges,
    ];
  });
}

/** The line of equal treatment; it stands at the same place in each band. */
function fairLine({ band, x, y }: Place, { colours }: ChartStyle): Shape {
  const { fair } = band.rows[0]!;
  const ends = { x0: fair, x1: fair, y0: -0.5, y1: band.rows.length - 0.5 };
  return { type: 'line', xref: x, yref: y, ...ends, layer: 'below', line: { color: colours.muted, width: 1.25 } };
}

/** What the line is, above it. */
function fairText([first]: readonly Place[], { colours, trans }: ChartStyle): Record<string, unknown>[] {
  if (first === undefined) return [];
  const { type, rows } = first.band;
  const { fair } = rows[0]!;
  return [
    {
      xref: first.x,
      x: type === 'log' ? Math.log10(fair) : fair,
      yref: 'paper',
      y: 1,
      yanchor: 'bottom',
      showarrow: false,
      text: trans.__('equal treatment'),
      font: { size: 11, color: colours.muted },
    },
  ];
}

function valueTexts({ band, y }: Place, colours: ChartColours): Record<string, unknown>[] {
  return band.rows.map(({ current, unit, tone }, index) => {
    const text = formatBiasValue(current, unit);
    return {
      xref: 'paper',
      x: 1,
      xanchor: 'left',
      xshift: 10,
      yref: y,
      y: index,
      showarrow: false,
      text: tone === 'violated' ? `<b>${text}</b>` : text,
      font: { color: tone === 'violated' || tone === 'drifting' ? colours[tone] : colours.muted },
    };
  });
}
