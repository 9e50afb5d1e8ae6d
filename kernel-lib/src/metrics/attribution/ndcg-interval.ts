import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import { normalQuantile } from '../../stats/distributions.js';
import { type Interval, NORMAL_95 } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { percentiles, RESAMPLES } from '../model/bootstrap.js';
import { globalValues } from './aggregate.js';
import { LEAST_ROWS } from './attribution-errors.js';
import type { AttributionProfile } from './attribution-profile.js';
import { rankingNdcg, rankingOf } from './ndcg.js';
import { BLOCK_SUMS } from './output-sums.js';

/** So many resamples tell the error of a difference between two features, to 5 %. */
const MOST_LOOKED = 200;

/**
 * Aggregated attributions of resamples of a profile's rows (of blocks of rows, where there are more rows than blocks), one
 * list a resample. Medians are moved by how many more rows are above the median, times the width that a share of the rows
 * has there, which the median's interval tells.
 *
 * @returns the value itself for each resample below 30 rows: it is then taken as exact.
 */
export function resampledValues(
  profile: AttributionProfile,
  output: number,
  aggregation: AttributionAggregation,
  options: { readonly seed: number; readonly resamples?: number },
): Float64Array[] {
  const { resamples = RESAMPLES, seed } = options;
  const whole = globalValues(profile, output, aggregation);
  if (profile.rows < LEAST_ROWS) return Array.from({ length: resamples }, () => whole);
  const { features, blocks } = profile.outputs[output]!;
  const column = { mean_abs: 0, mean_sq: 1, median: 2 }[aggregation];
  const ofBlocks = Float64Array.from(
    { length: blocks.length / BLOCK_SUMS },
    (_, at) => blocks[BLOCK_SUMS * at + column]!,
  );
  const drawn = resampledMeans(ofBlocks, profile.blockRows, new Random(seed), resamples);
  if (aggregation !== 'median') return drawn;
  const above = features.map((_, feature) => sumOf(ofBlocks, feature, features.length) / profile.rows);
  return drawn.map((shares) =>
    shares.map((share, feature) => {
      const { lower, upper, value } = features[feature]!.median;
      return value + ((share - above[feature]!) * (upper - lower) * Math.sqrt(profile.rows)) / NORMAL_95;
    }),
  );
}

/** Means over the rows of blocks drawn with replacement, as many as there are. */
function resampledMeans(
  sums: Float64Array,
  blockRows: readonly number[],
  random: Random,
  resamples: number,
): Float64Array[] {
  const blocks = blockRows.length;
  const width = sums.length / blocks;
  const rowsOf = Float64Array.from(blockRows);
  return Array.from({ length: resamples }, () => {
    const means = new Float64Array(width);
    let rows = 0;
    for (let i = 0; i < blocks; i++) {
      const block = random.integer(blocks);
      rows += rowsOf[block]!;
      const first = block * width;
      for (let feature = 0; feature < width; feature++) means[feature]! += sums[first + feature]!;
    }
    for (let feature = 0; feature < width; feature++) means[feature]! /= rows;
    return means;
  });
}

function sumOf(numbers: Float64Array, first: number, step: number): number {
  let sum = 0;
  for (let at = first; at < numbers.length; at += step) sum += numbers[at]!;
  return sum;
}

/**
 * nDCG of each pair of resamples.
 *
 * @param baseline - one list a resample, or a single one that is taken as exact.
 */
export function resampledNdcg(baseline: readonly Float64Array[], current: readonly Float64Array[]): Float64Array {
  return Float64Array.from(current, (values, i) => rankingNdcg(baseline[i % baseline.length]!, values));
}

/**
 * The 95 % interval of nDCG from its resamples, in [0, 1]: from the lower of two lower bounds, the percentile bootstrap's and
 * the basic bootstrap's (which turns the percentiles around the value), to the largest of three upper ones, theirs and the
 * most favourable order's. Each is wrong where another is right: nDCG cannot pass 1, so that resamples of near ties lie below
 * it, and percentiles leave out what is true; it jumps where two features change places, so that turning it around the value
 * does; and where several change places, both do. Elsewhere they agree.
 *
 * @param resampled - sorted by this.
 * @param favourable - see {@link favourableNdcg}.
 * @see Source: Efron and Tibshirani 1993, chapter 13. How often it holds: docs/attribution-statistics.md.
 */
export function ndcgInterval(value: number, resampled: Float64Array, favourable: number): Interval {
  const { lower, upper } = percentiles(resampled);
  return {
    lower: Math.max(0, Math.min(lower, 2 * value - upper)),
    upper: Math.min(1, Math.max(upper, 2 * value - lower, favourable)),
  };
}

/**
 * The largest nDCG whose order of the current features is within their errors: from the first place on, of all features that
 * are not significantly less than the largest one left, the one of most gain comes next. Significant is a difference of chance
 * 5 % (two-sided, over all that are left: Bonferroni), from how it varies over the resamples.
 *
 * Time: O(features^2 x resamples looked at), of which there are 200 at most.
 *
 * @param resampled - the current values of each resample.
 */
export function favourableNdcg(
  baseline: Float64Array,
  current: Float64Array,
  resampled: readonly Float64Array[],
): number {
  const looked = resampled.slice(0, MOST_LOOKED);
  const left = [...rankingOf(current, rankingOf(baseline))];
  const order = new Float64Array(current.length);
  for (let place = current.length; place > 0; place--) {
    const largest = left[0]!;
    const errors = -normalQuantile(0.025 / Math.max(1, left.length - 1));
    let next = 0;
    for (let i = 1; i < left.length; i++) {
      const isBetter = Math.abs(baseline[left[i]!]!) > Math.abs(baseline[left[next]!]!);
      if (isBetter && !isLess(left[i]!, largest, current, looked, errors)) next = i;
    }
    order[left[next]!] = place;
    left.splice(next, 1);
  }
  return rankingNdcg(baseline, order);
}

/** Whether a feature's size is less than another's by more than so many standard errors of the difference. */
function isLess(
  one: number,
  other: number,
  current: Float64Array,
  resampled: readonly Float64Array[],
  errors: number,
): boolean {
  const difference = Math.abs(current[other]!) - Math.abs(current[one]!);
  let squares = 0;
  for (const values of resampled) {
    squares += (Math.abs(values[other]!) - Math.abs(values[one]!) - difference) ** 2;
  }
  return difference > errors * Math.sqrt(squares / resampled.length);
}
