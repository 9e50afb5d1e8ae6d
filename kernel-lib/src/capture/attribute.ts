import jmespath from 'jmespath';
import { MonitorError } from '../errors.js';
import { isJsonObject, type JsonText, parseJsonText } from './json-text.js';
import type { PartRows } from './part-rows.js';
import type { CapturePart } from './record.js';

/** One cell a row, or why there is none, to be said after the part's name: `has no "score"`. */
export type AttributeCells = readonly (string | null)[] | { readonly reason: string };

/**
 * Reads one value a row from a part of a record, by the three ways of the service: a column's name, a zero-based index
 * (CSV, lists), or a JMESPath expression over the part's JSON (`predictions[*].score`). An expression that gives one
 * value serves a part of one row.
 *
 * @param attribute - Undefined: the part's only cell.
 * @param rows - the part's decoded rows, with the names its cells go by.
 */
export function readAttribute(
  attribute: string | undefined,
  part: CapturePart | undefined,
  rows: PartRows,
): AttributeCells {
  if (attribute === undefined) {
    if (rows.width === 1) return rows.cells.map(([cell]) => cell ?? null);
    return { reason: `has ${rows.width} values: say which is meant` };
  }
  const named = rows.names?.indexOf(attribute) ?? -1;
  if (named >= 0) return rows.cells.map((cells) => cells[named] ?? null);
  if (/^\d+$/.test(attribute)) {
    const index = Number(attribute);
    if (index < rows.width) return rows.cells.map((cells) => cells[index] ?? null);
    return { reason: `has ${rows.width} values, none at index ${index}` };
  }
  const document = part === undefined ? undefined : parseJsonText(part.data);
  if (document === undefined) return { reason: `has no "${attribute}"` };
  const found = jmespath.search(document, attribute) as JsonText;
  return cellsOf(found, attribute, rows.cells.length);
}

function cellsOf(found: JsonText, attribute: string, rowCount: number): AttributeCells {
  const values = Array.isArray(found) && (found.length === rowCount || rowCount !== 1) ? found : [found];
  if (found === null || values.length !== rowCount) {
    return {
      reason: found === null ? `has no "${attribute}"` : `has ${values.length} "${attribute}" for ${rowCount} rows`,
    };
  }
  const cells = values.map(scalarOf);
  return cells.includes(undefined)
    ? { reason: `has a list or an object at "${attribute}"` }
    : (cells as (string | null)[]);
}

/** A list of one scalar stands for it: `predictions[*].scores` of `[[0.7]]`. */
function scalarOf(value: JsonText): string | null | undefined {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  return !isJsonObject(value) && (value as readonly JsonText[]).length === 1
    ? scalarOf((value as readonly JsonText[])[0]!)
    : undefined;
}

/**
 * Checks an attribute before it is used on a million records.
 *
 * @throws MonitorError `USAGE` where it is no JMESPath expression.
 */
export function checkAttribute(attribute: string | undefined, option: string): void {
  if (attribute === undefined || /^\d+$/.test(attribute) || /^[\w .-]+$/.test(attribute)) return;
  try {
    jmespath.search({}, attribute);
  } catch (cause) {
    throw new MonitorError('USAGE', `${option} "${attribute}" cannot be read: ${(cause as Error).message}`, {
      fix: 'give a column name, a zero-based index, or a JMESPath expression such as predictions[*].score',
      cause,
    });
  }
}
