import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringifyServiceJson } from '../../../kernel-lib/src/json/write-json.js';

describe('stringifyServiceJson()', () => {
  test('writes any JSON value so that it is read back the same, keys in their order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = stringifyServiceJson(value);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
      }),
    );
  });

  test('indents by two spaces, gives plain lists one line, and ends with a line break', () => {
    expect(stringifyServiceJson({ b: [1, 2.5], a: { c: [] }, d: [{ e: null }], f: {} })).toBe(
      '{\n  "b": [1, 2.5],\n  "a": {\n    "c": []\n  },\n  "d": [\n    {\n      "e": null\n    }\n  ],\n  "f": {}\n}\n',
    );
  });

  test('leaves out keys without a value', () => {
    expect(stringifyServiceJson({ a: undefined, b: 1 })).toBe('{\n  "b": 1\n}\n');
  });

  test('writes numbers that JSON does not have as texts', () => {
    expect(JSON.parse(stringifyServiceJson([Number.NaN, Number.NEGATIVE_INFINITY]))).toEqual(['NaN', '-Infinity']);
  });
});
