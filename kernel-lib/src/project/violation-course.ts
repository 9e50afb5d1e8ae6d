import type { ExecutionRecord, ViolationRecord } from './execution-record.js';

/** How a violation went through a monitor's executions. */
export interface ViolationCourse {
  /** Executions in a row that found it, up to and with the one that was asked about: 1 for a new one. */
  readonly executions: number;
  /** Scheduled time of the first of them; ISO. */
  readonly first: string;
  /** Whether nothing is known from before the first of them. */
  readonly orEarlier: boolean;
  /** Executions in a row that found it again afterwards. */
  readonly later: number;
  /** Scheduled time of the first later execution that no longer found it; ISO. */
  readonly ended?: string;
}

/**
 * Counts the executions before and after one of them that found the same violation. Executions that failed or had no data
 * say nothing, and are passed over. A violation that only the other rule found is followed under either rule.
 *
 * @param executions - of one monitor, ascending.
 * @returns undefined where there is no such execution, or it did not find the violation.
 */
export function violationCourse(
  executions: readonly ExecutionRecord[],
  scheduledTime: string,
  violation: string,
): ViolationCourse | undefined {
  const judged = executions.filter(({ outcome }) => outcome === 'ok' || outcome === 'violations');
  const place = judged.findIndex((execution) => isAt(execution, scheduledTime));
  const own = judged[place]?.violations.find(({ id }) => id === violation);
  if (own === undefined) return undefined;
  const decided = isDecided(judged[place]!, own);
  const found = judged.map((execution) =>
    execution.violations.some((known) => known.id === violation && (!decided || isDecided(execution, known))),
  );
  const before = found.lastIndexOf(false, place);
  const end = found.indexOf(false, place);
  const ended = judged[end];
  return {
    executions: place - before,
    first: judged[before + 1]!.scheduledTime,
    orEarlier: before < 0,
    later: (end < 0 ? found.length : end) - place - 1,
    ...(ended && { ended: ended.scheduledTime }),
  };
}

function isAt({ scheduledTime }: ExecutionRecord, time: string): boolean {
  return Date.parse(scheduledTime) === Date.parse(time);
}

function isDecided({ rule }: ExecutionRecord, { rules }: ViolationRecord): boolean {
  return rule === undefined || rules.includes(rule);
}
