import { type FacetCounts, sideOf } from './counts.js';
import type { BiasInterval, BiasMetric, BiasNumber } from './metric.js';
import {
  largestDistanceInterval,
  meanDifferenceInterval,
  meanDistanceInterval,
  rateRatioInterval,
  smallestRatioInterval,
} from './rate-intervals.js';
import { falsePositiveRate, positivePredictions, type Rate, recall } from './rates.js';

/** A metric under the name that Fairlearn or AIF360 gives it, of the facet's group against everybody else. */
export interface FairnessMetric extends Pick<BiasMetric, 'title' | 'definition' | 'fair' | 'unit'> {
  /** "demographic_parity_difference"; both libraries have some of the names, with different meanings. */
  readonly name: string;
  /** Whose name it is. */
  readonly library: 'Fairlearn' | 'AIF360' | 'Fairlearn and AIF360';
  /**
   * Words where a side has nothing that a rate is taken of: AIF360 answers NaN there, and Fairlearn counts the rate as 0.
   */
  value(counts: FacetCounts): BiasNumber;
  /** 95 %; undefined where there is no value. */
  interval(counts: FacetCounts): BiasInterval | undefined;
}

interface RatePair {
  readonly others: number;
  readonly group: number;
}

type Compared = readonly RatePair[] | { readonly error: string };

/** Rates of both sides, or what a side lacks. */
function compare({ cells, predicted }: FacetCounts, rates: readonly Rate[]): Compared {
  if (!predicted) return { error: 'there are no predictions' };
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  for (const { whole, ofWhat } of rates) {
    if (whole(group) === 0) return { error: `the group has no ${ofWhat}` };
    if (whole(others) === 0) return { error: `the others have no ${ofWhat}` };
  }
  return rates.map(({ part, whole }) => ({ others: part(others) / whole(others), group: part(group) / whole(group) }));
}

interface FairnessDeclaration extends Omit<FairnessMetric, 'value' | 'interval'> {
  readonly rates: readonly Rate[];
  /** Undefined where the rates, all 0, have no ratio. */
  combine(pairs: readonly RatePair[]): number | undefined;
  bounds(counts: FacetCounts, rates: readonly Rate[]): BiasInterval | undefined;
}

function fairnessMetric({ rates, combine, bounds, ...words }: FairnessDeclaration): FairnessMetric {
  const value = (counts: FacetCounts): BiasNumber => {
    const pairs = compare(counts, rates);
    if ('error' in pairs) return pairs;
    const combined = combine(pairs);
    return combined === undefined ? { error: 'the rates of both sides are 0' } : { value: combined };
  };
  return {
    ...words,
    value,
    interval: (counts) => ('error' in value(counts) ? undefined : bounds(counts, rates)),
  };
}

const largestDifference = (pairs: readonly RatePair[]): number =>
  Math.max(...pairs.map(({ others, group }) => Math.abs(group - others)));

/** Rates that are 0 on both sides have no ratio and do not count, as in Fairlearn. */
function smallestRatio(pairs: readonly RatePair[]): number | undefined {
  const ratios = pairs
    .filter(({ others, group }) => others > 0 || group > 0)
    .map(({ others, group }) => Math.min(others, group) / Math.max(others, group));
  return ratios.length === 0 ? undefined : Math.min(...ratios);
}

function ratio([pair]: readonly RatePair[]): number | undefined {
  const { others, group } = pair!;
  return others === 0 && group === 0 ? undefined : group / others;
}

const difference = ([pair]: readonly RatePair[]): number => pair!.group - pair!.others;

const ofFairlearn = { library: 'Fairlearn', fair: 0, unit: 'fraction', combine: largestDifference } as const;
const ratioOfFairlearn = { library: 'Fairlearn', fair: 1, unit: 'ratio', combine: smallestRatio } as const;
const ofAif360 = { library: 'AIF360', fair: 0, unit: 'fraction' } as const;

/**
 * Fairness metrics of two groups as the two libraries define them, Fairlearn's first. AIF360's privileged group is
 * everybody else; its differences are unprivileged less privileged, the other way round than the service's.
 *
 * @see Source: Fairlearn 0.15 user guide, Assessment; AIF360 0.6 `ClassificationMetric`; equalized odds and equal
 * opportunity: Hardt, Price and Srebro 2016. Golden values: test/golden/bias/fairness.json.
 */
export const fairnessMetrics: readonly FairnessMetric[] = [
  fairnessMetric({
    ...ofFairlearn,
    name: 'demographic_parity_difference',
    title: 'Demographic parity difference',
    definition:
      'Distance between the shares of positive predictions of both sides, from 0 to 1; it does not say which side is predicted positive less often.',
    rates: [positivePredictions],
    bounds: largestDistanceInterval,
  }),
  fairnessMetric({
    ...ratioOfFairlearn,
    name: 'demographic_parity_ratio',
    title: 'Demographic parity ratio',
    definition:
      'Smaller share of positive predictions of the two sides over the larger, from 0 to 1; it does not say which side is predicted positive less often.',
    rates: [positivePredictions],
    bounds: smallestRatioInterval,
  }),
  fairnessMetric({
    ...ofFairlearn,
    name: 'equalized_odds_difference',
    library: 'Fairlearn and AIF360',
    title: 'Equalized odds difference',
    definition:
      'Larger of the two distances between both sides: of their true positive rates and of their false positive rates, from 0 to 1.',
    rates: [recall, falsePositiveRate],
    bounds: largestDistanceInterval,
  }),
  fairnessMetric({
    ...ratioOfFairlearn,
    name: 'equalized_odds_ratio',
    title: 'Equalized odds ratio',
    definition:
      'Smaller of two ratios, each the smaller over the larger rate of the two sides: of their true positive rates and of their false positive rates, from 0 to 1.',
    rates: [recall, falsePositiveRate],
    bounds: smallestRatioInterval,
  }),
  fairnessMetric({
    ...ofFairlearn,
    name: 'equal_opportunity_difference',
    title: 'Equal opportunity difference, without sign',
    definition:
      'Distance between the true positive rates of both sides, from 0 to 1; it does not say which side is found less often.',
    rates: [recall],
    bounds: largestDistanceInterval,
  }),
  fairnessMetric({
    ...ratioOfFairlearn,
    name: 'equal_opportunity_ratio',
    title: 'Equal opportunity ratio',
    definition:
      'Smaller true positive rate of the two sides over the larger, from 0 to 1; it does not say which side is found less often.',
    rates: [recall],
    bounds: smallestRatioInterval,
  }),
  fairnessMetric({
    ...ofAif360,
    name: 'statistical_parity_difference',
    title: 'Statistical parity difference',
    definition:
      'Share of positive predictions in the group less that among the others: DPPL with the opposite sign; below 0, the group is predicted positive less often.',
    rates: [positivePredictions],
    combine: difference,
    bounds: meanDifferenceInterval,
  }),
  fairnessMetric({
    name: 'disparate_impact',
    title: 'Disparate impact',
    library: 'AIF360',
    fair: 1,
    unit: 'ratio',
    definition:
      'Share of positive predictions in the group over that among the others, as DI; below 1, the group is predicted positive less often.',
    rates: [positivePredictions],
    combine: ratio,
    bounds: (counts) => rateRatioInterval(positivePredictions, counts),
  }),
  fairnessMetric({
    ...ofAif360,
    name: 'equal_opportunity_difference',
    title: 'Equal opportunity difference, group less others',
    definition:
      'True positive rate of the group less that of the others: RD with the opposite sign; below 0, positive labels are found less often in the group.',
    rates: [recall],
    combine: difference,
    bounds: meanDifferenceInterval,
  }),
  fairnessMetric({
    ...ofAif360,
    name: 'average_odds_difference',
    title: 'Average odds difference',
    definition:
      'Mean of two differences, group less others: of the false positive rates and of the true positive rates; below 0, the group is predicted positive less often than others with the same label.',
    rates: [falsePositiveRate, recall],
    combine: (pairs) => 0.5 * (difference(pairs) + difference(pairs.slice(1))),
    bounds: meanDifferenceInterval,
  }),
  fairnessMetric({
    ...ofAif360,
    name: 'average_abs_odds_difference',
    title: 'Average absolute odds difference',
    definition:
      'Mean of the two distances between both sides: of their false positive rates and of their true positive rates, from 0 to 1.',
    rates: [falsePositiveRate, recall],
    combine: (pairs) => 0.5 * (Math.abs(difference(pairs)) + Math.abs(difference(pairs.slice(1)))),
    bounds: meanDistanceInterval,
  }),
  fairnessMetric({
    ...ofAif360,
    name: 'false_positive_rate_difference',
    title: 'False positive rate difference',
    definition:
      'False positive rate of the group less that of the others, SD with the opposite sign; above 0, negative labels are predicted positive more often in the group.',
    rates: [falsePositiveRate],
    combine: difference,
    bounds: meanDifferenceInterval,
  }),
];
