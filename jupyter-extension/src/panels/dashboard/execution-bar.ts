import { formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import { commandIds } from '../../tokens.js';
import { button, type Child, element, uniqueId } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { stateMark } from '../../widgets/state-mark.js';
import type { Dashboard } from './dashboard.js';
import { decidedViolations, outcomeText } from './execution-words.js';
import type { MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';

/** Which execution is shown in full below: a list, its neighbours, and the way to its report. */
export function executionBar(dashboard: Dashboard, title: string): HistoryPart {
  let history: MonitorHistory | undefined;
  const part = new RefreshedPart(
    {
      load: async () => history!,
      make: (shown) => bar(dashboard, shown, title),
    },
    dashboard.context,
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      return part.update(`${next.monitor} ${dashboard.executionOf(next)?.scheduledTime} ${next.key}`);
    },
  };
}

function bar(dashboard: Dashboard, history: MonitorHistory, title: string): Child[] {
  const { context, store } = dashboard;
  const { trans } = context;
  const { monitor, executions } = history;
  const chosen = dashboard.executionOf(history);
  if (chosen === undefined) return [];
  const at = executions.indexOf(chosen);
  const id = uniqueId('execution');
  const text = (execution: (typeof executions)[number]): string =>
    `${formatWindow(execution.window)}, ${outcomeText(execution.outcome, decidedViolations(execution).length, trans)}`;
  const select = element(
    'select',
    { id },
    ...executions
      .toReversed()
      .map((execution) => element('option', { value: execution.scheduledTime }, text(execution))),
  );
  select.value = chosen.scheduledTime;
  select.addEventListener('change', () => dashboard.chooseExecution(monitor, select.value));
  const step = (to: number, name: string, sign: string): HTMLButtonElement => {
    const execution = executions[to];
    return button(
      {
        class: 'driftline-quiet-button',
        'aria-label': name,
        title: name,
        disabled: execution === undefined,
      },
      () => execution && dashboard.chooseExecution(monitor, execution.scheduledTime),
      sign,
    );
  };
  return [
    element(
      'div',
      { class: 'driftline-execution-bar' },
      element('h3', {}, title),
      element('label', { for: id, class: 'driftline-unseen' }, trans.__('Execution')),
      element(
        'span',
        { class: 'driftline-steps' },
        step(at - 1, trans.__('Earlier execution'), '‹'),
        select,
        step(at + 1, trans.__('Later execution'), '›'),
      ),
      stateMark(chosen.outcome, outcomeText(chosen.outcome, decidedViolations(chosen).length, trans)),
      commandLink(
        context,
        commandIds.openExecution,
        { project: store.path, monitor, scheduledTime: chosen.scheduledTime },
        trans.__('Open the whole report'),
      ),
    ),
  ];
}
