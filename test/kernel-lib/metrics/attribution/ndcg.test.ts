import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankingNdcg, rankingOf } from '../../../../kernel-lib/src/metrics/attribution/ndcg.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface Golden {
  readonly cases: readonly { name: string; baseline: number[]; current: number[]; value: number }[];
}

const golden = readGolden<Golden>('attribution/ndcg.json');
/** Without numbers so small that they have lost digits. */
const size = fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 10, noNaN: true }));
const values = (length: number) => fc.array(size, { minLength: length, maxLength: length });
const pairs = fc.integer({ min: 1, max: 12 }).chain((length) => fc.tuple(values(length), values(length)));

describe('rankingNdcg()', () => {
  test("is about 0.69 for the service's example, college admissions", () => {
    const [satGpaRank, live] = [Float64Array.of(0.7, 0.5, 0.05), Float64Array.of(0.1, 0.2, 0.7)];
    expect(rankingNdcg(satGpaRank, live).toFixed(2)).toBe('0.69');
  });

  // Sums of at most 500 terms.
  test.each(golden.cases)('agrees with scikit-learn: $name', ({ name, baseline, current, value }) => {
    expectClose(rankingNdcg(Float64Array.from(baseline), Float64Array.from(current)), value, 1e-13, name);
  });

  test('takes the size of values with sign', () => {
    expect(rankingNdcg(Float64Array.of(-0.4, 0.1), Float64Array.of(0.3, -0.2))).toBe(1);
    expect(rankingNdcg(Float64Array.of(-0.4, 0.1), Float64Array.of(0.2, -0.3))).toBeLessThan(1);
  });

  test('keeps the order of the baseline among features that are equally large in current', () => {
    expect(rankingNdcg(Float64Array.of(0.1, 0.6, 0.3), Float64Array.of(0.5, 0.5, 0.5))).toBe(1);
    expect(rankingNdcg(Float64Array.of(0.1, 0.6, 0.3), Float64Array.of(0, 0, 0))).toBe(1);
    expect([...rankingOf([0.5, 0.5, 0.7], [1, 0, 2])]).toEqual([2, 1, 0]);
  });

  test('does not depend on which of two features equal in the baseline comes first', () => {
    const [before, swapped] = [Float64Array.of(0.5, 0.5, 0.1), Float64Array.of(0.2, 0.4, 0.3)];
    const turned = Float64Array.of(0.4, 0.2, 0.3);
    expect(rankingNdcg(before, swapped)).toBe(rankingNdcg(before, turned));
  });

  test('is 1 where no feature adds anything in the baseline, and where there is a single one', () => {
    expect(rankingNdcg(Float64Array.of(0, 0), Float64Array.of(0.3, 0.1))).toBe(1);
    expect(rankingNdcg(Float64Array.of(0.2), Float64Array.of(0))).toBe(1);
    expect(rankingNdcg(new Float64Array(0), new Float64Array(0))).toBe(1);
  });

  test('is in (0, 1], 1 of a ranking with itself, and the same in another unit', () => {
    fc.assert(
      fc.property(pairs, ([before, now]) => {
        const [baseline, current] = [Float64Array.from(before), Float64Array.from(now)];
        const value = rankingNdcg(baseline, current);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(rankingNdcg(baseline, baseline)).toBe(1);
        const scaled = rankingNdcg(
          baseline.map((gain) => 4 * gain),
          current.map((gain) => 8 * gain),
        );
        expect(scaled).toBeCloseTo(value, 12);
      }),
    );
  });
});
