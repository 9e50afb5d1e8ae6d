import type { RecordPart } from '../capture/read-plan.js';

/** A place in a {@link LineTemplate} where lines differ: the inside of a JSON string. */
export interface TemplateField {
  /** The part whose CSV cells it holds; undefined for ids, times and data that make no column. */
  readonly part?: RecordPart;
  /** Number of CSV cells, for a part. */
  readonly cells: number;
}

/** What a capture line looks like: literals[0] fields[0] literals[1] ... fields[n - 1] literals[n]. */
export interface LineTemplate {
  readonly literals: readonly Uint8Array[];
  readonly fields: readonly TemplateField[];
}

const PART_OF_KEY: Readonly<Record<string, RecordPart>> = {
  '/captureData/endpointOutput/data': 'output',
  '/captureData/endpointInput/data': 'input',
  '/groundTruthData/data': 'ground-truth',
};

/**
 * The template of a line, from a line that has been read as JSON already: the data and the strings of `eventMetadata`
 * vary, all else (keys and their order, content types, encodings, white space, the line's end) is literal.
 * Undefined for a line of another kind: a part that is missing, not encoded as CSV, quoted, escaped, or empty.
 *
 * @param start - of the line's bytes; `end` is past its newline.
 */
export function lineTemplate(
  bytes: Uint8Array,
  start: number,
  end: number,
  parts: readonly RecordPart[],
): LineTemplate | undefined {
  const strings = stringPlaces(bytes, start, end);
  if (strings === undefined) return undefined;
  const literals: Uint8Array[] = [];
  const fields: TemplateField[] = [];
  const encodings = new Map<string, string>();
  let literalStart = start;
  for (const { path, from, to } of strings) {
    if (path.endsWith('/encoding')) encodings.set(path, Buffer.from(bytes.subarray(from, to)).toString());
    const part = PART_OF_KEY[path];
    if (part === undefined && !path.startsWith('/eventMetadata/')) continue;
    const isData = part !== undefined && parts.includes(part);
    const stop = isData ? withoutFinalNewline(bytes, from, to) : to;
    if (isData && bytes.subarray(from, stop).includes(92)) return undefined;
    literals.push(bytes.slice(literalStart, from));
    fields.push(isData ? { part, cells: countCells(bytes, from, stop) } : { cells: 0 });
    literalStart = stop;
  }
  literals.push(bytes.slice(literalStart, end));
  for (const part of parts) {
    if (fields.filter((field) => field.part === part).length !== 1) return undefined;
    const [path] = Object.entries(PART_OF_KEY).find(([, named]) => named === part) ?? [''];
    if (encodings.get(path.replace(/data$/, 'encoding')) !== 'CSV') return undefined;
  }
  return { literals, fields };
}

/** Where a CSV text ends: before one final `\\n` or `\\r\\n`, as JSON escapes them. */
function withoutFinalNewline(bytes: Uint8Array, from: number, to: number): number {
  const text = Buffer.from(bytes.subarray(Math.max(from, to - 4), to)).toString('latin1');
  if (text.endsWith('\\r\\n')) return to - 4;
  return text.endsWith('\\n') ? to - 2 : to;
}

function countCells(bytes: Uint8Array, from: number, to: number): number {
  let cells = 1;
  for (let i = from; i < to; i++) if (bytes[i] === 44) cells++;
  return cells;
}

interface StringPlace {
  /** Keys from the root, each after a slash; the items of an array have the array's path and a slash. */
  readonly path: string;
  /** Inside the quotes. */
  readonly from: number;
  readonly to: number;
}

/** The string values (not keys) of a valid JSON text, in order. Keys that are escaped or hold a slash: undefined. */
function stringPlaces(bytes: Uint8Array, start: number, end: number): StringPlace[] | undefined {
  const places: StringPlace[] = [];
  const open: { readonly path: string; readonly array: boolean }[] = [];
  let key = '';
  let expectsKey = false;
  for (let at = start; at < end; at++) {
    const code = bytes[at]!;
    const parent = open.at(-1);
    const path = parent?.array ? `${parent.path}/` : key;
    if (code === 123 || code === 91) {
      open.push({ path, array: code === 91 });
      expectsKey = code === 123;
    } else if (code === 125 || code === 93) {
      open.pop();
    } else if (code === 44) {
      expectsKey = parent !== undefined && !parent.array;
    } else if (code === 34) {
      let to = at + 1;
      while (to < end && bytes[to] !== 34) to += bytes[to] === 92 ? 2 : 1;
      if (expectsKey) {
        const name = Buffer.from(bytes.subarray(at + 1, to)).toString();
        if (/[\\/]/.test(name)) return undefined;
        key = `${parent?.path ?? ''}/${name}`;
        expectsKey = false;
      } else {
        places.push({ path, from: at + 1, to });
      }
      at = to;
    }
  }
  return places;
}
