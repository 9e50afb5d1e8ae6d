import { jensenShannonDistance } from '../../stats/distance.js';
import type { DriftMetric } from '../metric.js';
import { bucketPair } from './bucket-shares.js';

/** Jensen-Shannon distance, base 2. */
export const jensenShannon: DriftMetric = {
  name: 'jensen_shannon',
  title: 'Jensen-Shannon distance (base 2)',
  definition:
    'Square root of the Jensen-Shannon divergence with logarithms to base 2, over the buckets of the population stability index.',
  source: 'Lin 1991; golden values: SciPy jensenshannon(base=2)',
  range: '0 to 1',
  kinds: ['numeric', 'categorical'],
  compute: (pair) => {
    const buckets = bucketPair(pair);
    const value = buckets && jensenShannonDistance(buckets.baseline, buckets.current, 2);
    return value === undefined ? undefined : { value };
  },
};
