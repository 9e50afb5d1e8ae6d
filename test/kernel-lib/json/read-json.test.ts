import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { parseForeignJson } from '../../../kernel-lib/src/json/read-json.js';

function errorOf(text: string): MonitorError {
  try {
    parseForeignJson(text, 'constraints.json');
  } catch (error) {
    if (error instanceof MonitorError) return error;
    throw error;
  }
  throw new Error(`was read: ${text}`);
}

describe('parseForeignJson()', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseForeignJson(text, 'f')).toEqual(JSON.parse(text));
      }),
    );
  });

  test('reads bare NaN and infinities as numbers, and leaves such words in texts alone', () => {
    const text = '{ "a" : NaN, "b" : [ -Infinity, Infinity, 1.5e3 ], "c" : "NaN, \\"Infinity\\"" }';
    expect(parseForeignJson(text, 'f')).toEqual({
      a: Number.NaN,
      b: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1500],
      c: 'NaN, "Infinity"',
    });
  });

  test('ignores a byte order mark', () => {
    expect(parseForeignJson('\uFEFF{"version":0.0}', 'f')).toEqual({ version: 0 });
  });

  test.each([
    ['a comment', '{\n  "a": 1 // one\n}', 2],
    ['a trailing comma in a list', '{\n  "a": [1,\n  ]\n}', 3],
    ['a trailing comma in an object', '{\n  "a": NaN,\n}', 3],
    ['single quotes', "{\n\n  'a': 1 }", 3],
    ['a key without quotes', '{ a: NaN }', 1],
    ['a hexadecimal number', '[\n0x10]', 2],
    ['a number that ends in a point', '[\n5.]', 2],
    ['a plus sign', '[\n+1, NaN]', 2],
    ['a tab inside a text', '[\nNaN, "a\tb"]', 2],
    ['an end too soon', '{\n  "a": 1,\n', 3],
    ['nothing at all', '', 1],
    ['NaN for a key', '{\n  NaN: 1 }', 2],
    ['another word for a key', '{\n  "a": NaN,\n  true : 1 }', 3],
    ['two values', '{}\n{}', 2],
  ])('refuses %s, and says in which line', (_, text, line) => {
    const error = errorOf(text);
    expect(error.code).toBe('FORMAT');
    expect(error.where).toMatch(new RegExp(`^constraints\\.json:${line}:\\d+$`));
    expect(error.what).toMatch(/^Not JSON: /);
  });

  test.each([
    ['an unknown word', '[\n  1, x]', '2:6'],
    ['a comment', '{\n  "a": 1 // one\n}', '2:10'],
    ['a word for a key', '{\n  "a": NaN,\n  true : 1 }', '3:3'],
    ['a trailing comma', '[1, NaN, ]', '1:10'],
  ])('points at %s', (_, text, place) => {
    expect(errorOf(text).where).toBe(`constraints.json:${place}`);
  });

  test('reads line separators inside texts without a word on the console', () => {
    const warn = vi.spyOn(console, 'warn');
    expect(parseForeignJson('["a\u2028b\u2029", NaN]', 'f')).toEqual(['a\u2028b\u2029', Number.NaN]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  test('does not let a key reach the prototype', () => {
    const value = parseForeignJson('{"__proto__": {"x": NaN}}', 'f') as Record<string, unknown>;
    expect(value['x']).toBeUndefined();
    expect(Object.keys(value)).toEqual(['__proto__']);
  });
});
