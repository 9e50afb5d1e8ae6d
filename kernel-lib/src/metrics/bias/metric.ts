import type { FacetCounts } from './counts.js';

/** Before training: of the labels. After training: of the predictions. */
export type BiasStage = 'pre-training' | 'post-training';

/** A metric's number, which may be infinite, or why there is none. */
export type BiasNumber = { readonly value: number } | { readonly error: string };

/** A 95 % interval; an end may be infinite. */
export interface BiasInterval {
  readonly lower: number;
  readonly upper: number;
  /** How it was found: "Newcombe", "delta method", "bootstrap (1,000 resamples, seed 0)". */
  readonly method: string;
}

/** One bias metric of one facet group: a function of counts. */
export interface BiasMetric {
  /** The service's name: "DPPL". */
  readonly name: string;
  /** The service's description without the name: "Difference in Positive Proportions in Predicted Labels". */
  readonly title: string;
  readonly stage: BiasStage;
  /** One sentence with its conventions: what is compared with what, and what a positive value means. */
  readonly definition: string;
  /** The value of equal treatment. */
  readonly fair: 0 | 1;
  /** A `fraction` is a share or a difference of shares; a `ratio` is around 1; a `value` is neither. */
  readonly unit: 'fraction' | 'ratio' | 'value';
  /** Of all rows together: the same for every group. */
  readonly ofAllRows?: true;
  /** What the service answers, to the digit, quirks included; its words where it answers none. */
  service(counts: FacetCounts): BiasNumber;
  /**
   * The true number where the service's misleads, and why it does; absent or undefined where both are the same. The
   * service may answer in words where there is a true number.
   */
  exact?(counts: FacetCounts): { readonly value: number; readonly reason: string } | undefined;
  /** Why the service's number tells nothing, where it takes a share of no rows as 0; then there is no exact number. */
  caution?(counts: FacetCounts): string | undefined;
  /** Of the exact number; undefined where there are too few rows for one. */
  interval(counts: FacetCounts, options: { readonly seed: number }): BiasInterval | undefined;
}
