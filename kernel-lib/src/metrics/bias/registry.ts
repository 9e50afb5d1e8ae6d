import { labelConditionalDisparity, predictionConditionalDisparity } from './conditional-disparity.js';
import {
  acceptanceDifference,
  accuracyDifference,
  recallDifference,
  rejectionDifference,
  specificityDifference,
  treatmentEquality,
} from './error-differences.js';
import { flipTest, generalizedEntropy } from './individual-fairness.js';
import { classImbalance, labelDifference } from './label-differences.js';
import {
  labelJensenShannon,
  labelKullbackLeibler,
  labelLargestDifference,
  labelNorm,
  labelTotalVariation,
} from './label-distances.js';
import type { BiasMetric } from './metric.js';
import {
  conditionalAcceptanceDifference,
  conditionalRejectionDifference,
  disparateImpact,
  predictionDifference,
} from './prediction-differences.js';

/** All bias metrics in the service's order: before training, then after it, in each stage by name. */
export const biasMetrics: readonly BiasMetric[] = [
  labelConditionalDisparity,
  classImbalance,
  labelDifference,
  labelJensenShannon,
  labelKullbackLeibler,
  labelLargestDifference,
  labelNorm,
  labelTotalVariation,
  accuracyDifference,
  predictionConditionalDisparity,
  acceptanceDifference,
  conditionalAcceptanceDifference,
  conditionalRejectionDifference,
  disparateImpact,
  predictionDifference,
  rejectionDifference,
  flipTest,
  generalizedEntropy,
  recallDifference,
  specificityDifference,
  treatmentEquality,
];

const byName = new Map(biasMetrics.map((metric) => [metric.name, metric]));

/** The metric of the service's name, as "DPPL"; undefined if there is none. */
export function biasMetric(name: string): BiasMetric | undefined {
  return byName.get(name);
}

/** As the service describes it: "Difference in Positive Proportions in Predicted Labels (DPPL)". */
export function describeBiasMetric({ name, title }: BiasMetric): string {
  return `${title} (${name})`;
}
