import type { ExecutionRecord, MonitorConfig } from 'driftline';
import type { MeasuredSeries } from 'driftline/browser';
import type { ProjectStore } from '../../project/project-store.js';
import type { TimeSpan } from '../../project/time-span.js';

/** What a monitor did and measured in a range of time. */
export interface MonitorHistory {
  readonly monitor: string;
  readonly config: MonitorConfig;
  /** Those whose windows the range touches, ascending. */
  readonly executions: readonly ExecutionRecord[];
  readonly measures: MeasuredSeries;
  /** Another one where the content is another. */
  readonly key: string;
}

/** Longer than any window: an execution belongs to a range by its window, and is listed by the time after it. */
const LONGEST_WINDOW = 32 * 24 * 3_600_000;

/** A monitor's executions whose windows a range touches, ascending. Nothing is read that cannot be there. */
export async function executionsWithin(
  store: ProjectStore,
  monitor: string,
  span: TimeSpan,
): Promise<readonly ExecutionRecord[]> {
  const listed = listedSpan(store, monitor, span);
  if (listed === undefined) return [];
  const executions = await store.executions(monitor, listed);
  return executions.filter(({ window }) => touches(window.start, window.end, span));
}

/** The same with what they measured. */
export async function readHistory(
  store: ProjectStore,
  monitor: string,
  config: MonitorConfig,
  span: TimeSpan,
): Promise<MonitorHistory> {
  const executions = await executionsWithin(store, monitor, span);
  const listed = executions.some(hasReport) ? listedSpan(store, monitor, span) : undefined;
  const measures = listed && (await store.measures(monitor, listed));
  const within = measures?.executions.filter(({ start, scheduledTime }) => touches(start, scheduledTime, span));
  return {
    monitor,
    config,
    executions,
    measures: { subjects: measures?.subjects ?? [], executions: within ?? [] },
    key: executions.map(({ scheduledTime, endedAt }) => `${scheduledTime} ${endedAt}`).join(),
  };
}

/** Whether an execution came to an end that a report tells about: only those have measures. */
export function hasReport({ outcome }: ExecutionRecord): boolean {
  return outcome === 'ok' || outcome === 'violations' || outcome === 'no-data';
}

/** Whether a range and a half-open window have time in common. */
function touches(start: string, end: string, { from, to }: TimeSpan): boolean {
  return Date.parse(end) > from.getTime() && Date.parse(start) < to.getTime();
}

/** Scheduled times of all executions that can touch the range; undefined where there can be none. */
function listedSpan(store: ProjectStore, monitor: string, { from, to }: TimeSpan): TimeSpan | undefined {
  const last = store.status?.monitors[monitor]?.last.scheduledTime;
  if (last === undefined || Date.parse(last) <= from.getTime()) return undefined;
  return { from, to: new Date(Math.min(Date.parse(last), to.getTime() + LONGEST_WINDOW)) };
}
