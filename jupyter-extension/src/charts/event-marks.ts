import type { ProjectEvent, ViolationDecision } from 'driftline/browser';
import { shorten } from '../format/shorten.js';
import { formatTime } from '../format/time-format.js';
import { type ChartStyle, plotText } from './figure.js';
import { plotTime } from './plot-time.js';

export type TimeEventKind = ProjectEvent['kind'] | ViolationDecision['kind'];

/** Something that happened: a mark on every time axis. */
export interface TimeEvent {
  readonly id: string;
  /** ISO. */
  readonly time: string;
  readonly kind: TimeEventKind;
  /** What happened, as people wrote it. */
  readonly text: string;
}

/** A mark's form says what happened, for those to whom colours say nothing. */
const symbols: Readonly<Record<TimeEventKind, string>> = {
  baseline: 'square',
  deployment: 'triangle-up',
  incident: 'x',
  note: 'circle',
  accepted: 'diamond',
  muted: 'diamond',
};

/** The kind in words: "deployment". */
export function eventKindWords(kind: TimeEventKind, trans: ChartStyle['trans']): string {
  const words: Readonly<Record<TimeEventKind, string>> = {
    baseline: trans.__('new baseline'),
    deployment: trans.__('deployment'),
    incident: trans.__('incident'),
    note: trans.__('note'),
    accepted: trans.__('accepted as normal'),
    muted: trans.__('muted'),
  };
  return words[kind] ?? kind;
}

/** "6 Mar 2026, 10:00, deployment: model 2". */
export function eventWords({ time, kind, text }: TimeEvent, trans: ChartStyle['trans']): string {
  const what = eventKindWords(kind, trans);
  return `${formatTime(time)}, ${text === '' ? what : `${what}: ${text}`}`;
}

/** What events add to a chart: to its data, its shapes and its layout. */
export interface EventMarks {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly shapes: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** Vertical lines with a mark at the top that says under the pointer what happened. */
export function eventMarks(events: readonly TimeEvent[], style: ChartStyle): EventMarks {
  if (events.length === 0) return { data: [], shapes: [], layout: {} };
  const { colours, trans } = style;
  const times = events.map(({ time }) => plotTime(time));
  return {
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: trans.__('events'),
        yaxis: 'y9',
        x: times,
        y: times.map(() => 1),
        cliponaxis: false,
        marker: {
          size: 9,
          symbol: events.map(({ kind }) => symbols[kind]),
          color: colours.drifting,
          line: { color: colours.background, width: 1 },
        },
        hovertext: events.map((event) => plotText(shorten(eventWords(event, trans), 120))),
        hoverinfo: 'text',
      },
    ],
    shapes: times.map((time) => ({
      type: 'line',
      yref: 'paper',
      y0: 0,
      y1: 1,
      x0: time,
      x1: time,
      line: { color: colours.drifting, width: 1.25, dash: 'dash' },
    })),
    layout: { yaxis9: { overlaying: 'y', range: [0, 1], visible: false, fixedrange: true } },
  };
}

/**
 * The events that belong to each of some windows, by place: those since the window before ended, so that every event is
 * somewhere; what came after the last window is in the last.
 *
 * @param ends - ISO, ascending.
 */
export function eventsByWindow(ends: readonly string[], events: readonly TimeEvent[]): TimeEvent[][] {
  const places: TimeEvent[][] = ends.map(() => []);
  const times = ends.map((end) => Date.parse(end));
  for (const event of events) {
    const found = times.findIndex((end) => end > Date.parse(event.time));
    places[found < 0 ? places.length - 1 : found]?.push(event);
  }
  return places;
}
