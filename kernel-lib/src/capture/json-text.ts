/** A JSON value whose scalars are their texts as written; null stays null. */
export type JsonText = string | null | readonly JsonText[] | JsonTextObject;

export interface JsonTextObject {
  readonly [key: string]: JsonText;
}

const string = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"';
const scalars = new RegExp(`${string}|-?\\d[\\d.eE+-]*|true|false|NaN|-?Infinity`, 'g');
const nonFinite = new RegExp(`${string}|NaN|-?Infinity`, 'g');

/**
 * Parses JSON and keeps numbers as they were written, because a cell's type is told from its text: `3.0` is fractional,
 * `3` is integral, and an identifier of 20 digits keeps them all. The bare tokens `NaN`, `Infinity` and `-Infinity`,
 * which Python writes, become these texts. Of equal keys the last counts.
 *
 * @returns undefined when the text is not JSON. Time O(n).
 */
export function parseJsonText(text: string): JsonText | undefined {
  if (!isJson(text)) return undefined;
  return JSON.parse(text.replace(scalars, (token) => (token.startsWith('"') ? token : `"${token}"`))) as JsonText;
}

/** Whether a JSON text value is an object, and not null or a list. */
export function isJsonObject(value: JsonText): value is JsonTextObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(text: string): boolean {
  if (parses(text)) return true;
  if (!text.includes('NaN') && !text.includes('Infinity')) return false;
  return parses(text.replace(nonFinite, (token) => (token.startsWith('"') ? token : 'null')));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
