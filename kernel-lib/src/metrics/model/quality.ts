import type {
  CalibrationBin,
  ConfusionMatrix,
  CurvePoints,
  LiftBin,
  MetricValue,
} from '../../report/model-quality-report.js';

/** A metric of model quality, declared once: report, panel and docs loop over the list of a problem type. */
export interface QualityMetric {
  /** The service's key, or ours in the same style: `f2`, `log_loss`. */
  readonly name: string;
  /** "F2 score". */
  readonly title: string;
  /** One sentence with its conventions. */
  readonly definition: string;
  /** A `fraction` is in [0, 1]; a `value` has the label's unit, or none. */
  readonly unit: 'fraction' | 'value';
  readonly better: 'higher' | 'lower';
  /** Whether the service has it. */
  readonly service: boolean;
  /** Whether a constraint is suggested for it: the service's scalar metrics, not the *_best_constant_classifier ones. */
  readonly constrained: boolean;
}

export interface QualityOptions {
  /** 95 % intervals. Default true. */
  readonly intervals?: boolean;
  /** The service's standard deviation. Default true. */
  readonly deviations?: boolean;
  /** Curves, calibration, lift. Default true. */
  readonly curves?: boolean;
  /** Of the bootstrap and the random samples. Default 0. */
  readonly seed?: number;
}

/** The quality of some rows; its size does not depend on their number. */
export interface QualityResult {
  readonly rows: number;
  /** In registry order; a metric without an answer is absent here and in `reasons`. */
  readonly values: Readonly<Record<string, MetricValue>>;
  /** Why a metric has no value: "only one class in the window". */
  readonly reasons: Readonly<Record<string, string>>;
  readonly confusion?: ConfusionMatrix;
  readonly roc?: CurvePoints;
  readonly precisionRecall?: CurvePoints;
  readonly calibration?: readonly CalibrationBin[];
  readonly lift?: readonly LiftBin[];
}
