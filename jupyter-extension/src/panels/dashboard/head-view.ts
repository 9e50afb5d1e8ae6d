import { reportLate } from '../../main-area/report-late.js';
import { button, type Child, element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { stateIcon, stateText } from '../../widgets/state-mark.js';
import type { Dashboard } from './dashboard.js';
import { type TabId, tabOfType } from './dashboard-args.js';
import { monitorPlaces, placeTitle } from './monitor-names.js';

/** The states of the endpoint's monitors, each a way to its tab, and where capture and model lie. */
export function headView(dashboard: Dashboard, now: Date, openTab: (tab: TabId) => void): Child[] {
  const { trans } = dashboard.context;
  const states = monitorPlaces(dashboard, now).map((place) => {
    const { type, name, state } = place;
    const open = (): void => {
      if (name !== undefined) dashboard.chooseMonitor(type, name);
      openTab(tabOfType[type]);
    };
    return element(
      'li',
      {},
      button(
        { class: 'driftline-state', title: state.sentence ?? name },
        open,
        stateIcon(state.kind),
        element(
          'span',
          {},
          element('span', { class: 'driftline-state-name' }, placeTitle(place, dashboard)),
          element('span', { class: 'driftline-state-words' }, stateText(state, trans)),
        ),
      ),
    );
  });
  return [
    element('ul', { class: 'driftline-states', 'aria-label': trans.__('Monitors of this endpoint') }, ...states),
    locations(dashboard),
  ];
}

function locations({ store, endpoint, context }: Dashboard): HTMLElement {
  const { trans } = context;
  const config = store.config?.endpoints[endpoint];
  const entries: (readonly [name: string, location: string | undefined])[] = [
    [trans.__('Capture'), config?.capture],
    [trans.__('Ground truth'), config?.['ground-truth']],
    [trans.__('Model'), config?.model],
  ];
  return element(
    'dl',
    { class: 'driftline-facts driftline-locations' },
    ...entries.map(([name, location]) =>
      location === undefined
        ? fact(name, trans.__('not known'))
        : fact(name, '', locationLink(location, store.serverPath(location), context)),
    ),
  );
}

/** The way to a location in the file browser; one that lies elsewhere is text. */
function locationLink(
  location: string,
  path: string | undefined,
  { commands, trans }: Dashboard['context'],
): HTMLElement {
  const code = element('code', { title: location }, location);
  const show = 'filebrowser:go-to-path';
  if (path === undefined || !commands.hasCommand(show)) return code;
  const open = (): void => {
    commands.execute(show, { path }).catch(reportLate);
  };
  return button({ class: 'driftline-link', title: trans.__('Show in the file browser') }, open, code);
}
