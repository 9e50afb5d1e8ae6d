import { MonitorError } from '../../errors.js';
import { canonicalLabel } from '../label.js';

/** How label, prediction and probability are found: column names, zero-based indexes or JMESPath expressions. */
export interface QualityAttributes {
  /** The predicted label, or the predicted value in regression. */
  readonly inferenceAttribute?: string;
  /** The probability of the positive class. */
  readonly probabilityAttribute?: string;
  /** A probability above it means the positive class. Default 0.5. */
  readonly probabilityThreshold?: number;
  /** The label. */
  readonly groundTruthAttribute?: string;
  /** Of a binary classification. Default: `1`, `true`, `yes`, `True` ..., whichever of the two classes is one. */
  readonly positiveLabel?: string;
}

const POSITIVES = ['1', 'true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'Y', 'y', 'positive', 'pos'];

/**
 * Which of two classes is the positive one.
 *
 * @throws MonitorError `USAGE` where there are more than two, or none of the two is named as one would name it.
 */
export function positiveOf(classes: readonly string[], positiveLabel: string | undefined, where: string): string {
  const wanted = positiveLabel === undefined ? undefined : canonicalLabel(positiveLabel);
  const listed = classes.slice(0, 10).join(', ') + (classes.length > 10 ? ', ...' : '');
  if (classes.length > 2) {
    throw new MonitorError('USAGE', `A binary classification has two classes; here are ${classes.length}: ${listed}.`, {
      where,
      fix: 'use --problem-type MulticlassClassification, or check which column holds the label',
    });
  }
  const found = wanted ?? POSITIVES.find((positive) => classes.includes(positive));
  if (found !== undefined && (classes.includes(found) || classes.length < 2)) return found;
  throw new MonitorError(
    'USAGE',
    wanted === undefined
      ? `Which class is the positive one cannot be told from their names: ${listed}.`
      : `The positive label "${wanted}" is none of the classes: ${listed}.`,
    { where, fix: 'name it with --positive-label, or as label_values_or_threshold in --config' },
  );
}
