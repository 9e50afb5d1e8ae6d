import type { DuckDBTypeId, DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import { MonitorError } from '../errors.js';
import type { Cell, ChunkColumn } from './engine.js';

/** The driver's `DuckDBTypeId`s that are numbers: integers of every width, float, double and decimal. */
const numericTypeIds: ReadonlySet<number> = new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 19, 32]);

/**
 * A driver's value as a plain one: integers and decimals are numbers, nested values are JSON, all else (dates, times,
 * UUIDs, blobs) the text DuckDB prints.
 *
 * @throws MonitorError `LIMIT` for an integer beyond ±2^53, which a double cannot hold exactly.
 */
export function plainCell(value: DuckDBValue, column: string, sql: string): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint') {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
      throw new MonitorError('LIMIT', `"${column}" is ${value}, beyond 2^53, and cannot be held exactly.`, {
        where: sql,
        fix: 'cast it to double or to text in the query',
      });
    }
    return Number(value);
  }
  if (isDecimal(value)) return Number(value.toString());
  if (isNested(value)) return JSON.stringify(nestedValue(value, column, sql));
  return String(value);
}

/**
 * One column of a chunk as typed numbers, or as texts. Integers beyond ±2^53 become the nearest double here. Text of
 * other types is what DuckDB prints (`2026-03-05`, `true`); nested values are JSON.
 */
export function readColumn(vector: DuckDBVector, typeId: DuckDBTypeId, rowCount: number): ChunkColumn {
  return numericTypeIds.has(typeId) ? readNumbers(vector, rowCount) : readTexts(vector, rowCount);
}

function readNumbers(vector: DuckDBVector, rowCount: number): ChunkColumn {
  const values = new Float64Array(rowCount);
  const valid = new Uint8Array(rowCount);
  const { items, validity } = vector as unknown as VectorInside;
  if (isTypedArray(items) && validity) {
    if (items instanceof BigInt64Array || items instanceof BigUint64Array) {
      for (let row = 0; row < rowCount; row++) values[row] = Number(items[row]);
    } else {
      values.set(items.subarray(0, rowCount));
    }
    for (let row = 0; row < rowCount; row++) valid[row] = validity.itemValid(row) ? 1 : 0;
  } else {
    for (let row = 0; row < rowCount; row++) {
      const value = vector.getItem(row) as DuckDBValue;
      if (value === null) continue;
      valid[row] = 1;
      values[row] = Number(value.toString());
    }
  }
  for (let row = 0; row < rowCount; row++) if (valid[row] === 0) values[row] = 0;
  return { kind: 'number', values, valid };
}

function readTexts(vector: DuckDBVector, rowCount: number): ChunkColumn {
  const values = new Array<string | null>(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const value = vector.getItem(row) as DuckDBValue;
    if (value === null || typeof value === 'string') values[row] = value;
    else values[row] = isNested(value) ? JSON.stringify(nestedValue(value, '', '')) : String(value);
  }
  return { kind: 'text', values };
}

/** What the vectors of the pinned driver hold inside; where it is not so, `getItem` is asked instead. */
interface VectorInside {
  readonly items?: unknown;
  readonly validity?: { itemValid(row: number): boolean };
}

type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

function isTypedArray(items: unknown): items is NumberArray {
  return ArrayBuffer.isView(items) && !(items instanceof DataView);
}

function isDecimal(value: DuckDBValue): value is DuckDBValue & { toDouble(): number; toString(): string } {
  return typeof value === 'object' && value !== null && 'toDouble' in value;
}

type Nested = { readonly items: readonly DuckDBValue[] } | { readonly entries: unknown };

function isNested(value: DuckDBValue): value is DuckDBValue & Nested {
  return typeof value === 'object' && value !== null && ('items' in value || 'entries' in value);
}

function nestedValue(value: DuckDBValue, column: string, sql: string): unknown {
  if (!isNested(value)) return typeof value === 'bigint' ? Number(value) : plainCell(value, column, sql);
  if ('items' in value) return (value.items as DuckDBValue[]).map((item) => nestedValue(item, column, sql));
  const { entries } = value as { entries: Record<string, DuckDBValue> | { key: DuckDBValue; value: DuckDBValue }[] };
  const pairs: [string, DuckDBValue][] = Array.isArray(entries)
    ? entries.map((entry) => [String(entry.key), entry.value])
    : Object.entries(entries);
  return Object.fromEntries(pairs.map(([name, inner]) => [name, nestedValue(inner, column, sql)]));
}
