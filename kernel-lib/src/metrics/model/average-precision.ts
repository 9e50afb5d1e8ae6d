import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { percentileInterval } from './outcome-counts.js';
import { poissonDraw } from './random-counts.js';
import type { ScoreGroups } from './score-order.js';

/**
 * Average precision in [0, 1]: the precision at each different score, weighted by the recall gained there, without
 * interpolation.
 *
 * @returns undefined without positive rows.
 * @see Golden values: scikit-learn `average_precision_score`.
 */
export function averagePrecision(groups: ScoreGroups): number | undefined {
  const { count, positives, negatives, positiveTotal } = groups;
  return positiveTotal > 0 ? meanPrecision(positives, negatives, count) : undefined;
}

function meanPrecision(positives: Float64Array, negatives: Float64Array, count: number): number | undefined {
  let truePositives = 0;
  let falsePositives = 0;
  let sum = 0;
  let group = 0;
  while (group < count && positives[group] === 0) falsePositives += negatives[group++]!;
  for (; group < count; group++) {
    const gained = positives[group]!;
    falsePositives += negatives[group]!;
    truePositives += gained;
    sum += gained * (truePositives / (truePositives + falsePositives));
  }
  return truePositives > 0 ? Math.min(1, sum / truePositives) : undefined;
}

const RESAMPLES = 1000;
const BINS = 250;

/**
 * 95 % interval of the average precision: percentiles of 1,000 Poisson bootstrap resamples of neighbouring scores put
 * together into at most 250 bins, each with an equal part of the two classes' shares; moved by the difference that the
 * bins make to the value itself, and cut to [0, 1].
 *
 * @see Source: Hanley and MacGibbon 2006 (Poisson bootstrap).
 */
export function averagePrecisionInterval(groups: ScoreGroups, value: number, seed: number): Interval | undefined {
  const bins = binGroups(groups);
  const binned = meanPrecision(bins.positives, bins.negatives, bins.count);
  if (binned === undefined) return undefined;
  const random = new Random(seed);
  const positives = new Float64Array(bins.count);
  const negatives = new Float64Array(bins.count);
  const found = new Float64Array(RESAMPLES);
  let kept = 0;
  for (let resample = 0; resample < RESAMPLES; resample++) {
    redraw(random, bins.positives, bins.positiveSquares, positives);
    redraw(random, bins.negatives, bins.negativeSquares, negatives);
    const drawn = meanPrecision(positives, negatives, bins.count);
    if (drawn !== undefined) found[kept++] = drawn + value - binned;
  }
  const interval = percentileInterval(found.subarray(0, kept));
  return interval && { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) };
}

/** Weights as if each of the rows behind them came a Poisson number of times, mean 1. */
function redraw(random: Random, weights: Float64Array, squares: Float64Array, drawn: Float64Array): void {
  for (let bin = 0; bin < drawn.length; bin++) {
    const weight = weights[bin]!;
    const unit = weight === 0 ? 0 : squares[bin]! / weight;
    drawn[bin] = unit === 0 ? 0 : unit * poissonDraw(random, weight / unit);
  }
}

type Bins = Pick<ScoreGroups, 'count' | 'positives' | 'negatives' | 'positiveSquares' | 'negativeSquares'>;

function binGroups(groups: ScoreGroups): Bins {
  if (groups.count <= BINS) return groups;
  const { positiveTotal, negativeTotal } = groups;
  const names = ['positives', 'negatives', 'positiveSquares', 'negativeSquares'] as const;
  const bins = {
    ...{ positives: new Float64Array(BINS), negatives: new Float64Array(BINS) },
    ...{ positiveSquares: new Float64Array(BINS), negativeSquares: new Float64Array(BINS) },
  };
  let [bin, held] = [0, 0];
  for (let group = 0; group < groups.count; group++) {
    for (const name of names) bins[name][bin]! += groups[name][group]!;
    if (positiveTotal > 0) held += groups.positives[group]! / positiveTotal;
    if (negativeTotal > 0) held += groups.negatives[group]! / negativeTotal;
    bin = Math.min(BINS - 1, Math.max(bin, Math.floor((held * BINS) / 2)));
  }
  return { count: BINS, ...bins };
}
