/** Lexical class of a cell, as the number that hot loops switch on. The order matters: numbers come before the rest. */
export type CellClass = 0 | 1 | 2 | 3 | 4;

export const INTEGRAL = 0;
export const FRACTIONAL = 1;
export const BOOLEAN = 2;
export const TEXT = 3;
export const MISSING = 4;

/** The number that the last {@link classifyCell} read, when it answered INTEGRAL or FRACTIONAL. Read it before the next call. */
export const cellNumber: Float64Array = new Float64Array(1);

/** Powers of ten that a double holds exactly. */
export const POWERS_OF_TEN: Float64Array = new Float64Array(23).map((_, exponent) => 10 ** exponent);

const TRUE = [116, 114, 117, 101];
const FALSE = [102, 97, 108, 115, 101];

/**
 * The lexical class of the cell in bytes [start, end), and its number in {@link cellNumber}: integral
 * `^(-|\+)? ?\d+$`, fractional the same with a fraction, an exponent or both, `true`, `false`, else text. An empty cell
 * is missing. Lexical, not numeric: `3.0` is fractional. A number beyond the range of a double is text.
 *
 * The number is exact as `Number()` has it: up to 15 digits and powers of ten up to 22 need one correctly rounded
 * operation, anything longer goes through `Number()`.
 *
 * @see Source: deequ `StatefulDataType`, the regular expressions of 2.x.
 */
export function classifyCell(bytes: Uint8Array, start: number, end: number): CellClass {
  if (start === end) return MISSING;
  let at = start;
  let code = bytes[at]!;
  const signed = code === 45 || code === 43;
  const negative = code === 45;
  if (signed) code = ++at < end ? bytes[at]! : 0;
  if (code === 32) code = ++at < end ? bytes[at]! : 0;

  const first = at;
  let mantissa = 0;
  while (at < end && code >= 48 && code <= 57) {
    mantissa = mantissa * 10 + (code - 48);
    code = bytes[++at]!;
  }
  if (at === first) return isWord(bytes, start, end, TRUE) || isWord(bytes, start, end, FALSE) ? BOOLEAN : TEXT;
  let digits = at - first;
  let exponent = 0;
  let fractional = false;

  if (at < end && code === 46) {
    const point = ++at;
    code = bytes[at]!;
    while (at < end && code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48);
      code = bytes[++at]!;
    }
    if (at === point) return TEXT;
    exponent = point - at;
    digits += at - point;
    fractional = true;
  }
  if (at < end && (code === 69 || code === 101)) {
    code = bytes[++at]!;
    const down = code === 45;
    if (at < end && (down || code === 43)) code = bytes[++at]!;
    const power = at;
    let shift = 0;
    while (at < end && code >= 48 && code <= 57) {
      shift = Math.min(shift * 10 + (code - 48), 9999);
      code = bytes[++at]!;
    }
    if (at === power) return TEXT;
    exponent += down ? -shift : shift;
    fractional = true;
  }
  if (at !== end) return TEXT;

  let value: number;
  if (digits <= 15 && exponent >= -22 && exponent <= 22) {
    value = exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent]! : mantissa * POWERS_OF_TEN[exponent]!;
  } else {
    let text = '';
    for (let i = first; i < end; i++) text += String.fromCharCode(bytes[i]!);
    value = Number(text);
    if (value === Number.POSITIVE_INFINITY) return TEXT;
  }
  cellNumber[0] = negative ? -value : value;
  return fractional ? FRACTIONAL : INTEGRAL;
}

function isWord(bytes: Uint8Array, start: number, end: number, word: readonly number[]): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}
