import type { CalibrationBin } from '../../report/model-quality-report.js';
import { type Interval, wilsonInterval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { percentiles, RESAMPLES } from './bootstrap.js';
import { percentileInterval, resampleWeight } from './resamples.js';
import type { ScoreGroups } from './score-order.js';

/** Bins of equal width of the calibration curve and of the calibration error. */
const BINS = 10;

/** The bin (m / 10, (m + 1) / 10] of a probability; the first holds 0, too. */
function binOf(score: number): number {
  return Math.max(0, Math.ceil(score * BINS) - 1);
}

/** Sums over the rows of one class in each calibration bin, the lowest scores first. */
export interface BinSums {
  readonly weights: Float64Array;
  /** Of squared weights. */
  readonly squares: Float64Array;
  /** Of weighted scores. */
  readonly scores: Float64Array;
}

/** The bins of the calibration curve, by actual class. */
export interface CalibrationSums {
  readonly positives: BinSums;
  readonly negatives: BinSums;
}

export function calibrationSums(groups: ScoreGroups): CalibrationSums {
  return {
    positives: binSums(groups, groups.positives, groups.positiveSquares),
    negatives: binSums(groups, groups.negatives, groups.negativeSquares),
  };
}

function binSums(groups: ScoreGroups, weights: Float64Array, squares: Float64Array): BinSums {
  const { count, scores } = groups;
  const sums = emptySums();
  let group = 0;
  while (group < count) {
    const bin = binOf(scores[group]!);
    const end = endOfBin(groups, group, bin);
    let weight = 0;
    let square = 0;
    let score = 0;
    for (; group < end; group++) {
      weight += weights[group]!;
      square += squares[group]!;
      score += weights[group]! * scores[group]!;
    }
    sums.weights[bin] = weight;
    sums.squares[bin] = square;
    sums.scores[bin] = score;
  }
  return sums;
}

function emptySums(): BinSums {
  return { weights: new Float64Array(BINS), squares: new Float64Array(BINS), scores: new Float64Array(BINS) };
}

/** The first group after `first`, which is in the bin, that is not; by bisection. */
function endOfBin({ count, scores }: ScoreGroups, first: number, bin: number): number {
  let inside = first;
  let outside = count;
  while (outside - inside > 1) {
    const middle = (inside + outside) >> 1;
    if (binOf(scores[middle]!) === bin) inside = middle;
    else outside = middle;
  }
  return outside;
}

/**
 * Expected calibration error in [0, 1]: over ten bins of equal width, the mean distance between the share of positives
 * and the mean probability, weighted by rows.
 *
 * @see Source: Naeini, Cooper and Hauskrecht 2015.
 */
export function expectedCalibrationError({ positives, negatives }: CalibrationSums): number {
  let sum = 0;
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) {
    sum += Math.abs(positives.weights[bin]! - positives.scores[bin]! - negatives.scores[bin]!);
    total += positives.weights[bin]! + negatives.weights[bin]!;
  }
  return Math.min(1, sum / total);
}

/**
 * 95 % interval of the calibration error: the basic interval, mirrored at the value, of 1,000 Poisson bootstrap resamples
 * of the rows of each bin and class, all with their mean score. Resampled errors are on average too large by as much as
 * the value itself is (both are sums of absolute deviations): mirroring takes this off. Widened to hold the value, and
 * down to 0 where the value is no larger than 97.5 % of those that calibrated probabilities would have by chance.
 *
 * @see Source: Davison and Hinkley 1997, section 5.2 (basic bootstrap); Bröcker and Smith 2007 (errors by chance).
 */
export function calibrationErrorInterval(sums: CalibrationSums, value: number, seed: number): Interval | undefined {
  const random = new Random(seed);
  const [positives, negatives] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  const [errors, totals] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  for (let bin = 0; bin < BINS; bin++) {
    resampleWeight(random, sums.positives.weights[bin]!, sums.positives.squares[bin]!, positives);
    resampleWeight(random, sums.negatives.weights[bin]!, sums.negatives.squares[bin]!, negatives);
    const ofPositives = meanScore(sums.positives, bin);
    const ofNegatives = meanScore(sums.negatives, bin);
    for (let i = 0; i < RESAMPLES; i++) {
      errors[i]! += Math.abs(positives[i]! * (1 - ofPositives) - negatives[i]! * ofNegatives);
      totals[i]! += positives[i]! + negatives[i]!;
    }
  }
  const interval = percentileInterval(errors.map((error, i) => error / totals[i]!));
  return (
    interval && {
      lower: value <= errorByChance(random, sums) ? 0 : Math.min(value, Math.max(0, 2 * value - interval.upper)),
      upper: Math.max(value, Math.min(1, 2 * value - interval.lower)),
    }
  );
}

/**
 * The 97.5 % quantile of the calibration error of calibrated probabilities: sums of gaps in the bins are drawn as normal
 * numbers with the variance of labels that come with the bin's mean probability.
 */
function errorByChance(random: Random, { positives, negatives }: CalibrationSums): number {
  const errors = new Float64Array(RESAMPLES);
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const weight = positives.weights[bin]! + negatives.weights[bin]!;
    if (weight === 0) continue;
    total += weight;
    const score = (positives.scores[bin]! + negatives.scores[bin]!) / weight;
    const deviation = Math.sqrt((positives.squares[bin]! + negatives.squares[bin]!) * score * (1 - score));
    for (let i = 0; i < RESAMPLES; i++) errors[i]! += Math.abs(random.normal()) * deviation;
  }
  return percentiles(errors).upper / total;
}

function meanScore({ weights, scores }: BinSums, bin: number): number {
  return weights[bin] === 0 ? 0 : scores[bin]! / weights[bin]!;
}

/**
 * The calibration curve: bins (m / 10, (m + 1) / 10] of the probability, ascending, the first with 0; without those that
 * have no rows. `rows` is a sum of weights where rows have weights, and the interval then is that of the effective size.
 *
 * @see Golden values: scikit-learn `calibration_curve`.
 */
export function calibrationBins({ positives, negatives }: CalibrationSums): CalibrationBin[] {
  const bins: CalibrationBin[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const hits = positives.weights[bin]!;
    const rows = hits + negatives.weights[bin]!;
    if (rows <= 0) continue;
    const scale = rows / (positives.squares[bin]! + negatives.squares[bin]!);
    bins.push({
      lower: bin / BINS,
      upper: (bin + 1) / BINS,
      rows,
      predicted: (positives.scores[bin]! + negatives.scores[bin]!) / rows,
      observed: { value: hits / rows, ...wilsonInterval(hits * scale, rows * scale) },
    });
  }
  return bins;
}
