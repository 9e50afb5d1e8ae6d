import type { Interval } from '../../stats/interval.js';
import { blockBootstrap } from './bootstrap.js';
import type { ScoredRows, ScoreGroups } from './score-order.js';

/** Probabilities are moved this far from 0 and 1 before their logarithm is taken, as in scikit-learn: 2^-52. */
const CLIP = Number.EPSILON;
/** Bins of equal width of the calibration curve and of the calibration error. */
export const CALIBRATION_BINS = 10;

/** Whether all scores are in [0, 1]. */
export function areProbabilities({ count, scores }: ScoreGroups): boolean {
  return count === 0 || (scores[0]! <= 1 && scores[count - 1]! >= 0);
}

/** The bin (m / 10, (m + 1) / 10] of a probability; the first holds 0, too. */
function binOf(score: number): number {
  return Math.max(0, Math.ceil(score * CALIBRATION_BINS) - 1);
}

/**
 * Log loss, the mean of -ln(probability of the actual class), clipped to [2^-52, 1 - 2^-52].
 *
 * @param groups - scores are probabilities.
 * @see Golden values: scikit-learn `log_loss`.
 */
export function logLoss({ count, scores, positives, negatives, ...totals }: ScoreGroups): number {
  let sum = 0;
  // One logarithm for many rows: of the product of their probabilities, before it can underflow.
  let product = 1;
  for (let group = 0; group < count; group++) {
    const score = scores[group]!;
    const hit = positives[group]!;
    const missed = negatives[group]!;
    const held = hit + missed;
    if (held * (held - 1) === 0 && hit * missed === 0) product *= clip(hit * score + missed * (1 - score) + 1 - held);
    else sum -= hit * Math.log(clip(score)) + missed * Math.log(clip(1 - score));
    if (product < 1e-260) {
      sum -= Math.log(product);
      product = 1;
    }
  }
  return (sum - Math.log(product)) / (totals.positiveTotal + totals.negativeTotal);
}

function clip(probability: number): number {
  return Math.min(Math.max(probability, CLIP), 1 - CLIP);
}

/** Brier score in [0, 1]: the mean square of label less probability. */
export function brierScore({ count, scores, positives, negatives, ...totals }: ScoreGroups): number {
  let sum = 0;
  for (let group = 0; group < count; group++) {
    const score = scores[group]!;
    sum += positives[group]! * (1 - score) * (1 - score) + negatives[group]! * score * score;
  }
  return sum / (totals.positiveTotal + totals.negativeTotal);
}

/** Sums over the rows of each calibration bin, the lowest scores first. */
export interface CalibrationSums {
  readonly weights: Float64Array;
  /** For the effective number of rows. */
  readonly squares: Float64Array;
  readonly scores: Float64Array;
  readonly positives: Float64Array;
}

export function calibrationSums(groups: ScoreGroups): CalibrationSums {
  const {
    count,
    scores: allScores,
    positives: ofPositives,
    negatives: ofNegatives,
    positiveSquares,
    negativeSquares,
  } = groups;

  const [weights, squares] = [new Float64Array(CALIBRATION_BINS), new Float64Array(CALIBRATION_BINS)];
  const [scores, positives] = [new Float64Array(CALIBRATION_BINS), new Float64Array(CALIBRATION_BINS)];
  let group = 0;
  while (group < count) {
    const bin = binOf(allScores[group]!);
    const end = endOfBin(groups, group, bin);
    let weight = 0;
    let square = 0;
    let score = 0;
    let positive = 0;
    for (; group < end; group++) {
      const held = ofPositives[group]! + ofNegatives[group]!;
      weight += held;
      square += positiveSquares[group]! + negativeSquares[group]!;
      score += held * allScores[group]!;
      positive += ofPositives[group]!;
    }
    weights[bin] = weight;
    squares[bin] = square;
    scores[bin] = score;
    positives[bin] = positive;
  }
  return { weights, squares, scores, positives };
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
export function expectedCalibrationError({ weights, scores, positives }: CalibrationSums): number {
  let [sum, total] = [0, 0];
  for (let bin = 0; bin < CALIBRATION_BINS; bin++) {
    sum += Math.abs(positives[bin]! - scores[bin]!);
    total += weights[bin]!;
  }
  return Math.min(1, sum / total);
}

const BLOCKS = 500;

/** 95 % intervals of the metrics of probabilities; absent where there are too few rows. */
export interface ProbabilityIntervals {
  readonly logLoss?: Interval;
  readonly brierScore?: Interval;
  readonly calibrationError?: Interval;
}

/**
 * Bootstrap intervals of log loss, Brier score and calibration error from sums over at most 500 blocks of rows. The
 * resampled calibration error is on average too large by as much as the estimate itself is (both are sums of absolute
 * deviations), so its interval is the basic one: mirrored at the value, and widened to hold it.
 *
 * @param value - the calibration error of all rows.
 * @see Source: Efron and Tibshirani 1993; Davison and Hinkley 1997, section 5.2 (basic bootstrap).
 */
export function probabilityIntervals(rows: ScoredRows, value: number, seed: number): ProbabilityIntervals {
  const { weights, logLosses, squares, gaps } = blockSums(rows);
  const options = { seed };
  const ofLogLoss = blockBootstrap([weights, logLosses], meanOfSums, options);
  const ofBrierScore = blockBootstrap([weights, squares], meanOfSums, options);
  const ofError = blockBootstrap([weights, ...gaps], errorOfSums, options);
  return {
    ...(spread(ofLogLoss) && { logLoss: ofLogLoss }),
    ...(spread(ofBrierScore) && { brierScore: ofBrierScore }),
    ...(spread(ofError) && {
      calibrationError: {
        lower: Math.min(value, Math.max(0, 2 * value - ofError.upper)),
        upper: Math.max(value, Math.min(1, 2 * value - ofError.lower)),
      },
    }),
  };
}

function spread(interval: Interval | undefined): interval is Interval {
  return interval !== undefined && interval.lower < interval.upper;
}

function meanOfSums(sums: Float64Array): number | undefined {
  return sums[0]! > 0 ? sums[1]! / sums[0]! : undefined;
}

function errorOfSums(sums: Float64Array): number | undefined {
  let sum = 0;
  for (let i = 1; i < sums.length; i++) sum += Math.abs(sums[i]!);
  return sums[0]! > 0 ? sum / sums[0]! : undefined;
}

/** Sums over blocks of rows dealt in turn: weights, losses, and for each calibration bin labels less probabilities. */
function blockSums({ labels, scores, weights: rowWeights }: ScoredRows): {
  readonly weights: Float64Array;
  readonly logLosses: Float64Array;
  readonly squares: Float64Array;
  readonly gaps: readonly Float64Array[];
} {
  const rows = labels.length;
  const blocks = Math.min(BLOCKS, rows);
  const [weights, logLosses, squares] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  const all = new Float64Array(CALIBRATION_BINS * blocks);
  let block = 0;
  for (let row = 0; row < rows; row++) {
    const score = scores[row]!;
    const label = labels[row]!;
    const weight = rowWeights === undefined ? 1 : rowWeights[row]!;
    const gap = label - score;
    weights[block]! += weight;
    logLosses[block]! -= weight * Math.log(clip(label === 1 ? score : 1 - score));
    squares[block]! += weight * gap * gap;
    all[binOf(score) * blocks + block]! += weight * gap;
    if (++block === blocks) block = 0;
  }
  const gaps = Array.from({ length: CALIBRATION_BINS }, (_, bin) => all.subarray(bin * blocks, (bin + 1) * blocks));
  return { weights, logLosses, squares, gaps: gaps.filter((sums) => sums.some((sum) => sum !== 0)) };
}
