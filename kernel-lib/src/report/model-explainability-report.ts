import type { AttributionScale, ExplainMethod } from '../explain/explainer.js';
import type { Estimated, Pair, SegmentCondition } from './model-quality-report.js';

/** How the attributions of many rows become one number a feature: `agg_method` of the service. */
export type AttributionAggregation = 'mean_abs' | 'median' | 'mean_sq';

/** The service's measure of drift: how well the current attributions keep the baseline's ranking. */
export interface RankingDrift {
  /** nDCG in [0, 1]; 1 where the rankings agree. */
  readonly value: number;
  /** Bounds of the 95 % bootstrap interval, both samples' errors counted; absent for too few rows. */
  readonly lower?: number;
  readonly upper?: number;
  /** How the interval was found: "bootstrap (1,000 resamples, seed 0)". */
  readonly method?: string;
  /** Below it is drift: 0.9 unless configured. */
  readonly threshold: number;
  /** Under the deciding rule. */
  readonly status: 'violated' | 'ok' | 'not-judged';
  /** Why it was not judged, or what a reader may wonder about. */
  readonly reason?: string;
}

/** A change between the samples with what chance says of it. */
export interface AttributionChange {
  /** Current less baseline. */
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /** Two-sided. */
  readonly pValue?: number;
  /** Benjamini-Hochberg over the features and outputs of the report. */
  readonly adjustedPValue?: number;
}

/** How often attributions of some size come: counts on equal bins that both samples share. */
export interface AttributionDistribution {
  /** Bins' ends, one more than bins; on the attributions' scale. */
  readonly edges: readonly number[];
  /** Rows a bin. */
  readonly baseline?: readonly number[];
  readonly current?: readonly number[];
  /**
   * Where the rows of a bin stand with the feature's value: mean rank among the baseline's values, in [0, 1] (0 the lowest);
   * null for an empty bin. Absent for features that are not numbers.
   */
  readonly baselineLevel?: readonly (number | null)[];
  readonly currentLevel?: readonly (number | null)[];
}

/** Rows with about the same value of a feature, and what the feature adds to their predictions. */
export interface DependenceBin {
  /** "37 to 42", "Private", "missing". */
  readonly title: string;
  /** Of numbers; ends of the first and last bin are the values met. */
  readonly lower?: number;
  readonly upper?: number;
  readonly rows: Pair<number>;
  /** The mean attribution of these rows; absent where there are none. */
  readonly mean: Pair<Estimated>;
}

/** What one feature adds to one output, baseline against current. */
export interface FeatureAttributionReport {
  readonly feature: string;
  /** Its place in the baseline's ranking and in the current one, from 1. */
  readonly rank: Pair<number>;
  /** The aggregated attribution, as in `analysis.json`; on the scale of the report. */
  readonly attribution: Pair<Estimated>;
  /** Its share of the sum of all features' mean absolute attributions, in [0, 1]. */
  readonly share: Pair<Estimated>;
  /** Current share less baseline share. */
  readonly shareChange?: AttributionChange;
  /** Beyond chance under false-discovery control; `not-judged` without a baseline of rows, or for too few. */
  readonly direction: 'rose' | 'fell' | 'unchanged' | 'not-judged';
  /** Mean attribution (with its sign), and its change: what of the change in the mean answer this feature explains. */
  readonly mean: Pair<Estimated>;
  readonly meanChange?: AttributionChange;
  readonly distribution?: AttributionDistribution;
  /** Bins by the feature's value, in order; of categories by frequency in the baseline. At most 30. */
  readonly dependence?: readonly DependenceBin[];
}

/** Shares over a bucket of the window. */
export interface AttributionPoint {
  /** ISO, the bucket's beginning. */
  readonly start: string;
  /** Rows explained. */
  readonly rows: number;
  /** By place in `OutputAttributionReport.features`; empty without rows. */
  readonly shares: readonly number[];
  /** nDCG of the bucket; absent without rows. */
  readonly ndcg?: number;
  /** Its standard error, of the bucket's rows (bootstrap); absent for too few. */
  readonly ndcgError?: number;
}

/** A group of rows whose attributions differ from those of the rest of the window. */
export interface AttributionSegment {
  readonly conditions: readonly SegmentCondition[];
  /** "age >= 31 and age < 40". */
  readonly title: string;
  readonly rows: number;
  /** Where its share of attribution differs most from the rest: at most 3. */
  readonly features: readonly { readonly feature: string; readonly share: Estimated; readonly rest: Estimated }[];
  /** Mean answer of the segment, and of the rest. */
  readonly answer: { readonly segment: Estimated; readonly rest: Estimated };
}

/** One captured request, explained: the waterfall from the expected value to the answer. */
export interface ExplainedRow {
  /** Why it is shown: "its answer rests most on hours-per-week". */
  readonly reason: string;
  /** Of the capture, where it has them. */
  readonly eventId?: string;
  readonly time?: string;
  readonly answer: number;
  /** The largest first by absolute attribution, all features; values as text, null where missing. */
  readonly features: readonly {
    readonly feature: string;
    readonly value: string | null;
    readonly attribution: number;
  }[];
}

/** One output of the model. */
export interface OutputAttributionReport {
  /** The key in `analysis.json`: "label0", or the class. */
  readonly label: string;
  /** What attributions start from. */
  readonly expectedValue: Pair<number>;
  /** The mean of the model's answers on the report's scale, and its change: the sum of the features' mean changes. */
  readonly answer: Pair<Estimated>;
  readonly answerChange?: AttributionChange;
  readonly ranking: RankingDrift;
  /** In the baseline's ranking; features that only the window has come last. */
  readonly features: readonly FeatureAttributionReport[];
  readonly series: readonly AttributionPoint[];
  readonly segments: readonly AttributionSegment[];
  readonly examples: readonly ExplainedRow[];
}

/** What an explainability check found; part of the report. Its size does not depend on the number of rows. */
export interface ModelExplainabilityReport {
  readonly aggregation: AttributionAggregation;
  readonly scale: AttributionScale;
  readonly method: ExplainMethod;
  /** The model file or address, without credentials. */
  readonly model: string;
  /** Rows explained, of those that were read. */
  readonly explained: Pair<number>;
  /** The largest difference between a row's sum and the model's own answer. */
  readonly additivityError: Pair<number>;
  /** Length of the series' buckets. */
  readonly bucket: 'hour' | 'day';
  readonly outputs: readonly OutputAttributionReport[];
  /** How many comparisons the false-discovery correction is over. */
  readonly comparisons: number;
}
