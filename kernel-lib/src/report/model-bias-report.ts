import type { LabelCoverage } from '../capture/summary.js';
import type { BiasStage } from '../metrics/bias/metric.js';
import type { Estimated, MetricPoint, Pair, SegmentCondition } from './model-quality-report.js';

/** A bias metric of one sample. */
export interface BiasValue {
  /** Finite; absent where there is none, or where it is infinite. */
  readonly value?: number;
  readonly infinite?: 'positive' | 'negative';
  /** Bounds of the 95 % interval. With `method`, a bound that is absent is infinite; without, there is no interval. */
  readonly lower?: number;
  readonly upper?: number;
  /** How the interval was found: "Newcombe", "bootstrap (1,000 resamples, seed 0)". */
  readonly method?: string;
  /** Why there is no value, in the service's words. */
  readonly error?: string;
  /** What the service says where that misleads, as it stands in `analysis.json`, and why it does. */
  readonly service?: { readonly value?: number; readonly infinite?: 'positive' | 'negative'; readonly reason: string };
}

/** The range in which a metric may lie; a bound that is absent is none. */
export interface BiasRange {
  readonly lower?: number;
  readonly upper?: number;
  /** `baseline`: no further from the fair value than the baseline. */
  readonly source: 'configured' | 'baseline';
}

/** Current less baseline of a metric. */
export interface BiasChange {
  readonly value: number;
  readonly lower?: number;
  readonly upper?: number;
  /**
   * Two-sided: the chance of a difference this large where nothing moved, both samples' errors counted; 1 where the metric
   * is no further from the fair value, or out of its configured range, than in the baseline.
   */
  readonly pValue?: number;
  /** Benjamini-Hochberg over all metrics and facets of the report. */
  readonly adjustedPValue?: number;
}

/** Rows of one side of a facet. */
export interface BiasSide {
  readonly rows: number;
  readonly positiveLabels: number;
  /** Absent without predictions. */
  readonly confusion?: {
    readonly truePositives: number;
    readonly falseNegatives: number;
    readonly falsePositives: number;
    readonly trueNegatives: number;
  };
}

/** A group of rows that carries a part of a metric's change. */
export interface BiasSegment {
  readonly conditions: readonly SegmentCondition[];
  /** "age >= 31 and age < 40". */
  readonly title: string;
  /** Rows of the window in the group, both sides. */
  readonly rows: number;
  readonly baselineRows: number;
  /** What of the metric's change goes back to this group, in the metric's unit. */
  readonly contribution: number;
}

/** Why a metric changed: parts of `current - baseline`, in the metric's unit. */
export interface BiasCause {
  /** By side; both together are the change, up to rounding, less what the sizes of the two groups did. */
  readonly sides: { readonly advantaged: number; readonly disadvantaged: number };
  /**
   * By what moved: how many of each group there are; the predictions, as other people come or another model answers; the
   * labels, as the truth follows the predictions otherwise than before. Sums to the change.
   */
  readonly parts: { readonly population: number; readonly labels: number; readonly predictions: number };
  /** Those that carry the change in its direction; what they carry beyond their share of the rows is largest first. */
  readonly segments: readonly BiasSegment[];
  /** One or two sentences: "Women's labels moved: 36.4 % are positive instead of 11.3 %; ...". */
  readonly explanation: string;
}

/** One metric of one facet group, baseline against current. */
export interface BiasMetricReport {
  /** The service's name: "DPPL". */
  readonly name: string;
  /** "Difference in Positive Proportions in Predicted Labels". */
  readonly title: string;
  readonly stage: BiasStage;
  /** One sentence with its conventions. */
  readonly definition: string;
  /** The value of equal treatment. */
  readonly fair: 0 | 1;
  readonly unit: 'fraction' | 'ratio' | 'value';
  readonly baseline?: BiasValue;
  readonly current?: BiasValue;
  readonly allowed?: BiasRange;
  readonly change?: BiasChange;
  /** Under the deciding rule; `too-few` where a group is too small for a verdict, `not-judged` without a baseline or a value. */
  readonly status: 'violated' | 'ok' | 'too-few' | 'not-judged';
  /** Why it was not judged: "only 12 rows have sex = Female". */
  readonly reason?: string;
  /** Of violated metrics. */
  readonly cause?: BiasCause;
  readonly series: readonly MetricPoint[];
}

/** A metric under the name that Fairlearn and AIF360 give it. */
export interface FairnessMetricReport {
  /** "demographic_parity_difference". */
  readonly name: string;
  /** "Demographic parity difference". */
  readonly title: string;
  /** Whose name it is: "Fairlearn", "AIF360", "Fairlearn and AIF360". */
  readonly library: string;
  readonly definition: string;
  readonly fair: 0 | 1;
  readonly baseline?: BiasValue;
  readonly current?: BiasValue;
}

/** One group of one facet against everybody else. */
export interface FacetBiasReport {
  /** The facet's column. */
  readonly facet: string;
  /** The group, as `analysis.json` has it: "Female", "(40, 90]". */
  readonly value: string;
  /** "sex = Female", "age > 40". */
  readonly title: string;
  /** The other side in words: "sex = Male", "all others". */
  readonly others: string;
  /** Everybody else. */
  readonly advantaged: Pair<BiasSide>;
  /** The group. */
  readonly disadvantaged: Pair<BiasSide>;
  /** Rows without a value of the facet: they count among the others, as in the service. */
  readonly missing: Pair<number>;
  /** Those before training first, in each stage by name, as in `analysis.json`. */
  readonly metrics: readonly BiasMetricReport[];
  readonly fairness: readonly FairnessMetricReport[];
  /** A group too small for verdicts: "only 12 rows of the window have sex = Female". */
  readonly warning?: string;
}

/** Where a group of one facet meets a group of another. */
export interface IntersectionCell {
  /** Place in `Intersection.rows` and `Intersection.columns`. */
  readonly row: number;
  readonly column: number;
  readonly size: Pair<number>;
  /** By metric (DPL, DPPL, RD, AD): these rows against all rows outside the cell. */
  readonly values: Readonly<Record<string, Pair<Estimated>>>;
}

/** Two facets crossed. */
export interface Intersection {
  readonly facets: readonly [string, string];
  /** Groups of the first facet: "sex = Female", "sex = Male". */
  readonly rows: readonly string[];
  /** Groups of the second. */
  readonly columns: readonly string[];
  readonly cells: readonly IntersectionCell[];
}

/** What a bias check found; part of the report. Its size does not depend on the number of rows. */
export interface ModelBiasReport {
  readonly label: {
    /** As in `analysis.json`. */
    readonly name: string;
    /** The positive values: "1", "(0.5, 1.0]". */
    readonly positive: string;
  };
  /** Where things were found, in words: "column income", "output 0". */
  readonly addressing: {
    readonly label: string;
    readonly prediction?: string;
    readonly probability?: string;
    readonly threshold?: number;
    readonly groupVariable?: string;
  };
  readonly coverage: LabelCoverage;
  /** Length of the series' buckets. */
  readonly bucket: 'hour' | 'day';
  readonly facets: readonly FacetBiasReport[];
  readonly intersections: readonly Intersection[];
  /** How many comparisons the false-discovery correction is over. */
  readonly comparisons: number;
}
