import type { MeasureSubject } from 'driftline/browser';
import { eventsByWindow, eventWords } from '../../charts/event-marks.js';
import { type MeasurePoint, measurePoints } from '../../charts/measure-points.js';
import { measureTimeFigure } from '../../charts/measure-time.js';
import { formatMeasured } from '../../format/measured-format.js';
import { formatCount, formatFraction, formatPValue, noValue } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { dataTable, type TableColumn } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import type { LegendKey } from '../../widgets/legend.js';
import { statusMark } from '../../widgets/status-mark.js';
import type { Dashboard } from './dashboard.js';
import type { MonitorHistory } from './monitor-history.js';
import { timeFigure } from './time-figure.js';

export interface MeasureViewOptions {
  readonly title: string;
  readonly level?: 4 | 5;
}

/** One measured subject over the range, by its place in the history; a point chooses its execution. */
export function measureView(
  dashboard: Dashboard,
  history: MonitorHistory,
  place: number,
  { title, level = 4 }: MeasureViewOptions,
): HTMLElement {
  const { trans } = dashboard.context;
  const subject = history.measures.subjects[place]!;
  const points = measurePoints(history.measures, place);
  const { kind, fair } = subject;
  const text = (value: number): string => formatMeasured(value, kind);
  const events = dashboard.events();
  const choose = (scheduledTime: unknown): void => {
    if (typeof scheduledTime === 'string') dashboard.chooseExecution(history.monitor, scheduledTime);
  };
  const bounded = kind === 'share' || kind === 'ranking' || kind === 'drift';
  const fraction = kind === 'metric' && points.every(({ value = 0 }) => value >= 0 && value <= 1);
  return timeFigure(dashboard, `${history.monitor} ${subject.key}`, {
    title,
    level,
    label: chartLabel(subject, points, trans),
    legend: legendOf(subject, points, events.length > 0, trans),
    figure: (style) => {
      const selected = dashboard.executionOf(history)?.scheduledTime;
      return measureTimeFigure(
        {
          title: axisTitle(subject, trans),
          points,
          span: dashboard.span,
          events,
          text,
          limits: kind === 'bias' ? 'allowed' : 'lines',
          ...(selected !== undefined && { selected }),
          ...(fair !== undefined && { fair }),
          ...((bounded || fraction) && { least: 0 }),
          ...((kind === 'ranking' || fraction) && { most: 1 }),
        },
        style,
      );
    },
    table: () => measureTable(dashboard, title, subject, points, choose),
    onClick: choose,
  });
}

function axisTitle({ kind, title }: MeasureSubject, trans: Dashboard['context']['trans']): string {
  if (kind === 'drift') return trans.__('distance from the baseline');
  if (kind === 'share') return trans.__('share of attribution');
  return title;
}

function chartLabel(
  { title }: MeasureSubject,
  points: readonly MeasurePoint[],
  trans: Dashboard['context']['trans'],
): string {
  const violated = points.filter((point) => point.violated);
  const [first, last] = [points[0], points.at(-1)];
  const span =
    first && last
      ? trans.__(
          'Line chart of %1 in %2 executions, %3.',
          title,
          points.length,
          formatWindow({ start: first.start, end: last.scheduledTime }),
        )
      : trans.__('Line chart of %1; nothing was measured in this range.', title);
  const worst = trans._n('In 1 of them it is a violation', 'In %1 of them it is a violation', violated.length);
  const newest = violated.at(-1);
  return newest === undefined
    ? span
    : `${span} ${worst}, ${trans.__('the newest until %1.', formatTimeAndZone(newest.scheduledTime))}`;
}

function legendOf(
  { kind, fair }: MeasureSubject,
  points: readonly MeasurePoint[],
  eventful: boolean,
  trans: Dashboard['context']['trans'],
): (readonly [LegendKey, string])[] {
  const has = (of: (point: MeasurePoint) => unknown): boolean => points.some((point) => of(point) !== undefined);
  const limited = has(({ minimum }) => minimum) || has(({ maximum }) => maximum);
  return [
    ['current-line', trans.__('measured')],
    ...(points.some(({ violated }) => violated) ? [['violated-sign', trans.__('violation')] as const] : []),
    ...(has(({ upper }) => upper) ? [['interval', trans.__('95 % interval')] as const] : []),
    ...(has(({ estimate }) => estimate) ? [['estimated-line', trans.__('estimated without labels')] as const] : []),
    ...(has(({ baseline }) => baseline) ? [['baseline-line', trans.__('baseline')] as const] : []),
    ...(limited && kind !== 'bias' ? [['threshold', trans.__('limit')] as const] : []),
    ...(limited && kind === 'bias' ? [['allowed', trans.__('allowed')] as const] : []),
    ...(fair === undefined ? [] : [['fair', trans.__('equal treatment')] as const]),
    ...(eventful ? [['event', trans.__('event')] as const] : []),
  ];
}

interface MeasureRow extends MeasurePoint {
  readonly events: string;
}

function measureTable(
  dashboard: Dashboard,
  caption: string,
  { kind }: MeasureSubject,
  points: readonly MeasurePoint[],
  choose: (scheduledTime: string) => void,
): HTMLElement {
  const { trans } = dashboard.context;
  const events = eventsByWindow(
    points.map(({ scheduledTime }) => scheduledTime),
    dashboard.events(),
  );
  const rows = points.map(
    (point, index): MeasureRow => ({
      ...point,
      events: (events[index] ?? []).map((event) => eventWords(event, trans)).join('; '),
    }),
  );
  const number = (
    title: string,
    of: (row: MeasureRow) => number | undefined,
    format: (value: number) => string = (value) => formatMeasured(value, kind),
  ): TableColumn<MeasureRow>[] => {
    if (rows.every((row) => of(row) === undefined)) return [];
    const cell = (row: MeasureRow): string => {
      const value = of(row);
      return value === undefined ? noValue : format(value);
    };
    return [{ title, kind: 'number', cell, sortBy: of }];
  };
  return dataTable<MeasureRow>({
    caption,
    trans,
    rows,
    rowAttributes: ({ scheduledTime }) => ({ 'data-execution': scheduledTime }),
    columns: [
      {
        title: trans.__('Window'),
        rowHeader: true,
        cell: ({ start, scheduledTime }) =>
          button(
            { class: 'driftline-link', title: trans.__('Show this execution below') },
            () => choose(scheduledTime),
            formatWindow({ start, end: scheduledTime }),
          ),
        value: ({ start, scheduledTime }) => formatWindow({ start, end: scheduledTime }),
        sortBy: ({ scheduledTime }) => scheduledTime,
      },
      {
        title: trans.__('Outcome'),
        cell: ({ violated, value }) =>
          violated
            ? statusMark('violated', trans.__('violation'))
            : value === undefined
              ? statusMark('quiet', trans.__('not measured'))
              : statusMark('ok', trans.__('no violation')),
        sortBy: ({ violated }) => (violated ? 0 : 1),
      },
      ...number(trans.__('Measured'), ({ value }) => value),
      ...number(trans.__('Lower 95 % bound'), ({ lower }) => lower),
      ...number(trans.__('Upper 95 % bound'), ({ upper }) => upper),
      ...number(trans.__('Estimated without labels'), ({ estimate }) => estimate),
      ...number(trans.__('Baseline'), ({ baseline }) => baseline),
      ...number(trans.__('Lower limit'), ({ minimum }) => minimum),
      ...number(trans.__('Upper limit'), ({ maximum }) => maximum),
      ...number(trans.__('Adjusted p'), ({ adjustedPValue }) => adjustedPValue, formatPValue),
      ...number(trans.__('Completeness'), ({ completeness }) => completeness, formatFraction),
      ...number(trans.__('Rank'), ({ rank }) => rank, String),
      ...number(trans.__('Rows'), (row) => row.rows, formatCount),
      ...(rows.some((row) => row.events !== '')
        ? [
            {
              title: trans.__('Events before its end'),
              cell: (row: MeasureRow) => element('span', {}, row.events || noValue),
              value: (row: MeasureRow) => row.events,
            },
          ]
        : []),
    ],
  });
}
