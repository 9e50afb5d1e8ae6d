import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstEqualRows } from '../../../kernel-lib/src/stats/equal-rows.js';

test('firstEqualRows() names the first of equal rows', () => {
  expect([...firstEqualRows(Float64Array.of(1, 2, 3, 4, 1, 2, 1, 3, 3, 4), 2)]).toEqual([0, 1, 0, 3, 1]);
});

test('firstEqualRows() equals a search through all rows before, for any rows', () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom(0.1, 1e300, 0.5));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 150 }), (rows) => {
      const expected = rows.map(([a, b]) => rows.findIndex((other) => other[0] === a && other[1] === b));
      expect([...firstEqualRows(Float64Array.from(rows.flat()), 2)]).toEqual(expected);
    }),
    { seed: 4 },
  );
});

test('firstEqualRows() tells apart many rows of round numbers', () => {
  const rows = 70_000;
  const first = firstEqualRows(
    Float64Array.from({ length: rows }, (_, row) => row * 1024),
    1,
  );
  expect(first.every((same, row) => same === row)).toBe(true);
});

test('firstEqualRows() of no rows is empty', () => {
  expect(firstEqualRows(new Float64Array(0), 3)).toHaveLength(0);
});
