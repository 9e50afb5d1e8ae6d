import { formatCount, formatPValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { formatWindow } from '../format/time-format.js';
import { estimateColour } from './estimate-colour.js';
import { eventMarks, type TimeEvent } from './event-marks.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { type MeasurePoint, middleOf, runsOf } from './measure-points.js';
import { boundsArea, stepArea, stepLine, stepsOf } from './measure-steps.js';
import { plotTime } from './plot-time.js';
import { transparent } from './sample-markers.js';
import { brushing, type ShownSpan, timeAxis } from './time-axis.js';

/** What the chart of one measured subject against time shows. */
export interface MeasureTime {
  /** Of the vertical axis. */
  readonly title: string;
  /** Ascending. */
  readonly points: readonly MeasurePoint[];
  readonly span: ShownSpan;
  readonly events: readonly TimeEvent[];
  /** The scheduled time of the execution whose window is marked. */
  readonly selected?: string;
  /** A value as text. */
  readonly text: (value: number) => string;
  /** Limits as lines, or as an area in which the value may lie. */
  readonly limits: 'lines' | 'allowed';
  /** The value of equal treatment. */
  readonly fair?: number;
  /** Values cannot be lower, or higher. */
  readonly least?: number;
  readonly most?: number;
}

type Trace = Readonly<Record<string, unknown>>;

/**
 * A measure by execution, at the middles of their windows: the value with its interval, what was estimated without labels, the
 * baseline and the limits as steps, since both can change; violations have a form and a colour of their own. `customdata` is
 * the execution's scheduled time.
 */
export function measureTimeFigure(chart: MeasureTime, style: ChartStyle): Figure {
  const { points, span, events, title, selected, fair } = chart;
  const range = verticalRange(chart);
  const marks = eventMarks(events, style);
  const { colours } = style;
  return {
    data: [
      ...allowedArea(chart, range, style),
      ...intervalArea(chart, style),
      ...levels(chart, style),
      ...estimateLine(chart, style),
      ...valueLine(chart, style),
      ...marks.data,
    ],
    layout: {
      ...baseLayout(style),
      ...brushing,
      height: 250,
      margin: { l: 56, r: 14, t: 14, b: 44 },
      hovermode: 'closest',
      xaxis: timeAxis(style, span),
      yaxis: axis(style, plotText(shorten(title, 30)), { range, nticks: 6 }),
      ...marks.layout,
      shapes: [
        ...selectedWindow(points, selected, style),
        ...(fair === undefined
          ? []
          : [
              {
                type: 'line',
                xref: 'paper',
                x0: 0,
                x1: 1,
                y0: fair,
                y1: fair,
                layer: 'below',
                line: { color: colours.muted, width: 1.25, dash: 'dash' },
              },
            ]),
        ...marks.shapes,
      ],
    },
  };
}

/** The window of an execution as a quiet band behind the lines. */
export function selectedWindow(
  points: readonly Pick<MeasurePoint, 'start' | 'scheduledTime'>[],
  selected: string | undefined,
  { colours }: ChartStyle,
): Trace[] {
  const point = points.find(({ scheduledTime }) => scheduledTime === selected);
  if (point === undefined) return [];
  return [
    {
      type: 'rect',
      yref: 'paper',
      y0: 0,
      y1: 1,
      x0: plotTime(point.start),
      x1: plotTime(point.scheduledTime),
      layer: 'below',
      line: { width: 0 },
      fillcolor: transparent(colours.current, 0.09),
    },
  ];
}

function timeOf(point: MeasurePoint): string {
  return plotTime(new Date(middleOf(point)).toISOString());
}

function allowedArea(
  { points, limits }: MeasureTime,
  [bottom, top]: readonly [number, number],
  { colours, trans }: ChartStyle,
): Trace[] {
  if (limits !== 'allowed') return [];
  const area = stepsOf(points, ({ minimum, maximum }) =>
    minimum === undefined && maximum === undefined ? undefined : ([minimum ?? bottom, maximum ?? top] as const),
  );
  if (area.length === 0) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      name: trans.__('allowed'),
      ...stepArea(area),
      fill: 'toself',
      fillcolor: transparent(colours.ok, 0.14),
      line: { color: colours.ok, width: 1, dash: 'dot' },
      hoverinfo: 'skip',
    },
  ];
}

function intervalArea({ points }: MeasureTime, { colours, trans }: ChartStyle): Trace[] {
  const area = boundsArea(points);
  if (area.x.length === 0) return [];
  return [
    {
      type: 'scatter',
      mode: 'lines',
      name: trans.__('95 % interval'),
      ...area,
      fill: 'toself',
      fillcolor: transparent(colours.current, 0.2),
      line: { width: 0, color: colours.current },
      hoverinfo: 'skip',
    },
  ];
}

function levels({ points, limits }: MeasureTime, { colours, trans }: ChartStyle): Trace[] {
  const level = (name: string, of: (point: MeasurePoint) => number | undefined, line: object): Trace[] => {
    const steps = stepsOf(points, of);
    if (steps.length === 0) return [];
    return [{ type: 'scatter', mode: 'lines', name, ...stepLine(steps), line, hoverinfo: 'skip' }];
  };
  const limit = { color: colours.text, width: 1.5, dash: 'dot' };
  return [
    ...level(trans.__('baseline'), ({ baseline }) => baseline, { color: colours.baseline, width: 2 }),
    ...(limits === 'lines'
      ? [
          ...level(trans.__('lower limit'), ({ minimum }) => minimum, limit),
          ...level(trans.__('upper limit'), ({ maximum }) => maximum, limit),
        ]
      : []),
  ];
}

function estimateLine({ points, text }: MeasureTime, { colours, trans }: ChartStyle): Trace[] {
  const runs = runsOf(points, ({ estimate }) => estimate !== undefined);
  if (runs.length === 0) return [];
  const shown = runs.flatMap((run, index) => (index === 0 ? run : [undefined, ...run]));
  const colour = estimateColour(colours);
  return [
    {
      type: 'scatter',
      mode: shown.length > 200 ? 'lines' : 'lines+markers',
      name: trans.__('estimated without labels'),
      x: shown.map((point) => (point === undefined ? null : timeOf(point))),
      y: shown.map((point) => point?.estimate ?? null),
      customdata: shown.map((point) => point?.scheduledTime),
      connectgaps: false,
      line: { color: colour, width: 2, dash: 'dash' },
      marker: { color: colour, size: 7, symbol: 'diamond-open' },
      hovertext: shown.map((point) =>
        point === undefined
          ? ''
          : `<b>${formatWindow({ start: point.start, end: point.scheduledTime })}</b><br>${trans.__('estimated without labels')} ${text(point.estimate!)}`,
      ),
      hoverinfo: 'text',
    },
  ];
}

function valueLine(chart: MeasureTime, { colours, trans }: ChartStyle): Trace[] {
  const runs = runsOf(chart.points, ({ value }) => value !== undefined);
  if (runs.length === 0) return [];
  const shown = runs.flatMap((run, index) => (index === 0 ? run : [undefined, ...run]));
  const many = chart.points.length > 200;
  const oneSided = shown.some((point) => point?.lower !== undefined && point.upper === undefined);
  return [
    {
      type: 'scatter',
      mode: 'lines+markers',
      name: trans.__('measured'),
      x: shown.map((point) => (point === undefined ? null : timeOf(point))),
      y: shown.map((point) => point?.value ?? null),
      customdata: shown.map((point) => point?.scheduledTime),
      connectgaps: false,
      line: { color: colours.current, width: 2 },
      marker: {
        size: shown.map((point) => (point?.violated ? 11 : many ? 3 : 7)),
        symbol: shown.map((point) => (point?.violated ? 'triangle-up' : 'circle')),
        color: shown.map((point) => (point?.violated ? colours.violated : colours.current)),
        line: { color: colours.background, width: many ? 0 : 1 },
        opacity: 1,
      },
      ...(oneSided && {
        error_y: {
          type: 'data',
          symmetric: false,
          array: shown.map(() => 0),
          arrayminus: shown.map((point) =>
            point?.lower === undefined || point.value === undefined ? 0 : Math.max(0, point.value - point.lower),
          ),
          color: colours.muted,
          thickness: 1.25,
          width: 3,
        },
      }),
      hovertext: shown.map((point) => (point === undefined ? '' : pointWords(point, chart, trans))),
      hoverinfo: 'text',
    },
  ];
}

/** What a point says under the pointer. */
function pointWords(point: MeasurePoint, { title, text }: MeasureTime, trans: ChartStyle['trans']): string {
  const { value, lower, upper, minimum, maximum, baseline, estimate, adjustedPValue, completeness, rows } = point;
  const line = (name: string, number: number | undefined): string[] =>
    number === undefined ? [] : [`${name} ${text(number)}`];
  return [
    `<b>${formatWindow({ start: point.start, end: point.scheduledTime })}</b>`,
    ...(point.violated ? [trans.__('violation')] : []),
    ...line(plotText(shorten(title, 40)), value),
    ...(lower !== undefined && upper !== undefined
      ? [`${trans.__('95 % interval')} ${text(lower)} to ${text(upper)}`]
      : line(trans.__('lower 95 % bound'), lower)),
    ...line(trans.__('estimated without labels'), estimate),
    ...line(trans.__('baseline'), baseline),
    ...line(trans.__('lower limit'), minimum),
    ...line(trans.__('upper limit'), maximum),
    ...(adjustedPValue === undefined ? [] : [`${trans.__('adjusted p')} ${plotText(formatPValue(adjustedPValue))}`]),
    ...(completeness === undefined ? [] : [`${trans.__('completeness')} ${(completeness * 100).toFixed(1)} %`]),
    `${trans.__('rows')} ${formatCount(rows)}`,
  ].join('<br>');
}

/**
 * From the lowest to the highest of values and limits, with some air; intervals that reach far beyond them are cut. Never
 * beyond `least` and `most`.
 */
function verticalRange({ points, limits, fair, least, most }: MeasureTime): [number, number] {
  const finite = (values: readonly (number | undefined)[]): number[] =>
    values.filter((value) => value !== undefined).filter(Number.isFinite);
  const core = finite([
    fair,
    ...points.flatMap(({ value, estimate, baseline }) => [value, estimate, baseline]),
    ...(limits === 'lines' ? points.flatMap(({ minimum, maximum }) => [minimum, maximum]) : []),
  ]);
  if (core.length === 0) return [0, 1];
  const [low, high] = [Math.min(...core), Math.max(...core)];
  const reach = Math.max(high - low, Math.abs(high) * 0.1, 1e-6);
  const ends = finite(points.flatMap(({ lower, upper, minimum, maximum }) => [lower, upper, minimum, maximum]));
  const seen = [...core, ...ends.map((end) => Math.max(low - reach, Math.min(high + reach, end)))];
  const [bottom, top] = [Math.min(...seen), Math.max(...seen)];
  const air = Math.max(top - bottom, reach * 0.2, 1e-6) * 0.1;
  return [
    least !== undefined && bottom - air < least ? least - (bottom <= least ? air * 0.4 : 0) : bottom - air,
    most !== undefined && top + air > most ? most + (top >= most ? air * 0.4 : 0) : top + air,
  ];
}
