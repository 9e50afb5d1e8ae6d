import { describe, expect, test } from 'vitest';
import { rankingNdcg } from '../../../../kernel-lib/src/metrics/attribution/ndcg.js';
import {
  favourableNdcg,
  ndcgInterval,
  resampledNdcg,
  resampledValues,
} from '../../../../kernel-lib/src/metrics/attribution/ndcg-interval.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { linearProfile } from '../../../support/attribution-samples.js';

const baseline = Float64Array.of(1, 0.5, 0.1);

/** 200 resamples of values, each with a normal error. */
function around(values: Float64Array, error: number): Float64Array[] {
  const random = new Random(1);
  return Array.from({ length: 200 }, () => values.map((value) => value + error * random.normal()));
}

describe('ndcgInterval()', () => {
  test('is where percentiles are, on both sides of the value', () => {
    const resampled = Float64Array.from({ length: 1001 }, (_, i) => 0.7 + i / 10_000);
    const { lower, upper } = ndcgInterval(0.75, resampled, 0.75);
    expect(lower).toBeCloseTo(0.7025, 10);
    expect(upper).toBeCloseTo(0.7975, 10);
  });

  test('reaches as far up as the resamples reach down: the error of near ties is one-sided', () => {
    const resampled = Float64Array.from({ length: 1001 }, (_, i) => 0.9 + i / 20_000);
    expect(ndcgInterval(0.96, resampled, 0.96).upper).toBe(1);
  });

  test('stays in [0, 1] and takes in the most favourable order', () => {
    expect(ndcgInterval(0.5, Float64Array.of(0.5, 0.5), 0.7)).toEqual({ lower: 0.5, upper: 0.7 });
    expect(ndcgInterval(0.01, Float64Array.of(0, 1), 1)).toEqual({ lower: 0, upper: 1 });
  });
});

describe('favourableNdcg()', () => {
  test('undoes changes of place that are within the errors, and no others', () => {
    const swapped = Float64Array.of(0.8, 0.1, 0.82);
    expect(rankingNdcg(baseline, swapped)).toBeLessThan(0.85);
    // The first and the third are 0.02 apart, with an error of 0.014 of their difference: 1.4 errors.
    expect(favourableNdcg(baseline, swapped, around(swapped, 0.01))).toBe(
      rankingNdcg(baseline, Float64Array.of(0.82, 0.1, 0.8)),
    );
    expect(favourableNdcg(baseline, swapped, around(swapped, 0.001))).toBe(rankingNdcg(baseline, swapped));
  });

  test('is 1 where errors leave no order at all, and nDCG itself without errors', () => {
    const reversed = Float64Array.of(0.1, 0.5, 1);
    expect(favourableNdcg(baseline, reversed, around(reversed, 10))).toBe(1);
    expect(favourableNdcg(baseline, reversed, [reversed])).toBe(rankingNdcg(baseline, reversed));
  });
});

describe('resampledValues()', () => {
  const random = new Random(5);
  const rows = Array.from({ length: 400 }, () => [random.normal(), random.normal() ** 2]);
  const profile = linearProfile({ features: ['a', 'b'], weights: [1, -1] }, rows);

  test('are the same for the same seed and others for another', () => {
    const of = (seed: number): number[][] =>
      resampledValues(profile, 0, 'mean_abs', { seed, resamples: 3 }).map((values) => [...values]);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test('below 30 rows are the values themselves', () => {
    const few = linearProfile({ features: ['a', 'b'], weights: [1, -1] }, rows.slice(0, 29));
    const [first, second] = resampledValues(few, 0, 'mean_sq', { seed: 0, resamples: 2 });
    expect(first).toEqual(second);
  });

  test('resampledNdcg() takes a single list for exact', () => {
    const current = resampledValues(profile, 0, 'mean_abs', { seed: 1, resamples: 4 });
    expect(resampledNdcg([Float64Array.of(0.2, 0.8)], current).length).toBe(4);
  });
});
