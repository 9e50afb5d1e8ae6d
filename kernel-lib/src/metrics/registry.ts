import { chiSquared } from './drift/chi-squared.js';
import { jensenShannon } from './drift/jensen-shannon.js';
import { kolmogorovSmirnov } from './drift/kolmogorov-smirnov.js';
import { lInfinityRobust, lInfinitySimple } from './drift/l-infinity.js';
import { psi } from './drift/psi.js';
import { wasserstein } from './drift/wasserstein.js';
import type { DriftMetric } from './metric.js';

/** All drift distances, in report order: the service's first. */
export const driftMetrics: readonly DriftMetric[] = [
  lInfinityRobust,
  lInfinitySimple,
  kolmogorovSmirnov,
  chiSquared,
  psi,
  jensenShannon,
  wasserstein,
];
