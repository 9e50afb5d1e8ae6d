import { bytesOfBase64 } from './base64.js';
import { type Cells, csvRows } from './csv-cells.js';
import { type DecodedRow, flattenRow, isScalarList, onlyValue } from './flatten.js';
import { isJsonObject, type JsonText, type JsonTextObject, parseJsonText } from './json-text.js';
import type { CapturePart } from './record.js';

/**
 * What a part can be read as, the likelier first. `[1, 2]` and `{"y": [1, 2]}` are two rows or one row of two cells;
 * only the other part of the record can tell (`agreeOnRows`). `alone` is the reading when there is no other part.
 */
export interface DecodedPart {
  readonly readings: readonly (readonly DecodedRow[])[];
  readonly alone: number;
}

/** Why a part could not be read, to be said after the part's name: "is not JSON". */
export interface Undecodable {
  readonly reason: string;
}

/** The two halves of a batch-transform record: the model's output, and the input where the job joined it. */
export interface DecodedTransform {
  readonly output: DecodedPart;
  readonly input: DecodedPart | undefined;
}

/** Keys under which a request or response holds the list of its rows, whatever stands beside them. */
const wrappers = ['instances', 'predictions'];

/** Keys of a batch-transform line that are about the line and are no columns. */
const transformKeys = new Set(['SageMakerInferenceId', 'SageMakerInferenceTime', 'SageMakerOutput']);

/**
 * The rows of one part of a record.
 *
 * CSV: `csvRows`. BASE64 is decoded first and then read by its content type; where that says neither CSV nor JSON (a
 * `text/html` answer), as JSON if it is JSON, as CSV if every line has the same number of cells, two at least, and
 * otherwise as one text cell; what is not text at all stays one cell as captured.
 *
 * JSON, in this order:
 * 1. JSON Lines (by content type, or several values on several lines): every line is a row (`flattenRow`).
 * 2. `instances` or `predictions`, or a single key, holding a list of objects or lists: every element is a row.
 *    Under `instances` and `predictions`, elements may be scalars: rows of one cell.
 * 3. `{"columns": [...], "data": [[...], ...]}`, also inside one key: named columns, every inner list a row.
 * 4. An object of lists of scalars of equal length, also inside one key: every key is a column. One row instead, where
 *    the other part of the record has one row and the lists are longer, or where there is a single key and nothing to
 *    compare with. `{"features": [...]}` is always one row.
 * 5. A list of objects or lists: every element is a row. A list of scalars: as 4 with a single key.
 * 6. Anything else is one row.
 */
export function decodePart(part: CapturePart): DecodedPart | Undecodable {
  const type = (part.contentType ?? '').toLowerCase();
  if (part.encoding === 'BASE64') return decodeBase64(part.data, type);
  if (part.encoding === 'CSV') return decodeCsv(part.data);
  if (part.encoding === 'JSON') return decodeJson(part.data, type) ?? { reason: 'is not JSON' };
  return decodeByType(part.data, type);
}

/**
 * A batch-transform record: `SageMakerOutput` is the output and the keys beside it are the input; without that key
 * everything is output. Inference id and time are not columns, in CSV neither: there they are the last two cells.
 */
export function decodeTransform(part: CapturePart): DecodedTransform | Undecodable {
  const value = part.encoding === 'CSV' ? undefined : parseJsonText(part.data);
  if (value === undefined || !isJsonObject(value)) {
    const decoded = part.encoding === 'CSV' ? decodeCsv(part.data) : decodePart(part);
    if ('reason' in decoded) return decoded;
    return { output: part.encoding === 'CSV' ? withoutInferenceCells(decoded) : decoded, input: undefined };
  }
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !transformKeys.has(key)));
  const output = value['SageMakerOutput'];
  if (output === undefined) return { output: decodeDocument(rest), input: undefined };
  return {
    output: decodeDocument(output),
    input: Object.keys(rest).length === 0 ? undefined : decodeDocument(rest),
  };
}

/** The readings of two parts under which they have equally many rows; undefined when there are none. */
export function agreeOnRows(
  one: DecodedPart,
  other: DecodedPart,
): readonly [readonly DecodedRow[], readonly DecodedRow[]] | undefined {
  for (const rows of one.readings) {
    const same = other.readings.find((candidate) => candidate.length === rows.length);
    if (same !== undefined) return [rows, same];
  }
  return undefined;
}

/** How a batch-transform job writes the inference id and time that it appends to a CSV line. */
export const inferenceCells: RegExp =
  /(?:^|,)"?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"?,"?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"?\r?$/i;

function withoutInferenceCells(decoded: DecodedPart): DecodedPart {
  return only(
    decoded.readings[0]!.map((row) =>
      inferenceCells.test(row.cells.slice(-2).join(',')) ? { names: undefined, cells: row.cells.slice(0, -2) } : row,
    ),
  );
}

function decodeCsv(text: string): DecodedPart | Undecodable {
  const rows = csvRows(text);
  return 'reason' in rows ? rows : only(rows.map(positional));
}

function decodeJson(text: string, type: string): DecodedPart | undefined {
  const document = isJsonLinesType(type) ? undefined : parseJsonText(text);
  if (document !== undefined) return decodeDocument(document);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = lines.map(parseJsonText);
  if (values.length === 0 || values.includes(undefined)) return undefined;
  return only(values.map((value) => flattenRow(value as JsonText)));
}

function decodeBase64(data: string, type: string): DecodedPart | Undecodable {
  const bytes = bytesOfBase64(data);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return only([positional([data])]);
  }
  if (text.includes('\0')) return only([positional([data])]);
  return decodeByType(text, type);
}

function decodeByType(text: string, type: string): DecodedPart | Undecodable {
  if (/[/+]csv/.test(type)) return decodeCsv(text);
  const json = decodeJson(text, type);
  if (json !== undefined) return json;
  if (/[/+](json|jsonlines|x-ndjson)/.test(type)) return { reason: 'is not JSON' };
  const rows = csvRows(text);
  if ('reason' in rows || rows.length === 0) return only([positional([text === '' ? null : text])]);
  const width = rows[0]!.length;
  const regular = width > 1 && rows.every((row) => row.length === width);
  return only(regular && !text.includes('<') ? rows.map(positional) : [positional([text])]);
}

function isJsonLinesType(type: string): boolean {
  return /jsonl|ndjson/.test(type);
}

function decodeDocument(value: JsonText): DecodedPart {
  if (!isJsonObject(value)) return Array.isArray(value) ? decodeList(value, undefined) : only([flattenRow(value)]);
  const wrapper = wrappers.find((key) => Array.isArray(value[key]));
  if (wrapper !== undefined) {
    const list = value[wrapper] as readonly JsonText[];
    return isScalarList(list) ? { ...decodeList(list, undefined), alone: 0 } : decodeList(list, undefined);
  }
  const inner = onlyValue(value);
  const table = decodeTable(value) ?? (inner !== undefined && isJsonObject(inner) ? decodeTable(inner) : undefined);
  if (table !== undefined) return table;
  const columns = inner !== undefined && isJsonObject(inner) && onlyValue(inner) === undefined && decodeColumns(inner);
  if (columns) return columns;
  if (Array.isArray(inner) && inner.some((item: JsonText) => typeof item === 'object' && item !== null)) {
    return decodeList(inner, undefined);
  }
  return decodeColumns(value) ?? only([flattenRow(value)]);
}

/** A list of scalars is a column (of this name) or a row; of anything else, rows. */
function decodeList(list: readonly JsonText[], name: string | undefined): DecodedPart {
  if (!isScalarList(list)) return only(list.map(flattenRow));
  const names = name === undefined ? undefined : [name];
  return { readings: [list.map((cell) => ({ names, cells: [emptyIsMissing(cell)] })), [flattenRow(list)]], alone: 1 };
}

function decodeColumns(value: JsonTextObject): DecodedPart | undefined {
  const names = Object.keys(value);
  const columns = Object.values(value);
  const [first] = columns;
  if (first === undefined || !columns.every(isScalarList)) return undefined;
  if (columns.some((column) => column.length !== (first as readonly unknown[]).length)) return undefined;
  if (names.length === 1) return names[0] === 'features' ? undefined : decodeList(columns[0]!, names[0]);
  const rows = columns[0]!.map((_, index) => ({
    names,
    cells: columns.map((column) => emptyIsMissing(column[index] as string | null)),
  }));
  return { readings: [rows, [flattenRow(value)]], alone: 0 };
}

/** The form in which pandas writes a table with `orient="split"`. */
function decodeTable(value: JsonTextObject): DecodedPart | undefined {
  const { columns, data } = value;
  if (columns === undefined || data === undefined || !Array.isArray(data) || !isScalarList(columns)) return undefined;
  const fits = (row: JsonText): row is readonly (string | null)[] => isScalarList(row) && row.length === columns.length;
  if (!data.every(fits)) return undefined;
  const names = columns.map((name) => name ?? '');
  return only(data.map((row) => ({ names, cells: row.map(emptyIsMissing) })));
}

function only(rows: readonly DecodedRow[]): DecodedPart {
  return { readings: [rows], alone: 0 };
}

function positional(cells: Cells): DecodedRow {
  return { names: undefined, cells };
}

function emptyIsMissing(text: string | null): string | null {
  return text === '' ? null : text;
}
