import type { DriftSlot } from '../../charts/drift-grid.js';
import { eventsByWindow, eventWords } from '../../charts/event-marks.js';
import { rowsTimeFigure } from '../../charts/rows-time.js';
import { formatCount, noValue } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import type { Dashboard } from './dashboard.js';
import { driftMap } from './drift-choice.js';
import { eventsKey } from './events-key.js';
import type { MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';
import { timeFigure } from './time-figure.js';

/** How many rows there were, by hour or window. */
export function rowsPart(dashboard: Dashboard): HistoryPart {
  let history: MonitorHistory | undefined;
  const part = new RefreshedPart(
    { load: async () => history!, make: (shown) => [rowsView(dashboard, shown)] },
    dashboard.context,
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      const { from, to } = dashboard.span;
      return part.update(`${next.monitor} ${from.getTime()} ${to.getTime()} ${eventsKey(dashboard)} ${next.key}`);
    },
  };
}

function rowsView(dashboard: Dashboard, history: MonitorHistory): HTMLElement {
  const { trans } = dashboard.context;
  const { slots } = driftMap(history, dashboard.span);
  const events = dashboard.events();
  const total = slots.reduce((sum, { rows }) => sum + rows, 0);
  const own = eventsByWindow(
    slots.map(({ end }) => end),
    events,
  );
  const bySlot = new Map(slots.map((slot, index) => [slot, own[index] ?? []]));
  return timeFigure(dashboard, `${history.monitor} rows`, {
    title: trans.__('Rows over time'),
    label: trans.__('Bars of the rows in %1 parts of time, %2 rows in all.', slots.length, formatCount(total)),
    figure: (style) => rowsTimeFigure({ slots, span: dashboard.span, events }, style),
    onClick: (scheduledTime) => {
      if (typeof scheduledTime === 'string') dashboard.chooseExecution(history.monitor, scheduledTime);
    },
    table: () =>
      dataTable<DriftSlot>({
        caption: trans.__('Rows over time'),
        trans,
        rows: slots,
        columns: [
          {
            title: trans.__('Time'),
            rowHeader: true,
            cell: ({ start, end, hourly }) => (hourly ? formatTimeAndZone(start) : formatWindow({ start, end })),
            sortBy: ({ start }) => start,
          },
          {
            title: trans.__('Rows'),
            kind: 'number',
            cell: ({ rows }) => formatCount(rows),
            sortBy: ({ rows }) => rows,
          },
          ...(events.length > 0
            ? [
                {
                  title: trans.__('Events before its end'),
                  cell: (slot: DriftSlot) =>
                    (bySlot.get(slot) ?? []).map((event) => eventWords(event, trans)).join('; ') || noValue,
                },
              ]
            : []),
        ],
      }),
  });
}
