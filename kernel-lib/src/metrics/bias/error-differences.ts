import type { BiasMetric } from './metric.js';
import { rateDifference } from './rate-difference.js';
import { acceptance, accuracy, errorRatio, recall, rejection, specificity } from './rates.js';

const emptyWords = { group: 'Facet set is empty', others: 'Negated Facet set is empty' };
const ofAccuracies = { group: 'DLA: Facet set is empty', others: 'DLA: Negated Facet set is empty' };
const ofLabelRates = { group: 'DLR: Facet set is empty', others: 'DLR: Negated Facet set is empty' };

/**
 * Difference of recalls, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021; equal opportunity: Hardt, Price and Srebro 2016.
 */
export const recallDifference: BiasMetric = rateDifference({
  name: 'RD',
  title: 'Recall Difference',
  stage: 'post-training',
  definition:
    'Recall (positive labels that were predicted positive, as a share) of the others less that of the group; above 0, positive labels are found less often in the group.',
  unit: 'fraction',
  rate: recall,
  less: 'group',
  emptyWords: ofAccuracies,
});

/**
 * Difference of specificities, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const specificityDifference: BiasMetric = rateDifference({
  name: 'SD',
  title: 'Specificity Difference',
  stage: 'post-training',
  definition:
    'Specificity (negative labels that were predicted negative, as a share) of the group less that of the others; above 0, the others are wrongly predicted positive more often.',
  unit: 'fraction',
  rate: specificity,
  less: 'others',
  emptyWords: ofAccuracies,
});

/**
 * Difference of precisions, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const acceptanceDifference: BiasMetric = rateDifference({
  name: 'DAR',
  title: 'Difference in Acceptance Rates',
  stage: 'post-training',
  definition:
    'Share of positive predictions that are right among the others less that in the group; above 0, positive predictions are wrong more often in the group.',
  unit: 'fraction',
  rate: acceptance,
  less: 'group',
  emptyWords: ofLabelRates,
});

/**
 * Difference of the shares of right negative predictions, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const rejectionDifference: BiasMetric = rateDifference({
  name: 'DRR',
  title: 'Difference in Rejection Rates',
  stage: 'post-training',
  definition:
    'Share of negative predictions that are right in the group less that among the others; above 0, negative predictions are wrong more often among the others.',
  unit: 'fraction',
  rate: rejection,
  less: 'others',
  emptyWords: ofLabelRates,
});

/**
 * Difference of accuracies, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const accuracyDifference: BiasMetric = rateDifference({
  name: 'AD',
  title: 'Accuracy Difference',
  stage: 'post-training',
  definition:
    'Share of right predictions among the others less that in the group; above 0, predictions are wrong more often in the group.',
  unit: 'fraction',
  rate: accuracy,
  less: 'group',
  emptyWords,
});

/**
 * Difference of false negatives per false positive.
 *
 * @see Source: Berk et al. 2018; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const treatmentEquality: BiasMetric = rateDifference({
  name: 'TE',
  title: 'Treatment Equality',
  stage: 'post-training',
  definition:
    'False negatives per false positive in the group less those among the others; above 0, errors in the group are to its disadvantage more often.',
  unit: 'value',
  rate: errorRatio,
  less: 'others',
  emptyWords,
});
