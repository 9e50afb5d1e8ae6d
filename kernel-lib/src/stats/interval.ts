import { normalQuantile } from './distributions.js';

/** A range of values, both ends included. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
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
  const z = -normalQuantile((1 - confidence) / 2);
  const share = successes / total;
  const square = (z * z) / total;
  const centre = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / total + square / (4 * total));
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === total ? 1 : Math.min(1, centre + half),
  };
}
