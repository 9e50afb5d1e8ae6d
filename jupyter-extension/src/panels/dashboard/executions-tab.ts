import type { ExecutionRecord } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import { commandIds } from '../../tokens.js';
import { dataTable } from '../../widgets/data-table.js';
import { element, uniqueId } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { kindText, stateMark } from '../../widgets/state-mark.js';
import { monitorTypes } from '../monitor-types.js';
import type { Dashboard } from './dashboard.js';
import { tabOfType, tabTitle } from './dashboard-args.js';
import { formatDuration } from './duration.js';
import { emptyState } from './empty-state.js';
import { decidedViolations, outcomeText, violationName } from './execution-words.js';
import { executionsWithin } from './monitor-history.js';
import type { DashboardTab } from './monitor-tab.js';

interface ExecutionRow {
  readonly monitor: string;
  readonly title: string;
  readonly execution: ExecutionRecord;
}

const outcomes: readonly ExecutionRecord['outcome'][] = ['violations', 'failed', 'stopped', 'no-data', 'ok'];

/** Rows of the table before more are asked for. */
const firstRows = 200;

/** Every execution in the range, filtered by monitor and by what it came to; each opens its report. */
export function executionsTab(dashboard: Dashboard): DashboardTab {
  const { context, store } = dashboard;
  const { trans } = context;
  const place = element('div', { class: 'driftline-executions' });
  const count = element('span', { class: 'driftline-muted', role: 'status' });
  let rows: readonly ExecutionRow[] = [];
  const monitors = choice(trans.__('Monitor'), () => show());
  const states = choice(trans.__('State'), () => show());
  const show = (): void => {
    const left = rows.filter(
      ({ monitor, execution }) =>
        (monitors.select.value === '' || monitor === monitors.select.value) &&
        (states.select.value === '' || execution.outcome === states.select.value),
    );
    count.textContent = trans.__('%1 of %2 executions', left.length, rows.length);
    place.replaceChildren(
      left.length === 0 ? nothing(dashboard, rows.length) : executionsTable(dashboard, left.slice(0, firstRows)),
      left.length > firstRows
        ? element(
            'p',
            { class: 'driftline-note' },
            trans.__('The newest %1 are listed; choose a shorter range, a monitor or a state for others.', firstRows),
          )
        : '',
    );
  };
  const part = new RefreshedPart(
    {
      load: () => executionRows(dashboard),
      make: (found) => {
        rows = found;
        const names = new Map(
          monitorTypes.flatMap((type) =>
            dashboard.monitorsOf(type).map(([name]) => [name, `${tabTitle(tabOfType[type], trans)}: ${name}`] as const),
          ),
        );
        monitors.fill([['', trans.__('all monitors')], ...names]);
        states.fill([
          ['', trans.__('all states')],
          ...outcomes.map((outcome) => [outcome, kindText(outcome, trans)] as const),
        ]);
        show();
        return [element('div', { class: 'driftline-filters' }, monitors.node, states.node, count), place];
      },
    },
    context,
  );
  return {
    node: part.node,
    update: async () => {
      const { from, to } = dashboard.span;
      await part.update(`${from.getTime()} ${to.getTime()} ${store.status?.updatedAt} ${store.text}`);
    },
  };
}

interface Choice {
  readonly node: HTMLElement;
  readonly select: HTMLSelectElement;
  /** Sets what can be chosen, and keeps what is chosen where it still can be. */
  fill(entries: readonly (readonly [value: string, words: string])[]): void;
}

function choice(title: string, onChange: () => void): Choice {
  const id = uniqueId('choice');
  const select = element('select', { id });
  select.addEventListener('change', onChange);
  return {
    node: element('span', { class: 'driftline-field' }, element('label', { for: id }, title), select),
    select,
    fill: (entries) => {
      const chosen = select.value;
      select.replaceChildren(...entries.map(([value, words]) => element('option', { value }, words)));
      select.value = entries.some(([value]) => value === chosen) ? chosen : '';
    },
  };
}

/** All executions of the endpoint in the range, the newest first. */
async function executionRows(dashboard: Dashboard): Promise<ExecutionRow[]> {
  const { store, span, context } = dashboard;
  const lists = await Promise.all(
    monitorTypes.flatMap((type) =>
      dashboard.monitorsOf(type).map(async ([monitor]) => {
        const executions = await executionsWithin(store, monitor, span);
        const title = tabTitle(tabOfType[type], context.trans);
        return executions.map((execution) => ({ monitor, title, execution }));
      }),
    ),
  );
  const time = ({ execution }: ExecutionRow): number => Date.parse(execution.scheduledTime);
  return lists.flat().sort((a, b) => time(b) - time(a));
}

function executionsTable({ context, store }: Dashboard, rows: readonly ExecutionRow[]): HTMLElement {
  const { trans } = context;
  return dataTable<ExecutionRow>({
    caption: trans.__('Executions'),
    trans,
    stack: true,
    rows,
    rowAttributes: ({ monitor, execution }) => ({ 'data-execution': `${monitor} ${execution.scheduledTime}` }),
    columns: [
      {
        title: trans.__('Window'),
        rowHeader: true,
        cell: ({ monitor, execution }) => {
          const { scheduledTime, window } = execution;
          const args = { project: store.path, monitor, scheduledTime };
          return (
            commandLink(context, commandIds.openExecution, args, formatWindow(window), {
              title: trans.__('Open the report of this execution'),
            }) ?? formatWindow(window)
          );
        },
        value: ({ execution }) => formatWindow(execution.window),
        sortBy: ({ execution }) => execution.scheduledTime,
      },
      {
        title: trans.__('State'),
        cell: ({ execution }) =>
          stateMark(execution.outcome, outcomeText(execution.outcome, decidedViolations(execution).length, trans)),
        sortBy: ({ execution }) => outcomes.indexOf(execution.outcome) * 1e6 - decidedViolations(execution).length,
      },
      {
        title: trans.__('Monitor'),
        cell: ({ title, monitor }) => element('span', { title: monitor }, title),
        sortBy: ({ title }) => title,
      },
      {
        title: trans.__('What was found'),
        cell: ({ execution }) => element('div', { class: 'driftline-what' }, foundWords(execution)),
      },
      {
        title: trans.__('Rows'),
        kind: 'number',
        cell: ({ execution }) => formatCount(execution.rows),
        sortBy: ({ execution }) => execution.rows,
      },
      {
        title: trans.__('Duration'),
        kind: 'number',
        cell: ({ execution }) => formatDuration(durationOf(execution)),
        sortBy: ({ execution }) => durationOf(execution),
      },
      {
        title: trans.__('Started'),
        cell: ({ execution }) => formatTimeAndZone(execution.startedAt),
        sortBy: ({ execution }) => execution.startedAt,
      },
    ],
  });
}

/** Whom the violations are about, the worst first; of failures the reason. */
function foundWords(execution: ExecutionRecord): string {
  const { failureReason, headline } = execution;
  if (failureReason !== undefined) return failureReason;
  const names = [...new Set(decidedViolations(execution).map(violationName))];
  return names.length === 0 ? headline : names.slice(0, 8).join(', ') + (names.length > 8 ? ' …' : '');
}

function durationOf({ startedAt, endedAt }: ExecutionRecord): number {
  return Date.parse(endedAt) - Date.parse(startedAt);
}

function nothing({ context }: Dashboard, all: number): HTMLElement {
  const { trans } = context;
  return all === 0
    ? emptyState(
        trans.__('Nothing ran in this range.'),
        element('p', { class: 'driftline-muted' }, trans.__('Choose a longer range above.')),
      )
    : emptyState(
        trans.__('No execution is of this monitor and state.'),
        element('p', { class: 'driftline-muted' }, trans.__('Choose all monitors or all states.')),
      );
}
