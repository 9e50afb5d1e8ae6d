import { type FacetCounts, sideOf } from './counts.js';
import type { BiasMetric, BiasNumber } from './metric.js';
import { rateDifference } from './rate-difference.js';
import { rateRatioInterval } from './rate-intervals.js';
import { conditionalAcceptance, conditionalRejection, positivePredictions } from './rates.js';
import { divide, emptySide, withoutPredictions } from './service-arithmetic.js';

/**
 * Difference of the shares of positive predictions, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const predictionDifference: BiasMetric = rateDifference({
  name: 'DPPL',
  title: 'Difference in Positive Proportions in Predicted Labels',
  stage: 'post-training',
  definition:
    'Share of positive predictions among the others less that in the group; above 0, the group is predicted positive less often.',
  unit: 'fraction',
  rate: positivePredictions,
  less: 'group',
  emptyWords: { group: 'Facet set is empty.', others: 'Negative facet set is empty.' },
});

function refusal(counts: FacetCounts): BiasNumber | undefined {
  return (
    withoutPredictions(counts) ??
    emptySide(counts, { group: 'Facet set is empty', others: 'Negated facet set is empty' })
  );
}

/**
 * The group's share of positive predictions over that of the others, in [0, infinity]. Bit for bit.
 *
 * @see Source: Feldman et al. 2015; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const disparateImpact: BiasMetric = {
  name: 'DI',
  title: 'Disparate Impact',
  stage: 'post-training',
  definition:
    'Share of positive predictions in the group over that among the others; below 1, the group is predicted positive less often.',
  fair: 1,
  unit: 'ratio',
  service: (counts) => {
    const [others, group] = [sideOf(counts.cells, 0), sideOf(counts.cells, 1)];
    const share = divide(group.positivePredictions, group.rows);
    return refusal(counts) ?? { value: divide(share, divide(others.positivePredictions, others.rows)) };
  },
  interval: (counts) => (refusal(counts) ? undefined : rateRatioInterval(positivePredictions, counts)),
};

const emptyWords = { group: 'DCO: Facet set is empty', others: 'DCO: Negated Facet set is empty' };

/**
 * Difference of positive labels per positive prediction.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const conditionalAcceptanceDifference: BiasMetric = rateDifference({
  name: 'DCA',
  title: 'Difference in Conditional Acceptance',
  stage: 'post-training',
  definition:
    'Positive labels per positive prediction among the others less those in the group; above 0, the others are predicted positive too seldom, compared with the group.',
  unit: 'value',
  rate: conditionalAcceptance,
  less: 'group',
  emptyWords,
});

/**
 * Difference of negative labels per negative prediction.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const conditionalRejectionDifference: BiasMetric = rateDifference({
  name: 'DCR',
  title: 'Difference in Conditional Rejection',
  stage: 'post-training',
  definition:
    'Negative labels per negative prediction in the group less those among the others; above 0, the others are predicted negative too often, compared with the group.',
  unit: 'value',
  rate: conditionalRejection,
  less: 'others',
  emptyWords,
});
