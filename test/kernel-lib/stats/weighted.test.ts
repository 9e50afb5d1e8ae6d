import { describe, expect, it } from 'vitest';
import { sampleOf, sampleOfCounts, weightedQuantile } from '../../../kernel-lib/src/stats/weighted.js';

describe('sampleOf()', () => {
  it('sorts a copy and weighs each value 1', () => {
    const values = Float64Array.of(3, 1, 2);
    const sample = sampleOf(values);
    expect([...sample.values]).toEqual([1, 2, 3]);
    expect([...sample.weights]).toEqual([1, 1, 1]);
    expect(sample.count).toBe(3);
    expect([...values]).toEqual([3, 1, 2]);
  });
});

describe('weightedQuantile()', () => {
  it('is the smallest value whose rank reaches the share', () => {
    const sample = sampleOfCounts(Float64Array.of(1, 5, 9), Float64Array.of(2, 1, 1));
    expect([0, 0.25, 0.5, 0.51, 0.75, 0.76, 1].map((share) => weightedQuantile(sample, share))).toEqual([
      1, 1, 1, 5, 5, 9, 9,
    ]);
  });

  it('has no answer for an empty sample', () => {
    expect(weightedQuantile(sampleOf([]), 0.5)).toBeUndefined();
  });
});
