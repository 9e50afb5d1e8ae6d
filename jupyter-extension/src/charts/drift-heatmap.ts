import type { MeasuredSeries } from 'driftline/browser';
import { formatCount, formatDistance } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { formatTimeAndZone, formatWindow } from '../format/time-format.js';
import { mix } from './colour-contrast.js';
import { type DriftGrid, type DriftRow, type DriftSlot, driftGrid, violatedRuns } from './drift-grid.js';
import { eventMarks, type TimeEvent } from './event-marks.js';
import { baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { nameAxis } from './model-explainability/feature-rows.js';
import { plotTime } from './plot-time.js';
import { brushing, type ShownSpan, timeAxis } from './time-axis.js';

/** What the map of drift shows. */
export interface DriftHeatmap {
  readonly series: MeasuredSeries;
  readonly slots: readonly DriftSlot[];
  /** Top to bottom. */
  readonly rows: readonly DriftRow[];
  readonly span: ShownSpan;
  readonly events: readonly TimeEvent[];
}

/** A cell of the map: a feature by its place in `subjects`, and ISO times. */
export interface MarkedCell {
  readonly place: number;
  readonly start: string;
  readonly end: string;
}

/** What a click on a cell gives: the feature's place in `subjects`, and the start of the slot. */
export type DriftCellKey = readonly [place: number, start: string];

/** Pixels of a column: in narrower ones neighbouring hours are put together. */
const narrowestColumn = 5;
const rowHeight = 20;
const HOUR = 3_600_000;
/** Distances in units of the threshold from which on a cell has the full colour. */
const fullColour = 3;

/**
 * Features by time: the colour is the distance in units of the feature's threshold, blue up to it and from light to dark red
 * beyond it. Windows in which a feature was violated are framed, and begin with a triangle.
 */
export function driftHeatmapFigure(map: DriftHeatmap, style: ChartStyle): Figure {
  const { series, slots, rows, span, events } = map;
  const { width } = style;
  const beside = namesWidth(rows, width);
  const grid = driftGrid(slots, rows, span, Math.floor((width - beside) / narrowestColumn));
  const edges = [...grid.columns, grid.columns.at(-1)! + grid.length].map((time) => place(time));
  const marks = eventMarks(events, style);
  const gap = (width - beside) / grid.columns.length > 8 ? 1 : 0;
  return {
    data: [
      {
        type: 'heatmap',
        x: edges,
        y: rows.map((_, index) => index),
        z: grid.cells.map((line) => line.map((cell) => cell?.ratio ?? null)),
        zmin: 0,
        zmax: fullColour,
        colorscale: driftColours(style),
        showscale: false,
        xgap: gap,
        ygap: 2,
        customdata: grid.cells.map((line, row) =>
          line.map((cell): DriftCellKey | null => (cell === undefined ? null : [rows[row]!.place, cell.slot.start])),
        ),
        hovertext: hoverTexts(grid, rows, style),
        hoverinfo: 'text',
      },
      ...violatedFrames(series, rows, span, style),
      ...marks.data,
    ],
    layout: {
      ...baseLayout(style),
      ...brushing,
      height: 66 + rows.length * rowHeight,
      margin: { l: beside, r: 14, t: 16, b: 44 },
      hovermode: 'closest',
      xaxis: timeAxis(style, span),
      yaxis: nameAxis(
        rows.map(({ name }) => name),
        style,
        { ticks: '', automargin: false },
      ),
      ...marks.layout,
      shapes: [...marks.shapes],
    },
  };
}

/** Pixels that the names need beside the map. */
function namesWidth(rows: readonly Pick<DriftRow, 'name'>[], width: number): number {
  const most = width < 420 ? 14 : width < 640 ? 20 : 28;
  return Math.max(56, 18 + 6.9 * Math.max(0, ...rows.map(({ name }) => Math.min(most, name.length))));
}

/** The colours of the map, as plotly.js takes them: places in [0, 1] of the scale up to three times the threshold. */
export function driftColours({ colours }: Pick<ChartStyle, 'colours'>): [number, string][] {
  const between = (from: string, to: string, share: number): string => {
    const [red = 0, green = 0, blue = 0] = mix(from, to, share).map(Math.round);
    return `rgb(${red},${green},${blue})`;
  };
  const threshold = 1 / fullColour;
  return [
    [0, between(colours.surface, colours.current, 0.04)],
    [threshold, between(colours.surface, colours.current, 0.5)],
    [threshold, between(colours.surface, colours.violated, 0.3)],
    [1, between(colours.surface, colours.violated, 1)],
  ];
}

function place(time: number): string {
  return plotTime(new Date(time).toISOString());
}

/** What each cell says under the pointer. There are tens of thousands: words and times are made once. */
function hoverTexts(grid: DriftGrid, rows: readonly DriftRow[], { trans }: ChartStyle): string[][] {
  const times = new Map<DriftSlot, string>();
  const timeOf = (slot: DriftSlot): string => {
    let words = times.get(slot);
    if (words === undefined) {
      const { start, end, hourly } = slot;
      const time = hourly ? formatTimeAndZone(start) : formatWindow({ start, end });
      const length = Date.parse(end) - Date.parse(start);
      const several = grid.length > length ? `<br>${trans.__('the worst of %1 hours', grid.length / HOUR)}` : '';
      words = `<br>${time}${several}<br>${trans.__('rows')} ${formatCount(slot.rows)}<br>${trans.__('distance')} `;
      times.set(slot, words);
    }
    return words;
  };
  const thresholds = trans.__('times its threshold');
  const none = `<br>${trans.__('not compared')}`;
  return grid.cells.map((line, row) => {
    const name = `<b>${plotText(shorten(rows[row]!.name, 60))}</b>`;
    return line.map((cell) =>
      cell === undefined
        ? name + none
        : `${name}${timeOf(cell.slot)}${formatDistance(cell.distance)}, ${cell.ratio.toFixed(1)} ${thresholds}`,
    );
  });
}

/** Frames around the windows in which a feature was violated, each with a triangle where it begins. */
function violatedFrames(
  series: MeasuredSeries,
  rows: readonly DriftRow[],
  { from, to }: ShownSpan,
  { colours, trans }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  const clip = (iso: string): string =>
    new Date(Math.min(to.getTime(), Math.max(from.getTime(), Date.parse(iso)))).toISOString();
  const frames = rows.flatMap((row, index) =>
    violatedRuns(series, row.place)
      .filter(({ start, end }) => Date.parse(end) > from.getTime() && Date.parse(start) < to.getTime())
      .map(({ start, end }) => ({ index, start: plotTime(clip(start)), end: plotTime(clip(end)) })),
  );
  if (frames.length === 0) return [];
  const half = 0.46;
  const shared = { type: 'scatter', name: trans.__('window with a violation'), hoverinfo: 'skip' };
  return [
    {
      ...shared,
      mode: 'lines',
      x: frames.flatMap(({ start, end }, at) => [...(at === 0 ? [] : [null]), start, end, end, start, start]),
      y: frames.flatMap(({ index }, at) => [
        ...(at === 0 ? [] : [null]),
        ...[-half, -half, half, half, -half].map((by) => index + by),
      ]),
      line: { color: colours.text, width: 1.5 },
    },
    {
      ...shared,
      mode: 'markers',
      x: frames.map(({ start }) => start),
      y: frames.map(({ index }) => index),
      cliponaxis: false,
      marker: {
        symbol: 'triangle-up',
        size: 10,
        color: colours.violated,
        line: { color: colours.background, width: 1.5 },
      },
    },
  ];
}

/** The map with a frame around the cell that is shown in full: all else is the same values, which plotly.js keeps. */
export function markCell(
  { data, layout }: Figure,
  rows: readonly DriftRow[],
  { place, start, end }: MarkedCell,
  { colours }: ChartStyle,
): Figure {
  const index = rows.findIndex((row) => row.place === place);
  if (index < 0) return { data, layout };
  const frame = {
    type: 'rect',
    x0: plotTime(start),
    x1: plotTime(end),
    y0: index - 0.5,
    y1: index + 0.5,
    line: { color: colours.current, width: 2.5 },
  };
  return { data, layout: { ...layout, shapes: [frame, ...(layout['shapes'] as readonly object[])] } };
}
