import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { RESAMPLES } from './bootstrap.js';
import { percentileInterval, resampleWeight } from './resamples.js';
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

const BINS = 150;

/**
 * 95 % interval of the average precision: percentiles of 1,000 Poisson bootstrap resamples of neighbouring scores put
 * together into at most 150 bins, each with an equal part of the two classes' shares; moved by the difference that the
 * bins make to the value itself, and cut to [0, 1].
 *
 * @see Source: Hanley and MacGibbon 2006 (Poisson bootstrap).
 */
export function averagePrecisionInterval(groups: ScoreGroups, value: number, seed: number): Interval | undefined {
  const bins = binGroups(groups);
  const binned = meanPrecision(bins.positives, bins.negatives, bins.count);
  if (binned === undefined) return undefined;
  const random = new Random(seed);
  const [truePositives, falsePositives] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  const [gained, passed] = [new Float64Array(RESAMPLES), new Float64Array(RESAMPLES)];
  const found = new Float64Array(RESAMPLES);
  for (let bin = 0; bin < bins.count; bin++) {
    resampleWeight(random, bins.positives[bin]!, bins.positiveSquares[bin]!, gained);
    resampleWeight(random, bins.negatives[bin]!, bins.negativeSquares[bin]!, passed);
    for (let i = 0; i < RESAMPLES; i++) {
      const hits = gained[i]!;
      truePositives[i]! += hits;
      falsePositives[i]! += passed[i]!;
      if (hits > 0) found[i]! += hits * (truePositives[i]! / (truePositives[i]! + falsePositives[i]!));
    }
  }
  for (let i = 0; i < RESAMPLES; i++) found[i] = found[i]! / truePositives[i]! + value - binned;
  const interval = percentileInterval(found);
  return interval && { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) };
}

type Bins = Pick<ScoreGroups, 'count' | 'positives' | 'negatives' | 'positiveSquares' | 'negativeSquares'>;

function binGroups(groups: ScoreGroups): Bins {
  if (groups.count <= BINS) return groups;
  const { positives, negatives, positiveTotal, negativeTotal } = groups;
  const ends = new Uint32Array(BINS);
  let bin = 0;
  let held = 0;
  for (let group = 0; group < groups.count; group++) {
    held += positives[group]! / positiveTotal + negatives[group]! / negativeTotal;
    ends[bin] = group + 1;
    bin = Math.min(BINS - 1, Math.max(bin, Math.floor((held * BINS) / 2)));
  }
  return {
    count: BINS,
    positives: sumsTo(ends, positives),
    negatives: sumsTo(ends, negatives),
    positiveSquares: sumsTo(ends, groups.positiveSquares),
    negativeSquares: sumsTo(ends, groups.negativeSquares),
  };
}

/** Sums of values in bins that begin where the one before ends; 0 marks an empty bin. */
function sumsTo(ends: Uint32Array, values: Float64Array): Float64Array {
  let place = 0;
  return Float64Array.from(ends, (end) => {
    let sum = 0;
    for (; place < end; place++) sum += values[place]!;
    return sum;
  });
}
