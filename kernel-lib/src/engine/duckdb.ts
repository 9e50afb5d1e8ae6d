import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { MonitorError } from '../errors.js';
import { plainCell, readColumn } from './duckdb-values.js';
import type { Chunk, Dialect, Engine, QueryOptions, Row } from './engine.js';
import { quoteIdentifier, quoteString } from './sql.js';

export interface DuckDbOptions {
  /** Default: all cores. */
  readonly threads?: number;
  /** What DuckDB may hold before it spills to the temporary folder. Default: 128 for each thread, at least 1024. */
  readonly memoryLimitMb?: number;
}

const dialect: Dialect = { name: 'duckdb', quoteIdentifier, quoteString };

/**
 * Opens DuckDB in memory, inside the process. Nothing is downloaded: extensions that are not built in stay away.
 * Calls may overlap; each has its own connection, so temporary tables do not outlive a call (make others instead).
 *
 * @throws MonitorError `ENGINE` when the driver cannot be loaded on this machine.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  const threads = options.threads ?? availableParallelism();
  const memoryLimitMb = options.memoryLimitMb ?? Math.max(1024, 128 * threads);
  try {
    const { DuckDBInstance: instances, version } = await import('@duckdb/node-api');
    const instance = await instances.create(':memory:', {
      threads: String(threads),
      memory_limit: `${memoryLimitMb}MB`,
      temp_directory: path.join(tmpdir(), `driftline-duckdb-${process.pid}`),
      autoinstall_known_extensions: 'false',
    });
    return new DuckDbEngine(instance, version().replace(/^v/, ''));
  } catch (error) {
    throw new MonitorError('ENGINE', 'DuckDB cannot be started.', {
      where: `${process.platform}-${process.arch}`,
      fix: 'install the package again with optional dependencies; its binaries are for Linux, macOS and Windows on x64 and arm64',
      cause: error,
    });
  }
}

class DuckDbEngine implements Engine {
  readonly name = 'duckdb';
  readonly version: string;
  readonly dialect: Dialect = dialect;
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  readonly #busy = new Set<DuckDBConnection>();
  #closed = false;

  constructor(instance: DuckDBInstance, version: string) {
    this.#instance = instance;
    this.version = version;
  }

  async query(sql: string, options: QueryOptions = {}): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const { chunk, result } of this.#chunks(sql, options)) {
      const names = result.columnNames();
      const columns = names.map((name, index) =>
        chunk.getColumnValues(index).map((value) => plainCell(value, name, sql)),
      );
      for (let row = 0; row < chunk.rowCount; row++) {
        rows.push(Object.fromEntries(names.map((name, index) => [name, columns[index]![row] ?? null])));
      }
    }
    return rows;
  }

  async *stream(sql: string, options: QueryOptions = {}): AsyncGenerator<Chunk> {
    for await (const { chunk, result } of this.#chunks(sql, options)) {
      const columns = Array.from({ length: result.columnCount }, (_, index) =>
        readColumn(chunk.getColumnVector(index), result.columnTypeId(index), chunk.rowCount),
      );
      yield { rowCount: chunk.rowCount, columns };
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    for (const connection of this.#busy) connection.interrupt();
    for (const connection of this.#idle.splice(0)) connection.closeSync();
    this.#instance.closeSync();
  }

  async *#chunks(
    sql: string,
    { signal }: QueryOptions,
  ): AsyncGenerator<{ readonly chunk: DuckDBDataChunk; readonly result: DuckDBResult }> {
    if (signal?.aborted) throw aborted(signal);
    if (this.#closed) throw new MonitorError('ENGINE', 'DuckDB was closed before this query.', { where: sql });
    const connection = this.#idle.pop() ?? (await this.#instance.connect());
    this.#busy.add(connection);
    const interrupt = (): void => connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      const result = await connection.stream(sql);
      for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        yield { chunk, result };
        if (signal?.aborted) throw aborted(signal);
      }
      if (signal?.aborted) throw aborted(signal);
    } catch (error) {
      if (signal?.aborted) throw aborted(signal);
      throw error instanceof MonitorError ? error : failed(sql, error);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#busy.delete(connection);
      if (this.#closed) connection.closeSync();
      else this.#idle.push(connection);
    }
  }
}

function failed(sql: string, error: unknown): MonitorError {
  const message = error instanceof Error ? error.message : String(error);
  const memory = message.startsWith('Out of Memory');
  return new MonitorError('ENGINE', `DuckDB refused a query: ${message.trim()}`, {
    where: sql,
    ...(memory && { fix: 'give it more memory or a temporary folder with more room' }),
    cause: error,
  });
}

function aborted(signal: AbortSignal): MonitorError {
  return new MonitorError('ABORTED', 'Stopped before it was finished.', { cause: signal.reason });
}
