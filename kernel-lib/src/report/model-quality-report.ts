import type { LabelCoverage } from '../capture/summary.js';
import type { ProblemType } from '../metrics/model/problem-type.js';

/** A number with its 95 % interval. */
export interface Estimated {
  readonly value: number;
  /** Bounds of the 95 % interval; absent where there is none (too few rows). */
  readonly lower?: number;
  readonly upper?: number;
}

/** A metric of one sample. */
export interface MetricValue extends Estimated {
  /** How the interval was found: "Wilson", "DeLong", "bootstrap (1,000 resamples, seed 0)". */
  readonly method?: string;
  /** The service's: standard deviation of five random 80 % samples; absent below 200 rows. */
  readonly standardDeviation?: number;
}

/** A metric over time: one entry for each bucket of the window, ascending. */
export interface MetricPoint extends Estimated {
  /** ISO, the bucket's beginning. */
  readonly start: string;
  /** Labelled rows in the bucket. */
  readonly rows: number;
}

/** One metric, baseline against current. */
export interface MetricReport {
  /** The service's key: `f2`, `auc`, `rmse`; ours where the service has none: `log_loss`. */
  readonly name: string;
  /** "F2 score". */
  readonly title: string;
  /** One sentence with its conventions. */
  readonly definition: string;
  /** A `fraction` is in [0, 1]; a `value` has the label's unit, or none. */
  readonly unit: 'fraction' | 'value';
  /** Whether more is better or worse. */
  readonly better: 'higher' | 'lower';
  /** False for metrics that the service does not have. */
  readonly service: boolean;
  readonly baseline?: MetricValue;
  readonly current?: MetricValue;
  /** Why there is no current value: "only one class in the window". */
  readonly reason?: string;
  /** The constraint, where there is one. */
  readonly threshold?: number;
  readonly comparison?: 'LessThanThreshold' | 'GreaterThanThreshold';
  /** Violated under the deciding rule; `not-judged` without a constraint or a value. */
  readonly status: 'violated' | 'ok' | 'not-judged';
  /**
   * The chance that the service's rule alarms on a window of this size when the model is as good as in the baseline, in
   * [0, 1]; its threshold is usually the baseline's own value, and this is then about one half.
   */
  readonly falseAlarm?: number;
  readonly series: readonly MetricPoint[];
}

/** A curve, thinned to a few hundred points; its first and last points are kept. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Baseline and current side by side; either may be missing. */
export interface Pair<T> {
  readonly baseline?: T;
  readonly current?: T;
}

/** Counts by actual and predicted class: `counts[actual][predicted]`. */
export interface ConfusionMatrix {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** A bin of the calibration curve. */
export interface CalibrationBin {
  readonly lower: number;
  readonly upper: number;
  readonly rows: number;
  /** Mean predicted probability of the bin's rows. */
  readonly predicted: number;
  /** Share of positives among them, with its 95 % interval (Wilson). */
  readonly observed: Estimated;
}

/** A tenth of the rows by score, the highest scores first. */
export interface LiftBin {
  /** 1 to 10. */
  readonly decile: number;
  readonly rows: number;
  /** Share of positives in the decile. */
  readonly positives: number;
  /** That share over the share in all rows. */
  readonly lift: number;
}

/** A metric estimated without labels, over the window's buckets. */
export interface EstimatedMetric {
  /** A name of `ModelQualityReport.metrics`. */
  readonly name: string;
  readonly title: string;
  readonly method: 'CBPE' | 'DLE';
  readonly whole?: Estimated;
  readonly series: readonly MetricPoint[];
  /** Realised less estimated over the labelled rows of the window, once there are labels. */
  readonly error?: number;
}

/** Quality estimated for rows that have no label yet. */
export interface QualityEstimate {
  readonly metrics: readonly EstimatedMetric[];
  readonly trusted: boolean;
  /** Why it should not be trusted: features that drifted, scores that are no probabilities, too small a baseline. */
  readonly doubts: readonly string[];
}

/** One condition of a segment. */
export type SegmentCondition =
  | { readonly feature: string; readonly kind: 'equals'; readonly value: string }
  /** From `from` (inclusive; absent: no bound) to `to` (exclusive; absent: no bound). */
  | { readonly feature: string; readonly kind: 'range'; readonly from?: number; readonly to?: number }
  | { readonly feature: string; readonly kind: 'missing' };

/** A group of rows in which quality fell. */
export interface SegmentReport {
  /** One or two conditions, all of which hold. */
  readonly conditions: readonly SegmentCondition[];
  /** "sex = Female and 24 <= age < 31". */
  readonly title: string;
  /** Labelled rows of the window in the group. */
  readonly rows: number;
  readonly baselineRows: number;
  /** What is compared: the error rate, or for regression the mean absolute error. */
  readonly metric: string;
  readonly baseline: Estimated;
  readonly current: Estimated;
  /** Current less baseline; positive is worse. Interval at 95 %. */
  readonly change: Estimated;
  /** After correction for the number of groups looked at. */
  readonly adjustedPValue: number;
}

/** What a model-quality check found; part of the report. Its size does not depend on the number of rows. */
export interface ModelQualityReport {
  readonly problemType: ProblemType;
  /** Where label, prediction and score were found, in words: "column income", "output 0". */
  readonly addressing: {
    readonly label: string;
    readonly prediction: string;
    readonly probability?: string;
    /** A score above it is the positive class. */
    readonly threshold?: number;
    readonly positiveLabel?: string;
  };
  readonly coverage: LabelCoverage;
  /** Length of the series' buckets. */
  readonly bucket: 'hour' | 'day';
  readonly metrics: readonly MetricReport[];
  readonly confusion: Pair<ConfusionMatrix>;
  readonly roc?: Pair<CurvePoints>;
  readonly precisionRecall?: Pair<CurvePoints>;
  readonly calibration?: Pair<readonly CalibrationBin[]>;
  readonly lift?: Pair<readonly LiftBin[]>;
  readonly estimate?: QualityEstimate;
  /** Worst first; empty where no group is worse beyond chance. */
  readonly segments: readonly SegmentReport[];
  /** How many groups were looked at. */
  readonly segmentsSearched: number;
}
