import { type FacetCounts, sideOf } from './counts.js';
import type { BiasInterval, BiasMetric } from './metric.js';
import { rateDistanceInterval } from './rate-intervals.js';
import { positiveLabels } from './rates.js';
import { boundedShare, mayBeEqual, rangeOverShares } from './share-region.js';

/** A distance between two distributions, whose classes stand at the same places: of the others, of the group. */
type Distance = (others: readonly number[], group: readonly number[]) => number;

/** Shares of negative and of positive labels, of each side. */
type LabelShares = readonly [others: readonly number[], group: readonly number[]];

/** Undefined where a side has no rows. */
function labelShares({ cells }: FacetCounts): LabelShares | undefined {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  if (others.rows === 0 || group.rows === 0) return undefined;
  return [others, group].map(({ rows, positiveLabels }) => [
    (rows - positiveLabels) / rows,
    positiveLabels / rows,
  ]) as unknown as LabelShares;
}

/** The shares of the classes that both sides have: those which the service compares. */
function commonShares([others, group]: LabelShares): LabelShares {
  const common = [0, 1].filter((label) => others[label]! > 0 && group[label]! > 0);
  return [common.map((label) => others[label]!), common.map((label) => group[label]!)];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** p log(p / q); 0 where p is, infinite where only q is. */
function divergenceTerm(p: number, q: number): number {
  return p === 0 ? 0 : p * Math.log(p / q);
}

const kullbackLeibler: Distance = (others, group) => sum(others.map((share, i) => divergenceTerm(share, group[i]!)));

const jensenShannon: Distance = (others, group) => {
  const middle = others.map((share, i) => 0.5 * (share + group[i]!));
  return 0.5 * (kullbackLeibler(others, middle) + kullbackLeibler(group, middle));
};

const euclidean: Distance = (others, group) => Math.sqrt(sum(others.map((share, i) => (share - group[i]!) ** 2)));

const totalVariation: Distance = (others, group) => 0.5 * sum(others.map((share, i) => Math.abs(share - group[i]!)));

const largestDifference: Distance = (others, group) =>
  Math.max(...others.map((share, i) => Math.abs(share - group[i]!)));

/** Which label no row of which side has. */
function lackedLabel([others, group]: LabelShares): string | undefined {
  const lacks = (shares: readonly number[]): string | undefined =>
    shares[1] === 0 ? 'positive' : shares[0] === 0 ? 'negative' : undefined;
  const [ofOthers, ofGroup] = [lacks(others), lacks(group)];
  if (ofOthers === ofGroup) return undefined;
  if (ofOthers && ofGroup) return `all labels of the group are ${ofOthers}, all labels of the others are ${ofGroup}`;
  return ofGroup ? `no label of the group is ${ofGroup}` : `no label of the others is ${ofOthers}`;
}

/** Of a distance between the distributions of labels; both sides have rows. */
function sharesInterval({ cells }: FacetCounts, distance: Distance): BiasInterval | undefined {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  if (others.rows === 0 || group.rows === 0) return undefined;
  const ofOthers = boundedShare(others.positiveLabels, others.rows);
  const ofGroup = boundedShare(group.positiveLabels, group.rows);
  const range = rangeOverShares(ofOthers, ofGroup, (p, q) => distance([1 - p, p], [1 - q, q]));
  const lower = mayBeEqual(ofOthers, ofGroup) ? 0 : range.lower;
  return { lower, upper: range.upper, method: "range over Wilson's intervals of both shares" };
}

interface DistanceDeclaration extends Pick<BiasMetric, 'name' | 'title' | 'definition' | 'unit' | 'interval'> {
  readonly distance: Distance;
}

function labelDistance({ distance, ...words }: DistanceDeclaration): BiasMetric {
  return {
    ...words,
    stage: 'pre-training',
    fair: 0,
    service: (counts) => {
      const shares = labelShares(counts);
      const common = shares && commonShares(shares);
      return common === undefined || common[0].length === 0
        ? { error: 'No instance of common facet found, dataset may be too small' }
        : { value: distance(...common) };
    },
    exact: (counts) => {
      const shares = labelShares(counts);
      const lacked = shares && lackedLabel(shares);
      if (lacked === undefined) return undefined;
      const value = distance(...shares!);
      const common = commonShares(shares!);
      // 1e-12: a distance that leaves nothing out but differs in rounding.
      if (common[0].length > 0 && Math.abs(value - distance(...common)) <= 1e-12) return undefined;
      return { value, reason: `${lacked}; the service leaves such a class out` };
    },
  };
}

/**
 * KL(P_a, P_d) = sum of P_a ln(P_a / P_d) over the labels, with P_a the others' shares and P_d the group's. NumPy and
 * JavaScript round logarithms differently: the service's number is met within 1e-15 of the larger term of the sum.
 *
 * @see Source: Kullback and Leibler 1951; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelKullbackLeibler: BiasMetric = labelDistance({
  name: 'KL',
  title: 'Kullback-Liebler Divergence',
  definition:
    'Kullback-Leibler divergence of the labels of the others from those of the group, with natural logarithms; 0 where both have positive labels equally often, infinite where the group lacks a label that the others have.',
  unit: 'value',
  distance: kullbackLeibler,
  interval: (counts) => sharesInterval(counts, kullbackLeibler),
});

/**
 * JS = (KL(P_a, P) + KL(P_d, P)) / 2 with P the mean of both distributions, in [0, ln 2]. As near to the service's
 * number as KL.
 *
 * @see Source: Lin 1991; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelJensenShannon: BiasMetric = labelDistance({
  name: 'JS',
  title: 'Jensen-Shannon Divergence',
  definition:
    'Jensen-Shannon divergence between the labels of the others and of the group, with natural logarithms, from 0 to 0.693; 0 where both have positive labels equally often.',
  unit: 'value',
  distance: jensenShannon,
  interval: (counts) => sharesInterval(counts, jensenShannon),
});

/**
 * The Euclidean norm of P_a - P_d, in [0, sqrt 2]. NumPy rounds once less on most processors: the service's number is met
 * within its last digit.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelNorm: BiasMetric = labelDistance({
  name: 'LP',
  title: 'L-p Norm',
  definition:
    'Euclidean distance between the shares of labels of the others and of the group, from 0 to 1.414; 0 where both have positive labels equally often.',
  unit: 'value',
  distance: euclidean,
  interval: (counts) => rateDistanceInterval(positiveLabels, Math.SQRT2, counts),
});

/**
 * Half the sum of |P_a - P_d|, in [0, 1]. Bit for bit.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelTotalVariation: BiasMetric = labelDistance({
  name: 'TVD',
  title: 'Total Variation Distance',
  definition:
    'Half the summed differences between the shares of labels of the others and of the group, from 0 to 1; 0 where both have positive labels equally often.',
  unit: 'fraction',
  distance: totalVariation,
  interval: (counts) => rateDistanceInterval(positiveLabels, 1, counts),
});

/**
 * The largest |P_a - P_d| of a label, in [0, 1]: of shares, not of cumulated ones. Bit for bit.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelLargestDifference: BiasMetric = labelDistance({
  name: 'KS',
  title: 'Kolmogorov-Smirnov Distance',
  definition:
    'Largest difference between the shares of a label among the others and in the group, from 0 to 1; 0 where both have positive labels equally often.',
  unit: 'fraction',
  distance: largestDifference,
  interval: (counts) => rateDistanceInterval(positiveLabels, 1, counts),
});
