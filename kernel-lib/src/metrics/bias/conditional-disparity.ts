import { type Estimate, NORMAL_95 } from '../../stats/interval.js';
import type { BiasCells, FacetCounts } from './counts.js';
import type { BiasInterval, BiasMetric, BiasNumber } from './metric.js';
import { weightedSum } from './rate-intervals.js';
import { divide, pairwiseSum, withoutPredictions } from './service-arithmetic.js';
import { boundedShare } from './share-region.js';

/** What a row is accepted or rejected by: its label or its prediction. */
type Decision = 'label' | 'prediction';

/** Whom a decision accepted and whom it rejected, among some rows. */
interface Decided {
  readonly rows: number;
  readonly accepted: number;
  /** Rows of the facet's group among the accepted ones. */
  readonly groupAccepted: number;
  readonly rejected: number;
  readonly groupRejected: number;
}

/** Counts of rows by decision. */
function decided(cells: BiasCells, decision: Decision): Decided {
  const bit = decision === 'label' ? 2 : 1;
  const count = (side: 0 | 1, outcome: 0 | 1): number =>
    cells[side * 4 + outcome * bit]! + cells[side * 4 + outcome * bit + (3 - bit)]!;
  const [groupAccepted, groupRejected] = [count(1, 1), count(1, 0)];
  const [accepted, rejected] = [groupAccepted + count(0, 1), groupRejected + count(0, 0)];
  return { rows: accepted + rejected, accepted, groupAccepted, rejected, groupRejected };
}

/** The service's answer where it sees no rows of both kinds, or nothing to condition on. */
function refusal({ cells, groups }: FacetCounts, decision: Decision): BiasNumber | undefined {
  const all = decided(cells, decision);
  if (groups === undefined || all.rows === 0) return { error: 'Group variable is empty or not provided' };
  if (all.accepted === 0) return { error: 'No positive labels in set' };
  if (all.rejected === 0) return { error: 'No negative labels in set' };
  return undefined;
}

/** Share of the facet's group among the rejected less that among the accepted; a share of nobody is 0. */
function disparity({ accepted, groupAccepted, rejected, groupRejected }: Decided): number {
  return divide(groupRejected, rejected) - divide(groupAccepted, accepted);
}

/** The sum is taken in the order of the groups; the service has them sorted. */
function conditionalDisparity(counts: FacetCounts, decision: Decision): BiasNumber {
  const refused = refusal(counts, decision);
  if (refused) return refused;
  const groups = counts.groups!.map((cells) => decided(cells, decision));
  const weighted = pairwiseSum(groups.map((group) => group.rows * disparity(group)));
  return { value: divide(weighted, pairwiseSum(groups.map(({ rows }) => rows))) };
}

/**
 * The method of variance estimates recovery, over the two shares of each value of the group variable, and the error of
 * the values' own sizes besides. A share that is taken of nobody is counted as 0 in the value but may be anything: the
 * interval is as much wider, so that many values with few rows tell little.
 */
function conditionalDisparityInterval({ groups }: FacetCounts, decision: Decision): BiasInterval | undefined {
  const all = groups!.map((cells) => decided(cells, decision));
  const rows = all.reduce((sum, group) => sum + group.rows, 0);
  if (rows === 0) return undefined;
  const terms: { weight: number; of: Estimate }[] = [];
  let [withoutRejected, withoutAccepted, squares] = [0, 0, 0];
  for (const group of all) {
    const weight = group.rows / rows;
    squares += weight * disparity(group) ** 2;
    if (group.rejected > 0) terms.push({ weight, of: estimate(group.groupRejected, group.rejected) });
    else withoutRejected += weight;
    if (group.accepted > 0) terms.push({ weight: -weight, of: estimate(group.groupAccepted, group.accepted) });
    else withoutAccepted += weight;
  }
  const { value, lower, upper } = weightedSum(terms);
  const ofSizes = (NORMAL_95 ** 2 * Math.max(0, squares - value * value)) / rows;
  return {
    lower: Math.max(-1, value - Math.hypot(value - lower, Math.sqrt(ofSizes)) - withoutAccepted),
    upper: Math.min(1, value + Math.hypot(upper - value, Math.sqrt(ofSizes)) + withoutRejected),
    method: 'MOVER of shares',
  };
}

function estimate(part: number, whole: number): Estimate {
  const { share, lower, upper } = boundedShare(part, whole);
  return { value: share, lower, upper };
}

/** Which groups lack what their disparity is made from. */
function incomplete({ groups }: FacetCounts, decision: Decision): string | undefined {
  const all = groups!.map((cells) => decided(cells, decision)).filter(({ rows }) => rows > 0);
  const lacking = all.filter(({ accepted, rejected }) => accepted === 0 || rejected === 0);
  if (all.length === 0) return 'no row has a value of the group variable; the service takes the mean of nothing as 0';
  if (lacking.length < all.length) return undefined;
  return 'no value of the group variable has both accepted and rejected rows; the service counts missing shares as 0';
}

/**
 * Conditional demographic disparity in labels: sum of n_g DD_g over sum of n_g, with DD_g the share of the facet's group
 * among the rejected less that among the accepted rows of value g of the group variable; in [-1, 1]. Bit for bit where
 * the values of the group variable come sorted.
 *
 * @see Source: Wachter, Mittelstadt and Russell 2020; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelConditionalDisparity: BiasMetric = {
  name: 'CDDL',
  title: 'Conditional Demographic Disparity in Labels',
  stage: 'pre-training',
  definition:
    "The group's share of the negative labels less its share of the positive labels, averaged over the values of the group variable by their rows; above 0, the group has more of the negative labels than of the positive ones.",
  fair: 0,
  unit: 'fraction',
  service: (counts) => conditionalDisparity(counts, 'label'),
  caution: (counts) => (refusal(counts, 'label') ? undefined : incomplete(counts, 'label')),
  interval: (counts) => (refusal(counts, 'label') ? undefined : conditionalDisparityInterval(counts, 'label')),
};

/**
 * As CDDL, of the predictions.
 *
 * @see Source: Wachter, Mittelstadt and Russell 2020; Das et al., Fairness Measures for Machine Learning in Finance 2021.
 */
export const predictionConditionalDisparity: BiasMetric = {
  name: 'CDDPL',
  title: 'Conditional Demographic Disparity in Predicted Labels',
  stage: 'post-training',
  definition:
    "The group's share of the negative predictions less its share of the positive predictions, averaged over the values of the group variable by their rows; above 0, the group has more of the negative predictions than of the positive ones.",
  fair: 0,
  unit: 'fraction',
  service: (counts) => withoutPredictions(counts) ?? conditionalDisparity(counts, 'prediction'),
  caution: (counts) =>
    withoutPredictions(counts) || refusal(counts, 'prediction') ? undefined : incomplete(counts, 'prediction'),
  interval: (counts) =>
    withoutPredictions(counts) || refusal(counts, 'prediction')
      ? undefined
      : conditionalDisparityInterval(counts, 'prediction'),
};
