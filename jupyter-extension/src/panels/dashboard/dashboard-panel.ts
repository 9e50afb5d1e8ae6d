import type { MainPanelContext, MakeMainPanel } from '../../main-area/main-panel.js';
import { reportLate } from '../../main-area/report-late.js';
import type { ProjectStore } from '../../project/project-store.js';
import { element, uniqueId } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { statusMark } from '../../widgets/status-mark.js';
import { tabs } from '../../widgets/tabs.js';
import { attributionTab } from './attribution-tab.js';
import { biasTab } from './bias-tab.js';
import { copyLink } from './copy-link.js';
import { Dashboard } from './dashboard.js';
import { type DashboardArgs, type TabId, tabIds, tabTitle } from './dashboard-args.js';
import { dataQualityTab } from './data-quality-tab.js';
import { eventForm } from './event-form.js';
import { executionsTab } from './executions-tab.js';
import { headView } from './head-view.js';
import { modelQualityTab } from './model-quality-tab.js';
import type { DashboardTab } from './monitor-tab.js';
import { overviewTab } from './overview-tab.js';
import { rangeControl } from './range-control.js';

/** How often it is looked whether something ran, while the dashboard is in view. */
const LOOK_EVERY = 30_000;

/** The dashboard of an endpoint. */
export const dashboardPanel: MakeMainPanel<DashboardArgs> = async (args, context) => {
  const store = await context.projects.open(args.project);
  await store.refresh();
  requireEndpoint(store, args.endpoint, context);
  const now = (): Date => new Date();
  const dashboard = new Dashboard(store, args, context, now);
  await dashboard.start();
  context.setTitle(args.endpoint, caption(store, args.endpoint, context));
  return dashboardView(dashboard, now);
};

/** What is shown; it follows the project until the panel is closed. */
function dashboardView(dashboard: Dashboard, now: () => Date): HTMLElement {
  const { context, store, endpoint } = dashboard;
  const { trans } = context;
  const id = uniqueId('dashboard');
  const made = new Map<TabId, DashboardTab>();
  const content: Readonly<Record<TabId, () => DashboardTab>> = {
    overview: () => overviewTab(dashboard, now, (tab) => row.choose(tab)),
    'data-quality': () => dataQualityTab(dashboard),
    'model-quality': () => modelQualityTab(dashboard),
    bias: () => biasTab(dashboard),
    attribution: () => attributionTab(dashboard),
    executions: () => executionsTab(dashboard),
  };
  const row = tabs<TabId>(
    {
      label: trans.__('Parts of the dashboard'),
      tabs: tabIds.map((tab) => [tab, tabTitle(tab, trans)] as const),
      chosen: dashboard.tab,
    },
    (tab) => {
      dashboard.tab = tab;
      update();
    },
  );
  // A tab that is not open is brought up to date when it is opened.
  const update = (): void => {
    const { tab } = dashboard;
    let shown = made.get(tab);
    if (shown === undefined) {
      shown = content[tab]();
      made.set(tab, shown);
      row.panel(tab).append(shown.node);
    }
    void shown.update().then(() => requestAnimationFrame(() => endTiming(row.panel(tab), dashboard)));
  };
  const head = new RefreshedPart(
    { load: async () => undefined, make: () => headView(dashboard, now(), (tab) => row.choose(tab)) },
    context,
    'driftline-dashboard-head',
  );
  const problem = element('div', { role: 'status' });
  const follow = (): void => {
    problem.replaceChildren(...(store.problem === undefined ? [] : [statusMark('drifting', store.problem)]));
    void head.update(JSON.stringify([store.status?.updatedAt, store.annotations.decisions, store.text]));
  };
  follow();
  update();
  dashboard.changed.connect((_sender, change) => {
    if (change === 'project') follow();
    update();
  });
  followProject(dashboard);
  const form = eventForm(dashboard);
  return element(
    'div',
    { class: 'driftline-dashboard' },
    element(
      'header',
      { class: 'driftline-dashboard-head' },
      element(
        'div',
        { class: 'driftline-dashboard-title' },
        element('h2', {}, endpoint),
        element('span', { class: 'driftline-muted' }, store.path || '/'),
        element('span', { class: 'driftline-dashboard-actions' }, form.opener, copyLink(dashboard)),
      ),
      form.form,
      problem,
      head.node,
    ),
    element('div', { class: 'driftline-dashboard-bar' }, rangeControl(dashboard, id), row.list),
    element('div', { id, class: 'driftline-dashboard-content' }, row.panels),
  );
}

/** Where no chart is in sight, the dashboard is there as soon as its tab is; else a chart says when it is drawn. */
function endTiming(panel: HTMLElement, dashboard: Dashboard): void {
  const awaited = [...panel.querySelectorAll<HTMLElement>('.driftline-chart:not([data-drawn])')].some((chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return bottom > top && top < window.innerHeight;
  });
  if (!awaited) dashboard.drawn();
}

/** Follows what changes on the disk until the panel is closed. */
function followProject(dashboard: Dashboard): void {
  const { store, context } = dashboard;
  const follow = (): void => {
    dashboard.follow().catch(reportLate);
  };
  const look = (): void => {
    if (context.isVisible() && !document.hidden) void store.refresh();
  };
  store.changed.connect(follow);
  context.shown.connect(look);
  const timer = setInterval(look, LOOK_EVERY);
  context.closed.addEventListener('abort', () => {
    clearInterval(timer);
    store.changed.disconnect(follow);
    context.shown.disconnect(look);
    dashboard.dispose();
  });
}

function requireEndpoint(store: ProjectStore, endpoint: string, { trans }: MainPanelContext): void {
  const known = Object.keys(store.config?.endpoints ?? {});
  if (known.includes(endpoint)) return;
  if (store.problem !== undefined) throw new Error(store.problem);
  throw new Error(
    trans.__(
      'The project "%1" has no endpoint "%2"; it has: %3.',
      store.path || '/',
      endpoint,
      known.join(', ') || '–',
    ),
  );
}

function caption(store: ProjectStore, endpoint: string, { trans }: MainPanelContext): string {
  return trans.__('Dashboard of %1, project %2', endpoint, store.path || '/');
}
