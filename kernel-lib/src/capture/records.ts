import { loadHook } from '../hooks/load-hook.js';
import type { RecordHook } from '../hooks/record-hook.js';
import { throwIfAborted } from '../storage/abort.js';
import { openStorage } from '../storage/open-storage.js';
import { type CellCondition, conditionList, matches } from './condition.js';
import type { CaptureWindow } from './hour-path.js';
import { readLines } from './lines.js';
import { locateCapture } from './locate.js';
import type { ReadPlan } from './read-plan.js';
import { type CaptureRecord, parseRecord } from './record.js';
import { createRecordReader } from './record-rows.js';

/** Which captured rows to return. */
export interface RecordsSelection {
  /** Where the capture lies: see `locateCapture`. */
  readonly source: string;
  readonly window?: CaptureWindow;
  /** What a row must be like; of several all hold. */
  readonly condition: CellCondition | readonly CellCondition[];
}

/** A captured row, or one of a dataset, and where it came from. */
export interface CapturedRow {
  readonly file: string;
  /** One-based; in a dataset the row's number, without header and unreadable lines. */
  readonly line: number;
  readonly eventId?: string;
  readonly inferenceId?: string;
  /** ISO. */
  readonly inferenceTime?: string;
  /** Cell texts by column; null where the value is missing. */
  readonly values: Readonly<Record<string, string | null>>;
}

/** How many records to read. */
export interface ReadRecordsOptions {
  /** Default 50. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/**
 * The rows of a window that meet a condition, in file and line order, at most `limit` of them; reading stops there.
 * Lines that cannot be read have no rows. The plan's hook is applied. Memory: the rows and one line.
 *
 * @throws MonitorError as `locateCapture` does; `ABORTED`.
 */
export async function readRecords(
  selection: RecordsSelection,
  plan: ReadPlan,
  options: ReadRecordsOptions = {},
): Promise<CapturedRow[]> {
  const { limit = 50, signal } = options;
  const { source, window, condition } = selection;
  const conditions = conditionList(condition);
  const found: CapturedRow[] = [];
  if (limit <= 0) return found;
  const hook = plan.recordHook === undefined ? undefined : await loadHook<RecordHook>(plan.recordHook);
  const read = createRecordReader(window === undefined ? plan : { ...plan, window }, hook);
  const { hours } = await locateCapture(source, window, signal === undefined ? {} : { signal });
  for (const object of hours.flatMap(({ objects }) => objects)) {
    const file = await openStorage(object.uri).localCopy(object, signal === undefined ? {} : { signal });
    for await (const { number, text } of readLines(file)) {
      throwIfAborted(signal);
      const record = parseRecord(text);
      if ('reason' in record) continue;
      const result = read(record);
      if (result.kind !== 'rows') continue;
      const { names, rows } = result.rows;
      const columns = conditions.map(({ feature }) => names.indexOf(feature));
      for (const cells of rows) {
        if (!conditions.every((wanted, index) => matches(wanted, cells[columns[index]!] ?? null))) continue;
        found.push({ file: object.uri, line: number, ...metadata(record), values: byName(names, cells) });
        if (found.length >= limit) return found;
      }
    }
  }
  return found;
}

function metadata({ eventId, inferenceId, inferenceTime }: CaptureRecord): Partial<CapturedRow> {
  return {
    ...(eventId !== undefined && { eventId }),
    ...(inferenceId !== undefined && { inferenceId }),
    ...(inferenceTime !== undefined && { inferenceTime }),
  };
}

function byName(names: readonly string[], cells: readonly (string | null)[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name, index) => [name, cells[index]!]));
}
