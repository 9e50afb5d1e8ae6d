import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flattenRow } from '../../../kernel-lib/src/capture/flatten.js';
import { type JsonText, parseJsonText } from '../../../kernel-lib/src/capture/json-text.js';

const flatten = (value: unknown) => flattenRow(parseJsonText(JSON.stringify(value)) as JsonText);

describe('flattenRow()', () => {
  test('joins nested keys by dots and numbers list elements', () => {
    expect(flatten({ a: { b: 1, c: ['x', null] }, d: true })).toEqual({
      names: ['a.b', 'a.c.0', 'a.c.1', 'd'],
      cells: ['1', 'x', null, 'true'],
    });
  });

  test('makes one missing cell of an empty text, list or object', () => {
    expect(flatten({ a: '', b: [], c: {}, d: 1 })).toEqual({
      names: ['a', 'b', 'c', 'd'],
      cells: [null, null, null, '1'],
    });
  });

  test('leaves lists, and the list in a single key, without names', () => {
    const row = { names: undefined, cells: ['1', 'a', null] };
    expect(flatten([1, 'a', null])).toEqual(row);
    expect(flatten({ features: [1, 'a', null] })).toEqual(row);
    expect(flatten(7)).toEqual({ names: undefined, cells: ['7'] });
  });

  test('gives equal names to equal shapes, and as many cells as names', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const [one, other] = [flatten(value), flatten(renumbered(value))];
        expect(one.names).toEqual(other.names);
        expect(one.cells.length).toBe(other.cells.length);
        if (one.names !== undefined) expect(one.names.length).toBe(one.cells.length);
      }),
    );
  });
});

function renumbered(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return value.map(renumbered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renumbered(item)]));
}
