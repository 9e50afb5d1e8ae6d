import { formatTimeAndZone } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import { reportLate } from '../../main-area/report-late.js';
import { commandIds } from '../../tokens.js';
import { button, type Child, element, uniqueId } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import type { Dashboard } from './dashboard.js';
import { type MonitorTabId, monitorTypeOf, tabTitle } from './dashboard-args.js';
import { emptyState } from './empty-state.js';
import type { MonitorHistory } from './monitor-history.js';

/** The content of a tab. */
export interface DashboardTab {
  readonly node: HTMLElement;
  /** Shows what the dashboard has now; parts that have not changed stay as they are. Never throws. */
  update(): Promise<void>;
}

/** A part of a monitor's tab. */
export interface HistoryPart {
  readonly node: HTMLElement;
  update(history: MonitorHistory): Promise<void>;
}

/**
 * The tab of one monitor: its parts where it measured something in the range; else why there is nothing, and what to do about
 * it.
 */
export function monitorTab(dashboard: Dashboard, tab: MonitorTabId, parts: readonly HistoryPart[]): DashboardTab {
  const type = monitorTypeOf[tab];
  const { trans } = dashboard.context;
  const chooser = element('div');
  const notice = element('div', { role: 'status' });
  const content = element('div', { class: 'driftline-tab' }, ...parts.map(({ node }) => node));
  content.hidden = true;
  const node = element('div', {}, chooser, notice, content);
  let attempt = 0;
  const say = (...children: readonly Child[]): void => {
    content.hidden = true;
    notice.hidden = false;
    notice.replaceChildren(...children.filter((child) => child !== false && child !== undefined));
  };
  const update = async (): Promise<void> => {
    attempt += 1;
    const own = attempt;
    node.removeAttribute('aria-busy');
    showChooser(chooser, dashboard, type);
    const monitor = dashboard.monitorOf(type);
    if (monitor === undefined) {
      say(notConfigured(dashboard, tab));
      return;
    }
    if (dashboard.store.status?.monitors[monitor] === undefined) {
      say(neverRun(dashboard, monitor));
      return;
    }
    node.setAttribute('aria-busy', 'true');
    if (content.hidden) say(element('p', { class: 'driftline-muted' }, trans.__('Loading …')));
    try {
      const history = await dashboard.history(monitor);
      if (own !== attempt) return;
      if (history.executions.length === 0) {
        say(nothingInRange(dashboard, monitor));
        return;
      }
      notice.hidden = true;
      notice.replaceChildren();
      content.hidden = false;
      await Promise.all(parts.map((part) => part.update(history)));
    } catch (error) {
      if (own !== attempt) return;
      const reason = error instanceof Error ? error.message : String(error);
      const problem = { what: reason, fix: trans.__('Correct what is named, then open this tab again.') };
      say(problemPanel(problem, trans.__('This monitor cannot be shown')));
    } finally {
      if (own === attempt) node.removeAttribute('aria-busy');
    }
  };
  return { node, update };
}

/** Where the endpoint has several monitors of one type: which of them is shown. */
function showChooser(place: HTMLElement, dashboard: Dashboard, type: (typeof monitorTypeOf)[MonitorTabId]): void {
  const { trans } = dashboard.context;
  const names = dashboard.monitorsOf(type).map(([name]) => name);
  const shown = place.querySelector('select');
  if (names.length < 2) {
    place.replaceChildren();
    return;
  }
  const chosen = dashboard.monitorOf(type)!;
  if (shown !== null && [...shown.options].map(({ value }) => value).join() === names.join()) {
    shown.value = chosen;
    return;
  }
  const id = uniqueId('monitor');
  const select = element('select', { id }, ...names.map((name) => element('option', { value: name }, name)));
  select.value = chosen;
  select.addEventListener('change', () => dashboard.chooseMonitor(type, select.value));
  place.replaceChildren(
    element('p', { class: 'driftline-field' }, element('label', { for: id }, trans.__('Monitor')), select),
  );
}

function notConfigured({ context, store, endpoint }: Dashboard, tab: MonitorTabId): HTMLElement {
  const { trans } = context;
  const set = commandLink(context, commandIds.setUp, { project: store.path, endpoint }, trans.__('Set up a monitor'), {
    class: 'driftline-action',
  });
  const about: Readonly<Record<MonitorTabId, string>> = {
    'data-quality': trans.__('It would compare what the endpoint receives with the data its model was trained on.'),
    'model-quality': trans.__('It would compare predictions with ground truth as it arrives.'),
    bias: trans.__(
      'It would compare how groups of people are treated, against the baseline and against equal treatment.',
    ),
    attribution: trans.__('It would tell whether the model still rests on the same features as in training.'),
  };
  return emptyState(
    trans.__('This endpoint has no monitor of this type: %1.', tabTitle(tab, trans).toLowerCase()),
    element('p', { class: 'driftline-muted' }, about[tab]),
    set ?? element('p', { class: 'driftline-muted' }, trans.__('Add one to driftline.yaml.')),
  );
}

function neverRun({ context, store }: Dashboard, monitor: string): HTMLElement {
  const { trans } = context;
  const run = commandLink(context, commandIds.runMonitor, { project: store.path, monitor }, trans.__('Run now'), {
    class: 'driftline-action',
  });
  return emptyState(
    trans.__('The monitor "%1" has never run.', monitor),
    run ?? element('p', { class: 'driftline-muted' }, trans.__('Run it: driftline run %1', monitor)),
  );
}

function nothingInRange(dashboard: Dashboard, monitor: string): HTMLElement {
  const { store, context, choice } = dashboard;
  const { trans } = context;
  const newest = store.status?.monitors[monitor]?.last.window.end;
  const last = 'last' in choice ? choice.last : 'week';
  const show = (): void => {
    dashboard.chooseRange({ last, until: 'latest' }).catch(reportLate);
  };
  return emptyState(
    trans.__('The monitor "%1" has no data in this range.', monitor),
    newest !== undefined &&
      element('p', { class: 'driftline-muted' }, trans.__('Its newest window ends %1.', formatTimeAndZone(newest))),
    button({ class: 'driftline-action' }, show, trans.__('Show the newest')),
  );
}
