import { MonitorError } from '../errors.js';
import type { Report } from '../report/report.js';

/** What the process answers with. */
export const EXIT = { noViolations: 0, violations: 1, usage: 2, couldNotRun: 3 } as const;

/** Of a finished check: a window in which nothing could be read was not checked, one that is empty was. */
export function exitCodeOfReport({ status, current }: Report): number {
  if (status === 'violations') return EXIT.violations;
  const unread = status === 'no-data' && (current.read?.quarantined ?? 0) > 0;
  return unread ? EXIT.couldNotRun : EXIT.noViolations;
}

/** Wrong arguments and files that name something wrong are 2; everything that hinders a right command is 3. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof MonitorError)) return EXIT.couldNotRun;
  const usage = ['USAGE', 'CONFIGURATION', 'FILE_NOT_FOUND', 'COLUMN_NOT_FOUND', 'HOOK'];
  return usage.includes(error.code) ? EXIT.usage : EXIT.couldNotRun;
}
