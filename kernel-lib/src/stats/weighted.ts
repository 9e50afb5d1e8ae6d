/**
 * A sample as distances and tests take it: values with how many observations each stands for.
 * An exact sample has weights of 1 (or counts of distinct values), a sketch has powers of two;
 * nothing that reads a sample has to know which it is.
 *
 * All values are finite: callers leave out NaN and the infinities before they make one.
 */
export interface WeightedSample {
  /** Ascending; the same value may come more than once. */
  readonly values: Float64Array;
  /** Positive, as long as `values`. */
  readonly weights: Float64Array;
  /** The sum of the weights: the number of observations. */
  readonly count: number;
}

/**
 * The exact sample of some numbers, each of weight 1.
 *
 * @param values - finite numbers in any order; not modified.
 */
export function sampleOf(values: ArrayLike<number>): WeightedSample {
  const sorted = Float64Array.from(values).sort();
  return { values: sorted, weights: new Float64Array(sorted.length).fill(1), count: sorted.length };
}

/**
 * The exact sample of a table of distinct values and their counts.
 *
 * @param values - finite numbers, ascending; kept, not copied.
 * @param counts - how often each came, as long as `values`; kept, not copied.
 */
export function sampleOfCounts(values: Float64Array, counts: Float64Array): WeightedSample {
  let count = 0;
  for (const weight of counts) count += weight;
  return { values, weights: counts, count };
}

/**
 * The smallest value whose inclusive rank reaches a share of the observations (the inverse of the
 * empirical distribution function: Hyndman and Fan's type 1, no interpolation).
 *
 * @param share - in [0, 1]; 0 gives the smallest value, 1 the largest.
 * @returns undefined for an empty sample.
 */
export function weightedQuantile(sample: WeightedSample, share: number): number | undefined {
  const { values, weights, count } = sample;
  if (values.length === 0) return undefined;
  const rank = share * count;
  let below = 0;
  for (let i = 0; i < values.length; i++) {
    below += weights[i]!;
    if (below >= rank) return values[i]!;
  }
  return values[values.length - 1]!;
}
