import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import { type CopiedObject, copiesAhead } from './copies-ahead.js';
import type { CaptureWindow } from './hour-path.js';
import { LabelTable } from './label-table.js';
import { lineReason } from './line-reason.js';
import { readLines } from './lines.js';
import { type CaptureFiles, locateCapture } from './locate.js';
import { ReadTally } from './read-tally.js';
import { parseRecord } from './record.js';
import type { ReadSummary } from './summary.js';

const EXCERPT = 200;

/** Labels, and what reading them came to. */
export interface ReadLabels {
  readonly labels: LabelTable;
  readonly read: ReadSummary;
  /** ISO; the newest hour folder with labels, in the window or not. Absent without hour folders. */
  readonly newestHour?: string;
}

/**
 * Reads the labels at a ground-truth location: `{uri}/yyyy/mm/dd/hh/*.jsonl` at any level of the service's layout, a
 * folder of such files, or one file. Of labels that come again for an id the last counts, by hour folder, then file,
 * then line. A label's id is its `eventId`, which holds the `inferenceId` of the prediction where that has one; a record
 * with `inferenceId` alone is read, too. Lines that cannot be read are counted, the first ones kept as examples.
 *
 * @param options - `window` limits the hour folders read.
 * @returns memory: see `LabelTable`, one line and one chunk of a file.
 * @throws MonitorError as `locateCapture` does; no label at all is `NO_DATA`.
 */
export async function readLabels(
  uri: string,
  options: RunOptions & { readonly window?: CaptureWindow } = {},
): Promise<ReadLabels> {
  const { window, signal, onProgress } = options;
  const { hours, newestHour } = await locateGroundTruth(uri, window, options);
  const labels = new LabelTable();
  const tally = new ReadTally();
  const total = hours.flatMap(({ objects }) => objects).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for await (const copied of copiesAhead(hours, signal)) {
    throwIfAborted(signal);
    await readFile(copied, labels, tally);
    onProgress?.({ stage: 'reading ground truth', done: tally.bytes, total, unit: 'bytes' });
  }
  return { labels, read: tally.toSummary(), ...(newestHour !== undefined && { newestHour }) };
}

async function locateGroundTruth(
  uri: string,
  window: CaptureWindow | undefined,
  options: RunOptions,
): Promise<CaptureFiles> {
  try {
    return await locateCapture(uri, window, options);
  } catch (cause) {
    if (!(cause instanceof MonitorError) || cause.code !== 'NO_DATA') throw cause;
    throw new MonitorError('NO_DATA', 'There is no ground truth here.', {
      where: uri,
      fix: 'check the address: labels lie in {uri}/yyyy/mm/dd/hh/*.jsonl',
      cause,
    });
  }
}

async function readFile({ object, hour, path }: CopiedObject, labels: LabelTable, tally: ReadTally): Promise<void> {
  tally.files++;
  tally.bytes += object.sizeBytes;
  for await (const { number, text, ended } of readLines(path)) {
    const reason = addLabel(text, hour, labels);
    if (reason === undefined) {
      tally.records++;
      tally.rows++;
      continue;
    }
    tally.quarantine({
      file: object.uri,
      line: number,
      reason: lineReason(reason, ended),
      excerpt: text.slice(0, EXCERPT),
    });
  }
}

/** @returns why the line holds no label. */
function addLabel(text: string, hour: string | undefined, labels: LabelTable): string | undefined {
  const record = parseRecord(text);
  if ('reason' in record) return record.reason;
  if (record.groundTruth === undefined) return 'no ground truth in the record';
  const id = record.eventId || record.inferenceId;
  if (!id) return 'no eventId in the record';
  labels.set(id, record.groundTruth, hour);
  return undefined;
}
