import type { Cells } from './csv-cells.js';
import { isJsonObject, type JsonText, type JsonTextObject } from './json-text.js';

/** One row: its cells, and their names unless they are known by position only. */
export interface DecodedRow {
  readonly names: readonly string[] | undefined;
  readonly cells: Cells;
}

/**
 * One JSON value as one row.
 *
 * - A scalar is one cell without a name; a list is one cell for each element, without names.
 * - An object with a single key that holds a list of scalars (`{"features": [1, 2]}`) is the same as that list.
 * - Any other object gives named cells: nested keys are joined by dots (`a.b`), list elements are numbered from zero
 *   (`a.0`). An empty list or object is one missing cell.
 *
 * Keys come in the order of the object, so equal shapes give equal names.
 */
export function flattenRow(value: JsonText): DecodedRow {
  if (!isJsonObject(value)) return { names: undefined, cells: leaves(value) };
  const only = onlyValue(value);
  if (only !== undefined && isScalarList(only)) return { names: undefined, cells: leaves(only) };
  const names: string[] = [];
  const cells: (string | null)[] = [];
  for (const [key, inner] of Object.entries(value)) collect(inner, key, names, cells);
  return { names, cells };
}

/** Whether a value is a list, not empty, of texts and nulls alone. */
export function isScalarList(value: JsonText): value is readonly (string | null)[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => item === null || typeof item === 'string');
}

/** The value of an object's single key. */
export function onlyValue(value: JsonTextObject): JsonText | undefined {
  const values = Object.values(value);
  return values.length === 1 ? values[0] : undefined;
}

function leaves(value: JsonText): (string | null)[] {
  const cells: (string | null)[] = [];
  if (Array.isArray(value) && value.length === 0) return cells;
  collect(value, '', [], cells);
  return cells;
}

function collect(value: JsonText, name: string, names: string[], cells: (string | null)[]): void {
  const inner = value === null || typeof value === 'string' ? [] : Object.entries(value);
  if (inner.length === 0) {
    names.push(name);
    cells.push(typeof value === 'string' && value !== '' ? value : null);
    return;
  }
  for (const [key, item] of inner) collect(item, `${name}.${key}`, names, cells);
}
