import { wasserstein as wassersteinDistance } from '../../stats/distance.js';
import type { DriftMetric } from '../metric.js';

/** 1-Wasserstein distance, in the feature's own unit. */
export const wasserstein: DriftMetric = {
  name: 'wasserstein',
  title: 'Wasserstein distance',
  definition:
    "The area between the two distribution functions (1-Wasserstein, earth mover's distance), in the feature's own unit.",
  source: 'Vaserstein 1969; golden values: SciPy wasserstein_distance',
  range: '0 and above',
  kinds: ['numeric'],
  compute: (pair) => {
    if (pair.kind !== 'numeric') return undefined;
    const value = wassersteinDistance(pair.baseline, pair.current);
    return value === undefined ? undefined : { value };
  },
};
