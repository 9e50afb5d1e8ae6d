import { open } from 'node:fs/promises';
import type { Engine } from '../engine/engine.js';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { localCopies } from '../storage/copy-all.js';
import { openStorage } from '../storage/open-storage.js';
import type { StoredObject } from '../storage/storage.js';
import type { CellBatch, CellColumn } from './cell-batch.js';
import { checkColumnNames } from './column-names.js';
import type { DatasetColumn, DatasetReader } from './dataset.js';

const integerType = /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT)$/;
const numberType = /^(FLOAT|DOUBLE|DECIMAL\(\d+, ?\d+\))$/;

/** The table function that reads these local Parquet files, columns matched by name. */
export function readParquet(paths: readonly string[], engine: Engine): string {
  const list = paths.map((path) => engine.dialect.quoteString(path)).join(', ');
  return `read_parquet([${list}], union_by_name = true, hive_partitioning = false)`;
}

/** Opens Parquet files with the same columns; those that some files lack are missing there. */
export async function openParquet(
  objects: readonly StoredObject[],
  engine: Engine,
  options: RunOptions,
): Promise<DatasetReader> {
  const paths: string[] = [];
  const storage = openStorage(objects[0]!.uri);
  for await (const { object, path } of localCopies(storage, objects, options)) {
    await checkParquet(path, object.uri);
    paths.push(path);
  }
  const source = readParquet(paths, engine);
  const described = await ask(() => engine.query(`describe from ${source}`, queryOptions(options)), objects);
  const columns = described.map(({ column_name: name, column_type: type }): DatasetColumn => {
    return { name: String(name), declared: declaredType(String(type)) };
  });
  checkColumnNames(
    columns.map(({ name }) => name),
    objects[0]!.uri,
  );
  return {
    columns,
    rejected: () => [],
    async *batches(run) {
      const counted = await ask(() => engine.query(`select count(*) as n from ${source}`, queryOptions(run)), objects);
      const total = Number(counted[0]?.['n']);
      const cells = described.map((column, index) => selected(columns[index]!, String(column['column_type']), engine));
      let done = 0;
      try {
        for await (const chunk of engine.stream(`select ${cells.join(', ')} from ${source}`, queryOptions(run))) {
          yield {
            rowCount: chunk.rowCount,
            columns: chunk.columns.map((column, index) => withIntegral(column, columns[index]!)),
          } satisfies CellBatch;
          done += chunk.rowCount;
          run.onProgress?.({ stage: 'reading', done, total, unit: 'rows' });
        }
      } catch (error) {
        throw unreadable(error, objects);
      }
    },
  };
}

function declaredType(type: string): DatasetColumn['declared'] {
  if (integerType.test(type) || /^DECIMAL\(\d+, ?0\)$/.test(type)) return 'integer';
  return numberType.test(type) ? 'number' : 'text';
}

/** Texts of dates and the like are made by the engine: ISO form, in UTC where there is a zone; nested values are JSON. */
function selected({ name, declared }: DatasetColumn, type: string, engine: Engine): string {
  const column = engine.dialect.quoteIdentifier(name);
  if (declared !== 'text' || type === 'VARCHAR') return column;
  if (/[\])]$/.test(type) && !type.startsWith('DECIMAL')) return `to_json(${column})::varchar`;
  return type.startsWith('TIMESTAMP WITH') ? `(${column} at time zone 'UTC')::varchar` : `${column}::varchar`;
}

function withIntegral(
  column: { readonly kind: 'number'; readonly values: Float64Array; readonly valid: Uint8Array } | CellColumn,
  { declared }: DatasetColumn,
): CellColumn {
  return column.kind === 'text' ? column : { ...column, integral: declared === 'integer' };
}

async function checkParquet(path: string, where: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const ends = Buffer.alloc(8);
    await file.read(ends, 0, 4, 0);
    await file.read(ends, 4, 4, Math.max(0, size - 4));
    const magic = ends.toString('latin1');
    if (size >= 12 && magic === 'PAR1PAR1') return;
    const begun = magic.startsWith('PAR1');
    throw new MonitorError('FORMAT', begun ? 'The Parquet file is not whole.' : 'This is no Parquet file.', {
      where,
      fix: begun ? 'write it again; its end is missing' : 'check the file, or say what it is with --dataset-format',
    });
  } finally {
    await file.close();
  }
}

async function ask<T>(query: () => Promise<T>, objects: readonly StoredObject[]): Promise<T> {
  try {
    return await query();
  } catch (error) {
    throw unreadable(error, objects);
  }
}

/** What the engine refuses here is the files' fault, not the query's. */
function unreadable(error: unknown, objects: readonly StoredObject[]): unknown {
  if (!(error instanceof MonitorError) || error.code !== 'ENGINE') return error;
  const reason = error.cause instanceof Error ? error.cause.message.split('\n')[0] : error.what;
  return new MonitorError('FORMAT', `The Parquet data cannot be read: ${reason}`, {
    where: objects.length === 1 ? objects[0]!.uri : `${objects[0]!.uri} and ${objects.length - 1} more`,
    fix: 'check that the files are whole and have the same columns',
    cause: error,
  });
}

function queryOptions({ signal }: RunOptions): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}
