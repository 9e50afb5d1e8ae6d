import { type BinaryRows, binaryMetrics, binaryQuality } from '../../metrics/model/binary.js';
import { type MulticlassRows, multiclassMetrics, multiclassQuality } from '../../metrics/model/multiclass.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { QualityMetric, QualityOptions, QualityResult } from '../../metrics/model/quality.js';
import { type RegressionRows, regressionMetrics, regressionQuality } from '../../metrics/model/regression.js';
import type { QualitySample } from './sample.js';

/** How a sample's codes are to be read. */
export interface QualityProblem {
  readonly problemType: ProblemType;
  /** Binary: the class that counts as positive, and the other one. */
  readonly positiveLabel?: string;
  readonly negativeLabel?: string;
  /** Binary: a probability above it means the positive class. */
  readonly threshold: number;
}

/** Rows of a sample, all labelled, in the form of the problem's metrics. */
export type LabelledRows =
  | { readonly kind: 'BinaryClassification'; readonly rows: BinaryRows; readonly index: Int32Array }
  | { readonly kind: 'MulticlassClassification'; readonly rows: MulticlassRows; readonly index: Int32Array }
  | { readonly kind: 'Regression'; readonly rows: RegressionRows; readonly index: Int32Array };

/** All rows that have their label. */
export function labelledRows(sample: QualitySample, problem: QualityProblem): LabelledRows {
  const found: number[] = [];
  for (let row = 0; row < sample.rows; row++) if (sample.labels[row]! >= 0) found.push(row);
  return rowsAt(sample, problem, Int32Array.from(found));
}

/** @param index - where the rows stand in the sample; labelled ones, in any order. */
export function rowsAt(sample: QualitySample, problem: QualityProblem, index: Int32Array): LabelledRows {
  if (problem.problemType === 'Regression') {
    const labels = Float64Array.from(index, (row) => sample.labelValues[row]!);
    const predictions = Float64Array.from(index, (row) => sample.predictionValues[row]!);
    return { kind: 'Regression', rows: { labels, predictions }, index };
  }
  if (problem.problemType === 'MulticlassClassification') {
    const labels = index.map((row) => sample.labels[row]!);
    const predictions = index.map((row) => sample.predictions[row]!);
    return { kind: 'MulticlassClassification', rows: { classes: sample.classes, labels, predictions }, index };
  }
  const positive = sample.classes.indexOf(problem.positiveLabel ?? '1');
  const labels = Uint8Array.from(index, (row) => (sample.labels[row] === positive ? 1 : 0));
  const predictions = Uint8Array.from(index, (row) => (predictsPositive(sample, row, positive, problem) ? 1 : 0));
  const { scores } = sample;
  const rows = { labels, predictions, ...(scores && { scores: Float64Array.from(index, (row) => scores[row]!) }) };
  return { kind: 'BinaryClassification', rows, index };
}

/** Whether a row of a binary sample is predicted positive: by its predicted label, else by its probability. */
export function predictsPositive(
  sample: QualitySample,
  row: number,
  positive: number,
  { threshold }: QualityProblem,
): boolean {
  const predicted = sample.predictions[row]!;
  return predicted === -2 ? sample.scores![row]! > threshold : predicted === positive;
}

/** The metrics of labelled rows. */
export function evaluate(labelled: LabelledRows, problem: QualityProblem, options: QualityOptions = {}): QualityResult {
  if (labelled.kind === 'Regression') return regressionQuality(labelled.rows, options);
  if (labelled.kind === 'MulticlassClassification') return multiclassQuality(labelled.rows, options);
  const { positiveLabel, negativeLabel } = problem;
  return binaryQuality(labelled.rows, {
    ...options,
    ...(positiveLabel !== undefined && { positiveLabel }),
    ...(negativeLabel !== undefined && { negativeLabel }),
  });
}

/** The metrics of a problem, in report order. */
export function metricsOf(problemType: ProblemType, classes: readonly string[]): readonly QualityMetric[] {
  if (problemType === 'Regression') return regressionMetrics;
  return problemType === 'BinaryClassification' ? binaryMetrics : multiclassMetrics(classes);
}

/** What one row got wrong: 1 or 0 in classification, the absolute error in regression. */
export function lossesOf(labelled: LabelledRows): Float64Array {
  const { labels, predictions } = labelled.rows;
  const regression = labelled.kind === 'Regression';
  return Float64Array.from(labels, (label, i) =>
    regression ? Math.abs(label - predictions[i]!) : label === predictions[i] ? 0 : 1,
  );
}
