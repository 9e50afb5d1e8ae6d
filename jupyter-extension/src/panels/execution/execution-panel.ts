import type { ExecutionRecord } from 'driftline';
import { formatTimeAndZone, formatWindow } from '../../format/time-format.js';
import { commandLink } from '../../main-area/command-link.js';
import type { MainPanelContext, MakeMainPanel } from '../../main-area/main-panel.js';
import { reportLate } from '../../main-area/report-late.js';
import { executionProject } from '../../project/execution-project.js';
import type { ProjectStore } from '../../project/project-store.js';
import { commandIds } from '../../tokens.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { stateMark } from '../../widgets/state-mark.js';
import { formatDuration } from '../dashboard/duration.js';
import { noReport } from '../dashboard/execution-part.js';
import { decidedViolations, outcomeText } from '../dashboard/execution-words.js';
import { hasReport } from '../dashboard/monitor-history.js';
import { reportPanel } from '../report-panel.js';
import type { ExecutionArgs } from './execution-args.js';

/** Scheduled times around an execution in which its neighbours are looked for. */
const AROUND = 8 * 24 * 3_600_000;

/** The whole report of an execution, and the ways on from there. */
export const executionPanel: MakeMainPanel<ExecutionArgs> = async (args, context) => {
  const store = await context.projects.open(args.project);
  await store.refresh();
  const { monitor } = args;
  const config = store.config?.monitors[monitor];
  if (config === undefined) {
    throw new Error(store.problem ?? context.trans.__('The project has no monitor "%1".', monitor));
  }
  const part = new RefreshedPart(
    { load: () => around(store, args), make: (executions) => view(store, args, executions, context) },
    context,
    'driftline-execution',
  );
  const update = (): void => {
    part.update(String(store.status?.updatedAt)).catch(reportLate);
  };
  const look = (): void => void store.refresh();
  store.changed.connect(update);
  context.shown.connect(look);
  context.closed.addEventListener('abort', () => {
    store.changed.disconnect(update);
    context.shown.disconnect(look);
  });
  context.setTitle(
    `${monitor}, ${formatTimeAndZone(args.scheduledTime)}`,
    context.trans.__('Execution of %1 in project %2', monitor, store.path || '/'),
  );
  await part.update(String(store.status?.updatedAt));
  return part.node;
};

interface Loaded {
  readonly execution: ExecutionRecord;
  readonly before: ExecutionRecord | undefined;
  readonly after: ExecutionRecord | undefined;
  readonly read: Awaited<ReturnType<ProjectStore['report']>> | undefined;
}

async function around(store: ProjectStore, { monitor, scheduledTime }: ExecutionArgs): Promise<Loaded | undefined> {
  const time = Date.parse(scheduledTime);
  if (Number.isNaN(time)) return undefined;
  const span = { from: new Date(time - AROUND), to: new Date(time + AROUND) };
  const executions = await store.executions(monitor, span);
  const at = executions.findIndex((each) => Date.parse(each.scheduledTime) === time);
  const execution = executions[at];
  if (execution === undefined) return undefined;
  const read = hasReport(execution) ? await store.report(monitor, execution) : undefined;
  return { execution, before: executions[at - 1], after: executions[at + 1], read };
}

function view(
  store: ProjectStore,
  args: ExecutionArgs,
  loaded: Loaded | undefined,
  context: MainPanelContext,
): readonly HTMLElement[] {
  const { trans } = context;
  const { monitor, scheduledTime } = args;
  if (loaded === undefined) {
    const what = trans.__('The monitor "%1" has no execution at %2.', monitor, formatTimeAndZone(scheduledTime));
    const fix = trans.__('It may have been removed. The dashboard lists those that there are.');
    return [
      problemPanel({ what, fix }, trans.__('This execution cannot be shown'), dashboardLink(store, args, context)),
    ];
  }
  const { execution, read } = loaded;
  return [
    head(store, args, loaded, context),
    read === undefined
      ? noReport({ context, store }, monitor, execution)
      : 'problem' in read
        ? problemPanel(read.problem, trans.__('The report cannot be shown'))
        : reportPanel(read.report, context, Promise.resolve(executionProject(store, monitor, execution, context))),
  ];
}

/** What the execution is and came to, its neighbours, and the ways to the dashboard and the constraints. */
function head(
  store: ProjectStore,
  args: ExecutionArgs,
  { execution, before, after }: Loaded,
  context: MainPanelContext,
): HTMLElement {
  const { trans } = context;
  const { project, monitor } = args;
  const { window, status, startedAt, endedAt, reports } = execution;
  const neighbour = (other: ExecutionRecord | undefined, words: string): HTMLElement | undefined =>
    other &&
    commandLink(context, commandIds.openExecution, { project, monitor, scheduledTime: other.scheduledTime }, words);
  const took = Date.parse(endedAt) - Date.parse(startedAt);
  return element(
    'header',
    { class: 'driftline-execution-head' },
    element(
      'div',
      { class: 'driftline-title' },
      element('h2', {}, monitor),
      stateMark(execution.outcome, outcomeText(execution.outcome, decidedViolations(execution).length, trans)),
    ),
    element(
      'dl',
      { class: 'driftline-facts' },
      fact(trans.__('Window'), formatWindow(window)),
      fact(trans.__('Status of the service'), status),
      fact(
        trans.__('Ran'),
        formatTimeAndZone(startedAt),
        trans.__('%1 long', formatDuration(took)) + (reports > 1 ? `, ${trans.__('reported %1 times', reports)}` : ''),
      ),
    ),
    element(
      'nav',
      { class: 'driftline-links', 'aria-label': trans.__('From this execution') },
      dashboardLink(store, args, context),
      commandLink(context, commandIds.editConstraints, { project, monitor }, trans.__('Edit constraints')),
      neighbour(before, trans.__('‹ Earlier execution')),
      neighbour(after, trans.__('Later execution ›')),
    ),
  );
}

function dashboardLink(
  store: ProjectStore,
  { project, monitor }: ExecutionArgs,
  context: MainPanelContext,
): HTMLElement | undefined {
  const endpoint = store.config?.monitors[monitor]?.endpoint;
  if (endpoint === undefined) return undefined;
  const words = context.trans.__('Dashboard of %1', endpoint);
  return commandLink(context, commandIds.openDashboard, { project, endpoint, monitor }, words);
}
