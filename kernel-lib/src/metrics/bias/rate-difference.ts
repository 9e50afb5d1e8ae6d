import { type FacetCounts, sideOf } from './counts.js';
import type { BiasMetric, BiasNumber } from './metric.js';
import { rateDifferenceInterval } from './rate-intervals.js';
import type { Rate } from './rates.js';
import { differenceOf, divide, type EmptyWords, emptySide, withoutPredictions } from './service-arithmetic.js';

/** What tells one difference of rates from another. */
export interface RateDifference extends Pick<BiasMetric, 'name' | 'title' | 'stage' | 'definition' | 'unit'> {
  readonly rate: Rate;
  /** The side whose rate is subtracted. */
  readonly less: 'group' | 'others';
  readonly emptyWords: EmptyWords;
}

/** The metric that is a difference between the two sides' rates; the service's number, bit for bit. */
export function rateDifference({ rate, less, emptyWords, ...words }: RateDifference): BiasMetric {
  const refusal = (counts: FacetCounts): BiasNumber | undefined =>
    (words.stage === 'post-training' ? withoutPredictions(counts) : undefined) ?? emptySide(counts, emptyWords);
  return {
    ...words,
    fair: 0,
    service: (counts) => {
      const others = rateOf(rate, counts, 0);
      const group = rateOf(rate, counts, 1);
      return refusal(counts) ?? { value: less === 'group' ? differenceOf(others, group) : differenceOf(group, others) };
    },
    caution: (counts) => (refusal(counts) ? undefined : missingRate(rate, counts)),
    interval: (counts) => (refusal(counts) ? undefined : rateDifferenceInterval(rate, less, counts)),
  };
}

function rateOf(rate: Rate, { cells }: FacetCounts, at: 0 | 1): number {
  const side = sideOf(cells, at);
  return divide(rate.part(side), rate.whole(side));
}

/** What a side lacks to have a rate, and what the service makes of it. */
function missingRate({ part, whole, ofWhat }: Rate, { cells }: FacetCounts): string | undefined {
  const others = sideOf(cells, 0);
  const group = sideOf(cells, 1);
  if (whole(group) > 0 && whole(others) > 0) return undefined;
  const [ofGroup, ofOthers] = [whole(group) === 0 && part(group) === 0, whole(others) === 0 && part(others) === 0];
  if (ofGroup || ofOthers) {
    const who = ofGroup && ofOthers ? 'neither side has' : ofGroup ? 'the group has no' : 'the others have no';
    const what = ofGroup && ofOthers ? `any ${ofWhat}` : ofWhat;
    return `${who} ${what}; the service counts the missing rate as 0`;
  }
  if (whole(group) > 0 || whole(others) > 0) return undefined;
  return `neither side has any ${ofWhat}; the service takes the difference of two infinite rates as 0`;
}
