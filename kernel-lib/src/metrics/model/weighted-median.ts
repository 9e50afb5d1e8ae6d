import { incompleteBeta } from '../../stats/distributions.js';
import { type Interval, NORMAL_95 } from '../../stats/interval.js';
import type { WeightedSample } from '../../stats/weighted.js';

/**
 * The median of a sample: the smallest value up to which lies half of the weight, and where that is exactly half, the
 * mean of it and the next one (Hyndman and Fan's type 2; without weights the usual median).
 *
 * @returns undefined where there is no weight.
 * @see Golden values: scikit-learn `median_absolute_error`.
 */
export function weightedMedian({ values, weights, count }: WeightedSample): number | undefined {
  if (count <= 0) return undefined;
  let below = 0;
  let place = 0;
  while (place < values.length - 1 && below + weights[place]! < count / 2) below += weights[place++]!;
  // The tolerance is scikit-learn's.
  if (below + weights[place]! - count / 2 > Number.EPSILON) return values[place]!;
  let next = place + 1;
  while (next < values.length && weights[next] === 0) next++;
  return next < values.length ? (values[place]! + values[next]!) / 2 : values[place]!;
}

/**
 * A 95 % interval of the median between two values of the sample, whatever the distribution. Without weights the ends
 * are the order statistics k + 1 from below and from above, k being the largest number with P(X <= k) <= 2.5 % for a
 * binomial X of n trials and 1 / 2: the coverage is at least 95 %. With weights they are the weighted quantiles at
 * 1 / 2 -+ 0.98 / sqrt(effective rows), approximately 95 %.
 *
 * @param weighted - whether the weights differ from 1.
 * @returns undefined below 6 (effective) rows, which cannot give 95 %.
 * @see Source: Thompson 1936; with weights: Woodruff 1952; effective rows, (sum of weights)^2 / (sum of squared weights):
 * Kish 1965. Golden values: SciPy `quantile_test`.
 */
export function medianInterval(sample: WeightedSample, weighted: boolean): Interval | undefined {
  const { values, weights, count } = sample;
  if (!weighted) {
    const outside = outerRank(values.length);
    if (outside === undefined) return undefined;
    return { lower: values[outside]!, upper: values[values.length - 1 - outside]! };
  }
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  const effective = (count * count) / squares;
  if (!(effective >= 6)) return undefined;
  const half = NORMAL_95 / (2 * Math.sqrt(effective));
  return { lower: quantileOf(sample, 0.5 - half), upper: quantileOf(sample, 0.5 + half) };
}

/** The smallest value of some weight whose inclusive share reaches `share`. */
function quantileOf({ values, weights, count }: WeightedSample, share: number): number {
  let below = 0;
  for (let place = 0; place < values.length; place++) {
    below += weights[place]!;
    if (weights[place]! > 0 && below >= share * count) return values[place]!;
  }
  return values[values.length - 1]!;
}

/** The largest k with P(X <= k) <= 2.5 % for a binomial X of n trials and 1 / 2; undefined where there is none. */
function outerRank(n: number): number | undefined {
  const share = (k: number): number => incompleteBeta(n - k, k + 1, 0.5);
  let k = Math.max(0, Math.floor((n - NORMAL_95 * Math.sqrt(n)) / 2) - 1);
  while (k >= 0 && share(k) > 0.025) k--;
  while (k >= 0 && share(k + 1) <= 0.025) k++;
  return k < 0 ? undefined : k;
}
