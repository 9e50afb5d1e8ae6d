import { type Interval, wilsonInterval } from '../../stats/interval.js';
import { type ClassTotals, sumOf } from './confusion.js';

/** Beta of the F scores, in report order. */
const BETAS = [0.5, 1, 2] as const;

/** Places of the scores: six weighted ones, the same of the constant classifier, three plain means, three a class. */
const ACCURACY = 0;
const WEIGHTED_RECALL = 1;
const WEIGHTED_PRECISION = 2;
const WEIGHTED_F = 3;
const CONSTANT = 6;
const MACRO = 12;
const EACH = 15;

/**
 * The scores of a confusion matrix in report order: accuracy, weighted recall, precision, F0.5, F1 and F2; the same six
 * of a classifier that always predicts the last class; plain means of recall, precision and F1 over all classes; recall,
 * precision and F1 of the first classes, as far as there is room. NaN stands for a score without a value.
 *
 * Recall, precision and F scores of a class with nothing to divide by are 0 in the means, as in Spark; F is
 * (1 + b^2) P R / (b^2 P + R).
 *
 * @param scores - 15 numbers and 3 for each class shown; overwritten and returned.
 * @see Source: Spark `MulticlassMetrics`.
 */
export function classScores({ actual, predicted, right }: ClassTotals, scores: Float64Array): Float64Array {
  const total = sumOf(actual);
  if (total <= 0) return scores.fill(Number.NaN);
  scores.fill(0);
  for (let i = 0; i < actual.length; i++) {
    const recall = shareOf(right[i]!, actual[i]!);
    const precision = shareOf(right[i]!, predicted[i]!);
    const f1 = fScore(precision, recall, 1);
    const weight = actual[i]! / total;
    scores[WEIGHTED_RECALL]! += weight * recall;
    scores[WEIGHTED_PRECISION]! += weight * precision;
    for (let k = 0; k < BETAS.length; k++) scores[WEIGHTED_F + k]! += weight * fScore(precision, recall, BETAS[k]!);
    scores[MACRO]! += recall;
    scores[MACRO + 1]! += precision;
    scores[MACRO + 2]! += f1;
    const place = EACH + 3 * i;
    if (place >= scores.length) continue;
    scores[place] = actual[i]! > 0 ? recall : Number.NaN;
    scores[place + 1] = predicted[i]! > 0 ? precision : Number.NaN;
    scores[place + 2] = actual[i]! + predicted[i]! > 0 ? f1 : Number.NaN;
  }
  scores[ACCURACY] = sumOf(right) / total;
  for (let k = 0; k < 3; k++) scores[MACRO + k]! /= actual.length;
  const last = (actual[actual.length - 1] ?? 0) / total;
  for (let k = 0; k < MACRO - CONSTANT; k++) scores[CONSTANT + k] = constantScore(k, last);
  return scores;
}

/**
 * A score of the classifier that always predicts one class, from the share of that class: its recall is 1 and its
 * precision the share, all other classes are never predicted. It grows with the share.
 */
function constantScore(place: number, share: number): number {
  if (place <= WEIGHTED_RECALL) return share;
  if (place === WEIGHTED_PRECISION) return share * share;
  return share * fScore(share, share > 0 ? 1 : 0, BETAS[place - WEIGHTED_F]!);
}

/**
 * The Wilson interval of the scores that are shares, 95 %: accuracy (and weighted recall, which is the same number),
 * recall and precision of a class; and of the constant classifier's scores, which are functions of a share.
 *
 * @param squares - totals of squared weights: shares are of the effective number of rows,
 * (sum of weights)^2 / (sum of squared weights).
 * @returns undefined for other scores.
 */
export function wilsonOf(place: number, totals: ClassTotals, squares: ClassTotals): Interval | undefined {
  const all = (of: ClassTotals): number => sumOf(of.actual);
  const share = (part: number, whole: number, square: number): Interval | undefined =>
    whole > 0 ? wilsonInterval((part * whole) / square, (whole * whole) / square) : undefined;
  if (place <= WEIGHTED_RECALL) return share(sumOf(totals.right), all(totals), all(squares));
  if (place >= CONSTANT && place < MACRO) {
    const last = share(totals.actual[totals.actual.length - 1] ?? 0, all(totals), all(squares));
    const scoreAt = (end: number): number => constantScore(place - CONSTANT, end);
    return last && { lower: scoreAt(last.lower), upper: scoreAt(last.upper) };
  }
  const [i, kind] = [Math.floor((place - EACH) / 3), (place - EACH) % 3];
  if (place < EACH || kind === 2) return undefined;
  const among = kind === 0 ? 'actual' : 'predicted';
  return share(totals.right[i]!, totals[among][i]!, squares[among][i]!);
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function fScore(precision: number, recall: number, beta: number): number {
  const square = beta * beta;
  const below = square * precision + recall;
  return below > 0 ? ((1 + square) * precision * recall) / below : 0;
}
