import type { ColumnPair } from './column-pair.js';

/** The names of the drift distances, as reports carry them. */
export type DistanceName =
  | 'linf_simple'
  | 'linf_robust'
  | 'chi_squared'
  | 'psi'
  | 'jensen_shannon'
  | 'wasserstein'
  | 'kolmogorov_smirnov';

/** A distance's value, and its p-value where it is a test. */
export interface MetricValue {
  readonly value: number;
  readonly pValue?: number;
}

/**
 * A drift distance, declared once: report, panel, docs/metrics.md and tests loop over the list in `registry.ts`.
 */
export interface DriftMetric {
  readonly name: DistanceName;
  readonly title: string;
  /** The definition with its conventions (log base, buckets, smoothing), in one sentence. */
  readonly definition: string;
  /** Where the formula comes from. */
  readonly source: string;
  readonly range: string;
  readonly kinds: readonly ColumnPair['kind'][];
  /** Undefined where it has no value for this pair; asked only for pairs of a kind in `kinds`. */
  compute(pair: ColumnPair): MetricValue | undefined;
}
