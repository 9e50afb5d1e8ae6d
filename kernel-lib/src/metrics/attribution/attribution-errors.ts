import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import { type Estimate, NORMAL_95 } from '../../stats/interval.js';
import type { FeatureSums, OutputProfile } from './attribution-profile.js';

/** A number with its standard error; the error is absent for too few rows. */
export interface Measured {
  readonly value: number;
  readonly error?: number;
  /** Of the sample; absent for what is exact. */
  readonly rows?: number;
}

/** The sums that shares are made of. */
export interface ShareSums extends Pick<OutputProfile, 'totalSquares'> {
  readonly features: readonly Pick<FeatureSums, 'absolute' | 'squares' | 'absoluteByTotal'>[];
}

/** Fewer rows than this have no errors and no verdict. */
export const LEAST_ROWS = 30;

/** The mean of n numbers with the given sums, and its standard error (n - 1). */
export function meanOf(sum: number, squares: number, rows: number): Measured {
  const value = sum / rows;
  if (rows < LEAST_ROWS) return { value };
  return { value, error: Math.sqrt(Math.max(0, squares / rows - value * value) / (rows - 1)), rows };
}

/**
 * A feature's share of all absolute attributions, sum of |a_j| over the sum of all features' |a|, and its standard error by
 * the delta method: of a row with |a_j| and total t it is moved by (|a_j| - share t) / mean t. Every share is 0 where no
 * feature adds anything.
 *
 * @param all - the sum of all features' |a|.
 * @see Source: Cochran 1977, Sampling techniques, section 6.4 (ratio estimates).
 */
export function shareOf({ features, totalSquares }: ShareSums, feature: number, all: number, rows: number): Measured {
  const { absolute, squares, absoluteByTotal } = features[feature]!;
  if (all === 0) return { value: 0, ...(rows >= LEAST_ROWS && { error: 0, rows }) };
  const value = absolute / all;
  if (rows < LEAST_ROWS) return { value };
  const sum = squares - 2 * value * absoluteByTotal + value * value * totalSquares;
  return { value, error: Math.sqrt((Math.max(0, sum) * rows) / (rows - 1)) / all, rows };
}

/** The aggregated attribution with its 95 % interval: normal of the means, of order statistics of the median. */
export function aggregatedOf(
  { absolute, squares, fourths, median }: FeatureSums,
  aggregation: AttributionAggregation,
  rows: number,
): Partial<Estimate> & { readonly value: number } {
  if (aggregation === 'median') return rows < LEAST_ROWS ? { value: median.value } : median;
  return aggregation === 'mean_abs'
    ? estimated(meanOf(absolute, squares, rows), 0)
    : estimated(meanOf(squares, fourths, rows), 0);
}

/**
 * The standard error of the difference of two samples' numbers: the larger of Welch's, from each sample's own variance, and
 * Student's, from that of both together. Where rows that matter are rare, a small sample without one has too small a variance
 * of its own; the other sample knows better. Undefined where a sample has no error.
 */
export function errorOfChange(one: Measured, other: Measured): number | undefined {
  if (one.error === undefined || other.error === undefined) return undefined;
  const own = Math.hypot(one.error, other.error);
  if (one.rows === undefined || other.rows === undefined) return own;
  const [n, m] = [one.rows, other.rows];
  const variance = ((n - 1) * n * one.error ** 2 + (m - 1) * m * other.error ** 2) / (n + m - 2);
  return Math.max(own, Math.sqrt(variance * (1 / n + 1 / m)));
}

/** A number with its normal 95 % interval, kept within a range. */
export function estimated(
  { value, error }: Measured,
  least: number = Number.NEGATIVE_INFINITY,
  most: number = Number.POSITIVE_INFINITY,
): Partial<Estimate> & { readonly value: number } {
  if (error === undefined) return { value };
  const reach = NORMAL_95 * error;
  return { value, lower: Math.max(least, value - reach), upper: Math.min(most, value + reach) };
}
