import { NORMAL_95, wilsonInterval } from '../../stats/interval.js';
import { type FacetCounts, type FlipCounts, sideOf } from './counts.js';
import type { BiasInterval, BiasMetric } from './metric.js';
import { emptySide, type Refusal, withoutPredictions } from './service-arithmetic.js';
import { boundedShare, rangeOverShares } from './share-region.js';

function flipsOf(counts: FacetCounts): FlipCounts | Refusal {
  const refused =
    withoutPredictions(counts) ??
    emptySide(counts, { group: 'Facet set is empty', others: 'Negated Facet set is empty' });
  return refused ?? counts.flips ?? { error: 'The flip test was not run' };
}

/** Undefined where no row was tested. */
function flipShare(flips: FlipCounts | Refusal): number | undefined {
  return 'rows' in flips && flips.rows > 0 ? (flips.toPositive - flips.toNegative) / flips.rows : undefined;
}

/**
 * Rows of the group that the model predicts positive and their neighbours among the others negative, less those of the
 * opposite case, over all rows of the group; in [-1, 1].
 *
 * @see Source: Black, Yeom and Fredrikson 2020; Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const flipTest: BiasMetric = {
  name: 'FT',
  title: 'Flip Test',
  stage: 'post-training',
  definition:
    'Share of the group that is predicted positive while the most similar rows among the others are predicted negative, less the share with which it is the other way round; below 0, the group is predicted negative where similar others are predicted positive.',
  fair: 0,
  unit: 'fraction',
  service: (counts) => {
    const flips = flipsOf(counts);
    return flips.error === undefined ? { value: flipShare(flips) ?? 0 } : { error: flips.error };
  },
  exact: (counts) => {
    const flips = flipsOf(counts);
    const value = flips.error === undefined ? undefined : flipShare(flips);
    return value === undefined
      ? undefined
      : { value, reason: 'rows that lack a feature are left out; with them the service tests none' };
  },
  interval: (counts) => {
    const flips = flipsOf(counts);
    return 'rows' in flips && flips.rows > 0 ? flipInterval(flips) : undefined;
  },
};

/** Without flips, or with all of one kind, the estimated error is 0; then rows of another kind may just be missing. */
function flipInterval({ toPositive, toNegative, rows, standardError }: FlipCounts): BiasInterval | undefined {
  if (standardError === undefined) return undefined;
  const value = (toPositive - toNegative) / rows;
  const half = standardError > 0 ? NORMAL_95 * standardError : wilsonInterval(0, rows)!.upper;
  return {
    lower: Math.max(-1, value - half),
    upper: Math.min(1, value + half),
    method: standardError > 0 ? 'normal' : 'Wilson',
  };
}

/** Rows of both sides by benefit: 0 of a false negative, 1 of a right prediction, 2 of a false positive. */
function benefits({ cells }: FacetCounts): readonly [number, number, number] {
  const [others, group] = [sideOf(cells, 0), sideOf(cells, 1)];
  const wrong = others.falsePositives + group.falsePositives;
  const missed = others.falseNegatives + group.falseNegatives;
  return [missed, others.rows + group.rows - wrong - missed, wrong];
}

/** Sums what each row adds; the rows of one benefit at once, else as the service does. */
function entropyOf([missed, right, wrong]: readonly [number, number, number]): number {
  const rows = missed + right + wrong;
  const mean = (right + 2 * wrong) / rows;
  const term = (benefit: number): number => (benefit / mean) ** 2 - 1;
  return (missed * term(0) + right * term(1) + wrong * term(2)) / (rows * 2);
}

/** The index of errors that are a share of all rows, so many of which are false negatives. */
function entropyOfErrors(errors: number, missed: number): number {
  const surplus = errors * (1 - 2 * missed);
  return (errors - surplus * surplus) / (2 * (1 + surplus) ** 2);
}

/** With many false positives, the index grows and falls again: its extremes may be inside. */
function entropyInterval([missed, right, wrong]: readonly [number, number, number]): BiasInterval {
  const errors = boundedShare(missed + wrong, missed + right + wrong);
  const range = rangeOverShares(errors, boundedShare(missed, missed + wrong), entropyOfErrors, { rings: 12 });
  return { lower: Math.max(0, range.lower), upper: range.upper, method: "range over Wilson's intervals of the errors" };
}

/**
 * Generalized entropy of the benefits b = prediction - label + 1 over all rows of both sides, alpha 2: half the squared
 * coefficient of variation, at least 0. It compares people, not groups. The service sums in the order of the rows, which
 * counts do not have: both numbers differ by about 1e-15 of their size.
 *
 * @see Source: Speicher et al. 2018, A Unified Approach to Quantifying Algorithmic Unfairness.
 */
export const generalizedEntropy: BiasMetric = {
  name: 'GE',
  title: 'Generalized Entropy',
  stage: 'post-training',
  definition:
    'Half the squared coefficient of variation of the benefit (prediction less label plus 1) over all rows, both sides alike; 0 where all benefit equally.',
  fair: 0,
  unit: 'value',
  ofAllRows: true,
  service: (counts) => withoutPredictions(counts) ?? { value: entropyOf(benefits(counts)) },
  interval: (counts) => (withoutPredictions(counts) ? undefined : entropyInterval(benefits(counts))),
};
