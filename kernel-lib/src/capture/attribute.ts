import jmespath from 'jmespath';
import { MonitorError } from '../errors.js';
import { type DecodedRow, flattenRow, isScalarList } from './flatten.js';
import { isJsonObject, type JsonText, parseJsonText } from './json-text.js';
import { oneShape, type PartRows } from './part-rows.js';
import type { CapturePart } from './record.js';

/** One cell a row, or why there is none, to be said after the part's name: `has no "score"`. */
export type AttributeCells = readonly (string | null)[] | { readonly reason: string };

/**
 * Reads one value a row from a part of a record, by the three ways of the service: a column's name, a zero-based index
 * (CSV, lists), or a JMESPath expression over the part's JSON (`predictions[*].score`). An expression that gives one
 * value serves a part of one row; in a part of JSON Lines it is asked of every line.
 *
 * @param attribute - Undefined: the part's only cell.
 * @param rows - the part's decoded rows, with the names its cells go by.
 * @param classes - where a value is a list of as many numbers, the class of the greatest is meant.
 */
export function readAttribute(
  attribute: string | undefined,
  part: CapturePart | undefined,
  rows: PartRows,
  classes?: readonly string[],
): AttributeCells {
  const cells = (pick: (row: readonly (string | null)[]) => string | null): AttributeCells =>
    rows.cells.map((row) => classInText(pick(row), classes));
  if (attribute === undefined) {
    if (rows.width === 1) return cells(([cell]) => cell ?? null);
    if (classes !== undefined && rows.width === classes.length) return rows.cells.map((row) => classOf(row, classes));
    return { reason: `has ${rows.width} values: say which is meant` };
  }
  const named = rows.names?.indexOf(attribute) ?? -1;
  if (named >= 0) return cells((row) => row[named] ?? null);
  if (/^\d+$/.test(attribute)) {
    const index = Number(attribute);
    if (index < rows.width) return cells((row) => row[index] ?? null);
    return { reason: `has ${rows.width} values, none at index ${index}` };
  }
  const documents = part === undefined ? undefined : documentsOf(part);
  if (documents === undefined) return { reason: `has no "${attribute}"` };
  const found = documents.map((document) => search(document, attribute));
  if (found.length === 1) return cellsOf(found[0]!, attribute, rows.cells.length, classes);
  const each = found.map((value) => cellsOf(value, attribute, 1, classes));
  const refused = each.find((value) => 'reason' in value);
  return refused ?? each.flatMap((value) => value as readonly (string | null)[]);
}

/**
 * Reads the rows of features that a JMESPath expression finds in a part: a list of lists or objects is a row each, a list
 * of plain values or an object is one row. In a part of JSON Lines it is asked of every line.
 */
export function readFeatures(
  expression: string,
  part: CapturePart | undefined,
): PartRows | { readonly reason: string } {
  const documents = part === undefined ? undefined : documentsOf(part);
  const rows: DecodedRow[] = [];
  for (const document of documents ?? []) {
    const found = search(document, expression);
    if (found === null) return { reason: `has no "${expression}"` };
    if (isJsonObject(found) || isScalarList(found)) rows.push(flattenRow(found));
    else if (Array.isArray(found)) rows.push(...found.map(flattenRow));
  }
  return rows.length === 0 ? { reason: `has no "${expression}"` } : oneShape(rows);
}

/** What an expression finds. A name that is no expression, such as `income-class`, is that key; both can find nothing. */
function search(document: JsonText, expression: string): JsonText {
  try {
    return jmespath.search(document, expression) as JsonText;
  } catch {
    return isJsonObject(document) ? (document[expression] ?? null) : null;
  }
}

/** Several attributes are asked of one part, one after the other. */
const parsed = new WeakMap<CapturePart, readonly JsonText[] | undefined>();

/** The JSON values of a part: one, or one a line; undefined where it is no JSON. */
function documentsOf(part: CapturePart): readonly JsonText[] | undefined {
  if (!parsed.has(part)) parsed.set(part, parseDocuments(part));
  return parsed.get(part);
}

function parseDocuments({ data }: CapturePart): readonly JsonText[] | undefined {
  const whole = parseJsonText(data);
  if (whole !== undefined) return [whole];
  const lines = data.split('\n').filter((line) => line.trim() !== '');
  const documents = lines.map(parseJsonText);
  return documents.length > 1 && !documents.includes(undefined) ? (documents as JsonText[]) : undefined;
}

function cellsOf(
  found: JsonText,
  attribute: string,
  rowCount: number,
  classes: readonly string[] | undefined,
): AttributeCells {
  const oneList = rowCount === 1 && classes !== undefined && isScalarList(found) && found.length === classes.length;
  const values = Array.isArray(found) && !oneList && (found.length === rowCount || rowCount !== 1) ? found : [found];
  if (found === null || values.length !== rowCount) {
    return {
      reason: found === null ? `has no "${attribute}"` : `has ${values.length} "${attribute}" for ${rowCount} rows`,
    };
  }
  const cells = values.map((value: JsonText) => scalarOf(value, classes));
  return cells.includes(undefined)
    ? { reason: `has a list or an object at "${attribute}"` }
    : (cells as (string | null)[]);
}

/** A list of one scalar stands for it: `predictions[*].scores` of `[[0.7]]`; one of all classes for the likeliest. */
function scalarOf(value: JsonText, classes: readonly string[] | undefined): string | null | undefined {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return classInText(value, classes);
  if (classes !== undefined && isScalarList(value) && value.length === classes.length) return classOf(value, classes);
  return !isJsonObject(value) && (value as readonly JsonText[]).length === 1
    ? scalarOf((value as readonly JsonText[])[0]!, classes)
    : undefined;
}

/** The class that a cell of CSV tells, where it holds a list of probabilities (`"[0.1,0.6,0.3]"`); else the cell. */
export function classInText(cell: string | null, classes: readonly string[] | undefined): string | null {
  if (cell === null || classes === undefined || !cell.trimStart().startsWith('[')) return cell;
  const list = parseJsonText(cell);
  return list !== undefined && isScalarList(list) && list.length === classes.length ? classOf(list, classes) : cell;
}

/** The class of the greatest probability, the first of equal ones; null where one of them is no number. */
function classOf(probabilities: readonly (string | null)[], classes: readonly string[]): string | null {
  const numbers = probabilities.map((text) => (text === null || text === '' ? Number.NaN : Number(text)));
  if (numbers.some(Number.isNaN)) return null;
  return classes[numbers.indexOf(Math.max(...numbers))]!;
}

/**
 * Checks an attribute before it is used on a million records. Only what has the brackets, dots or stars of an expression
 * can be a wrong one: columns may have any name.
 *
 * @throws MonitorError `USAGE` where it is no JMESPath expression.
 */
export function checkAttribute(attribute: string | undefined, option: string): void {
  if (attribute === undefined || !/[[\]*]|\w\.\w/.test(attribute)) return;
  try {
    jmespath.search({}, attribute);
  } catch (cause) {
    throw new MonitorError('USAGE', `${option} "${attribute}" cannot be read: ${(cause as Error).message}`, {
      fix: 'give a column name, a zero-based index, or a JMESPath expression such as predictions[*].score',
      cause,
    });
  }
}
