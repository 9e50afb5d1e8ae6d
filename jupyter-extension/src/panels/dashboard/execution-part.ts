import type { ExecutionRecord, Report } from 'driftline';
import { commandLink } from '../../main-area/command-link.js';
import type { ReadReport } from '../../report/read-report.js';
import { commandIds } from '../../tokens.js';
import { type Child, element } from '../../widgets/element.js';
import { problemPanel } from '../../widgets/problem-panel.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import type { Dashboard } from './dashboard.js';
import { emptyState } from './empty-state.js';
import { hasReport, type MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';

export interface ExecutionPartOptions<Extra> {
  /** Fetches what is needed besides the report: code, further files. */
  readonly load: (execution: ExecutionRecord, history: MonitorHistory) => Promise<Extra>;
  readonly make: (
    report: Report,
    extra: Extra,
    execution: ExecutionRecord,
    history: MonitorHistory,
  ) => readonly Child[];
  /** What the content depends on besides the execution. */
  readonly key?: () => string;
}

interface Loaded<Extra> {
  readonly shown: MonitorHistory;
  readonly execution: ExecutionRecord | undefined;
  readonly reported?: { readonly read: ReadReport; readonly extra: Extra };
}

/** What the report of the chosen execution says; for one without a report, why there is none. */
export function executionPart<Extra>(
  dashboard: Dashboard,
  { load, make, key = () => '' }: ExecutionPartOptions<Extra>,
): HistoryPart {
  const { store, context } = dashboard;
  let history: MonitorHistory | undefined;
  const part = new RefreshedPart<Loaded<Extra>>(
    {
      load: async () => {
        const shown = history!;
        const execution = dashboard.executionOf(shown);
        if (execution === undefined || !hasReport(execution)) return { shown, execution };
        const [read, extra] = await Promise.all([store.report(shown.monitor, execution), load(execution, shown)]);
        return { shown, execution, reported: { read, extra } };
      },
      make: ({ shown, execution, reported }) => {
        if (execution === undefined) return [];
        if (reported === undefined) return [noReport(dashboard, shown.monitor, execution)];
        const { read, extra } = reported;
        return 'problem' in read
          ? [problemPanel(read.problem, context.trans.__('The report cannot be shown'))]
          : make(read.report, extra, execution, shown);
      },
    },
    context,
    'driftline-report driftline-execution-part',
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      const execution = dashboard.executionOf(next);
      return part.update(`${next.monitor} ${execution?.scheduledTime} ${execution?.endedAt} ${key()}`);
    },
  };
}

/** Why an execution has no report, and how to have one. */
export function noReport(
  { context, store }: Pick<Dashboard, 'context' | 'store'>,
  monitor: string,
  { outcome, failureReason, headline, scheduledTime }: ExecutionRecord,
): HTMLElement {
  const { trans } = context;
  const run = commandLink(
    context,
    commandIds.runMonitor,
    { project: store.path, monitor, at: scheduledTime },
    trans.__('Run it again'),
    { class: 'driftline-action' },
  );
  return emptyState(
    outcome === 'stopped' ? trans.__('This execution was stopped.') : trans.__('This execution failed.'),
    element('pre', { class: 'driftline-reason' }, failureReason ?? headline),
    run,
  );
}
