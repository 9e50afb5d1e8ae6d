import { describe, expect, it } from 'vitest';
import {
  differenceInterval,
  NORMAL_95,
  standardErrorOf,
  wilsonInterval,
} from '../../../kernel-lib/src/stats/interval.js';
import { expectClose, readGolden } from './golden.js';

const golden = readGolden<{ wilson: [number, number, number, number, number][] }>('distributions/distributions.json');
const { difference: differences } = readGolden<{ difference: (number | null)[][] }>('intervals/intervals.json');

/** An end of a golden interval; null is infinite. */
function end(value: number | null | undefined, side: 'lower' | 'upper'): number {
  return value ?? (side === 'lower' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}

describe('wilsonInterval()', () => {
  it('equals SciPy to 1e-12 relative', () => {
    for (const [successes, total, confidence, lower, upper] of golden.wilson) {
      const interval = wilsonInterval(successes, total, confidence);
      const what = `${successes} of ${total} at ${confidence}`;
      expectClose(interval?.lower, lower, 1e-12, what);
      expectClose(interval?.upper, upper, 1e-12, what);
    }
  });

  it('has no answer without trials, and stays in [0, 1] at the ends', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(wilsonInterval(0, 3)?.lower).toBe(0);
    expect(wilsonInterval(3, 3)?.upper).toBe(1);
  });
});

describe('differenceInterval()', () => {
  it('equals mpmath to 1e-14 relative, with open ends where an arm is infinite', () => {
    for (const [value, lower, upper, other, otherLower, otherUpper, ...expected] of differences) {
      const interval = differenceInterval(
        { value: value!, lower: end(lower, 'lower'), upper: end(upper, 'upper') },
        { value: other!, lower: end(otherLower, 'lower'), upper: end(otherUpper, 'upper') },
      );
      expectClose(interval.lower, end(expected[0], 'lower'), 1e-14, `lower of ${value} - ${other}`);
      expectClose(interval.upper, end(expected[1], 'upper'), 1e-14, `upper of ${value} - ${other}`);
    }
  });
});

describe('standardErrorOf()', () => {
  it('undoes a normal 95 % interval, and has no answer where an end is absent', () => {
    expectClose(standardErrorOf({ lower: 3 - 2 * NORMAL_95, upper: 3 + 2 * NORMAL_95 }), 2, 1e-15, 'error');
    expect(standardErrorOf({ lower: 3, upper: Number.POSITIVE_INFINITY })).toBe(Number.POSITIVE_INFINITY);
    expect(standardErrorOf({ lower: 3 })).toBeUndefined();
    expect(standardErrorOf({})).toBeUndefined();
  });
});
