import type { ExecutionOutcome } from 'driftline';
import { shorten } from '../format/shorten.js';
import { formatWindow } from '../format/time-format.js';
import { eventMarks, type TimeEvent } from './event-marks.js';
import { axis, baseLayout, type ChartStyle, type Figure, plotText } from './figure.js';
import { middleOf } from './measure-points.js';
import { plotTime } from './plot-time.js';
import { brushing, type ShownSpan, timeAxis } from './time-axis.js';

/** One execution and what it came to. */
export interface OutcomePoint {
  /** ISO. */
  readonly start: string;
  readonly scheduledTime: string;
  readonly outcome: ExecutionOutcome;
  /** In words, "6 violations". */
  readonly words: string;
  readonly violations: number;
}

/** A line of the chart: a monitor. */
export interface OutcomeLine {
  readonly monitor: string;
  readonly title: string;
  readonly points: readonly OutcomePoint[];
}

/** What a click gives: the monitor, and the execution's scheduled time. */
export type OutcomeKey = readonly [monitor: string, scheduledTime: string];

/** Points of one line that can be told apart with the number of violations above each. */
const numbered = 40;

/** What every execution came to, a line a monitor: a sign and a colour for the outcome, with the number of violations. */
export function outcomeTimeFigure(
  {
    lines,
    span,
    events,
  }: { readonly lines: readonly OutcomeLine[]; readonly span: ShownSpan; readonly events: readonly TimeEvent[] },
  style: ChartStyle,
): Figure {
  const { colours, width } = style;
  const looks: Readonly<Record<ExecutionOutcome, readonly [symbol: string, colour: string]>> = {
    ok: ['circle', colours.ok],
    violations: ['triangle-up', colours.violated],
    'no-data': ['circle-open', colours.muted],
    failed: ['x', colours.drifting],
    stopped: ['square-open', colours.muted],
  };
  const marks = eventMarks(events, style);
  const length = width < 420 ? 14 : 28;
  return {
    data: [
      ...lines.map(({ monitor, title, points }, index) => ({
        type: 'scatter',
        mode: points.length > numbered || width < 560 ? 'markers' : 'markers+text',
        name: plotText(title),
        x: points.map((point) => plotTime(new Date(middleOf(point)).toISOString())),
        y: points.map(() => index),
        customdata: points.map(({ scheduledTime }): OutcomeKey => [monitor, scheduledTime]),
        text: points.map(({ violations }) => (violations > 0 ? ` ${violations}` : '')),
        textposition: 'middle right',
        textfont: { color: colours.text, size: 11 },
        marker: {
          size: points.length > 150 ? 6 : 11,
          symbol: points.map(({ outcome }) => looks[outcome][0]),
          color: points.map(({ outcome }) => looks[outcome][1]),
          line: { width: 1.25, color: points.map(({ outcome }) => looks[outcome][1]) },
        },
        hovertext: points.map(
          ({ start, scheduledTime, words }) =>
            `<b>${plotText(shorten(title, 60))}</b><br>${plotText(words)}<br>${formatWindow({ start, end: scheduledTime })}`,
        ),
        hoverinfo: 'text',
      })),
      ...marks.data,
    ],
    layout: {
      ...baseLayout(style),
      ...brushing,
      height: 66 + Math.max(1, lines.length) * 30,
      margin: { l: 8, r: 14, t: 16, b: 44 },
      hovermode: 'closest',
      xaxis: timeAxis(style, span),
      yaxis: axis(style, '', {
        title: undefined,
        tickvals: lines.map((_, index) => index),
        ticktext: lines.map(({ title }) => `${plotText(shorten(title, length))} `),
        tickfont: { color: colours.text },
        range: [lines.length - 0.5, -0.5],
        ticks: '',
      }),
      ...marks.layout,
      shapes: [...marks.shapes],
    },
  };
}
