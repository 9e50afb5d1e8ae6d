import { parseJsonText } from '../capture/json-text.js';
import { positionNames } from './column-names.js';

/** A line of JSON Lines as named cells: an array of alternating names and cells, which spares an object for each. */
export type NamedCells = readonly (string | null)[];

/**
 * Numbers that JavaScript would write differently than they are written here: `3.0`, `1e5`, `-0`, more digits than a
 * double has, `NaN`. Also matches inside texts, which only costs time.
 */
const writtenOtherwise = /\d\.\d*0(?!\d)|\d[eE][-+]?\d|(?:\d\.?){16}|-0(?![.\d])|0\.000000|NaN|Infinity/;

/**
 * One line of JSON Lines as a row. Nested keys are joined by dots, list elements numbered from zero; a list instead of
 * an object gets the names of columns without a header. Scalars are text as written (`true`, `3.0`); null, empty texts,
 * and empty lists and objects are missing.
 *
 * @returns the reason when the line is no row.
 */
export function jsonRow(line: string): NamedCells | { readonly reason: string } {
  return writtenOtherwise.test(line) ? careful(line) : fast(line);
}

function fast(line: string): NamedCells | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { reason: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null) return { reason: 'not a JSON object' };
  const row: (string | null)[] = [];
  const list = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) collect(inner, list ? `_c${key}` : key, row);
  return row;
}

function collect(value: unknown, name: string, row: (string | null)[]): void {
  if (typeof value !== 'object' || value === null) {
    row.push(name, value === null || value === '' ? null : String(value));
    return;
  }
  const inner = Object.entries(value);
  if (inner.length === 0) row.push(name, null);
  for (const [key, item] of inner) collect(item, `${name}.${key}`, row);
}

function careful(line: string): NamedCells | { readonly reason: string } {
  const value = parseJsonText(line);
  if (value === undefined) return { reason: 'not JSON' };
  if (typeof value !== 'object' || value === null) return { reason: 'not a JSON object' };
  const wrapped = Array.isArray(value)
    ? Object.fromEntries(positionNames(value.length).map((name, index) => [name, value[index]!]))
    : (value as Exclude<typeof value, readonly unknown[]>);
  const row: (string | null)[] = [];
  for (const [name, inner] of Object.entries(wrapped)) collect(inner, name, row);
  return row;
}
