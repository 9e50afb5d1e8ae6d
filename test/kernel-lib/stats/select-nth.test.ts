import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { selectNth } from '../../../kernel-lib/src/stats/select-nth.js';

const identity = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);

function expectSelected(keys: Float64Array, nth: number): void {
  const order = identity(keys.length);
  selectNth(order, { from: 0, nth, to: keys.length }, keys);
  const sorted = identity(keys.length).sort((a, b) => keys[a]! - keys[b]! || a - b);
  expect(order[nth]).toBe(sorted[nth]);
  expect(order.slice(0, nth).sort()).toEqual(sorted.slice(0, nth).sort());
  expect(order.slice(nth).sort()).toEqual(sorted.slice(nth).sort());
}

describe('selectNth()', () => {
  it('puts the item of a rank in its place and the smaller ones before it, for any keys', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 }), fc.nat(), (keys, at) =>
        expectSelected(Float64Array.from(keys), at % keys.length),
      ),
      { seed: 1 },
    );
  });

  it('does so where quickselect does not get on: up and down again, ascending, descending, all equal', () => {
    for (const nth of [0, 1, 500, 1000, 1998, 1999]) {
      expectSelected(
        Float64Array.from({ length: 2000 }, (_, row) => Math.min(row, 1999 - row)),
        nth,
      );
      expectSelected(
        Float64Array.from({ length: 2000 }, (_, row) => row),
        nth,
      );
      expectSelected(
        Float64Array.from({ length: 2000 }, (_, row) => -row),
        nth,
      );
      expectSelected(new Float64Array(2000), nth);
    }
  });

  it('compares by one column of a table and leaves alone what is outside its range', () => {
    // Rows (9, 3), (9, 1), (9, 2), (9, 0) by their second column.
    const order = Int32Array.of(0, 1, 2, 3);
    selectNth(order, { from: 1, nth: 2, to: 4 }, Float64Array.of(9, 3, 9, 1, 9, 2, 9, 0), 2, 1);
    expect([...order]).toEqual([0, 3, 1, 2]);
  });
});
