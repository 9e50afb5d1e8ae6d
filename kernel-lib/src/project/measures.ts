import type { MonitorType } from '../report/report.js';

/**
 * What is measured again at every execution of a monitor: a feature's drift, a metric, a bias metric of a facet, the
 * ranking or a feature's share of attribution. One series of the time charts.
 */
export interface MeasureSubject {
  /** Unique within the monitor: "hours-per-week", "f1", "sex=Female/DPPL", "label0/ndcg", "label0/share/age". */
  readonly key: string;
  /** What the series is of: the feature, the metric, "Accuracy difference". */
  readonly title: string;
  /**
   * `drift`: a feature's distance by the service's definition. `metric`: model quality. `bias`: a metric of a facet.
   * `ranking`: nDCG. `share`: a feature's share of attribution.
   */
  readonly kind: 'drift' | 'metric' | 'bias' | 'ranking' | 'share';
  /** Bias: whom it is about, "sex = Female". */
  readonly facet?: string;
  /** Attribution: which output of the model. */
  readonly label?: string;
  /** Bias: the value of equal treatment. */
  readonly fair?: number;
  /** Model quality: whether more is better. */
  readonly better?: 'higher' | 'lower';
}

/** The values of one execution, by place in `subjects`; null where there is none. Rounded to 6 significant digits. */
export interface MeasuredExecution {
  /** ISO; names the execution. */
  readonly scheduledTime: string;
  readonly start: string;
  readonly rows: number;
  readonly value: readonly (number | null)[];
  /** Bounds of the 95 % interval; data quality has the lower one only. */
  readonly lower?: readonly (number | null)[];
  readonly upper?: readonly (number | null)[];
  /** The limits that were in force: `value` beyond them is a violation under the rule `threshold`. */
  readonly minimum?: readonly (number | null)[];
  readonly maximum?: readonly (number | null)[];
  readonly baseline?: readonly (number | null)[];
  /** Data quality: Benjamini-Hochberg-adjusted p-values of drift. Bias: of the difference from the baseline. */
  readonly adjustedPValue?: readonly (number | null)[];
  /** Data quality: share of rows with a value. */
  readonly completeness?: readonly (number | null)[];
  /** Model quality: the metric as estimated without labels. */
  readonly estimate?: readonly (number | null)[];
  /** Attribution: the feature's rank from 1. */
  readonly rank?: readonly (number | null)[];
  /** Places in `subjects` of those violated under the deciding rule. */
  readonly violated: readonly number[];
  /** Data quality: distances by captured hour. `distance[subject][hour]`, null where nothing could be compared. */
  readonly hourly?: {
    readonly hours: readonly string[];
    readonly rows: readonly number[];
    readonly distance: readonly (readonly (number | null)[])[];
  };
}

/** `measures/yyyy-mm.json` in a monitor's folder: what its executions of a month measured. */
export interface MeasuresFile {
  readonly schema: 'driftline.measures';
  readonly version: 1;
  readonly monitor: string;
  readonly endpoint: string;
  readonly monitorType: MonitorType;
  readonly month: string;
  /** In order of first appearance; a subject keeps its place within the file. */
  readonly subjects: readonly MeasureSubject[];
  /** Ascending. Their lists can be shorter than `subjects`: what came later was not measured. */
  readonly executions: readonly MeasuredExecution[];
}
