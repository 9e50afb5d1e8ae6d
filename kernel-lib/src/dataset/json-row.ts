import { type JsonText, parseJsonText } from '../capture/json-text.js';

/** A line of JSON Lines as named cells: an array of alternating names and cells, which spares an object for each. */
export type NamedCells = readonly (string | null)[];

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|NaN|-?Infinity/y;
const DEEPEST = 100;
/** V8 keeps the whole line, and its file's block, in memory for the sake of a longer slice of it. */
const LONGEST_SLICE = 12;

/**
 * One line of JSON Lines as a row. Nested keys are joined by dots, list elements numbered from zero; a list instead of
 * an object gets the names of columns without a header. Scalars are text as written (`true`, `3.0`); null, empty texts,
 * and empty lists and objects are missing. Of equal names the last counts.
 *
 * Read by a scanner that makes no objects; parsing and flattening with numbers kept as written took three times as long.
 *
 * @returns the reason when the line is no row.
 */
export function jsonRow(line: string): NamedCells | { readonly reason: string } {
  const row: (string | null)[] = [];
  const begin = spaces(line, 0);
  const open = line.charCodeAt(begin);
  if (open === OBJECT || open === LIST) {
    const end = container(line, begin, open === LIST ? '_c' : '', row, 0);
    if (end >= 0 && spaces(line, end) === line.length) return row;
  }
  return byParsing(line);
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const LIST = 91;
const BACKSLASH = 92;
const LIST_END = 93;
const OBJECT = 123;
const OBJECT_END = 125;

/** Reads an object or list at `at`; the position behind it, or -1 where it is not plain JSON. */
function container(line: string, at: number, prefix: string, row: (string | null)[], depth: number): number {
  if (depth > DEEPEST) return -1;
  const list = line.charCodeAt(at) === LIST;
  const close = list ? LIST_END : OBJECT_END;
  let i = spaces(line, at + 1);
  if (line.charCodeAt(i) === close) {
    if (depth > 0) row.push(prefix.slice(0, -1), null);
    return i + 1;
  }
  for (let index = 0; ; index++) {
    let name = prefix + index;
    if (!list) {
      const end = line.charCodeAt(i) === QUOTE ? textEnd(line, i) : -1;
      if (end < 0) return -1;
      name = prefix + line.slice(i + 1, end - 1);
      i = spaces(line, end);
      if (line.charCodeAt(i) !== COLON) return -1;
      i = spaces(line, i + 1);
    }
    i = value(line, i, name, row, depth);
    if (i < 0) return -1;
    i = spaces(line, i);
    const next = line.charCodeAt(i);
    if (next === close) return i + 1;
    if (next !== COMMA) return -1;
    i = spaces(line, i + 1);
  }
}

function value(line: string, at: number, name: string, row: (string | null)[], depth: number): number {
  const first = line.charCodeAt(at);
  if (first === OBJECT || first === LIST) return container(line, at, `${name}.`, row, depth + 1);
  if (first === QUOTE) {
    const end = textEnd(line, at);
    if (end >= 0) row.push(name, cell(line.slice(at + 1, end - 1)));
    return end;
  }
  for (const word of ['null', 'true', 'false']) {
    if (first !== word.charCodeAt(0) || !line.startsWith(word, at)) continue;
    row.push(name, word === 'null' ? null : word);
    return at + word.length;
  }
  number.lastIndex = at;
  if (!number.test(line)) return -1;
  row.push(name, cell(line.slice(at, number.lastIndex)));
  return number.lastIndex;
}

/** The position behind a text without escapes; -1 for any other. */
function textEnd(line: string, at: number): number {
  for (let i = at + 1; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === QUOTE) return i + 1;
    if (code === BACKSLASH || code < 32) return -1;
  }
  return -1;
}

function spaces(line: string, at: number): number {
  let i = at;
  for (let code = line.charCodeAt(i); code === 32 || code === 9 || code === 13; ) code = line.charCodeAt(++i);
  return i;
}

function cell(text: string): string | null {
  if (text === '') return null;
  return text.length > LONGEST_SLICE ? ` ${text}`.slice(1) : text;
}

/** The same for lines with escapes, and for those that are no JSON at all. */
function byParsing(line: string): NamedCells | { readonly reason: string } {
  const parsed = parseJsonText(line);
  if (parsed === undefined) return { reason: 'not JSON' };
  if (typeof parsed !== 'object' || parsed === null) return { reason: 'not a JSON object' };
  const row: (string | null)[] = [];
  const fits = Object.entries(parsed).every(([key, inner]) =>
    collect(inner, Array.isArray(parsed) ? `_c${key}` : key, row, 1),
  );
  return fits ? row : { reason: 'nested too deeply' };
}

function collect(inner: JsonText, name: string, row: (string | null)[], depth: number): boolean {
  if (depth > DEEPEST + 1) return false;
  if (typeof inner !== 'object' || inner === null) {
    row.push(name, inner || null);
    return true;
  }
  const entries: [string, JsonText][] = Object.entries(inner);
  if (entries.length === 0) row.push(name, null);
  return entries.every(([key, item]) => collect(item, `${name}.${key}`, row, depth + 1));
}
