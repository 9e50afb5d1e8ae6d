import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NearestHeap } from '../../../kernel-lib/src/stats/nearest-heap.js';

test('NearestHeap keeps the nearest of any rows', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), { minLength: 7, maxLength: 60 }),
      (distances) => {
        const heap = new NearestHeap(7);
        distances.forEach((distance, row) => {
          heap.push(row, distance);
        });
        const nearest = [...distances.keys()].sort((a, b) => distances[a]! - distances[b]!).slice(0, 7);
        expect([...heap.rows].sort()).toEqual(nearest.sort());
        expect(heap.farthest).toBe(Math.max(...nearest.map((row) => distances[row]!)));
      },
    ),
    { seed: 5 },
  );
});

test('NearestHeap takes no row as far as those it has, and is not full before it has all', () => {
  const heap = new NearestHeap(2);
  heap.push(5, 1);
  expect(heap.farthest).toBe(Infinity);
  heap.push(6, 1);
  heap.push(7, 1);
  expect([...heap.rows].sort()).toEqual([5, 6]);
});
