import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareAttributions,
  type OutputComparison,
} from '../../../../kernel-lib/src/metrics/attribution/compare-attributions.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { type LinearSample, linearProfile } from '../../../support/attribution-samples.js';

const model: LinearSample = { features: ['a', 'b', 'c'], weights: [2, -1, 0.5], expectedValue: 3 };
const options = { aggregation: 'mean_abs', threshold: 0.9, seed: 0 } as const;

function rowsOf(count: number, seed: number, scales: readonly number[] = [1, 1, 1]): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => scales.map((scale) => scale * random.normal()));
}

function compared(before: number[][], now: number[][]): OutputComparison {
  const baseline = linearProfile(model, before);
  const [output] = compareAttributions(baseline, linearProfile(model, now, { layout: baseline }), options);
  return output!;
}

describe('compareAttributions()', () => {
  test('of a sample with itself finds nothing', () => {
    const rows = rowsOf(500, 1);
    const { ranking, features, answerChange } = compared(rows, rows);
    expect(ranking.value).toBe(1);
    expect(ranking.upper).toBe(1);
    expect(features.map(({ feature }) => feature)).toEqual(['a', 'b', 'c']);
    expect(features.map(({ shareChange }) => shareChange?.value)).toEqual([0, 0, 0]);
    expect(answerChange?.value).toBe(0);
  });

  test('the changes of the features sum to the change of the mean answer', () => {
    const row = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
    const rows = fc.array(row, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const { features, answerChange } = compared(before, now);
        const sum = features.reduce((all, { meanChange }) => all + meanChange!.value, 0);
        expect(Math.abs(sum - answerChange!.value)).toBeLessThan(1e-9);
      }),
      { numRuns: 50 },
    );
  });
});
