import { createHash } from 'node:crypto';
import type { RunOptions } from '../progress.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import { CoverageCounter } from './coverage.js';
import { readLabels } from './ground-truth.js';
import { type CaptureWindow, HOUR_MS, hourPath, spanOfWindow } from './hour-path.js';
import { joinHint } from './join-hint.js';
import { forEachJoined, type JoinedRecord } from './joined-records.js';
import type { LabelTable } from './label-table.js';
import { locateCapture } from './locate.js';
import type { LabelCoverage, ReadSummary } from './summary.js';

/** What is to be merged, and where to. */
export interface MergeOptions extends RunOptions {
  /** Captured predictions: see `locateCapture`. */
  readonly capture: string;
  /** Labels: `{uri}/yyyy/mm/dd/hh/*.jsonl`. */
  readonly groundTruth: string;
  /** Folder or S3 prefix for `merge/{endpoint}/{variant}/yyyy/mm/dd/hh/part-00000-{uuid}.c000.jsonl`. */
  readonly output: string;
  /** The window of the predictions, half-open, ISO times; labels are taken from its beginning on. */
  readonly start?: string;
  readonly end?: string;
}

/** What became of predictions and labels. */
export interface MergeSummary extends LabelCoverage {
  /** The files written. */
  readonly files: readonly string[];
  readonly capture: ReadSummary;
  readonly groundTruth: ReadSummary;
  /** Why nothing matched, as far as can be told; absent where something did. */
  readonly hint?: string;
}

/** Characters of a file; larger hours take several. */
const FILE_LENGTH = 64 * 1024 * 1024;

/**
 * Writes captured records together with their labels, in the service's layout and form; records without a label are left
 * out, as the service does. A repeated merge of the same locations replaces its files. Memory: 40 bytes a label and at
 * most 64 MB of one hour's records.
 *
 * @throws MonitorError as `locateCapture` and `readLabels` do.
 */
export async function mergeCapture(options: MergeOptions): Promise<MergeSummary> {
  const { signal, onProgress, start, end } = options;
  const run: RunOptions = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  const window = windowOf(start, end);
  const { labels, read: groundTruth } = await readLabels(options.groundTruth, {
    ...run,
    ...(start !== undefined && { window: windowOf(start, undefined)! }),
  });
  const files = await locateCapture(options.capture, window, run);
  const coverage = new CoverageCounter(labels);
  const writer = new MergedFiles(options);
  let example: string | undefined;
  const capture = await forEachJoined(
    files,
    labels,
    async (joined) => {
      const { record, label } = joined;
      example ??= record.inferenceId ?? record.eventId;
      const time = Date.parse(record.inferenceTime ?? joined.hour ?? '');
      coverage.add(
        Number.isNaN(time) ? -1 : Math.floor(time / HOUR_MS),
        label >= 0,
        label >= 0 ? labels.hour(label) : undefined,
      );
      if (label < 0) return;
      coverage.use(label);
      await writer.add(joined, labels);
    },
    { ...run, ...(window && { window }) },
  );
  const written = await writer.finish();
  const counted = coverage.finish();
  const hint = counted.labelled > 0 ? undefined : joinHint(counted, labels, example, files);
  return { ...counted, files: written, capture, groundTruth, ...(hint !== undefined && { hint }) };
}

function windowOf(start: string | undefined, end: string | undefined): CaptureWindow | undefined {
  if (start === undefined && end === undefined) return undefined;
  const window = { start: start ?? '0001-01-01T00:00:00Z', end: end ?? '9999-12-31T23:00:00Z' };
  spanOfWindow(window);
  return window;
}

/** Collects merged lines by folder; records come hour by hour, so one folder is open at a time. */
class MergedFiles {
  readonly #options: MergeOptions;
  readonly #written: string[] = [];
  /** Files written to each folder. */
  readonly #parts = new Map<string, number>();
  #folder = '';
  #lines: string[] = [];
  #length = 0;

  constructor(options: MergeOptions) {
    this.#options = options;
  }

  async add(joined: JoinedRecord, labels: LabelTable): Promise<void> {
    const folder = folderOf(joined);
    if (folder !== this.#folder || this.#length > FILE_LENGTH) await this.#flush();
    this.#folder = folder;
    const line = mergedLine(joined, labels);
    this.#lines.push(line);
    this.#length += line.length;
  }

  async finish(): Promise<readonly string[]> {
    await this.#flush();
    return this.#written;
  }

  async #flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const part = this.#parts.get(this.#folder) ?? 0;
    this.#parts.set(this.#folder, part + 1);
    const { capture, groundTruth, output, signal } = this.#options;
    const name = `part-${String(part).padStart(5, '0')}-${idOf(capture, groundTruth, this.#folder)}.c000.jsonl`;
    // The service writes below `merge`; an output that is such a folder already gets no other.
    const root = /(^|\/)merge\/?$/.test(output) ? output : joinUri(output, 'merge');
    const file = joinUri(root, this.#folder, name);
    await openStorage(file).write(file, `${this.#lines.join('\n')}\n`, signal ? { signal } : {});
    this.#written.push(file);
    this.#lines = [];
    this.#length = 0;
  }
}

/** `{endpoint}/{variant}/yyyy/mm/dd/hh`; `batch/yyyy/...` for batch transform, by the record's hour where there is no folder. */
function folderOf({ file, hour, record }: JoinedRecord): string {
  const time = Date.parse(hour ?? record.inferenceTime ?? '');
  const date = Number.isNaN(time) ? 'undated' : hourPath(time);
  if (record.batchTransformOutput !== undefined) return `batch/${date}`;
  const [, endpoint, variant] = /([^/]+)\/([^/]+)\/\d{4}\/\d\d\/\d\d\/\d\d\/[^/]*$/.exec(file) ?? [];
  return endpoint === undefined || variant === undefined
    ? `endpoint/AllTraffic/${date}`
    : `${endpoint}/${variant}/${date}`;
}

/** The record as it was captured, with the label between. */
function mergedLine({ record, text, label }: JoinedRecord, labels: LabelTable): string {
  const { data, encoding } = labels.data(label);
  const groundTruthData = { data, encoding };
  if (record.batchTransformOutput !== undefined) {
    const { SageMakerInferenceId: _id, SageMakerInferenceTime: _time, ...row } = JSON.parse(text);
    return JSON.stringify({
      eventMetadata: { eventId: record.inferenceId ?? record.eventId, inferenceTime: record.inferenceTime },
      eventVersion: record.eventVersion ?? '0',
      groundTruthData,
      captureData: { batchTransformOutput: { data: JSON.stringify(row), encoding: 'JSON' } },
    });
  }
  const { captureData, eventMetadata, eventVersion = '0', ...others } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify({ eventVersion, groundTruthData, captureData, eventMetadata, ...others });
}

/** Made from what is merged: the same merge gives the same names. */
function idOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-');
}
