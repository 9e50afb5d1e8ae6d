import { chiSquaredTest } from '../../stats/hypothesis.js';
import type { DriftMetric } from '../metric.js';

/** Chi-squared test of homogeneity. */
export const chiSquared: DriftMetric = {
  name: 'chi_squared',
  title: 'Chi-squared statistic',
  definition:
    "Two-sample chi-squared test of homogeneity without continuity correction; categories with an expected count below 5 are pooled; where even the pool stays below 5 it leaves the table, is tested by Fisher's exact test against all others, and the p-value is twice the smaller of the two.",
  source: 'Pearson 1900; golden values: SciPy chi2_contingency',
  range: '0 and above',
  kinds: ['categorical'],
  compute: (pair) => {
    if (pair.kind !== 'categorical') return undefined;
    const test = chiSquaredTest(pair.baseline, pair.current);
    return test && { value: test.statistic, pValue: test.pValue };
  },
};
