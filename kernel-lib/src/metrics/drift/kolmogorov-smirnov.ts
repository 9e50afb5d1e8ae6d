import { ksTest } from '../../stats/hypothesis.js';
import type { DriftMetric } from '../metric.js';

/** Two-sample Kolmogorov-Smirnov test. */
export const kolmogorovSmirnov: DriftMetric = {
  name: 'kolmogorov_smirnov',
  title: 'Kolmogorov-Smirnov distance',
  definition:
    'The largest gap between the two empirical distribution functions, from exact value counts up to 1,024 distinct values and from the KLL sketch beyond; two-sided p-value, exact for small samples, else asymptotic.',
  source: 'Smirnov 1948; golden values: SciPy ks_2samp',
  range: '0 to 1',
  kinds: ['numeric'],
  compute: (pair) => {
    if (pair.kind !== 'numeric') return undefined;
    const test = ksTest(pair.baseline, pair.current);
    return test && { value: test.statistic, pValue: test.pValue };
  },
};
