import { differenceInterval, type Estimate, type Interval, wilsonInterval } from '../../stats/interval.js';
import { newcombeDifference, oddsInterval, shareRatioInterval } from '../../stats/share-intervals.js';
import { type FacetCounts, type SideCounts, sideOf } from './counts.js';
import type { BiasInterval } from './metric.js';
import type { Rate } from './rates.js';
import { boundedShare, rangeOverShares } from './share-region.js';

/** Of the intervals of all bias metrics, two-sided. */
const CONFIDENCE = 0.95;

/**
 * A weighted sum of independent estimates, with the interval that the method of variance estimates recovery makes of
 * theirs: each adds the square of its arm on the side towards which it pulls.
 *
 * @see Source: Zou, Huang and Zhang 2009, A note on confidence interval estimation for a linear function of binomial
 * proportions; of two shares with Wilson's intervals it is Newcombe's (1998, method 10).
 */
export function weightedSum(terms: readonly { readonly weight: number; readonly of: Estimate }[]): Estimate {
  let [value, below, above] = [0, 0, 0];
  for (const { weight, of } of terms) {
    const [down, up] = [weight * (of.value - of.lower), weight * (of.upper - of.value)];
    value += weight * of.value;
    below += (weight < 0 ? up : down) ** 2;
    above += (weight < 0 ? down : up) ** 2;
  }
  return { value, lower: value - Math.sqrt(below), upper: value + Math.sqrt(above) };
}

/** Undefined where there is nothing that the rate is taken of. */
function estimateOf(rate: Rate, side: SideCounts, confidence: number): Estimate | undefined {
  const [part, whole] = [rate.part(side), rate.whole(side)];
  if (whole === 0) return undefined;
  return { value: part / whole, ...intervalOf(rate, side, confidence) };
}

function intervalOf(rate: Rate, side: SideCounts, confidence: number): Interval {
  const [part, whole] = [rate.part(side), rate.whole(side)];
  if (rate.kind === 'share') return wilsonInterval(part, whole, confidence)!;
  if (rate.kind === 'odds') return oddsInterval(part, whole, confidence)!;
  const both = rate.both!(side);
  return pairedRatioInterval(both, part - both, whole - both, confidence);
}

/**
 * Of (both + first) / (both + second), with rows that are in both counts, in the first only and in the second only: a
 * function of the share of rows that are in both, and of the share of the first among the others, which do not depend on
 * each other.
 */
function pairedRatioInterval(both: number, first: number, second: number, confidence: number): Interval {
  const overlap = boundedShare(both, both + first + second, confidence);
  const ofFirst = boundedShare(first, first + second, confidence);
  return rangeOverShares(
    overlap,
    ofFirst,
    (shared, share) => (shared + (1 - shared) * share) / (shared + (1 - shared) * (1 - share)),
  );
}

/** Of shares, Newcombe's interval; else the same method with the two intervals that the rates have. */
function groupLessOthers(rate: Rate, { cells }: FacetCounts, confidence: number): Estimate | undefined {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  const [ofOthers, ofGroup] = [estimateOf(rate, others, confidence), estimateOf(rate, group, confidence)];
  if (ofOthers === undefined || ofGroup === undefined) return undefined;
  const { part, whole } = rate;
  const interval =
    rate.kind === 'share'
      ? newcombeDifference(part(group), whole(group), part(others), whole(others), confidence)!
      : differenceInterval(ofGroup, ofOthers);
  return { value: ofGroup.value - ofOthers.value, ...interval };
}

/** The interval of a number's absolute value. */
function withoutSign({ lower, upper }: Interval): Interval {
  const [low, high] = [Math.abs(lower), Math.abs(upper)];
  return { lower: lower <= 0 && upper >= 0 ? 0 : Math.min(low, high), upper: Math.max(low, high) };
}

const METHODS: Record<Rate['kind'], string> = {
  share: 'Newcombe',
  paired: 'MOVER of paired ratios',
  odds: 'MOVER of odds',
};

/** Of a difference of rates. */
export function rateDifferenceInterval(
  rate: Rate,
  less: 'group' | 'others',
  counts: FacetCounts,
): BiasInterval | undefined {
  const difference = groupLessOthers(rate, counts, CONFIDENCE);
  if (difference === undefined) return undefined;
  const { lower, upper } = difference;
  return { ...(less === 'others' ? { lower, upper } : { lower: -upper, upper: -lower }), method: METHODS[rate.kind] };
}

/** Of a distance that is `scale` times the distance between the rates of both sides. */
export function rateDistanceInterval(rate: Rate, scale: number, counts: FacetCounts): BiasInterval | undefined {
  const difference = groupLessOthers(rate, counts, CONFIDENCE);
  if (difference === undefined) return undefined;
  const { lower, upper } = withoutSign(difference);
  return { lower: scale * lower, upper: scale * upper, method: `${METHODS[rate.kind]}, without sign` };
}

/** Of the group's share over that of the others. */
export function rateRatioInterval(rate: Rate, counts: FacetCounts): BiasInterval | undefined {
  const range = ratioOf(rate, counts, CONFIDENCE);
  return range && { ...range, method: 'MOVER of a ratio' };
}

/** Group over others; undefined where a side has no rows, and where both shares are 0. */
function ratioOf({ part, whole }: Rate, { cells }: FacetCounts, confidence: number): Interval | undefined {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  if (part(others) === 0 && part(group) === 0) return undefined;
  return shareRatioInterval(part(group), whole(group), part(others), whole(others), confidence);
}

/** The confidence of each of several independent intervals that hold together with 95 % (Šidák 1967). */
function together(count: number): number {
  return CONFIDENCE ** (1 / count);
}

function methodOf(count: number): string {
  return count === 1 ? 'Newcombe' : 'Newcombe with Šidák';
}

function distancesOf(counts: FacetCounts, rates: readonly Rate[]): Interval[] | undefined {
  const found = rates.map((rate) => groupLessOthers(rate, counts, together(rates.length)));
  return found.every((difference) => difference !== undefined) ? found.map(withoutSign) : undefined;
}

/** Of the mean of the rates' differences, group less others; the rates' rows do not overlap. */
export function meanDifferenceInterval(counts: FacetCounts, rates: readonly Rate[]): BiasInterval | undefined {
  const found = rates.map((rate) => groupLessOthers(rate, counts, CONFIDENCE));
  if (!found.every((difference) => difference !== undefined)) return undefined;
  const { lower, upper } = weightedSum(found.map((of) => ({ weight: 1 / rates.length, of })));
  return { lower, upper, method: rates.length === 1 ? 'Newcombe' : 'MOVER of shares' };
}

/** Of the mean of the distances between the rates; somewhat wide for several rates. */
export function meanDistanceInterval(counts: FacetCounts, rates: readonly Rate[]): BiasInterval | undefined {
  const found = distancesOf(counts, rates);
  if (found === undefined) return undefined;
  const mean = (end: 'lower' | 'upper'): number => found.reduce((sum, each) => sum + each[end], 0) / found.length;
  return { lower: mean('lower'), upper: mean('upper'), method: methodOf(found.length) };
}

/** Of the largest distance between the rates; somewhat wide for several rates. */
export function largestDistanceInterval(counts: FacetCounts, rates: readonly Rate[]): BiasInterval | undefined {
  const found = distancesOf(counts, rates);
  if (found === undefined) return undefined;
  return {
    lower: Math.max(...found.map(({ lower }) => lower)),
    upper: Math.max(...found.map(({ upper }) => upper)),
    method: methodOf(found.length),
  };
}

/**
 * Of the smallest ratio of the smaller to the larger rate; rates that are 0 on both sides do not count. Somewhat wide
 * for several rates.
 */
export function smallestRatioInterval(counts: FacetCounts, rates: readonly Rate[]): BiasInterval | undefined {
  const found = rates.flatMap((rate) => ratioOf(rate, counts, together(rates.length)) ?? []).map(belowOne);
  if (found.length === 0) return undefined;
  return {
    lower: Math.min(...found.map(({ lower }) => lower)),
    upper: Math.min(...found.map(({ upper }) => upper)),
    method: rates.length === 1 ? 'MOVER of a ratio' : 'MOVER of ratios with Šidák',
  };
}

/** The interval of the ratio or its inverse, whichever is smaller. */
function belowOne({ lower, upper }: Interval): Interval {
  return {
    lower: Math.min(lower, 1 / upper),
    upper: lower <= 1 && upper >= 1 ? 1 : Math.max(Math.min(lower, 1 / lower), Math.min(upper, 1 / upper)),
  };
}
