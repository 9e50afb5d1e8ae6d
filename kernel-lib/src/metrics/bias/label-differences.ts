import { wilsonInterval } from '../../stats/interval.js';
import { type FacetCounts, sideRows } from './counts.js';
import type { BiasInterval, BiasMetric } from './metric.js';
import { rateDifference } from './rate-difference.js';
import { positiveLabels } from './rates.js';
import { emptySide } from './service-arithmetic.js';

const emptyWords = {
  group: 'CI: facet set is empty. Check that x[facet] has non-zero length.',
  others: 'CI: negated facet set is empty. Check that x[~facet] has non-zero length.',
};

/** CI is 1 less twice the group's share of the rows. */
function imbalanceInterval({ cells }: FacetCounts): BiasInterval | undefined {
  const rows = sideRows(cells, 1);
  const share = wilsonInterval(rows, rows + sideRows(cells, 0));
  return share && { lower: 1 - 2 * share.upper, upper: 1 - 2 * share.lower, method: 'Wilson' };
}

/**
 * (n_a - n_d) / (n_a + n_d), with n_a rows of the others and n_d of the group; in (-1, 1). Bit for bit.
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const classImbalance: BiasMetric = {
  name: 'CI',
  title: 'Class Imbalance',
  stage: 'pre-training',
  definition:
    'Rows of the others less rows of the group, as a share of all rows; above 0, the group has fewer rows than the others.',
  fair: 0,
  unit: 'fraction',
  service: (counts) => {
    const [others, group] = [sideRows(counts.cells, 0), sideRows(counts.cells, 1)];
    return emptySide(counts, emptyWords) ?? { value: (others - group) / (group + others) };
  },
  interval: (counts) => (emptySide(counts, emptyWords) ? undefined : imbalanceInterval(counts)),
};

/**
 * Difference of the shares of positive labels, in [-1, 1].
 *
 * @see Source: Hardt et al., Amazon SageMaker Clarify, KDD 2021.
 */
export const labelDifference: BiasMetric = rateDifference({
  name: 'DPL',
  title: 'Difference in Positive Proportions in Labels',
  stage: 'pre-training',
  definition:
    'Share of positive labels among the others less that in the group; above 0, the group has positive labels less often.',
  unit: 'fraction',
  rate: positiveLabels,
  less: 'group',
  emptyWords: { group: 'Facet set is empty.', others: 'Negative facet set is empty.' },
});
