import { type Interval, NORMAL_95 } from '../../stats/interval.js';
import type { ScoreGroups } from './score-order.js';

/**
 * Area under the ROC curve in [0, 1]: the chance that a random positive row scores above a random negative one, ties
 * counting one half (Mann and Whitney's U over the number of pairs).
 *
 * @returns undefined without rows of both classes.
 */
export function areaUnderCurve(groups: ScoreGroups): number | undefined {
  const { count, positives, negatives, positiveTotal, negativeTotal } = groups;
  if (positiveTotal <= 0 || negativeTotal <= 0) return undefined;
  let [above, pairs] = [0, 0];
  for (let group = 0; group < count; group++) {
    const held = positives[group]!;
    pairs += negatives[group]! * (above + held / 2);
    above += held;
  }
  return Math.min(1, pairs / (positiveTotal * negativeTotal));
}

/**
 * Variance of the area under the ROC curve by DeLong's structural components, in O(n) from rows in score order (the
 * components of a row are its midrank's share in the other class). With weights the rows of a class count as
 * (sum of weights)^2 / (sum of squared weights).
 *
 * @returns undefined with fewer than two rows in either class.
 * @see Source: DeLong, DeLong and Clarke-Pearson 1988; by ranks: Sun and Xu 2014. Golden values:
 * test/golden/model/binary.json, from all pairs.
 */
export function delongVariance(groups: ScoreGroups, area: number): number | undefined {
  const { count, positives, negatives, positiveSquares, negativeSquares, positiveTotal, negativeTotal } = groups;
  let [positivesAbove, negativesAbove] = [0, 0];
  let [ofPositives, ofNegatives] = [0, 0];
  let [positiveSize, negativeSize] = [0, 0];
  for (let group = 0; group < count; group++) {
    const p = positives[group]!;
    const n = negatives[group]!;
    const beaten = (negativeTotal - negativesAbove - n / 2) / negativeTotal - area;
    const beating = (positivesAbove + p / 2) / positiveTotal - area;
    ofPositives += positiveSquares[group]! * beaten * beaten;
    ofNegatives += negativeSquares[group]! * beating * beating;
    positiveSize += positiveSquares[group]!;
    negativeSize += negativeSquares[group]!;
    positivesAbove += p;
    negativesAbove += n;
  }
  const [m, n] = [positiveTotal ** 2 / positiveSize, negativeTotal ** 2 / negativeSize];
  if (!(m > 1 + 1e-6 && n > 1 + 1e-6)) return undefined;
  return (ofPositives / positiveTotal ** 2) * (m / (m - 1)) + (ofNegatives / negativeTotal ** 2) * (n / (n - 1));
}

/**
 * 95 % interval of the area under the ROC curve: normal with DeLong's variance, cut to [0, 1].
 *
 * @returns undefined with fewer than two rows in either class, and where the variance is 0: classes that do not overlap
 * and scores that are all equal say nothing about the error.
 */
export function delongInterval(groups: ScoreGroups, area: number): Interval | undefined {
  const variance = delongVariance(groups, area);
  if (variance === undefined || variance < 1e-20) return undefined;
  const half = NORMAL_95 * Math.sqrt(variance);
  return { lower: Math.max(0, area - half), upper: Math.min(1, area + half) };
}
