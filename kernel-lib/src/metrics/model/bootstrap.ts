import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';

/** Settings of {@link blockBootstrap}. */
export interface BootstrapOptions {
  /** Default 1,000. */
  readonly resamples?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default 1,000. */
  readonly blocks?: number;
}

/** Default number of resamples. */
export const RESAMPLES = 1000;

/**
 * The percentile bootstrap's 95 % interval of a statistic of sums over rows. Rows are dealt in turn into at most 1,000
 * blocks, and the blocks' sums are drawn with replacement: up to that many rows it is the plain bootstrap, beyond it the
 * same for rows that do not depend on each other, at a cost of O(rows + resamples x blocks).
 *
 * @param columns - contributions of n rows each to one sum.
 * @param statistic - of the resampled sums and the number of rows they stand for; undefined where it has no value.
 * @returns undefined below two rows, and where most resamples have no value.
 * @see Source: Efron 1979; percentile interval: Efron and Tibshirani 1993, chapter 13.
 */
export function blockBootstrap(
  columns: readonly Float64Array[],
  statistic: (sums: Float64Array, rows: number) => number | undefined,
  options: BootstrapOptions = {},
): Interval | undefined {
  const { resamples = RESAMPLES, seed = 0, blocks: most = 1000 } = options;
  const rows = columns[0]?.length ?? 0;
  if (rows < 2) return undefined;
  const blocks = Math.min(most, rows);
  const width = columns.length + 1;
  const sums = blockSums(columns, rows, blocks);
  const random = new Random(seed);
  const drawn = new Float64Array(width);
  const found: number[] = [];
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let i = 0; i < blocks; i++) {
      const block = random.integer(blocks) * width;
      for (let j = 0; j < width; j++) drawn[j]! += sums[block + j]!;
    }
    const value = statistic(drawn.subarray(0, width - 1), drawn[width - 1]!);
    if (value !== undefined && Number.isFinite(value)) found.push(value);
  }
  return found.length < resamples / 2 ? undefined : percentiles(Float64Array.from(found));
}

/** The 2.5 % and 97.5 % quantiles (linear between order statistics) of values in any order, which are sorted. */
export function percentiles(values: Float64Array): Interval {
  values.sort();
  const at = (share: number): number => {
    const place = share * (values.length - 1);
    const below = Math.floor(place);
    const above = Math.min(values.length - 1, below + 1);
    return values[below]! + (place - below) * (values[above]! - values[below]!);
  };
  return { lower: at(0.025), upper: at(0.975) };
}

/** Block by block the sums of all columns, and last the number of rows. */
function blockSums(columns: readonly Float64Array[], rows: number, blocks: number): Float64Array {
  const width = columns.length + 1;
  const sums = new Float64Array(blocks * width);
  columns.forEach((column, j) => {
    for (let row = 0, block = 0; row < rows; row++) {
      sums[block * width + j]! += column[row]!;
      if (++block === blocks) block = 0;
    }
  });
  for (let row = 0; row < rows; row++) sums[(row % blocks) * width + width - 1]!++;
  return sums;
}

/** "bootstrap (1,000 resamples, seed 0)". */
export function bootstrapMethod(seed: number): string {
  return `bootstrap (${RESAMPLES.toLocaleString('en-US')} resamples, seed ${seed})`;
}
