import { MonitorError } from '../errors.js';

/** What the process answers with. */
export const EXIT = { noViolations: 0, violations: 1, usage: 2, couldNotRun: 3 } as const;

/** Wrong arguments and files that name something wrong are 2; everything that hinders a right command is 3. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof MonitorError)) return EXIT.couldNotRun;
  const usage = ['USAGE', 'CONFIGURATION', 'FILE_NOT_FOUND', 'COLUMN_NOT_FOUND', 'HOOK'];
  return usage.includes(error.code) ? EXIT.usage : EXIT.couldNotRun;
}
