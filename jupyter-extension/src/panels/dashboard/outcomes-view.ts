import type { ExecutionRecord, MonitorStatus } from 'driftline';
import { parseSchedule } from 'driftline/browser';
import { type OutcomeKey, type OutcomeLine, type OutcomePoint, outcomeTimeFigure } from '../../charts/outcome-time.js';
import { formatCount } from '../../format/number-format.js';
import { formatWindow } from '../../format/time-format.js';
import { reportLate } from '../../main-area/report-late.js';
import { commandIds } from '../../tokens.js';
import { dataTable } from '../../widgets/data-table.js';
import { element } from '../../widgets/element.js';
import { stateMark } from '../../widgets/state-mark.js';
import { monitorTypes } from '../monitor-types.js';
import type { Dashboard } from './dashboard.js';
import { decidedViolations, outcomeText } from './execution-words.js';
import { executionsWithin } from './monitor-history.js';
import { placeTitle } from './monitor-names.js';
import { timeFigure } from './time-figure.js';

/**
 * What the executions of the endpoint's monitors came to in the range. The latest of them are in the project's status; the
 * histories are read only where the range goes back further.
 */
export async function outcomeLines(dashboard: Dashboard): Promise<OutcomeLine[]> {
  const { store, span } = dashboard;
  const monitors = monitorTypes.flatMap((type) =>
    dashboard.monitorsOf(type).map(([name, config]) => ({ name, config })),
  );
  return Promise.all(
    monitors.map(async ({ name, config }): Promise<OutcomeLine> => {
      const status = store.status?.monitors[name];
      const title = placeTitle({ type: config.type, name, config, state: noState }, dashboard);
      if (status === undefined) return { monitor: name, title, points: [] };
      const points =
        trendPoints(status, config.schedule, dashboard) ??
        (await executionsWithin(store, name, span)).map((execution) => outcomePoint(execution, dashboard));
      return { monitor: name, title, points };
    }),
  );
}

const noState = { kind: 'ok', violations: 0, accepted: 0, muted: 0 } as const;

/** The points of the range out of the status; undefined where it does not reach back so far. */
function trendPoints(
  { trend, last }: MonitorStatus,
  schedule: string,
  { span, context }: Dashboard,
): OutcomePoint[] | undefined {
  const { scheduledTimes, outcomes, violations } = trend;
  const [oldest] = scheduledTimes;
  if (oldest === undefined || Date.parse(oldest) > span.from.getTime()) return undefined;
  const length = Date.parse(last.window.end) - Date.parse(last.window.start);
  const windowOf = (scheduledTime: string): string => {
    try {
      return parseSchedule(schedule, 'driftline.yaml').window(new Date(scheduledTime)).start;
    } catch {
      return new Date(Date.parse(scheduledTime) - length).toISOString();
    }
  };
  return scheduledTimes.flatMap((scheduledTime, index) => {
    const start = windowOf(scheduledTime);
    const within = Date.parse(scheduledTime) > span.from.getTime() && Date.parse(start) < span.to.getTime();
    const outcome = outcomes[index];
    if (!within || outcome === undefined) return [];
    const count = violations[index] ?? 0;
    return [{ start, scheduledTime, outcome, violations: count, words: outcomeText(outcome, count, context.trans) }];
  });
}

function outcomePoint(execution: ExecutionRecord, { context }: Dashboard): OutcomePoint {
  const count = decidedViolations(execution).length;
  const { scheduledTime, window, outcome } = execution;
  const words = outcomeText(outcome, count, context.trans);
  return { start: window.start, scheduledTime, outcome, violations: count, words };
}

/** A line a monitor, a sign an execution; a press opens its report. */
export function outcomesView(dashboard: Dashboard, lines: readonly OutcomeLine[]): HTMLElement {
  const { context, store, span } = dashboard;
  const { trans, commands } = context;
  const points = lines.flatMap((line) => line.points.map((point) => ({ ...point, line })));
  if (points.length === 0) {
    return element('p', { class: 'driftline-muted' }, trans.__('Nothing ran in this range.'));
  }
  const events = dashboard.events();
  const violated = points.filter(({ outcome }) => outcome === 'violations').length;
  return timeFigure(dashboard, 'outcomes', {
    title: trans.__('What they came to'),
    label: trans.__(
      '%1 executions of %2 monitors by time; %3 found violations.',
      points.length,
      lines.length,
      violated,
    ),
    legend: [
      ['violated-sign', trans.__('violations, with their number')],
      ['outcome-ok', trans.__('no violations')],
      ...(points.some(({ outcome }) => outcome === 'no-data') ? [['outcome-none', trans.__('no data')] as const] : []),
      ...(points.some(({ outcome }) => outcome === 'failed') ? [['outcome-failed', trans.__('failed')] as const] : []),
      ...(events.length > 0 ? [['event', trans.__('event')] as const] : []),
    ],
    figure: (style) => outcomeTimeFigure({ lines, span, events }, style),
    onClick: (key) => {
      if (!Array.isArray(key)) return;
      const [monitor, scheduledTime] = key as unknown as OutcomeKey;
      commands.execute(commandIds.openExecution, { project: store.path, monitor, scheduledTime }).catch(reportLate);
    },
    table: () =>
      dataTable({
        caption: trans.__('Executions in this range'),
        trans,
        rows: points,
        columns: [
          {
            title: trans.__('Monitor'),
            rowHeader: true,
            cell: ({ line }) => line.title,
            sortBy: ({ line }) => line.title,
          },
          {
            title: trans.__('Window'),
            cell: ({ start, scheduledTime }) => formatWindow({ start, end: scheduledTime }),
            sortBy: ({ scheduledTime }) => scheduledTime,
          },
          {
            title: trans.__('State'),
            cell: (point) => stateMark(point.outcome, point.words),
            sortBy: ({ outcome }) => outcome,
          },
          {
            title: trans.__('Violations'),
            kind: 'number',
            cell: ({ violations }) => formatCount(violations),
            sortBy: ({ violations }) => violations,
          },
        ],
      }),
  });
}
