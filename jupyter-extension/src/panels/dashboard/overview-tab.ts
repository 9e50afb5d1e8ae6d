import { element } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { section } from '../../widgets/section.js';
import type { Dashboard } from './dashboard.js';
import type { TabId } from './dashboard-args.js';
import { eventsKey } from './events-key.js';
import { eventsView } from './events-view.js';
import { monitorCard } from './monitor-card.js';
import { monitorPlaces } from './monitor-names.js';
import type { DashboardTab } from './monitor-tab.js';
import { outcomeLines, outcomesView } from './outcomes-view.js';

/** The endpoint at a glance: a card for each monitor, what its executions came to, and what happened. */
export function overviewTab(dashboard: Dashboard, now: () => Date, openTab: (tab: TabId) => void): DashboardTab {
  const { context, store } = dashboard;
  const { trans } = context;
  const cards = new RefreshedPart(
    {
      load: async () => monitorPlaces(dashboard, now()),
      make: (places) => [
        element(
          'div',
          { class: 'driftline-cards' },
          ...places.map((place) => monitorCard(dashboard, place, now(), openTab)),
        ),
      ],
    },
    context,
  );
  const outcomes = new RefreshedPart(
    {
      load: () => outcomeLines(dashboard),
      make: (lines) => [
        section(trans.__('Executions in this range'), outcomesView(dashboard, lines)),
        section(trans.__('Events in this range'), eventsView(dashboard)),
      ],
    },
    context,
    'driftline-tab',
  );
  return {
    node: element('div', { class: 'driftline-tab' }, cards.node, outcomes.node),
    update: async () => {
      const { from, to } = dashboard.span;
      const state = JSON.stringify([store.status?.updatedAt, store.annotations, store.text]);
      await Promise.all([
        cards.update(state),
        outcomes.update(`${from.getTime()} ${to.getTime()} ${eventsKey(dashboard)} ${state}`),
      ]);
    },
  };
}
