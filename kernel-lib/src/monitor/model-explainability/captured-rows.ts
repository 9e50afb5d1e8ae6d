import { checkAttribute, readFeatures } from '../../capture/attribute.js';
import { resolveColumns } from '../../capture/columns.js';
import { copiesAhead } from '../../capture/copies-ahead.js';
import { HOUR_MS, isoHour } from '../../capture/hour-path.js';
import { lineReason } from '../../capture/line-reason.js';
import { readLines } from '../../capture/lines.js';
import { locateCapture } from '../../capture/locate.js';
import type { ReadPlan, RecordRows } from '../../capture/read-plan.js';
import { ReadTally } from '../../capture/read-tally.js';
import { type CaptureRecord, parseRecord } from '../../capture/record.js';
import { createRecordReader } from '../../capture/record-rows.js';
import { sampleLines } from '../../capture/sample-lines.js';
import { closedWindow, onTheHour, placeInWindow, windowOf } from '../../capture/window.js';
import { TextRows } from '../../dataset/cell-batch.js';
import type { RowBatch } from '../../explain/row-sample.js';
import { loadRecordHook } from '../../profile/open-task-profiler.js';
import type { InferredType } from '../../profile/profile.js';
import { runOptions } from '../../progress.js';
import { Random } from '../../stats/random.js';
import { throwIfAborted } from '../../storage/abort.js';
import type { RowReader, RowsOptions } from './read-rows.js';

const EXCERPT = 200;
const BATCH_ROWS = 2_000;

/** The inputs of captured or merged records. */
export async function openCapturedRows(
  uri: string,
  format: 'capture' | 'merged',
  options: RowsOptions,
): Promise<RowReader> {
  const { signal, onProgress, featuresAttribute, featureNames, lineShare = 1, seed = 0 } = options;
  const random = new Random(seed);
  checkAttribute(featuresAttribute, 'features');
  const asked = windowOf(options);
  const files = await locateCapture(uri, asked, runOptions(options));
  const sample = await sampleLines(files.hours, signal);
  const hook = await loadRecordHook(options.recordHook);
  const baseline = featureNames && new Map(featureNames.map((name): [string, InferredType] => [name, 'Unknown']));
  const { plan: columns, mapping } = resolveColumns(sample, {
    parts: ['input'],
    ...(hook && { hook }),
    ...(baseline && { baseline }),
    ...(options.columns && { configured: options.columns }),
  });
  const outsideHours = files.hours.some(({ hour }) => hour === undefined);
  const plan: ReadPlan = { ...columns, ...(asked && (!onTheHour(asked) || outsideHours) && { window: asked }) };
  const readRecord = createRecordReader(plan, hook);
  const listed = featuresAttribute === undefined ? undefined : listedNames(sample, options);
  const names = listed ?? mapping.columns.map(({ name }) => name);
  const rows = new NamedRows(names);
  const tally = new ReadTally();
  const byHour = new Map<string, number>(files.hours.flatMap(({ hour }) => (hour === undefined ? [] : [[hour, 0]])));

  const rowsOf = (record: CaptureRecord): RecordRows | { readonly reason: string } | undefined => {
    const part = record.input ?? record.batchTransformOutput;
    if (featuresAttribute !== undefined && hook === undefined && part !== undefined && part.encoding !== 'CSV') {
      const placed = placeInWindow(record.inferenceTime, plan.window);
      if (placed !== 'inside') return placed === 'outside' ? undefined : placed;
      const found = readFeatures(featuresAttribute, part);
      if ('reason' in found) return { reason: `the input ${found.reason}` };
      if (found.names === undefined && found.width !== names.length) {
        return { reason: `the input has ${found.width} features where others have ${names.length}` };
      }
      return { names: found.names ?? names, rows: found.cells };
    }
    const result = readRecord(record);
    if (result.kind === 'quarantined') return { reason: result.reason };
    return result.kind === 'rows' ? result.rows : undefined;
  };

  async function* batches(): AsyncGenerator<RowBatch> {
    const total = files.hours.flatMap(({ objects }) => objects).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for await (const { hour, object, path } of copiesAhead(files.hours, signal)) {
      throwIfAborted(signal);
      for await (const { number, text, ended } of readLines(path)) {
        if (lineShare < 1 && random.uniform() >= lineShare) continue;
        const record = parseRecord(text);
        const found = 'reason' in record ? record : rowsOf(record);
        if (found === undefined) continue;
        if ('reason' in found) {
          const reason = lineReason(found.reason, ended);
          tally.quarantine({ file: object.uri, line: number, reason, excerpt: text.slice(0, EXCERPT) });
          continue;
        }
        const { inferenceTime, eventId } = record as CaptureRecord;
        const time = Date.parse(inferenceTime ?? hour ?? '');
        tally.records++;
        tally.rows += found.rows.length;
        const place = hour ?? (Number.isNaN(time) ? undefined : isoHour(Math.floor(time / HOUR_MS) * HOUR_MS));
        if (place !== undefined) byHour.set(place, (byHour.get(place) ?? 0) + found.rows.length);
        rows.add(found, time, eventId ?? null);
        if (rows.count >= BATCH_ROWS) yield rows.take()!;
      }
      tally.files++;
      tally.bytes += object.sizeBytes;
      onProgress?.({ stage: 'reading capture', done: tally.bytes, total, unit: 'bytes' });
    }
    const last = rows.take();
    if (last !== undefined) yield last;
  }

  const hours = (): { hour: string; rows: number }[] =>
    [...byHour].map(([hour, count]) => ({ hour, rows: count })).sort((a, b) => (a.hour < b.hour ? -1 : 1));
  return {
    format,
    names,
    window: () =>
      closedWindow(
        options,
        hours().map(({ hour }) => hour),
      ),
    mapping,
    ...(files.newestHour !== undefined && { newestHour: files.newestHour }),
    ...(files.endpoint !== undefined && { endpoint: files.endpoint }),
    engine: 'capture reader',
    batches,
    read: () => tally.toSummary(),
    hours,
    close: () => Promise.resolve(),
  };
}

/** Names of the features that an expression finds, where the sample's first readable record has it. */
function listedNames(sample: readonly string[], options: RowsOptions): readonly string[] | undefined {
  for (const line of sample) {
    const record = parseRecord(line);
    if ('reason' in record) continue;
    const part = record.input ?? record.batchTransformOutput;
    if (part === undefined || part.encoding === 'CSV') continue;
    const found = readFeatures(options.featuresAttribute!, part);
    if ('reason' in found) continue;
    const { columns, featureNames, headers } = options;
    const candidates = [found.names, columns?.input, featureNames, headers?.slice(0, found.width)];
    return (
      candidates.find((names) => names?.length === found.width) ??
      Array.from({ length: found.width }, (_, index) => `_c${index}`)
    );
  }
  return undefined;
}

/** Rows under one list of names: records whose keys come in another order, or lack some, are put in order. */
class NamedRows {
  readonly #names: readonly string[];
  readonly #rows: TextRows;
  readonly #places = new WeakMap<readonly string[], readonly number[]>();
  #times: number[] = [];
  #eventIds: (string | null)[] = [];

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#rows = new TextRows(names.length);
  }

  get count(): number {
    return this.#rows.rowCount;
  }

  add({ names, rows }: RecordRows, time: number, eventId: string | null): void {
    let places = this.#places.get(names);
    if (places === undefined) {
      places = this.#names.map((name) => names.indexOf(name));
      this.#places.set(names, places);
    }
    for (const cells of rows) {
      this.#rows.add(places.map((place) => cells[place] ?? null));
      this.#times.push(time);
      this.#eventIds.push(eventId);
    }
  }

  take(): RowBatch | undefined {
    const batch = this.#rows.take();
    const [times, eventIds] = [Float64Array.from(this.#times), this.#eventIds];
    this.#times = [];
    this.#eventIds = [];
    return batch && { ...batch, times, eventIds };
  }
}
