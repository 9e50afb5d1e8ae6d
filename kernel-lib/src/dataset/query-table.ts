import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import type { Engine, Row } from '../engine/engine.js';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { openStorage } from '../storage/open-storage.js';
import type { StoredObject } from '../storage/storage.js';
import type { DatasetReader, LazyEngine } from './dataset.js';
import { readParquet } from './parquet-dataset.js';

/**
 * The view `dataset` over a dataset's files. For text it stands on a temporary CSV file of what `batches()` gives, so
 * that a query sees the same rows; it is written at the first query and removed by `close()`.
 */
export class QueryTable {
  readonly #reader: DatasetReader;
  readonly #objects: readonly StoredObject[];
  readonly #parquet: boolean;
  readonly #engine: LazyEngine;
  #folder: string | undefined;
  #ready: Promise<Engine> | undefined;

  constructor(reader: DatasetReader, objects: readonly StoredObject[], format: string, engine: LazyEngine) {
    this.#reader = reader;
    this.#objects = objects;
    this.#parquet = format === 'parquet';
    this.#engine = engine;
  }

  async query(sql: string, options: RunOptions): Promise<Row[]> {
    this.#ready ??= this.#prepare(options).catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    const engine = await this.#ready;
    return engine.query(sql, options.signal ? { signal: options.signal } : {});
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  async #prepare(options: RunOptions): Promise<Engine> {
    const engine = await this.#engine.open();
    const source = this.#parquet ? await this.#parquetSource(engine, options) : await this.#textSource(engine, options);
    await engine.query(`create or replace view dataset as select * from ${source}`);
    return engine;
  }

  async #parquetSource(engine: Engine, options: RunOptions): Promise<string> {
    const storage = openStorage(this.#objects[0]!.uri);
    const signal = options.signal ? { signal: options.signal } : {};
    const paths: string[] = [];
    for (const object of this.#objects) paths.push(await storage.localCopy(object, signal));
    return readParquet(paths, engine);
  }

  async #textSource(engine: Engine, options: RunOptions): Promise<string> {
    const { quoteString } = engine.dialect;
    this.#folder ??= await mkdtemp(path.join(tmpdir(), 'driftline-dataset-'));
    const file = path.join(this.#folder, 'rows.csv');
    await this.#writeRows(file, options);
    const columns = this.#reader.columns.map(({ name }) => `${quoteString(name)}: 'VARCHAR'`);
    return `read_csv(${quoteString(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
      nullstr = '', allow_quoted_nulls = false, max_line_size = 4194304, columns = {${columns.join(', ')}})`;
  }

  async #writeRows(file: string, options: RunOptions): Promise<void> {
    const out = createWriteStream(file);
    const done = finished(out);
    done.catch(() => undefined);
    try {
      for await (const { rowCount, columns } of this.#reader.batches(options)) {
        let text = '';
        for (let row = 0; row < rowCount; row++) {
          const cells = columns.map((column) => quoted(column.kind === 'text' ? column.values[row] : null));
          text += `${cells.join(',')}\n`;
        }
        if (!out.write(text)) await Promise.race([once(out, 'drain'), done]);
      }
      out.end();
      await done;
    } catch (error) {
      out.destroy();
      if (error instanceof MonitorError) throw error;
      throw new MonitorError('FILE_NOT_WRITABLE', 'A temporary file for the query cannot be written.', {
        where: file,
        fix: 'make room there, or name another folder in TMPDIR',
        cause: error,
      });
    }
  }
}

function quoted(cell: string | null | undefined): string {
  return cell === null || cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`;
}
