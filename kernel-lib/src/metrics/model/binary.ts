import type { ConfusionMatrix, MetricValue } from '../../report/model-quality-report.js';
import { answersOf, intervalsOf, orderRows, sampledAnswers } from './binary-answers.js';
import { calibrationBins, calibrationSums } from './calibration.js';
import { precisionRecallCurve, rocCurve } from './curves.js';
import { liftBins } from './lift.js';
import type { OutcomeCounts } from './outcome-counts.js';
import { areProbabilities } from './probability-loss.js';
import type { QualityMetric, QualityOptions, QualityResult } from './quality.js';
import { deviationOf } from './sample-deviation.js';
import type { ScoreGroups } from './score-order.js';

/** Labelled rows of a binary problem: 1 is the positive class, 0 the negative one; arrays as long as each other. */
export interface BinaryRows {
  readonly labels: Uint8Array;
  readonly predictions: Uint8Array;
  /** Probability of the positive class in [0, 1], never NaN; absent where the model gives none. */
  readonly scores?: Float64Array;
  /** Positive; 1 each where absent. */
  readonly weights?: Float64Array;
}

const service = { unit: 'fraction', better: 'higher', service: true, constrained: true } as const;
const rate = { ...service, better: 'lower' } as const;
const constant = { ...service, constrained: false } as const;
const ours = { unit: 'fraction', better: 'lower', service: false, constrained: false } as const;
const CONSTANT = 'of a classifier that always predicts the positive class, as the service has it';

/** The metrics of a binary problem in report order: the service's in its own order, then ours. */
export const binaryMetrics: readonly QualityMetric[] = [
  {
    ...{ name: 'recall', title: 'Recall' },
    definition:
      'Share of the actual positives that are predicted positive; no value without actual positives, where scikit-learn gives 0.',
    ...service,
  },
  {
    ...{ name: 'precision', title: 'Precision' },
    definition:
      'Share of the predicted positives that are positive; no value without predicted positives, where scikit-learn gives 0.',
    ...service,
  },
  {
    ...{ name: 'accuracy', title: 'Accuracy' },
    definition: 'Share of the rows whose prediction is right.',
    ...service,
  },
  {
    ...{ name: 'recall_best_constant_classifier', title: 'Recall, constant classifier' },
    definition: `Recall ${CONSTANT}: 1 where there are actual positives.`,
    ...constant,
  },
  {
    ...{ name: 'precision_best_constant_classifier', title: 'Precision, constant classifier' },
    definition: `Precision ${CONSTANT}: the share of actual positives.`,
    ...constant,
  },
  {
    ...{ name: 'accuracy_best_constant_classifier', title: 'Accuracy, constant classifier' },
    definition: `Accuracy ${CONSTANT}: the share of actual positives, also where always predicting the negative class is right more often.`,
    ...constant,
  },
  {
    ...{ name: 'true_positive_rate', title: 'True positive rate' },
    definition: 'Share of the actual positives that are predicted positive: the recall.',
    ...service,
  },
  {
    ...{ name: 'true_negative_rate', title: 'True negative rate' },
    definition: 'Share of the actual negatives that are predicted negative; no value without actual negatives.',
    ...service,
  },
  {
    ...{ name: 'false_positive_rate', title: 'False positive rate' },
    definition: 'Share of the actual negatives that are predicted positive; no value without actual negatives.',
    ...rate,
  },
  {
    ...{ name: 'false_negative_rate', title: 'False negative rate' },
    definition: 'Share of the actual positives that are predicted negative; no value without actual positives.',
    ...rate,
  },
  {
    ...{ name: 'auc', title: 'Area under the ROC curve' },
    definition:
      'Chance that a random positive row has a higher score than a random negative one, ties counting one half; no value with rows of one class only.',
    ...service,
  },
  { ...{ name: 'f0_5', title: 'F0.5 score' }, definition: fDefinition('0.5', '1.25', '0.25 '), ...service },
  { ...{ name: 'f1', title: 'F1 score' }, definition: fDefinition('1', '2', ''), ...service },
  { ...{ name: 'f2', title: 'F2 score' }, definition: fDefinition('2', '5', '4 '), ...service },
  ...['f0_5', 'f1', 'f2'].map((name) => ({
    name: `${name}_best_constant_classifier`,
    title: `${name.toUpperCase().replace('_', '.')} score, constant classifier`,
    definition: `${name.toUpperCase().replace('_', '.')} score ${CONSTANT}.`,
    ...constant,
  })),
  {
    ...{ name: 'log_loss', title: 'Log loss' },
    definition:
      'Mean of -ln(probability of the actual class), probabilities cut to [2^-52, 1 - 2^-52]; no value with rows of one class only, as in scikit-learn.',
    ...ours,
    unit: 'value',
  },
  {
    ...{ name: 'brier_score', title: 'Brier score' },
    definition: 'Mean squared distance of the probability from the label, 1 or 0.',
    ...ours,
  },
  {
    ...{ name: 'expected_calibration_error', title: 'Expected calibration error' },
    definition:
      'Distance of the share of positives from the mean probability, in ten bins of equal width that hold their upper edge, averaged by rows; at least 0, and above 0 by chance alone in small samples.',
    ...ours,
  },
  {
    ...{ name: 'average_precision', title: 'Average precision' },
    definition:
      'Precision at each different score, weighted by the recall gained there, without interpolation; no value with rows of one class only.',
    ...ours,
    better: 'higher',
  },
];

function fDefinition(beta: string, hits: string, misses: string): string {
  return `F score with beta ${beta} from the counts, ${hits} TP / (${hits} TP + ${misses}FN + FP): 0 where no positive is found; no value without actual and predicted positives.`;
}

/**
 * The metrics of {@link binaryMetrics} for labelled rows. Rows are sorted by score once; time O(n), memory about five
 * doubles a row, seven with weights or standard deviations.
 *
 * Intervals are at 95 %: Wilson's for shares, DeLong's for the area under the ROC curve, a seeded bootstrap for the
 * others. The standard deviation is that of five random 80 % samples of the rows (n - 1 in the denominator), from 200
 * rows on. With weights, counts are sums of weights and intervals those of the effective number of rows. Metrics of
 * probabilities have no value where a score is outside [0, 1]; those of the scores' order still do.
 */
export function binaryQuality(
  rows: BinaryRows,
  options: QualityOptions & { readonly negativeLabel?: string; readonly positiveLabel?: string } = {},
): QualityResult {
  const { intervals = true, deviations = true, curves = true, seed = 0 } = options;
  const ordered = orderRows(rows);
  const answers = answersOf(ordered);
  const found = intervals ? intervalsOf(rows, ordered, answers, seed) : {};
  const samples = deviations ? sampledAnswers(rows, ordered, seed) : [];
  const values: Record<string, MetricValue> = {};
  const reasons: Record<string, string> = {};
  for (const { name } of binaryMetrics) {
    const value = answers[name]!;
    if (typeof value === 'string') {
      reasons[name] = value;
      continue;
    }
    const standardDeviation = deviationOf(samples.map((sample) => sample[name]));
    values[name] = { value, ...found[name], ...(standardDeviation !== undefined && { standardDeviation }) };
  }
  const { negativeLabel = '0', positiveLabel = '1' } = options;
  return {
    ...{ rows: rows.labels.length, values, reasons },
    confusion: confusionOf(ordered.counts, [negativeLabel, positiveLabel]),
    ...(curves && ordered.groups && curvesOf(ordered.groups)),
  };
}

function confusionOf({ weights }: OutcomeCounts, classes: readonly [string, string]): ConfusionMatrix {
  return { classes, counts: [Array.from(weights.subarray(0, 2)), Array.from(weights.subarray(2))] };
}

function curvesOf(groups: ScoreGroups): Pick<QualityResult, 'roc' | 'precisionRecall' | 'calibration' | 'lift'> {
  const lift = liftBins(groups);
  const bothClasses = groups.positiveTotal > 0 && groups.negativeTotal > 0;
  return {
    ...(bothClasses && { roc: rocCurve(groups), precisionRecall: precisionRecallCurve(groups) }),
    ...(groups.count > 0 && areProbabilities(groups) && { calibration: calibrationBins(calibrationSums(groups)) }),
    ...(lift && { lift }),
  };
}
