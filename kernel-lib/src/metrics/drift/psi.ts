import { populationStabilityIndex } from '../../stats/distance.js';
import type { DriftMetric } from '../metric.js';
import { bucketPair } from './bucket-shares.js';

/** Population stability index. */
export const psi: DriftMetric = {
  name: 'psi',
  title: 'Population stability index',
  definition:
    "Sum of (q - p) ln(q / p) over the baseline's ten decile buckets (where ties leave fewer than two: below, at and above the median; categories for text); a share of 0 counts as 0.0001.",
  source: 'Siddiqi 2006, Credit Risk Scorecards',
  range: '0 and above',
  kinds: ['numeric', 'categorical'],
  compute: (pair) => {
    const buckets = bucketPair(pair);
    const value = buckets && populationStabilityIndex(buckets.baseline, buckets.current);
    return value === undefined ? undefined : { value };
  },
};
