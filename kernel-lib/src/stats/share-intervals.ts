import { differenceInterval, type Estimate, type Interval, wilsonInterval } from './interval.js';

/** With Wilson's interval; undefined without trials. */
function shareOf(successes: number, total: number, confidence: number): Estimate | undefined {
  const interval = wilsonInterval(successes, total, confidence);
  return interval && { value: successes / total, ...interval };
}

/**
 * The interval of the difference of two independent binomial shares, the first less the second, in [-1, 1]: Newcombe's
 * hybrid score interval (method 10), without continuity correction.
 *
 * @param successes1 - in [0, total1]; so for the second.
 * @param confidence - two-sided, in (0, 1).
 * @returns undefined where a total is 0.
 * @see Source: Newcombe 1998, Statistics in Medicine 17. Golden values: statsmodels
 * `confint_proportions_2indep(compare='diff', method='newcomb')`.
 */
export function newcombeDifference(
  successes1: number,
  total1: number,
  successes2: number,
  total2: number,
  confidence: number = 0.95,
): Interval | undefined {
  const first = shareOf(successes1, total1, confidence);
  const second = shareOf(successes2, total2, confidence);
  return first && second && differenceInterval(first, second);
}

/**
 * The interval of the ratio of two independent binomial shares, the first over the second, in [0, Infinity]: the method of
 * variance estimates recovery of Wilson's intervals. Without successes in the first the lower end is 0, without any in
 * the second the upper end is infinite; without any in both the ratio may be anything.
 *
 * With p, q the shares, l and u their bounds: the lower end is the smaller root r of
 * (p - r q)^2 = (p - l_p)^2 + r^2 (u_q - q)^2, the upper end the larger one with u_p and l_q.
 *
 * @param successes1 - in [0, total1]; so for the second.
 * @param confidence - two-sided, in (0, 1).
 * @returns undefined where a total is 0.
 * @see Source: Donner and Zou 2012, Closed-form confidence intervals for functions of the normal mean and standard
 * deviation, Statistical Methods in Medical Research 21. Golden values: test/golden/intervals/intervals.py (the roots,
 * found by bisection in 60 digits).
 */
export function shareRatioInterval(
  successes1: number,
  total1: number,
  successes2: number,
  total2: number,
  confidence: number = 0.95,
): Interval | undefined {
  const first = shareOf(successes1, total1, confidence);
  const second = shareOf(successes2, total2, confidence);
  if (first === undefined || second === undefined) return undefined;
  const product = first.value * second.value;
  const reach = (of: Estimate, bound: number): number => bound * (2 * of.value - bound);
  const root = (a: number, b: number): number => product + Math.sqrt(Math.max(0, product * product - a * b));
  const [least, most] = [reach(first, first.lower), reach(first, first.upper)];
  const [furthest, nearest] = [reach(second, second.upper), reach(second, second.lower)];
  return {
    lower: first.lower === 0 ? 0 : least / root(least, furthest),
    upper: second.lower === 0 ? Number.POSITIVE_INFINITY : root(most, nearest) / nearest,
  };
}

/**
 * The interval of the odds, successes to failures, in [0, Infinity]: Wilson's bounds of the share, as odds. Without
 * successes the lower end is 0, without failures the upper end is infinite.
 *
 * @param confidence - two-sided, in (0, 1).
 * @returns undefined without any trials.
 * @see Source: Wilson 1927; an interval of a share is one of any rising function of it. Golden values: SciPy
 * `binomtest(...).proportion_ci(method='wilson')`.
 */
export function oddsInterval(successes: number, failures: number, confidence: number = 0.95): Interval | undefined {
  // The odds' lower end is one over the upper end of the opposite odds: no digits are lost near 1.
  const share = wilsonInterval(successes, successes + failures, confidence);
  const opposite = wilsonInterval(failures, successes + failures, confidence);
  return share && opposite && { lower: share.lower / opposite.upper, upper: share.upper / opposite.lower };
}
