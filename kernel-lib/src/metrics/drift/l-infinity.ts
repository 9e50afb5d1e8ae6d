import { categoricalLInfinity, type DistanceMethod, lInfinity } from '../../stats/distance.js';
import type { ColumnPair } from '../column-pair.js';
import type { DriftMetric, MetricValue } from '../metric.js';

function compute(pair: ColumnPair, method: DistanceMethod): MetricValue | undefined {
  const result =
    pair.kind === 'numeric'
      ? lInfinity(pair.sketches.baseline, pair.sketches.current, method)
      : categoricalLInfinity(pair.baseline, pair.current, method);
  return result && { value: result.distance };
}

const source = 'Deequ, Distance.numericalDistance and Distance.categoricalDistance';

/** The service's distance without noise correction. */
export const lInfinitySimple: DriftMetric = {
  name: 'linf_simple',
  title: 'L-infinity distance, simple',
  definition:
    "The service's Simple method: for numbers the largest gap between the two distribution functions of the KLL sketches, for categories the largest difference between two shares.",
  source,
  range: '0 to 1',
  kinds: ['numeric', 'categorical'],
  compute: (pair) => compute(pair, 'Simple'),
};

/** The service's distance, less what sampling noise explains. */
export const lInfinityRobust: DriftMetric = {
  name: 'linf_robust',
  title: 'L-infinity distance, robust',
  definition:
    "The service's Robust method: the simple distance less 1.8 sqrt((n + m) / (n m)) for n and m values, at least 0.",
  source,
  range: '0 to 1',
  kinds: ['numeric', 'categorical'],
  compute: (pair) => compute(pair, 'Robust'),
};
