import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sortNumbers } from '../../../kernel-lib/src/stats/sort-numbers.js';

function expectSorted(values: Float64Array, count: number = values.length): void {
  const expected = values.slice();
  expected.subarray(0, count).sort();
  const sorted = values.slice();
  sortNumbers(sorted, count);
  // Adding 0 makes 0 of -0: the two may come in any order.
  expect(sorted.map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
}

describe('sortNumbers()', () => {
  test('sorts as the engine does, whatever the numbers and their count', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true }),
      fc.integer({ min: -5, max: 5 }),
      fc.double({ min: 1e9, max: 1e9 + 1, noNaN: true }),
    );
    const arrays = fc.array(numbers, { maxLength: 3000, size: 'max' }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(arrays, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        expectSorted(values, Math.floor(share * values.length));
      }),
      { numRuns: 100 },
    );
  });

  test('puts -0 and 0 together, and infinities at the ends', () => {
    const values = new Float64Array(1000).map(
      (_, i) => [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1][i % 5]!,
    );
    expectSorted(values);
  });

  test('sorts a spread that the upper bits do not tell apart', () => {
    expectSorted(new Float64Array(5000).map((_, i) => 1e12 + ((i * 7919) % 5000) / 8192));
  });
});
