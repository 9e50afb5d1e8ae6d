import JSON5 from 'json5';
import { MonitorError } from '../errors.js';

/**
 * Reads JSON that others wrote. Bare `NaN`, `Infinity` and `-Infinity`, which the service's containers write for numbers
 * without a value, are read as numbers; nothing else that is not JSON is.
 *
 * @param where - the file's place, for errors.
 * @throws MonitorError `FORMAT` with line and column.
 */
export function parseForeignJson(text: string, where: string): unknown {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(json);
  } catch {
    return parseWithNonFinite(json, where);
  }
}

function parseWithNonFinite(json: string, where: string): unknown {
  let value: unknown;
  try {
    // Line separators are allowed inside JSON's texts; unescaped, JSON5 warns of them on the console.
    value = JSON5.parse(json.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029'));
  } catch (cause) {
    const { message, lineNumber, columnNumber } = cause as Error & {
      readonly lineNumber?: number;
      readonly columnNumber?: number;
    };
    const reason = message.replace(/^JSON5: /, '').replace(/ at \d+:\d+$/, '');
    throw notJson(reason, lineNumber === undefined ? where : `${where}:${lineNumber}:${columnNumber}`, cause);
  }
  const offset = firstExtension(json);
  if (offset === undefined) return value;
  const lines = json.slice(0, offset).split('\n');
  const place = `${where}:${lines.length}:${lines[lines.length - 1]!.length + 1}`;
  throw notJson(`not allowed here: ${json.slice(offset, offset + 20).split('\n')[0]}`, place);
}

const token =
  /[ \t\r\n]*("(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|-?Infinity|NaN|true|false|null|[{}[\],:])/y;

/**
 * Where a text that is JSON5 is more than JSON with bare NaN and infinities: a comment, another token, a trailing comma, a
 * word for a key.
 */
function firstExtension(json: string): number | undefined {
  token.lastIndex = 0;
  let end = 0;
  let before = '';
  for (let match = token.exec(json); match !== null; match = token.exec(json)) {
    const found = match[1]!;
    if (before === ',' && (found === '}' || found === ']')) return token.lastIndex - 1;
    if (found === ':' && !before.startsWith('"')) return end - before.length;
    if (found.startsWith('"') && found.split('').some((character) => character < ' '))
      return end + match[0].indexOf('"');
    before = found;
    end = token.lastIndex;
  }
  const rest = json.slice(end).search(/[^ \t\r\n]/);
  return rest < 0 ? undefined : end + rest;
}

function notJson(reason: string, where: string, cause?: unknown): MonitorError {
  return new MonitorError('FORMAT', `Not JSON: ${reason}.`, {
    where,
    fix: 'correct the file there, or make it again',
    cause,
  });
}
