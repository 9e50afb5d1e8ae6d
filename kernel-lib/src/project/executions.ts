import { MonitorError } from '../errors.js';
import type { Report } from '../report/report.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import type { PreviousSince } from '../violations/since.js';
import type { ExecutionStatus } from './execution-record.js';

/** Which execution it is, and what became of it. */
export interface ExecutionHead {
  readonly monitor: string;
  readonly endpoint: string;
  /** ISO; the end of the window. */
  readonly scheduledTime: string;
  /** Where its files lie. */
  readonly folder: string;
  readonly status: ExecutionStatus;
}

/** An execution that could not be finished. */
export interface FailedExecution extends ExecutionHead {
  readonly status: 'Failed';
  /** What went wrong, where, and what to do about it. */
  readonly failureReason: string;
}

/** One run of a monitor over one window. */
export interface Execution extends ExecutionHead {
  /** Set where it was run again because labels had arrived since: the time of the report before. ISO. */
  readonly replaces?: string;
  readonly report: Report;
}

/** `yyyy/mm/dd/hh`: an execution's folder below its monitor's, in the service's layout; hh is the hour of the window's end, UTC. */
export function hourFolder(scheduledTime: Date): string {
  return scheduledTime.toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

/**
 * The report in an execution's folder; undefined when there is none.
 *
 * @throws MonitorError `FORMAT` when the file is no report that this version can read.
 */
export async function readExecution(folder: string): Promise<Report | undefined> {
  const file = joinUri(folder, 'report.json');
  const storage = openStorage(file);
  if ((await storage.stat(file)) === undefined) return undefined;
  const report = parseReport(new TextDecoder().decode(await storage.read(file)));
  if (report !== undefined) return report;
  throw new MonitorError('FORMAT', 'This is no report that this version of driftline can read.', {
    where: file,
    fix: 'run the check again',
  });
}

/** The folder in which earlier reports of an execution are kept, when it is run again. */
const HISTORY = 'history';

/** Keeps the execution's report, before it is run again, as `history/{time at which it was made}.json`; the file. */
export async function archiveExecution(folder: string, report: Report): Promise<string> {
  const name = `${report.createdAt.replace(/[-:]|\.\d+/g, '')}.json`;
  const file = joinUri(folder, HISTORY, name);
  await openStorage(file).write(file, `${JSON.stringify(report)}\n`);
  return file;
}

/** Every report that an execution has had, the earliest first; the last one is in force. Unreadable ones are left out. */
export async function readHistory(folder: string): Promise<Report[]> {
  const storage = openStorage(folder);
  const reports: Report[] = [];
  for await (const { uri } of storage.list(joinUri(folder, HISTORY))) {
    const report = parseReport(new TextDecoder().decode(await storage.read(uri)));
    if (report !== undefined) reports.push(report);
  }
  const current = await readExecution(folder);
  return current === undefined ? reports : [...reports, current];
}

function parseReport(text: string): Report | undefined {
  try {
    const report = JSON.parse(text) as Partial<Report> | null;
    return report?.schema === 'driftline.report' && report.version === 1 ? (report as Report) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Since when the violations of the execution that ended at `start` hold, by violation id; undefined if it was not run. A
 * metric that only the rule that did not decide found broken is as good as kept: half of them are, by chance.
 */
export function previousSince(report: Report | undefined, start: string): PreviousSince {
  if (report?.window === undefined || Date.parse(report.window.end) !== Date.parse(start)) return undefined;
  const counting = report.violations.filter(
    ({ rules }) => report.monitorType === 'data-quality' || rules.includes(report.rule),
  );
  return Object.fromEntries(counting.flatMap(({ id, since }) => (since === undefined ? [] : [[id, since]])));
}
