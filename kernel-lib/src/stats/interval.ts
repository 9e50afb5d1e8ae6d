import { normalQuantile } from './distributions.js';

/** A range of values, both ends included; an end may be infinite. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** A finite number with its interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/** Two-sided 95 % quantile of the normal distribution. */
export const NORMAL_95 = 1.959963984540054;

/**
 * The standard error that a 95 % interval tells: of a normal estimate half its width over 1.96.
 *
 * @returns undefined where an end is absent; infinite where one is.
 */
export function standardErrorOf({ lower, upper }: Partial<Interval>): number | undefined {
  return lower === undefined || upper === undefined ? undefined : (upper - lower) / (2 * NORMAL_95);
}

/**
 * Wilson's score interval of a binomial share, in [0, 1], without continuity correction.
 *
 * @param successes - in [0, total].
 * @param confidence - two-sided, in (0, 1).
 * @returns undefined when `total` is 0.
 * @see Source: Wilson 1927. Golden values: SciPy `binomtest(...).proportion_ci(method='wilson')`.
 */
export function wilsonInterval(successes: number, total: number, confidence: number = 0.95): Interval | undefined {
  if (total <= 0) return undefined;
  const z = confidence === 0.95 ? NORMAL_95 : -normalQuantile((1 - confidence) / 2);
  const share = successes / total;
  const square = (z * z) / total;
  const centre = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / total + square / (4 * total));
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === total ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The interval of one estimate less another, both of independent samples, from their intervals of the same confidence: on
 * each side the root of the squared arms that pull there (the method of variance estimates recovery). The intervals may be
 * asymmetric; where an arm is infinite, so is the end.
 *
 * @see Source: Zou and Donner 2008, Construction of confidence limits about effect measures, Statistics in Medicine 27.
 * Golden values: test/golden/intervals/intervals.py.
 */
export function differenceInterval(one: Estimate, other: Estimate): Interval {
  const difference = one.value - other.value;
  return {
    lower: difference - Math.hypot(one.value - one.lower, other.upper - other.value),
    upper: difference + Math.hypot(one.upper - one.value, other.value - other.lower),
  };
}
