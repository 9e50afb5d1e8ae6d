import type { CellCondition } from '../capture/condition.js';
import type { ColumnMapping, ReadSummary } from '../capture/summary.js';
import type { AttributionScale } from '../explain/explainer.js';
import type { DistanceName } from '../metrics/metric.js';
import type { InferredType } from '../profile/profile.js';
import type { ModelBiasReport } from './model-bias-report.js';
import type { ModelExplainabilityReport } from './model-explainability-report.js';
import type { Estimated, ModelQualityReport } from './model-quality-report.js';

/** The MIME type under which notebooks and panels exchange a {@link Report}. */
export const REPORT_MIME_TYPE = 'application/vnd.driftline.report.v1+json';

/** The four monitors, named as the service names them. */
export type MonitorType = 'data-quality' | 'model-quality' | 'model-bias' | 'model-explainability';

/**
 * Which rule decides about violations: `threshold` is the service's own answer, `significant` asks for effect size and
 * significance together (docs/walk.md, violations).
 */
export type Rule = 'threshold' | 'significant';

/** The service's checks, and `custom_check` for a check hook's findings. */
export type CheckType =
  | 'data_type_check'
  | 'completeness_check'
  | 'baseline_drift_check'
  | 'missing_column_check'
  | 'extra_column_check'
  | 'categorical_values_check'
  | 'custom_check'
  /** Model quality: a metric beyond its constraint. */
  | 'LessThanThreshold'
  | 'GreaterThanThreshold'
  /** Bias: a metric further from the fair value than the baseline, or outside its limits. */
  | 'bias_drift_check'
  /** Explainability: the ranking of the features by attribution is no longer the baseline's. */
  | 'feature_attribution_drift_check';

/**
 * The one value that every rendering shows: HTML report, panel, terminal table and MIME output. Made from counts, so
 * that its size depends on columns and not on rows. Plain JSON: no undefined-only keys, no NaN, no infinities.
 */
export interface Report {
  readonly schema: 'driftline.report';
  readonly version: 1;
  /** "census-data-quality, 2026-03-05" or "data quality". */
  readonly title: string;
  readonly monitorType: MonitorType;
  readonly monitor?: string;
  readonly endpoint?: string;
  /** ISO time at which the report was made. */
  readonly createdAt: string;
  /** Half-open, ISO; absent for datasets that are not captures. */
  readonly window?: { readonly start: string; readonly end: string };
  readonly status: 'ok' | 'violations' | 'no-data';
  /** One sentence for people: what was found, or that nothing was. */
  readonly headline: string;
  readonly rule: Rule;
  /** Why this rule decides: "driftline.json beside the baseline", "--rule", ... */
  readonly ruleSource: string;
  readonly producedBy: { readonly driftline: string; readonly engine: string; readonly seed: number };
  readonly baseline: SampleSummary;
  readonly current: SampleSummary;
  /** The newest captured hour, said when the window is empty. ISO. */
  readonly newestCapture?: string;
  readonly mapping?: ColumnMapping;
  /** Rows of current by captured hour, ascending; empty hours of the window are listed with 0. */
  readonly hours: readonly { readonly hour: string; readonly rows: number }[];
  readonly features: readonly FeatureReport[];
  /** Violations under either rule; those of the deciding rule first, then by how far the measure is beyond its limit. */
  readonly violations: readonly Violation[];
  /** Of a model-quality check; `features` is empty then. */
  readonly modelQuality?: ModelQualityReport;
  /** Of a bias check; `features` is empty then. */
  readonly modelBias?: ModelBiasReport;
  /** Of an explainability check; `features` is empty then. */
  readonly modelExplainability?: ModelExplainabilityReport;
  /** Data quality: how the impacts on predictions were found; absent where the model was not explained. */
  readonly impactSource?: ImpactSource;
  /** What the reader must know besides: checks left out and why, definitions that differ, warnings. */
  readonly notes: readonly string[];
}

/** Where the impact of drift on predictions comes from. */
export interface ImpactSource {
  /** The explainability baseline: a URI. */
  readonly baseline: string;
  /** What changes of the mean prediction are in. */
  readonly scale: AttributionScale;
  /** Rows of the window that were explained; absent where only the baseline's shares are known. */
  readonly explained?: number;
}

/** What a feature's drift does to predictions. */
export interface Impact {
  /** The feature's distance from the baseline times `share`: how much of what the model rests on has moved. */
  readonly score: number;
  /** The feature's share of attribution in the baseline, in [0, 1]. */
  readonly share: number;
  /**
   * The change of the mean prediction that the feature explains: its mean attribution in the window less that in the
   * baseline. Over all features these sum to the whole change. Absent where the window was not explained.
   */
  readonly meanChange?: Estimated;
}

/** One of the two samples. */
export interface SampleSummary {
  /** Where it was read from: a URI. */
  readonly source: string;
  readonly rows: number;
  readonly columns: number;
  /** Absent for a sample known from its statistics only. */
  readonly read?: ReadSummary;
}

/** Everything about one feature or prediction. */
export interface FeatureReport {
  readonly name: string;
  /** Output of the model, or input to it; absent where that is not known. */
  readonly part?: 'output' | 'input';
  /** Worst first in `Report.features`: violated, then drifting, then the rest by name of column order. */
  readonly status: 'violated' | 'ok' | 'not-compared';
  /** Why it was not compared. */
  readonly reason?: string;
  readonly baseline?: FeatureSummary;
  readonly current?: FeatureSummary;
  readonly distribution?: NumericDistribution | CategoricalDistribution;
  /** The service's distance first, then the others; each with its definition. */
  readonly distances: readonly Distance[];
  /** Significance of the service's distance. Absent where nothing was compared. */
  readonly drift?: DriftEvidence;
  /** Of features that the model takes, where its attributions are known. */
  readonly impact?: Impact;
  /** By captured hour: rows present and the hour's distance from the baseline; for the "since when" chart. */
  readonly series?: readonly { readonly hour: string; readonly rows: number; readonly distance: number }[];
}

/** The numbers of one side of a feature. */
export interface FeatureSummary {
  readonly inferredType: InferredType;
  readonly present: number;
  readonly missing: number;
  /** present / (present + missing), in [0, 1]; absent for no rows. */
  readonly completeness?: number;
  readonly distinct: number;
  /** False: a HyperLogLog estimate, standard error 0.8 %. */
  readonly distinctExact: boolean;
  /** Numeric features only; standardDeviation is the population's (ddof 0). */
  readonly mean?: number;
  readonly standardDeviation?: number;
  readonly min?: number;
  readonly max?: number;
  /** 5 %, 25 %, 50 %, 75 %, 95 %. */
  readonly quantiles?: readonly [number, number, number, number, number];
}

/** Counts on the baseline's bins: `edges.length - 1` bins, [lower, upper), the last one closed. */
export interface NumericDistribution {
  readonly kind: 'numeric';
  readonly edges: readonly number[];
  readonly baseline: readonly number[];
  readonly current: readonly number[];
  /** Current values outside the baseline's range. */
  readonly currentBelow: number;
  readonly currentAbove: number;
}

/** Counts by category, the baseline's most frequent first; at most 30, the rest in `other`. */
export interface CategoricalDistribution {
  readonly kind: 'categorical';
  readonly categories: readonly string[];
  readonly baseline: readonly number[];
  readonly current: readonly number[];
  /** Index into `categories` of those that the baseline does not have. */
  readonly unseen: readonly number[];
  readonly other?: { readonly categories: number; readonly baseline: number; readonly current: number };
}

/** How far current is from the baseline, by one definition. */
export interface Distance {
  readonly name: DistanceName;
  /** "Kolmogorov-Smirnov distance". */
  readonly title: string;
  readonly value: number;
  readonly pValue?: number;
  /** Present on the distance that the baseline's configuration judges by. */
  readonly threshold?: number;
  /** The definition with its conventions (log base, bins, smoothing), in one sentence. */
  readonly definition: string;
}

/** What the `significant` rule concludes from. */
export interface DriftEvidence {
  /** The compared distance, without noise correction, and its limit. */
  readonly distance: number;
  readonly threshold: number;
  /** Two-sided; Kolmogorov-Smirnov for numbers, chi-squared for categories. */
  readonly pValue: number;
  /** Benjamini-Hochberg over the features of this report. */
  readonly adjustedPValue: number;
  /** Lower 95 % bound of `distance`. */
  readonly lowerBound: number;
  /** The true distance that the `significant` rule finds with 80 % power at these sample sizes. */
  readonly minimumDetectable: number;
  readonly significant: boolean;
}

/** A check that one rule or both found broken. */
export interface Violation {
  /** Unique within the report: "hours-per-week/baseline_drift_check". */
  readonly id: string;
  /** The service's `feature_name`, in model quality, bias and explainability its `metric_name`; "Missing columns" and "Extra columns" for the column checks. */
  readonly feature: string;
  /** Bias: whom it is about. Column and group as in `constraint_violations.json`, and in words: "sex = Female". */
  readonly facet?: { readonly name: string; readonly value: string; readonly title: string };
  /** Explainability: which output of the model: "label0". */
  readonly label?: string;
  readonly check: CheckType;
  /** The service's wording, as in `constraint_violations.json`. */
  readonly description: string;
  /** The same for people, to stand beside the feature's name: "75.9 % of values are above the baseline's maximum, 99; ...". */
  readonly explanation: string;
  /** What was measured (a share, a distance, a column count), the limit it broke, and the baseline's value. */
  readonly measured: number;
  readonly limit: number;
  readonly baselineValue?: number;
  readonly unit: 'fraction' | 'distance' | 'p-value' | 'columns' | 'value';
  /** Which rules flag it. */
  readonly rules: readonly Rule[];
  readonly since?: Since;
  /** How many of the window's rows carry it, where that can be counted. */
  readonly rows?: number;
  readonly query?: RecordsQuery;
}

/** Since when a violation holds, found as the change point of the hourly shares. */
export interface Since {
  /** ISO hour. */
  readonly hour: string;
  /** ISO hour from which it was as before again, where that lies within the window. */
  readonly until?: string;
  /** True when it was so at the beginning of the known history: it may be older. */
  readonly orEarlier: boolean;
  /** Share of rows before and after the change point that have the violated property. */
  readonly before: number;
  readonly after: number;
}

/** What returns a violation's records: a condition on one feature, over the capture of a window. */
export interface RecordsQuery {
  readonly source: string;
  readonly window?: { readonly start: string; readonly end: string };
  readonly condition: CellCondition;
  /** The same as SQL over a table `current` with one text column a feature, for people. */
  readonly sql: string;
}
