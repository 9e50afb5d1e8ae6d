import { CaptureTableBuilder } from '../../capture/capture-table.js';
import { firstLines } from '../../capture/lines.js';
import { type CaptureFiles, locateCapture } from '../../capture/locate.js';
import { MonitorError } from '../../errors.js';
import type { RunOptions } from '../../progress.js';
import { openStorage } from '../../storage/open-storage.js';
import { ColumnSample } from './column-sample.js';
import type { CapturedColumn } from './inspection.js';

/** Captured lines that are read. */
const SAMPLE_LINES = 500;
const HOUR_MS = 3_600_000;

/** A captured column before it is known which column of the training file it is. */
export interface SampledPart {
  readonly part: CapturedColumn['part'];
  readonly position: number;
  /** Undefined where it is known by its place alone. */
  readonly name: string | undefined;
  readonly sample: ColumnSample;
}

/** The first lines of the newest captured hour. */
export interface CaptureSample {
  readonly endpoint?: string;
  readonly hour?: string;
  readonly oldestHour?: string;
  readonly records: number;
  readonly unreadable: number;
  readonly reason: string | undefined;
  readonly columns: readonly SampledPart[];
}

/**
 * Reads the first 500 lines of the newest captured hour.
 *
 * @throws MonitorError `NO_DATA` where nothing was captured yet or nothing of it can be read, and as `locateCapture` does.
 */
export async function sampleCapture(uri: string, options: RunOptions): Promise<CaptureSample> {
  const files = await newestFiles(uri, options);
  const builder = new CaptureTableBuilder();
  let left = SAMPLE_LINES;
  for (const object of files.hours.flatMap(({ objects }) => objects)) {
    if (left === 0) break;
    const copy = await openStorage(object.uri).localCopy(object, options.signal ? { signal: options.signal } : {});
    const lines = await firstLines(copy, left);
    for (const [at, line] of lines.entries()) builder.add(at + 1, line, true);
    left -= lines.length;
  }
  const table = builder.table();
  if (table.rows.length === 0) {
    const [first] = table.unreadableLines;
    throw new MonitorError(
      'NO_DATA',
      first
        ? `None of the ${table.unreadable} lines can be read; the first: ${first.reason}.`
        : 'There is no record here yet.',
      { where: uri, fix: 'name a place with captured requests: {endpoint}/{variant}/yyyy/mm/dd/hh/*.jsonl' },
    );
  }
  const columns = table.columns.map(({ part, position, name }, at) => {
    const sample = new ColumnSample();
    for (const { cells } of table.rows) if (cells[at] !== undefined) sample.add(cells[at]);
    return { part, position, name, sample };
  });
  const { endpoint, newestHour, oldestHour } = files;
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(newestHour !== undefined && { hour: newestHour }),
    ...(oldestHour !== undefined && { oldestHour }),
    records: table.records,
    unreadable: table.unreadable,
    reason: table.unreadableLines[0]?.reason,
    columns,
  };
}

/** The newest hour's files, found without listing the others; all files where they lie in no hour folders. */
async function newestFiles(uri: string, options: RunOptions): Promise<CaptureFiles> {
  const run = options.signal ? { signal: options.signal } : {};
  const nothing = '1970-01-01T00:00:00Z';
  const { newestHour, ...found } = await locateCapture(uri, { start: nothing, end: nothing }, run);
  if (newestHour === undefined) return found.hours.length > 0 ? found : locateCapture(uri, undefined, run);
  const end = new Date(Date.parse(newestHour) + HOUR_MS).toISOString();
  return locateCapture(uri, { start: newestHour, end }, run);
}
