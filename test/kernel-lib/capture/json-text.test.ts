import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonText, parseJsonText } from '../../../kernel-lib/src/capture/json-text.js';

describe('parseJsonText()', () => {
  test('keeps numbers as they were written', () => {
    expect(parseJsonText('{"a": 3.0, "b": [3, 1e5, -0, 12345678901234567890], "c": "3.0"}')).toEqual({
      a: '3.0',
      b: ['3', '1e5', '-0', '12345678901234567890'],
      c: '3.0',
    });
  });

  test('leaves digits and words inside strings and keys alone', () => {
    const value = { '1': 'true 2.50 \\" 3', 'a"1"': '\\1', é: '\u0001 7' };
    expect(parseJsonText(JSON.stringify(value))).toEqual(value);
  });

  test("reads Python's bare NaN and infinities as texts", () => {
    expect(parseJsonText('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN"}')).toEqual({
      a: 'NaN',
      b: ['-Infinity', 'Infinity'],
      c: 'NaN',
    });
  });

  test.each(['', '{', '"\\1', '01', '1.', '{"a": 1,}', 'NaNa', '{"a":1} {"b":2}', "{'a': 1}"])(
    'gives undefined for %j, which is not JSON',
    (text) => {
      expect(parseJsonText(text)).toBeUndefined();
    },
  );

  test('agrees with JSON.parse on every JSON text, scalars as texts', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(parseJsonText(text)).toEqual(asTexts(JSON.parse(text)));
      }),
    );
  });

  test('accepts exactly what JSON.parse accepts, NaN and infinities aside', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '1',
      '-',
      '.',
      'e',
      '0',
      'a',
      'true',
      'null',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(parseJsonText(text) !== undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

/** Numbers in the shortest form are what fast-check writes. */
function asTexts(value: unknown): JsonText {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, asTexts(item)]));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
