import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import { openStorage } from '../storage/open-storage.js';
import type { CaptureWindow } from './hour-path.js';
import type { LabelTable } from './label-table.js';
import { readLines, unendedLineResult } from './lines.js';
import type { CaptureFiles } from './locate.js';
import { ReadTally } from './read-tally.js';
import { type CaptureRecord, parseRecord } from './record.js';
import type { ReadSummary } from './summary.js';

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
 * it has none, as the service joins. Merged records bring their own ground truth and need no table. Records whose time
 * lies outside the window are left out.
 *
 * @returns what reading came to; `records` are those visited.
 */
export async function forEachJoined(
  capture: CaptureFiles,
  labels: LabelTable | undefined,
  visit: (joined: JoinedRecord) => void | Promise<void>,
  options: RunOptions & { readonly window?: CaptureWindow } = {},
): Promise<ReadSummary> {
  const { signal, onProgress } = options;
  const inside = insideOf(options.window);
  const tally = new ReadTally();
  const objects = capture.hours.flatMap(({ hour, objects: found }) => found.map((object) => ({ hour, object })));
  const total = objects.reduce((sum, { object }) => sum + object.sizeBytes, 0);
  for (const { hour, object } of objects) {
    throwIfAborted(signal);
    const file = await openStorage(object.uri).localCopy(object, signal ? { signal } : {});
    tally.files++;
    tally.bytes += object.sizeBytes;
    for await (const { number, text, ended } of readLines(file)) {
      const record = parseRecord(text);
      if ('reason' in record) {
        const result = { kind: 'quarantined', reason: record.reason } as const;
        const said = ended ? result : unendedLineResult(result);
        const reason = said.kind === 'quarantined' ? said.reason : record.reason;
        tally.quarantine({ file: object.uri, line: number, reason, excerpt: text.slice(0, EXCERPT) });
        continue;
      }
      if (!inside(record.inferenceTime)) continue;
      tally.records++;
      const visited = visit({ record, hour, file: object.uri, line: number, text, label: labelOf(record, labels) });
      if (visited !== undefined) await visited;
    }
    onProgress?.({ stage: 'joining labels', done: tally.bytes, total, unit: 'bytes' });
  }
  return tally.toSummary();
}

function labelOf({ inferenceId, eventId }: CaptureRecord, labels: LabelTable | undefined): number {
  const id = inferenceId ?? eventId;
  return id === undefined || labels === undefined ? -1 : labels.find(id);
}

/** Half-open; a record without a time is inside. */
function insideOf(window: CaptureWindow | undefined): (time: string | undefined) => boolean {
  if (window === undefined) return () => true;
  const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
  return (time) => {
    const timeMs = time === undefined ? Number.NaN : Date.parse(time);
    return Number.isNaN(timeMs) || (timeMs >= start && timeMs < end);
  };
}
