import type { MeasuredSeries } from 'driftline/browser';
import { formatCount, formatDistance, formatNumber } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { formatTime, formatTimeAndZone } from '../format/time-format.js';
import { mix } from './colour-contrast.js';
import {
  type DriftCell,
  type DriftGrid,
  type DriftRow,
  type DriftSlot,
  driftGrid,
  violatedRuns,
} from './drift-grid.js';
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
  /** The cell that is shown in full. */
  readonly selected?: { readonly place: number; readonly start: string; readonly end: string };
}

/** What a click on a cell gives: the feature's place in `subjects`, and the start of the slot. */
export type DriftCellKey = readonly [place: number, start: string];

/** Pixels of a column: in narrower ones neighbouring hours are put together. */
const narrowestColumn = 5;
const rowHeight = 20;
/** Distances in units of the threshold from which on a cell has the full colour. */
const fullColour = 3;

/**
 * Features by time: the colour is the distance in units of the feature's threshold, blue up to it and from light to dark red
 * beyond it. Windows in which a feature was violated are framed, and begin with a triangle.
 */
export function driftHeatmapFigure(map: DriftHeatmap, style: ChartStyle): Figure {
  const { series, slots, rows, span, events, selected } = map;
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
        hovertemplate: grid.cells.map((line, row) => line.map((cell) => cellWords(cell, rows[row]!, grid, style))),
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
      shapes: [...selectedCell(rows, selected, style), ...marks.shapes],
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

function cellWords(cell: DriftCell | undefined, { name }: DriftRow, grid: DriftGrid, { trans }: ChartStyle): string {
  if (cell === undefined) return `<b>${plotText(shorten(name, 60))}</b><br>${trans.__('not compared')}<extra></extra>`;
  const { slot, distance, ratio } = cell;
  const length = Date.parse(slot.end) - Date.parse(slot.start);
  return [
    `<b>${plotText(shorten(name, 60))}</b>`,
    slot.hourly
      ? formatTimeAndZone(slot.start)
      : trans.__('%1 to %2', formatTime(slot.start), formatTimeAndZone(slot.end)),
    ...(grid.length > length ? [trans.__('the worst of %1 hours', grid.length / 3_600_000)] : []),
    trans.__('distance %1, %2 times its threshold', formatDistance(distance), formatNumber(ratio, 2)),
    `${trans.__('rows')} ${formatCount(slot.rows)}<extra></extra>`,
  ].join('<br>');
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

function selectedCell(
  rows: readonly DriftRow[],
  selected: DriftHeatmap['selected'],
  { colours }: ChartStyle,
): Readonly<Record<string, unknown>>[] {
  const index = rows.findIndex((row) => row.place === selected?.place);
  if (selected === undefined || index < 0) return [];
  return [
    {
      type: 'rect',
      x0: plotTime(selected.start),
      x1: plotTime(selected.end),
      y0: index - 0.5,
      y1: index + 0.5,
      line: { color: colours.current, width: 2.5 },
    },
  ];
}
