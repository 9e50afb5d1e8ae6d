import type { ExecutionOutcome, ExecutionRecord } from './execution-record.js';
import type { HistoryRange } from './history.js';
import type { Project } from './project.js';

/** An execution among those of several monitors. */
export interface ListedExecution extends ExecutionRecord {
  readonly monitor: string;
  readonly endpoint: string;
}

/** Histories that are read at the same time. */
const AT_ONCE = 32;

/** Executions of several monitors in one list, the latest first; at most `limit` over all. */
export async function listAll(
  project: Project,
  monitors: readonly string[],
  range: HistoryRange & { readonly outcome?: ExecutionOutcome },
): Promise<ListedExecution[]> {
  const { outcome, limit = Number.POSITIVE_INFINITY, ...span } = range;
  let found: ListedExecution[] = [];
  for (let start = 0; start < monitors.length; start += AT_ONCE) {
    const lists = await Promise.all(
      monitors.slice(start, start + AT_ONCE).map(async (monitor) => {
        // Of those with another outcome the limit says nothing.
        const executions = await project.executions(monitor, outcome === undefined ? range : span);
        const endpoint = project.config.monitors[monitor]?.endpoint ?? '';
        return executions
          .filter((execution) => outcome === undefined || execution.outcome === outcome)
          .map((execution): ListedExecution => ({ monitor, endpoint, ...execution }));
      }),
    );
    found = [...found, ...lists.flat()].sort(latestFirst).slice(0, limit);
  }
  return found;
}

function latestFirst(a: ListedExecution, b: ListedExecution): number {
  return Date.parse(b.scheduledTime) - Date.parse(a.scheduledTime) || (a.monitor < b.monitor ? -1 : 1);
}
