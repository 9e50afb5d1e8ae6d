import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openDuckDb } from '../../engine/duckdb.js';
import type { Attributions } from '../../explain/explainer.js';
import type { RowBatch } from '../../explain/row-sample.js';
import { openStorage } from '../../storage/open-storage.js';

/** What a line of attributions consists of. */
export interface OutputLayout {
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  readonly expectedValues: Float64Array;
  /** Whether a record's `event_id` and `time` come first. */
  readonly ids: boolean;
}

/** Names of the columns that are texts. */
function textColumns({ outputs, ids }: OutputLayout): string[] {
  return [...(ids ? ['event_id', 'time'] : []), ...(outputs.length > 1 ? ['class'] : [])];
}

/** `event_id,time,class,` as far as they are there, the features, `expected_value`. */
export function csvHeader(layout: OutputLayout): string {
  return `${[...textColumns(layout), ...layout.features, 'expected_value'].map(quoted).join(',')}\n`;
}

/** A line for each row and output, numbers with all their digits. */
export function csvLines(layout: OutputLayout, { rows, values }: Attributions, batch: RowBatch): string {
  const { features, outputs, expectedValues, ids } = layout;
  const width = features.length;
  const classes = outputs.length > 1 ? outputs.map((output) => `${quoted(output)},`) : [''];
  const ends = Array.from(expectedValues, (value) => `,${value}\n`);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const id = ids ? `${quoted(batch.eventIds?.[row] ?? '')},${timeOf(batch, row)},` : '';
    for (let output = 0; output < outputs.length; output++) {
      const at = (row * outputs.length + output) * width;
      text += `${id}${classes[output]}${values.subarray(at, at + width).join(',')}${ends[output]}`;
    }
  }
  return text;
}

function timeOf({ times }: RowBatch, row: number): string {
  const time = times?.[row];
  return time === undefined || Number.isNaN(time) ? '' : new Date(time).toISOString();
}

/**
 * Writes lines as one Parquet file: DuckDB turns a temporary CSV file into it. Memory: what DuckDB takes for a row group; the
 * whole file where it goes to S3.
 *
 * @param lines - of CSV, without the header.
 */
export async function writeParquet(
  output: string,
  layout: OutputLayout,
  lines: AsyncIterable<string>,
  options: { readonly signal?: AbortSignal },
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), `driftline-${randomBytes(4).toString('hex')}-`));
  try {
    const csv = path.join(folder, 'attributions.csv');
    await pipeline(lines, createWriteStream(csv), options);
    const parquet = path.join(folder, 'attributions.parquet');
    await toParquet(csv, parquet, layout, options);
    await openStorage(output).write(output, chunksOf(parquet), options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function toParquet(
  csv: string,
  parquet: string,
  layout: OutputLayout,
  options: { readonly signal?: AbortSignal },
): Promise<void> {
  const engine = await openDuckDb();
  try {
    const { quoteString, quoteIdentifier } = engine.dialect;
    const texts = textColumns(layout);
    // Columns by position: names from the data stay quoted identifiers.
    const places = [...texts, ...layout.features, 'expected_value'];
    const types = places.map((_, place) => `'c${place}': ${place < texts.length ? "'VARCHAR'" : "'DOUBLE'"}`);
    const selected = places.map((name, place) => `c${place} AS ${quoteIdentifier(name)}`);
    await engine.query(
      `COPY (SELECT ${selected.join(', ')} FROM read_csv(${quoteString(csv)}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${types.join(', ')}})) TO ${quoteString(parquet)} (FORMAT parquet)`,
      options,
    );
  } finally {
    await engine.close();
  }
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) yield chunk as Uint8Array;
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
