import { openDuckDb } from '../engine/duckdb.js';
import type { Engine, Row } from '../engine/engine.js';
import type { RunOptions } from '../progress.js';
import type { CellBatch } from './cell-batch.js';
import { openCsv } from './csv-dataset.js';
import { datasetFiles } from './dataset-files.js';
import { openJsonLines } from './json-lines-dataset.js';
import { openParquet } from './parquet-dataset.js';
import { QueryTable } from './query-table.js';
import type { RejectedLine } from './rejected-lines.js';

export type DatasetFormat = 'csv' | 'jsonl' | 'parquet';

export interface DatasetColumn {
  readonly name: string;
  /** Parquet's own type; CSV and JSON Lines are text, as it was written: what it means is told from it. */
  readonly declared: 'number' | 'integer' | 'text';
}

/** Rows in files: a table that is read in batches, never held whole. */
export interface Dataset {
  readonly uri: string;
  readonly format: DatasetFormat;
  /** The files read, in order. */
  readonly files: readonly string[];
  readonly sizeBytes: number;
  readonly columns: readonly DatasetColumn[];
  /** All rows in the order of the files; may be called again. Progress is in bytes, for Parquet in rows. */
  batches(options?: RunOptions): AsyncIterable<CellBatch>;
  /** Lines that `batches()` could not use: complete once it has ended. */
  rejected(): readonly RejectedLine[];
  /** Small results of SQL (DuckDB's) over the table `dataset`, whose text columns are text. */
  query(sql: string, options?: RunOptions): Promise<Row[]>;
  close(): Promise<void>;
}

export interface OpenDatasetOptions extends RunOptions {
  /** Told by the files' extensions when left out. */
  readonly format?: DatasetFormat;
  /** CSV: whether the first line of each file names the columns. Guessed when left out. */
  readonly header?: boolean;
  /** CSV: names of the columns. Without `header`, a first line equal to them is a header and any other is data. */
  readonly columns?: readonly string[];
  /** Reads Parquet and answers queries; stays open. One of the dataset's own when left out, started when needed. */
  readonly engine?: Engine;
}

/** What a format's reader knows; `openDataset` adds the rest. */
export interface DatasetReader {
  readonly columns: readonly DatasetColumn[];
  batches(options: RunOptions): AsyncIterable<CellBatch>;
  rejected(): readonly RejectedLine[];
}

/**
 * Opens one file, or the files of one kind in a folder or S3 prefix.
 *
 * CSV is comma-separated UTF-8 with a header or without (`_c0`, `_c1`, …); an empty cell is missing, quoted or not, as in
 * captured CSV. JSON Lines is an object for each line; nested names are joined by dots (`a.b`, `list.0`), an empty text
 * is missing, and the columns are those of all lines, so the files are read twice. Both may be compressed (`.gz`).
 * Lines that cannot be used are kept with file, line and reason.
 * Parquet's whole numbers and decimals are doubles, so that whole numbers beyond 2^53 are rounded; booleans, times and
 * the like are text. Memory: a megabyte of text, or a few thousand rows of Parquet.
 *
 * @throws MonitorError `FILE_NOT_FOUND`, `NO_DATA` for empty files, `FORMAT` for names that are empty or come twice and
 * for files that are not what they should be, `COLUMN_COUNT` when `columns` does not fit.
 */
export async function openDataset(uri: string, options: OpenDatasetOptions = {}): Promise<Dataset> {
  const { format, objects } = await datasetFiles(uri, options.format, options.signal ? { signal: options.signal } : {});
  const engine = new LazyEngine(options.engine);
  try {
    const reader =
      format === 'csv'
        ? await openCsv(objects, options)
        : format === 'jsonl'
          ? await openJsonLines(objects, options)
          : await openParquet(objects, await engine.open(), options);
    const table = new QueryTable(reader, objects, format, engine);
    return {
      uri,
      format,
      files: objects.map((object) => object.uri),
      sizeBytes: objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      columns: reader.columns,
      batches: (run = {}) => reader.batches(run),
      rejected: () => reader.rejected(),
      query: (sql, run = {}) => table.query(sql, run),
      close: async () => {
        await table.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The engine given, or one that is started when it is first needed and closed with the dataset. */
export class LazyEngine {
  readonly #given: Engine | undefined;
  #own: Promise<Engine> | undefined;

  constructor(given: Engine | undefined) {
    this.#given = given;
  }

  async open(): Promise<Engine> {
    if (this.#given) return this.#given;
    this.#own ??= openDuckDb();
    return this.#own;
  }

  async close(): Promise<void> {
    const own = await this.#own?.catch(() => undefined);
    this.#own = undefined;
    await own?.close();
  }
}
