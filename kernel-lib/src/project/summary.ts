import type { Violation } from '../report/report.js';
import type { Execution } from './executions.js';

/** One violation over the executions in which it was seen, for the summary of a back-fill. */
export interface Finding {
  readonly monitor: string;
  readonly endpoint: string;
  readonly violation: Violation;
  /** ISO hour; undefined where the violation has no beginning of its own. */
  readonly since: string | undefined;
  /** ISO: when it ended, or the end of the last window in which it was seen. */
  readonly until: string;
  /** It was still there in the last execution. */
  readonly ongoing: boolean;
  readonly executions: number;
}

/** A finding while the executions are gone through. */
interface OpenFinding extends Finding {
  readonly lastEnd: string;
  readonly ended: boolean;
}

/**
 * Joins the same violation of consecutive executions of a monitor into one finding, under each execution's deciding rule;
 * the violation kept is the one with the largest measure beyond its limit. Ordered by beginning.
 */
export function findings(executions: readonly Execution[]): Finding[] {
  const open = new Map<string, OpenFinding>();
  const closed: OpenFinding[] = [];
  const lastOf = new Map<string, string>();
  for (const { monitor, endpoint, scheduledTime, report } of executions) {
    lastOf.set(monitor, scheduledTime);
    const start = report.window?.start ?? scheduledTime;
    for (const violation of report.violations) {
      if (!violation.rules.includes(report.rule)) continue;
      const key = `${monitor}\n${violation.id}`;
      const known = open.get(key);
      const goesOn = known !== undefined && !known.ended && Date.parse(known.lastEnd) >= Date.parse(start);
      if (known !== undefined && !goesOn) closed.push(known);
      open.set(key, {
        monitor,
        endpoint,
        violation: goesOn && excess(known.violation) >= excess(violation) ? known.violation : violation,
        since: goesOn ? known.since : (violation.since?.hour ?? report.window?.start),
        until: violation.since?.until ?? scheduledTime,
        ended: violation.since?.until !== undefined,
        lastEnd: scheduledTime,
        ongoing: false,
        executions: (goesOn ? known.executions : 0) + 1,
      });
    }
  }
  return [...closed, ...open.values()]
    .map(({ monitor, endpoint, violation, since, until, ended, lastEnd, executions: count }) => ({
      monitor,
      endpoint,
      violation,
      since,
      until,
      ongoing: !ended && lastEnd === lastOf.get(monitor),
      executions: count,
    }))
    .sort((a, b) => (a.since ?? '').localeCompare(b.since ?? '') || a.violation.id.localeCompare(b.violation.id));
}

/** How far beyond its limit, relative to the limit. */
function excess({ measured, limit }: Violation): number {
  return Math.abs(measured - limit) / Math.max(Math.abs(limit), 1e-9);
}
