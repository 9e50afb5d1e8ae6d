import type { MetricPoint } from '../report/model-quality-report.js';
import type { Since } from '../report/report.js';
import { standardErrorOf } from '../stats/interval.js';
import type { PreviousSince } from './since.js';

/** Half the 95 % quantile of chi-squared with one degree of freedom: likelihoods closer than this are not told apart. */
const INDISTINCT = 1.92;

/**
 * Since when a metric is as bad as it is: the maximum-likelihood change point of its buckets, taken as normal around their
 * values with the standard errors that their intervals tell, before it around the baseline's value. Where the whole
 * window is as likely, it began with the window, and what the previous execution said is carried on.
 *
 * `before` and `after` are the metric's values, weighted by certainty.
 *
 * @param worse - the direction in which the constraint is broken.
 * @returns undefined without a bucket that has an interval, and where the buckets are not worse than the baseline.
 */
export function metricSince(
  id: string,
  series: readonly MetricPoint[],
  baseline: number,
  worse: 'lower' | 'higher',
  previous: PreviousSince,
): Since | undefined {
  const points = series.flatMap(({ start, value, ...interval }) => {
    const error = standardErrorOf(interval) ?? 0;
    return error > 0 ? [{ start, value, weight: 1 / error ** 2 }] : [];
  });
  if (points.length === 0) return undefined;
  let best = { index: 0, gain: Number.NEGATIVE_INFINITY, after: baseline };
  let whole = 0;
  let [weight, sum] = [0, 0];
  for (let index = points.length - 1; index >= 0; index--) {
    weight += points[index]!.weight;
    sum += points[index]!.weight * points[index]!.value;
    const after = sum / weight;
    // The log-likelihood ratio of a mean of its own from here on against the baseline's.
    const isWorse = worse === 'lower' ? after < baseline : after > baseline;
    const gain = isWorse ? (weight * (after - baseline) ** 2) / 2 : 0;
    if (gain > best.gain) best = { index, gain, after };
    whole = gain;
  }
  if (!(best.gain > 0)) return undefined;
  const index = best.gain - whole < INDISTINCT ? 0 : best.index;
  const carried = index === 0 ? previous?.[id] : undefined;
  if (carried !== undefined && carried.until === undefined) return carried;
  return {
    hour: points[index]!.start,
    orEarlier: index === 0 && previous === undefined,
    before: index === 0 ? baseline : meanOf(points.slice(0, index)),
    after: meanOf(points.slice(index)),
  };
}

function meanOf(points: readonly { readonly value: number; readonly weight: number }[]): number {
  const weight = points.reduce((total, point) => total + point.weight, 0);
  return points.reduce((total, point) => total + point.weight * point.value, 0) / weight;
}
