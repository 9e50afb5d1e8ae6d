import { joinUri, openStorage } from '../storage/open-storage.js';
import { addMeasures, inOrder, type Measured } from './add-measures.js';
import type { ExecutionRecord, ExecutionsFile } from './execution-record.js';
import { type HistoryOf, parseExecutions, parseMeasures } from './history-files.js';

/** `executions/yyyy-mm.json` below a monitor's folder, for the month of a scheduled time. */
function executionsFile(monitorFolder: string, month: string): string {
  return joinUri(monitorFolder, 'executions', `${month}.json`);
}

/** `measures/yyyy-mm.json` below a monitor's folder. */
function measuresFile(monitorFolder: string, month: string): string {
  return joinUri(monitorFolder, 'measures', `${month}.json`);
}

/**
 * Adds an execution to its monitor's history, or takes the place of the one that was there for the same scheduled time.
 * Its measures are written before it, so that whoever finds it finds them.
 *
 * @param measured - left out for executions without a report: measures that were there are kept.
 * @throws MonitorError `FORMAT` where a file is there that this version cannot read; it is left as it is.
 */
export async function recordExecution(
  monitorFolder: string,
  of: HistoryOf,
  record: ExecutionRecord,
  measured?: Measured,
): Promise<void> {
  const month = record.scheduledTime.slice(0, 7);
  const storage = openStorage(monitorFolder);
  if (measured !== undefined) {
    const file = measuresFile(monitorFolder, month);
    await storage.update(file, (text) => {
      const before = text === undefined ? undefined : parseMeasures(text, file);
      return `${JSON.stringify(addMeasures(before, of, record, measured))}\n`;
    });
  }
  const file = executionsFile(monitorFolder, month);
  await storage.update(file, (text) => {
    const before = text === undefined ? [] : parseExecutions(text, file).executions;
    const executions = inOrder(before, record);
    const content: ExecutionsFile = { schema: 'driftline.executions', version: 1, ...of, month, executions };
    return `${JSON.stringify(content)}\n`;
  });
}

/** Which of a monitor's executions to list. */
export interface HistoryRange {
  /** Scheduled times in [from, to]; default: all there are. */
  readonly from?: Date;
  readonly to?: Date;
  /** The latest ones only. */
  readonly limit?: number;
}

/** A monitor's executions, the latest first. Reads the months that the range touches, and no more than `limit` needs. */
export async function listExecutions(monitorFolder: string, range: HistoryRange = {}): Promise<ExecutionRecord[]> {
  const storage = openStorage(monitorFolder);
  const found: ExecutionRecord[] = [];
  const limit = range.limit ?? Number.POSITIVE_INFINITY;
  const months: string[] = [];
  for await (const { uri } of storage.list(joinUri(monitorFolder, 'executions'))) {
    const month = /(\d{4}-\d{2})\.json$/.exec(uri)?.[1];
    if (month !== undefined && touches(month, range)) months.push(month);
  }
  for (const month of months.reverse()) {
    if (found.length >= limit) break;
    const file = executionsFile(monitorFolder, month);
    const { executions } = parseExecutions(new TextDecoder().decode(await storage.read(file)), file);
    const within = executions.filter(({ scheduledTime }) => {
      const time = Date.parse(scheduledTime);
      return time >= (range.from?.getTime() ?? -Infinity) && time <= (range.to?.getTime() ?? Infinity);
    });
    found.push(...within.reverse());
  }
  return Number.isFinite(limit) ? found.slice(0, limit) : found;
}

function touches(month: string, { from, to }: HistoryRange): boolean {
  return (
    (from === undefined || month >= from.toISOString().slice(0, 7)) &&
    (to === undefined || month <= to.toISOString().slice(0, 7))
  );
}
