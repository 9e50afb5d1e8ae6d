import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import { copiesAhead } from './copies-ahead.js';
import type { CaptureWindow } from './hour-path.js';
import type { LabelTable } from './label-table.js';
import { lineReason } from './line-reason.js';
import { readLines } from './lines.js';
import type { CaptureFiles } from './locate.js';
import { ReadTally } from './read-tally.js';
import { type CaptureRecord, parseRecord } from './record.js';
import type { ReadSummary } from './summary.js';
import { onTheHour, placeInWindow } from './window.js';

/** A captured record, where it stands, and its label. */
export interface JoinedRecord {
  readonly record: CaptureRecord;
  /** ISO hour folder. */
  readonly hour: string | undefined;
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** The line as it was captured. */
  readonly text: string;
  /** Index in the table; -1 without a label. */
  readonly label: number;
}

const EXCERPT = 200;

/**
 * Visits every readable record of captured files with its label: the one of its `inferenceId`, or of its `eventId` where
 * it has none, as the service joins. Merged records bring their own ground truth and need no table.
 *
 * A window on whole hours is the records of its hour folders, as in the service. Any other window, and files outside hour
 * folders, are cut by each record's own time: half-open; a record without one is inside, one whose time is none is
 * quarantined.
 *
 * @param visit - Awaited where it gives a promise. Memory: one line and one chunk of a file.
 * @returns what reading came to; `records` are those visited.
 */
export async function forEachJoined(
  capture: CaptureFiles,
  labels: LabelTable | undefined,
  visit: (joined: JoinedRecord) => void | Promise<void>,
  options: RunOptions & { readonly window?: CaptureWindow } = {},
): Promise<ReadSummary> {
  const { signal, onProgress, window } = options;
  const tally = new ReadTally();
  const total = capture.hours.flatMap(({ objects }) => objects).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for await (const { hour, object, path } of copiesAhead(capture.hours, signal)) {
    throwIfAborted(signal);
    tally.files++;
    tally.bytes += object.sizeBytes;
    const byTime = window !== undefined && (hour === undefined || !onTheHour(window));
    for await (const { number, text, ended } of readLines(path)) {
      const record = parseRecord(text);
      const placed = 'reason' in record ? record : placeInWindow(record.inferenceTime, byTime ? window : undefined);
      if (placed === 'outside') continue;
      if (placed !== 'inside' || 'reason' in record) {
        const reason = lineReason((placed as { readonly reason: string }).reason, ended);
        tally.quarantine({ file: object.uri, line: number, reason, excerpt: text.slice(0, EXCERPT) });
        continue;
      }
      tally.records++;
      const visited = visit({ record, hour, file: object.uri, line: number, text, label: labelOf(record, labels) });
      if (visited !== undefined) await visited;
    }
    onProgress?.({ stage: 'joining labels', done: tally.bytes, total, unit: 'bytes' });
  }
  return tally.toSummary();
}

/** What a record joins by: its `inferenceId`, else its `eventId`. An empty text is none. */
export function joinId({ inferenceId, eventId }: CaptureRecord): string | undefined {
  return inferenceId || eventId || undefined;
}

function labelOf(record: CaptureRecord, labels: LabelTable | undefined): number {
  const id = joinId(record);
  return id === undefined || labels === undefined ? -1 : labels.find(id);
}
