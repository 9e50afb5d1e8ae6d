import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { blockBootstrap } from './bootstrap.js';
import type { ScoredRows, ScoreGroups } from './score-order.js';

/** Probabilities are moved this far from 0 and 1 before their logarithm is taken, as in scikit-learn: 2^-52. */
const CLIP = Number.EPSILON;

/** Whether all scores are in [0, 1]. */
export function areProbabilities({ count, scores }: ScoreGroups): boolean {
  return count === 0 || (scores[0]! <= 1 && scores[count - 1]! >= 0);
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

const BLOCKS = 250;

/** 95 % intervals of the means over rows; absent where there are too few rows, or no spread. */
export interface LossIntervals {
  readonly logLoss?: Interval;
  readonly brierScore?: Interval;
}

/** Bootstrap intervals of log loss and Brier score, from sums over at most 250 blocks of rows dealt at random. */
export function lossIntervals({ labels, scores, weights: rowWeights }: ScoredRows, seed: number): LossIntervals {
  const rows = labels.length;
  const blocks = Math.min(BLOCKS, rows);
  const [weights, logLosses, squares] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  const random = new Random(seed);
  const dealt = rows > blocks ? (): number => Math.floor((random.uint32() * blocks) / 2 ** 32) : undefined;
  for (let row = 0; row < rows; row++) {
    const score = scores[row]!;
    const weight = rowWeights === undefined ? 1 : rowWeights[row]!;
    // The probability of the class that did not come.
    const gap = labels[row] === 1 ? 1 - score : score;
    const block = dealt?.() ?? row;
    weights[block]! += weight;
    logLosses[block]! -= weight * Math.log(clip(1 - gap));
    squares[block]! += weight * gap * gap;
  }
  const logLoss = blockBootstrap([weights, logLosses], meanOfSums, { seed });
  const brierScore = blockBootstrap([weights, squares], meanOfSums, { seed });
  return { ...(hasSpread(logLoss) && { logLoss }), ...(hasSpread(brierScore) && { brierScore }) };
}

function meanOfSums(sums: Float64Array): number | undefined {
  return sums[0]! > 0 ? sums[1]! / sums[0]! : undefined;
}

function hasSpread(interval: Interval | undefined): interval is Interval {
  return interval !== undefined && interval.lower < interval.upper;
}
