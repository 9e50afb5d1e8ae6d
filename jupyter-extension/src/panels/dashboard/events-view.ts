import { eventKindWords, type TimeEvent } from '../../charts/event-marks.js';
import { formatTimeAndZone } from '../../format/time-format.js';
import { reportLate } from '../../main-area/report-late.js';
import { dataTable } from '../../widgets/data-table.js';
import { button, element } from '../../widgets/element.js';
import type { Dashboard } from './dashboard.js';

/** What happened in the range, as a table; events that people added can be removed. */
export function eventsView(dashboard: Dashboard): HTMLElement {
  const { context, store } = dashboard;
  const { trans } = context;
  const events = dashboard.events();
  if (events.length === 0) {
    return element(
      'p',
      { class: 'driftline-muted' },
      trans.__('None. A deployment, a new baseline or an incident that is added above is marked on every time axis.'),
    );
  }
  const added = new Set(store.annotations.events.map(({ id }) => id));
  const remove = ({ id }: TimeEvent): void => {
    store.annotate((all) => ({ ...all, events: all.events.filter((event) => event.id !== id) })).catch(reportLate);
  };
  return dataTable<TimeEvent>({
    caption: trans.__('Events in this range'),
    trans,
    rows: events,
    columns: [
      {
        title: trans.__('Time'),
        rowHeader: true,
        cell: ({ time }) => formatTimeAndZone(time),
        sortBy: ({ time }) => time,
      },
      { title: trans.__('Kind'), cell: ({ kind }) => eventKindWords(kind, trans), sortBy: ({ kind }) => kind },
      { title: trans.__('What happened'), cell: ({ text }) => text },
      {
        title: trans.__('Change'),
        cell: (event) =>
          added.has(event.id) &&
          button(
            { class: 'driftline-link', 'aria-label': trans.__('Remove the event "%1"', event.text) },
            () => remove(event),
            trans.__('Remove'),
          ),
        value: () => '',
      },
    ],
  });
}
