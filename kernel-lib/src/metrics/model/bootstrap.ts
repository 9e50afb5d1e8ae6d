import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';

/** Settings of {@link blockBootstrap}. */
export interface BootstrapOptions {
  /** Default 1,000. */
  readonly resamples?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Default 1,000; at most 65,536. */
  readonly blocks?: number;
}

/** A statistic of sums over rows and of their number; undefined where it has no value. */
export type SumStatistic = (sums: Float64Array, rows: number) => number | undefined;

/** Default number of resamples. */
export const RESAMPLES = 1000;

/**
 * The percentile bootstrap's 95 % interval of a statistic of sums over rows that do not depend on each other. Up to
 * 1,000 rows it is the plain bootstrap. Beyond, the rows are dealt at random into 1,000 blocks of equal size (give or
 * take a row) and the blocks' sums are drawn with replacement: the variance of the sums is then that of 1,000 blocks
 * instead of that of all rows, which widens or narrows an interval by a random 2 % or so (1 / sqrt(2 x blocks)), at a
 * cost of O(rows + resamples x blocks). The order of the rows does not matter: dealt in turn, sorted rows would give
 * blocks that are too much alike and an interval that is too narrow.
 *
 * @param columns - contributions of n rows each to one sum; for weighted rows, one of the columns is the weights.
 * @returns undefined below two rows, where most resamples have no value, and where they all agree: that shows that
 * there are too few rows, not that there is no error.
 * @see Source: Efron 1979; percentile interval: Efron and Tibshirani 1993, chapter 13. Golden values: SciPy
 * `bootstrap`, test/golden/model/bootstrap.json.
 */
export function blockBootstrap(
  columns: readonly Float64Array[],
  statistic: SumStatistic,
  options: BootstrapOptions = {},
): Interval | undefined {
  return blockBootstraps(columns, [statistic], options)[0];
}

/** As {@link blockBootstrap} for many statistics of the same resamples, which are drawn once. */
export function blockBootstraps(
  columns: readonly Float64Array[],
  statistics: readonly SumStatistic[],
  options: BootstrapOptions = {},
): (Interval | undefined)[] {
  const { resamples = RESAMPLES, seed = 0, blocks: most = 1000 } = options;
  const rows = columns[0]?.length ?? 0;
  if (rows < 2) return statistics.map(() => undefined);
  const random = new Random(seed);
  const blocks = Math.min(most, rows);
  const width = columns.length + 1;
  const sums = blockSums(columns, rows, blocks, random);
  const drawn = new Float64Array(width);
  const drawnSums = drawn.subarray(0, width - 1);
  const found = statistics.map((): number[] => []);
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let i = 0; i < blocks; i++) {
      const block = random.integer(blocks) * width;
      for (let j = 0; j < width; j++) drawn[j]! += sums[block + j]!;
    }
    for (let k = 0; k < statistics.length; k++) {
      const value = statistics[k]!(drawnSums, drawn[width - 1]!);
      if (value !== undefined && Number.isFinite(value)) found[k]!.push(value);
    }
  }
  return found.map((values) => {
    if (values.length === 0 || values.length < resamples / 2) return undefined;
    const interval = percentiles(Float64Array.from(values));
    return interval.lower < interval.upper ? interval : undefined;
  });
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
function blockSums(columns: readonly Float64Array[], rows: number, blocks: number, random: Random): Float64Array {
  const width = columns.length + 1;
  const sums = new Float64Array(blocks * width);
  const places = new Uint16Array(rows);
  for (let row = 0; row < rows; row++) places[row] = row % blocks;
  if (rows > blocks) shuffle(places, random);
  columns.forEach((column, j) => {
    for (let row = 0; row < rows; row++) sums[places[row]! * width + j]! += column[row]!;
  });
  for (let row = 0; row < rows; row++) sums[places[row]! * width + width - 1]!++;
  return sums;
}

/** As `Random.shuffle`, for as many numbers as there are rows. */
function shuffle(places: Uint16Array, random: Random): void {
  for (let i = places.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = places[i]!;
    places[i] = places[j]!;
    places[j] = kept;
  }
}

/** "bootstrap (1,000 resamples, seed 0)". */
export function bootstrapMethod(seed: number, resamples: number = RESAMPLES): string {
  return `bootstrap (${resamples.toLocaleString('en-US')} resamples, seed ${seed})`;
}
