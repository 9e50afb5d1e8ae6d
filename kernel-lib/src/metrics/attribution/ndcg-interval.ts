import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import { type Interval, NORMAL_95 } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { percentiles } from '../model/bootstrap.js';
import { globalValues } from './aggregate.js';
import { LEAST_ROWS } from './attribution-errors.js';
import type { AttributionProfile } from './attribution-profile.js';
import { rankingNdcg } from './ndcg.js';
import { BLOCK_SUMS } from './output-sums.js';

/** Default number of resamples. */
export const RESAMPLES = 1000;

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
  const { blockRows } = profile;
  const { blocks, features } = profile.outputs[output]!;
  const column = { mean_abs: 0, mean_sq: 1, median: 2 }[aggregation];
  const random = new Random(seed);
  const above = features.map((_, feature) => sumOf(blocks, BLOCK_SUMS * feature + 2, BLOCK_SUMS * features.length));
  return Array.from({ length: resamples }, () => {
    const sums = new Float64Array(features.length);
    let rows = 0;
    for (let i = 0; i < blockRows.length; i++) {
      const block = random.integer(blockRows.length);
      rows += blockRows[block]!;
      let at = block * features.length * BLOCK_SUMS + column;
      for (let feature = 0; feature < sums.length; feature++, at += BLOCK_SUMS) sums[feature]! += blocks[at]!;
    }
    for (let feature = 0; feature < sums.length; feature++) sums[feature]! /= rows;
    if (aggregation !== 'median') return sums;
    return sums.map((share, feature) => {
      const { lower, upper, value } = features[feature]!.median;
      const more = share - above[feature]! / profile.rows;
      return value + (more * (upper - lower) * Math.sqrt(profile.rows)) / NORMAL_95;
    });
  });
}

function sumOf(numbers: Float32Array, first: number, step: number): number {
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
 * The 95 % interval of nDCG from its resamples, in [0, 1]: from the lower of two lower bounds to the upper of two upper ones,
 * the percentile bootstrap's and the basic bootstrap's (which turns the percentiles around the value). Each is wrong where the
 * other is right: nDCG cannot pass 1, so that resamples of near ties lie below it, and percentiles leave out what is true;
 * and it jumps where two features change places, so that turning it around the value does. Elsewhere the two agree.
 *
 * @param resampled - sorted by this.
 * @see Source: Efron and Tibshirani 1993, chapter 13. How often it holds: docs/attribution-statistics.md.
 */
export function ndcgInterval(value: number, resampled: Float64Array): Interval {
  const { lower, upper } = percentiles(resampled);
  return {
    lower: Math.max(0, Math.min(lower, 2 * value - upper)),
    upper: Math.min(1, Math.max(upper, 2 * value - lower)),
  };
}
