import type { ViolationRecord } from 'driftline';
import { parseSchedule, violationState } from 'driftline/browser';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import { commandIds } from '../../tokens.js';
import { button, type Child, element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { sparkline } from '../../widgets/sparkline.js';
import { stateMark, stateText } from '../../widgets/state-mark.js';
import { statusIcon } from '../../widgets/status-mark.js';
import type { Dashboard } from './dashboard.js';
import { type TabId, tabOfType } from './dashboard-args.js';
import { violationName } from './execution-words.js';
import { type MonitorPlace, placeTitle } from './monitor-names.js';

/** One monitor: its state, the course of its violations, its worst findings, and its last and next executions. */
export function monitorCard(
  dashboard: Dashboard,
  place: MonitorPlace,
  now: Date,
  openTab: (tab: TabId) => void,
): HTMLElement {
  const { context, store } = dashboard;
  const { trans } = context;
  const { type, name, state } = place;
  const status = name === undefined ? undefined : store.status?.monitors[name];
  const open = (): void => {
    if (name !== undefined) dashboard.chooseMonitor(type, name);
    openTab(tabOfType[type]);
  };
  const findings = name === undefined ? [] : (status?.last.violations ?? []);
  const scheduledTime = status?.last.scheduledTime;
  return element(
    'article',
    { class: 'driftline-card', 'aria-label': placeTitle(place, dashboard) },
    element(
      'div',
      { class: 'driftline-card-head' },
      element('h3', {}, button({ class: 'driftline-link' }, open, placeTitle(place, dashboard))),
      stateMark(state.kind, stateText(state, trans)),
    ),
    status !== undefined && trend(status.trend.violations, status.trend.outcomes.length, context),
    state.sentence !== undefined && findings.length === 0 && element('p', { class: 'driftline-muted' }, state.sentence),
    name !== undefined &&
      scheduledTime !== undefined &&
      findings.length > 0 &&
      element(
        'ul',
        { class: 'driftline-card-findings' },
        ...findings.map((violation) => finding(dashboard, name, scheduledTime, violation, now)),
      ),
    name !== undefined &&
      scheduledTime !== undefined &&
      findings.length > 0 &&
      more(dashboard, name, scheduledTime, (status?.violations ?? 0) - findings.length),
    ...nextStep(dashboard, place, status === undefined),
    element(
      'dl',
      { class: 'driftline-facts' },
      ...(status === undefined ? [] : [fact(trans.__('Last window'), formatWindow(status.last.window))]),
      ...(place.config === undefined || state.kind === 'paused'
        ? []
        : [fact(trans.__('Next execution'), nextExecution(place.config.schedule, now, trans))]),
    ),
  );
}

/** The violations of the latest executions as bars. */
function trend(violations: readonly number[], count: number, { trans }: Dashboard['context']): HTMLElement {
  const words = trans._n('Violations in the last execution', 'Violations in the last %1 executions', count);
  return element(
    'p',
    { class: 'driftline-trend' },
    sparkline([{ name: 'baseline', values: violations }], 160, 26),
    element('span', { class: 'driftline-muted' }, words),
    element('span', { class: 'driftline-unseen' }, `: ${violations.join(', ')}`),
  );
}

/** One finding, a way to everything about it; whether somebody has decided about it already. */
function finding(
  { context, store }: Dashboard,
  monitor: string,
  scheduledTime: string,
  violation: ViolationRecord,
  now: Date,
): HTMLElement {
  const { trans } = context;
  const { counts, accepted } = violationState(store.annotations.decisions, monitor, violation, now);
  const name = violationName(violation);
  const link = commandLink(
    context,
    commandIds.openViolation,
    { project: store.path, monitor, scheduledTime, violation: violation.id },
    name,
  );
  const decided = accepted === undefined ? trans.__('muted') : trans.__('accepted');
  return element(
    'li',
    {},
    statusIcon(counts ? 'violated' : 'quiet'),
    element(
      'span',
      {},
      link ?? element('strong', {}, name),
      !counts && element('span', { class: 'driftline-muted' }, ` (${decided})`),
      element('span', { class: 'driftline-card-explanation', title: violation.explanation }, violation.explanation),
    ),
  );
}

/** The findings for which a card has no room stand in the report. */
function more({ context, store }: Dashboard, monitor: string, scheduledTime: string, count: number): Child {
  if (count <= 0) return undefined;
  const words = context.trans._n('1 more in the report', '%1 more in the report', count);
  const args = { project: store.path, monitor, scheduledTime };
  const link = commandLink(context, commandIds.openExecution, args, words);
  return element('p', { class: 'driftline-card-more' }, link ?? words);
}

/** Where nothing is measured: the one thing to do. */
function nextStep({ context, store, endpoint }: Dashboard, { name }: MonitorPlace, fresh: boolean): readonly Child[] {
  const { trans } = context;
  const { path: project } = store;
  const attributes = { class: 'driftline-action' };
  if (name === undefined) {
    return [commandLink(context, commandIds.setUp, { project, endpoint }, trans.__('Set up a monitor'), attributes)];
  }
  if (!fresh) return [];
  return [commandLink(context, commandIds.runMonitor, { project, monitor: name }, trans.__('Run now'), attributes)];
}

function nextExecution(schedule: string, now: Date, trans: Dashboard['context']['trans']): string {
  try {
    const next = parseSchedule(schedule, 'driftline.yaml').next(now);
    return next === undefined ? trans.__('none') : formatTimeAndZone(next.toISOString());
  } catch {
    return schedule;
  }
}
