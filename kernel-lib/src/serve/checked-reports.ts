import type { Report, Rule } from '../report/report.js';
import { Recent } from './recent.js';

/** The reports of windows that were checked last: whoever looks at one asks for its records next. */
export const checkedReports: Recent<Report> = new Recent(8);

/** What tells checks of windows apart. */
export function checkKey(
  project: string,
  monitor: string,
  { start, end, rule }: { readonly start: string; readonly end: string; readonly rule?: Rule | undefined },
): string {
  return JSON.stringify([project, monitor, Date.parse(start), Date.parse(end), rule ?? null]);
}
