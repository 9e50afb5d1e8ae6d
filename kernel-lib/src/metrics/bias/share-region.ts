import { type Interval, wilsonInterval } from '../../stats/interval.js';

/** A binomial share and its interval. */
export interface BoundedShare extends Interval {
  readonly share: number;
}

/** With Wilson's interval, 95 % unless told; a share of nothing may be anything. */
export function boundedShare(part: number, whole: number, confidence?: number): BoundedShare {
  const interval = wilsonInterval(part, whole, confidence) ?? { lower: 0, upper: 1 };
  return { share: whole === 0 ? 0.5 : part / whole, ...interval };
}

const ANGLES = 360;

/**
 * The range of a function of two independent shares over an ellipse of pairs of shares around the estimates, whose axes
 * are the arms of the two intervals: an approximate interval of the function, of the shares' confidence. Of a difference
 * and of a ratio it is what the method of variance estimates recovery gives (of Wilson's intervals, Newcombe's); it holds
 * as well where a function has no slope, as distances at 0, where the delta method fails. The ellipse is tried out at 360
 * points of its edge: the bounds are met within 1e-3 of the width.
 *
 * @param rings - ellipses to try out, the smaller ones inside: 1 where the function has no extreme inside.
 * @see Source: Zou and Donner 2008, Donner and Zou 2012. Coverage: test/kernel-lib/metrics/bias/interval-coverage.test.ts.
 */
export function rangeOverShares(
  first: BoundedShare,
  second: BoundedShare,
  measure: (first: number, second: number) => number,
  { rings = 1 }: { readonly rings?: number } = {},
): Interval {
  let lower = measure(first.share, second.share);
  let upper = lower;
  for (let point = 0; point < ANGLES * rings; point++) {
    const angle = (2 * Math.PI * point) / ANGLES;
    const radius = (1 + Math.floor(point / ANGLES)) / rings;
    const value = measure(along(first, radius * Math.cos(angle)), along(second, radius * Math.sin(angle)));
    lower = Math.min(lower, value);
    upper = Math.max(upper, value);
  }
  return { lower, upper };
}

/** Whether both shares may be equal: whether the ellipse meets the diagonal, and Newcombe's interval 0. */
export function mayBeEqual(first: BoundedShare, second: BoundedShare): boolean {
  const [low, high] = first.share < second.share ? [first, second] : [second, first];
  return (high.share - low.share) ** 2 <= (high.share - high.lower) ** 2 + (low.upper - low.share) ** 2;
}

/** The share at a part of an arm: at -1 the lower end, at 1 the upper. */
function along({ share, lower, upper }: BoundedShare, part: number): number {
  const reached = share + part * (part < 0 ? share - lower : upper - share);
  return Math.min(1, Math.max(0, reached));
}
