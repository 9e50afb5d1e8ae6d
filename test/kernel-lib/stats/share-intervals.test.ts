import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../../../kernel-lib/src/stats/interval.js';
import { newcombeDifference, oddsInterval, shareRatioInterval } from '../../../kernel-lib/src/stats/share-intervals.js';
import { expectClose, readGolden } from './golden.js';

type Two = [successes1: number, total1: number, successes2: number, total2: number, confidence: number];
type Ends = [lower: number, upper: number | null];

const golden = readGolden<{ newcombe: [...Two, ...Ends][]; ratio: [...Two, ...Ends][]; odds: number[][] }>(
  'intervals/intervals.json',
);

function expectEnds(interval: Interval | undefined, [lower, upper]: Ends, tolerance: number, what: string): void {
  expectClose(interval?.lower, lower, tolerance, `lower, ${what}`);
  expectClose(interval?.upper, upper ?? Number.POSITIVE_INFINITY, tolerance, `upper, ${what}`);
}

/** Two samples with at least one success and one failure each. */
const twoSamples = fc
  .tuple(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: 500 }))
  .chain(([one, two]) =>
    fc.tuple(
      fc.integer({ min: 1, max: one - 1 }),
      fc.constant(one),
      fc.integer({ min: 1, max: two - 1 }),
      fc.constant(two),
    ),
  );

describe('newcombeDifference()', () => {
  it('equals statsmodels to 1e-10 relative', () => {
    for (const [a, n, b, m, confidence, ...ends] of golden.newcombe) {
      expectEnds(newcombeDifference(a, n, b, m, confidence), ends, 1e-10, `${a} of ${n} less ${b} of ${m}`);
    }
  });

  it('is of 95 % unless told, changes its sign with the order of the samples, and needs rows in both', () => {
    expect(newcombeDifference(56, 70, 48, 80)).toEqual(newcombeDifference(56, 70, 48, 80, 0.95));
    const { lower, upper } = newcombeDifference(56, 70, 48, 80)!;
    expect(newcombeDifference(48, 80, 56, 70)).toEqual({ lower: -upper, upper: -lower });
    expect(newcombeDifference(0, 0, 3, 9)).toBeUndefined();
    expect(newcombeDifference(3, 9, 0, 0)).toBeUndefined();
  });
});

describe('shareRatioInterval()', () => {
  it('equals the roots found with mpmath to 1e-12 relative', () => {
    for (const [a, n, b, m, confidence, ...ends] of golden.ratio) {
      expectEnds(shareRatioInterval(a, n, b, m, confidence), ends, 1e-12, `${a} of ${n} over ${b} of ${m}`);
    }
  });

  it('holds the ratio, and turns over with the order of the samples', () => {
    fc.assert(
      fc.property(twoSamples, ([a, n, b, m]) => {
        const { lower, upper } = shareRatioInterval(a, n, b, m)!;
        const turned = shareRatioInterval(b, m, a, n)!;
        const ratio = a / n / (b / m);
        expect(lower).toBeLessThan(ratio);
        expect(upper).toBeGreaterThan(ratio);
        expect(turned.lower * upper).toBeCloseTo(1, 9);
        expect(turned.upper * lower).toBeCloseTo(1, 9);
      }),
    );
  });

  it('leaves out 1 exactly where the interval of the difference leaves out 0', () => {
    fc.assert(
      fc.property(twoSamples, ([a, n, b, m]) => {
        const ratio = shareRatioInterval(a, n, b, m)!;
        const difference = newcombeDifference(a, n, b, m)!;
        fc.pre(Math.min(Math.abs(difference.lower), Math.abs(difference.upper)) > 1e-9);
        expect(ratio.lower > 1).toBe(difference.lower > 0);
        expect(ratio.upper < 1).toBe(difference.upper < 0);
      }),
    );
  });

  it('is open where nobody in the second sample, or in neither, has the mark; needs rows in both', () => {
    expect(shareRatioInterval(0, 20, 5, 30)?.lower).toBe(0);
    expect(shareRatioInterval(5, 20, 0, 30)?.upper).toBe(Number.POSITIVE_INFINITY);
    expect(shareRatioInterval(0, 20, 0, 30)).toEqual({ lower: 0, upper: Number.POSITIVE_INFINITY });
    expect(shareRatioInterval(0, 0, 5, 30)).toBeUndefined();
    expect(shareRatioInterval(5, 30, 0, 0)).toBeUndefined();
  });
});

describe('oddsInterval()', () => {
  it("equals SciPy's Wilson interval as odds to 1e-10 relative", () => {
    for (const [successes, failures, confidence, lower, upper] of golden.odds) {
      const found = oddsInterval(successes!, failures!, confidence);
      expectEnds(found, [lower!, upper ?? null], 1e-10, `${successes} to ${failures}`);
    }
  });

  it('is open without failures, begins at 0 without successes, and needs trials', () => {
    expect(oddsInterval(0, 12)?.lower).toBe(0);
    expect(oddsInterval(12, 0)?.upper).toBe(Number.POSITIVE_INFINITY);
    expect(oddsInterval(0, 0)).toBeUndefined();
  });
});
