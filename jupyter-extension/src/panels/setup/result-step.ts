import type { RunExecution } from 'driftline';
import { formatWindow } from '../../format/time-format.js';
import { commandIds } from '../../tokens.js';
import { button, element } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { statusMark } from '../../widgets/status-mark.js';
import type { CreatedMonitors } from './created-monitors.js';
import { openFresh, projectFileWords, type SetupContext } from './setup-step.js';

/** Violations of a monitor that are listed; the report has all. */
const NAMED = 10;

/** What the first check found, with the ways to its reports. */
export async function resultPart(
  created: CreatedMonitors,
  executions: readonly RunExecution[],
  context: SetupContext,
): Promise<HTMLElement> {
  const { trans, state, commands } = context;
  const store = await openFresh(context);
  const parts = await Promise.all(executions.map((execution) => executionPart(execution, context)));
  const { path: project } = store;
  const dashboard = button(
    { class: 'driftline-action' },
    () => void commands.execute(commandIds.openDashboard, { project, endpoint: created.endpoint }),
    trans.__('Open the dashboard'),
  );
  return element(
    'div',
    { class: 'driftline-setup-result' },
    element(
      'p',
      {},
      trans.__(
        '%1 is written. The monitors run by "driftline run --all", or from the Monitors panel.',
        projectFileWords(state.project),
      ),
    ),
    executions.length === 0 && element('p', {}, trans.__('Nothing was scheduled yet, so nothing was checked.')),
    ...parts,
    commands.hasCommand(commandIds.openDashboard) && dashboard,
  );
}

async function executionPart(execution: RunExecution, context: SetupContext): Promise<HTMLElement> {
  const { trans, commands } = context;
  const { monitor, scheduledTime, outcome, headline } = execution;
  if (outcome === 'failed') {
    return section(
      monitor,
      element('p', {}, statusMark('drifting', trans.__('Failed'))),
      element('p', { class: 'driftline-setup-reason' }, headline),
    );
  }
  const store = await openFresh(context);
  const time = new Date(scheduledTime);
  const [record] = await store.executions(monitor, { from: time, to: time });
  const args = { project: store.path, monitor, scheduledTime };
  // Of the rule that decides; the report has those of the other one, too.
  const decided =
    record?.violations.filter(({ rules }) => record.rule === undefined || rules.includes(record.rule)) ?? [];
  const named = decided.slice(0, NAMED);
  const open = button(
    { class: 'driftline-action' },
    () => void commands.execute(commandIds.openExecution, args),
    trans.__('Open the report'),
  );
  return section(
    monitor,
    element(
      'p',
      {},
      outcome === 'violations'
        ? statusMark('violated', trans._n('%1 violation', '%1 violations', decided.length, decided.length))
        : outcome === 'ok'
          ? statusMark('ok', trans.__('No violations'))
          : statusMark('quiet', trans.__('No data')),
    ),
    element('p', { class: 'driftline-muted' }, record ? `${formatWindow(record.window)}: ${headline}` : headline),
    named.length > 0 &&
      element(
        'ul',
        { class: 'driftline-setup-violations', 'aria-label': trans.__('Violations of %1', monitor) },
        ...named.map(({ id, feature, facet, explanation }) =>
          element(
            'li',
            { 'data-violation': id },
            button(
              { class: 'driftline-link' },
              () => void commands.execute(commandIds.openViolation, { ...args, violation: id }),
              facet === undefined ? feature : `${feature}, ${facet.title}`,
            ),
            `: ${explanation}`,
          ),
        ),
      ),
    decided.length > NAMED &&
      element('p', { class: 'driftline-muted' }, trans.__('And %1 more in the report.', decided.length - NAMED)),
    commands.hasCommand(commandIds.openExecution) && open,
  );
}
