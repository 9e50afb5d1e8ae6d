import type { Estimated } from '../../report/model-quality-report.js';
import { NORMAL_95, standardErrorOf } from '../../stats/interval.js';
import { sortNumbers } from '../../stats/sort-numbers.js';
import { binaryQuality } from '../model/binary.js';
import { fitIsotonic, type IsotonicState, isotonicValues } from './isotonic.js';

/** Scored predictions with their labels, 1 for the positive class; arrays as long as each other. */
export interface CbpeReference extends CbpeRows {
  readonly labels: Uint8Array;
}

/** Scored predictions without labels. */
export interface CbpeRows {
  readonly predictions: Uint8Array;
  /** Probability of the positive class, in [0, 1]. */
  readonly scores: Float64Array;
}

/** What an estimate needs of the baseline. Plain JSON. */
export interface CbpeState {
  readonly rows: number;
  /** Scores to probabilities; absent where calibrating them does not bring them nearer to the labels. */
  readonly calibrator?: IsotonicState;
  /** Expected calibration error of the scores in the baseline, as they are and as they are used (cross-fitted). */
  readonly calibrationError: { readonly raw: number; readonly used: number };
  /** Standard error of a metric over one row: that of n rows is it over the square root of n. */
  readonly rowErrors: Readonly<Record<string, number>>;
}

/** The metrics that can be estimated, named as the service names them. */
const ESTIMATED = ['accuracy', 'precision', 'recall', 'f1', 'auc', 'true_negative_rate'] as const;
const FOLDS = 5;
const BINS = 10;
/** Scores that tell the classes apart as well as this leave a calibrator nothing to learn but a step. */
const APART = 0.999;

/**
 * Prepares confidence-based performance estimation from labelled data: an isotonic calibration of the scores, where it
 * lowers their calibration error out of sample, and the sampling error of each metric. As in NannyML, scores of one class
 * and scores with an AUC above 0.999 stay as they are.
 *
 * @see Source: Bialek, Kuberski, Perrakis and Bifet, "Estimating model performance under covariate shift without labels"
 * (2024); NannyML documentation, "Confidence-based performance estimation".
 */
export function fitCbpe(reference: CbpeReference): CbpeState {
  const { labels, scores } = reference;
  const raw = calibrationError(scores, labels);
  const crossFitted = crossFit(scores, labels);
  const calibrated = calibrationError(crossFitted, labels);
  const { values } = binaryQuality(reference, { curves: false, deviations: false });
  const helps = calibrated < raw && (values['auc']?.value ?? 1) <= APART;
  const rowErrors = ESTIMATED.flatMap((name): [string, number][] => {
    const error = standardErrorOf(values[name] ?? {});
    return error === undefined ? [] : [[name, error * Math.sqrt(labels.length)]];
  });
  return {
    rows: labels.length,
    ...(helps && { calibrator: fitIsotonic(scores, labels) }),
    calibrationError: { raw, used: helps ? calibrated : raw },
    rowErrors: Object.fromEntries(rowErrors),
  };
}

/**
 * Estimates accuracy, precision, recall, F1, AUC and true negative rate of scored predictions without their labels: each
 * row counts as positive to the extent of its calibrated score. The interval is the sampling error at 95 %, clipped to
 * [0, 1]; it holds as long as the scores mean what they meant in the baseline.
 *
 * @returns by name; absent where a metric has no value (no predicted positives), or none with an interval in the baseline.
 */
export function estimateCbpe(state: CbpeState, rows: CbpeRows): Readonly<Record<string, Estimated>> {
  const { predictions, scores } = rows;
  const count = scores.length;
  if (count === 0) return {};
  const chances = state.calibrator === undefined ? scores : isotonicValues(state.calibrator, scores);
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  for (let row = 0; row < count; row++) {
    const chance = chances[row]!;
    if (predictions[row] === 1) {
      tp += chance;
      fp += 1 - chance;
    } else {
      fn += chance;
      tn += 1 - chance;
    }
  }
  const expected: Readonly<Record<(typeof ESTIMATED)[number], number | undefined>> = {
    accuracy: (tp + tn) / count,
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    auc: expectedAuc(state, scores),
    true_negative_rate: ratio(tn, tn + fp),
  };
  return Object.fromEntries(
    ESTIMATED.flatMap((name): [string, Estimated][] => {
      const value = expected[name];
      const rowError = state.rowErrors[name];
      if (value === undefined || rowError === undefined) return [];
      const half = (NORMAL_95 * rowError) / Math.sqrt(count);
      return [[name, { value, lower: Math.max(0, value - half), upper: Math.min(1, value + half) }]];
    }),
  );
}

function ratio(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

/** The chance that a positive row has a higher score than a negative one, by their chances to be so; ties count half. */
function expectedAuc({ calibrator }: CbpeState, scores: Float64Array): number | undefined {
  const sorted = scores.slice();
  sortNumbers(sorted, sorted.length);
  const chances = calibrator === undefined ? sorted : isotonicValues(calibrator, sorted);
  let [negativesBelow, pairs, positives] = [0, 0, 0];
  for (let i = 0; i < sorted.length; ) {
    const score = sorted[i]!;
    let [positive, negative] = [0, 0];
    for (; i < sorted.length && sorted[i] === score; i++) {
      positive += chances[i]!;
      negative += 1 - chances[i]!;
    }
    pairs += positive * (negativesBelow + negative / 2);
    negativesBelow += negative;
    positives += positive;
  }
  return positives > 0 && negativesBelow > 0 ? pairs / (positives * negativesBelow) : undefined;
}

/** Each row calibrated by what the other folds say; rows are dealt in turn. */
function crossFit(scores: Float64Array, labels: Uint8Array): Float64Array {
  const fitted = new Float64Array(scores.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = scores.filter((_, row) => row % FOLDS !== fold);
    const state = fitIsotonic(
      outside,
      labels.filter((_, row) => row % FOLDS !== fold),
    );
    const inside = isotonicValues(
      state,
      scores.filter((_, row) => row % FOLDS === fold),
    );
    inside.forEach((value, place) => {
      fitted[place * FOLDS + fold] = value;
    });
  }
  return fitted;
}

/**
 * Expected calibration error over ten bins of equally many rows, in [0, 1]: bins of equal width leave most of them empty
 * where positives are rare.
 */
function calibrationError(chances: Float64Array, labels: Uint8Array): number {
  const count = chances.length;
  const order = Uint32Array.from(chances.keys()).sort((a, b) => chances[a]! - chances[b]! || a - b);
  const gaps = new Float64Array(BINS);
  order.forEach((row, place) => {
    gaps[Math.floor((place * BINS) / count)]! += labels[row]! - chances[row]!;
  });
  return count === 0 ? 0 : gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
}
