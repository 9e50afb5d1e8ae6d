import type { Random } from '../../stats/random.js';
import type { OutcomeCounts } from './outcome-counts.js';
import { hypergeometricDraw } from './random-counts.js';
import type { ScoreGroups } from './score-order.js';

/** The service gives a standard deviation from this many rows on. */
export const LEAST_ROWS_FOR_DEVIATION = 200;
/** How many random samples it takes, without putting back, and of how many of the rows. */
export const DEVIATION_SAMPLES = 5;
const SAMPLE_SHARE = 0.8;

/** How many of the rows a sample has. */
function sampleSize(rows: number): number {
  return Math.round(SAMPLE_SHARE * rows);
}

/** The counts of a random sample of the rows behind them, all of weight 1 (multivariate hypergeometric). */
export function sampleCounts(random: Random, { weights }: OutcomeCounts): OutcomeCounts {
  let left = 0;
  for (const count of weights) left += count;
  let wanted = sampleSize(left);
  const drawn = weights.map((count) => {
    left -= count;
    const taken = hypergeometricDraw(random, count, left, wanted);
    wanted -= taken;
    return taken;
  });
  return { weights: drawn, squares: drawn };
}

/**
 * A random sample of the rows behind groups, all of weight 1: each row is taken with the chance that is right after the
 * rows before it (selection sampling). The groups keep their scores; some may be empty.
 *
 * @param scratch - taken over for the result: two arrays of at least `groups.count` elements.
 * @see Source: Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S.
 */
export function sampleGroups(
  random: Random,
  groups: ScoreGroups,
  scratch: readonly [Float64Array, Float64Array],
): ScoreGroups {
  const { count, scores, positives: ofPositives, negatives: ofNegatives } = groups;
  const [positives, negatives] = scratch;
  let left = groups.positiveTotal + groups.negativeTotal;
  let wanted = sampleSize(left) * 2 ** 32;
  let positiveTotal = 0;
  let negativeTotal = 0;
  for (let group = 0; group < count; group++) {
    const held = ofPositives[group]!;
    let taken = 0;
    let takenPositives = 0;
    // The positive rows of a group come last.
    for (let rows = held + ofNegatives[group]!; rows > 0; rows--) {
      const take = random.uint32() * left < wanted ? 1 : 0;
      wanted -= take * 2 ** 32;
      left--;
      taken += take;
      if (rows <= held) takenPositives += take;
    }
    positives[group] = takenPositives;
    negatives[group] = taken - takenPositives;
    positiveTotal += takenPositives;
    negativeTotal += taken - takenPositives;
  }
  return {
    count,
    scores,
    positives,
    negatives,
    positiveSquares: positives,
    negativeSquares: negatives,
    positiveTotal,
    negativeTotal,
  };
}

/** Row numbers of a random sample, ascending. */
export function sampleRows(random: Random, rows: number): Uint32Array {
  const taken = new Uint32Array(sampleSize(rows));
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (random.uint32() * (rows - row) < (taken.length - count) * 2 ** 32) taken[count++] = row;
  }
  return taken;
}

/** Standard deviation of a metric over the samples, n - 1 in the denominator; undefined where one of them has no value. */
export function deviationOf(values: readonly (number | string | undefined)[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length || numbers.length < 2) return undefined;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1));
}
