import { type Interval, wilsonInterval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { bootstrapMethod, RESAMPLES } from './bootstrap.js';
import { multinomialDraw } from './random-counts.js';
import { percentileInterval } from './resamples.js';

/** Places in {@link OutcomeCounts}: twice the actual class plus the predicted one. */
const [TRUE_NEGATIVE, FALSE_POSITIVE, FALSE_NEGATIVE, TRUE_POSITIVE] = [0, 1, 2, 3];

/** The four cells of a binary confusion matrix: true negatives, false positives, false negatives, true positives. */
export interface OutcomeCounts {
  /** Sums of weights: numbers of rows where all weights are 1. */
  readonly weights: Float64Array;
  /** Sums of squared weights; the same array where all weights are 1. */
  readonly squares: Float64Array;
}

/** Counts outcomes in one pass. */
export function countOutcomes(labels: Uint8Array, predictions: Uint8Array, weights?: Float64Array): OutcomeCounts {
  const rows = labels.length;
  if (weights !== undefined) {
    const [sums, squares] = [new Float64Array(4), new Float64Array(4)];
    for (let row = 0; row < rows; row++) {
      const cell = 2 * labels[row]! + predictions[row]!;
      sums[cell]! += weights[row]!;
      squares[cell]! += weights[row]! ** 2;
    }
    return { weights: sums, squares };
  }
  let [actual, predicted, both] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    const prediction = predictions[row]!;
    actual += label;
    predicted += prediction;
    both += label & prediction;
  }
  const counts = Float64Array.of(rows - actual - predicted + both, predicted - both, actual - both, both);
  return { weights: counts, squares: counts };
}

interface Share {
  /** Cells that count as success, all of them also in `among`. */
  readonly hits: readonly number[];
  readonly among: readonly number[];
  /** Why there is no share when `among` is empty. */
  readonly reason: string;
}

const ALL = [TRUE_NEGATIVE, FALSE_POSITIVE, FALSE_NEGATIVE, TRUE_POSITIVE] as const;
const ACTUAL_POSITIVES = [FALSE_NEGATIVE, TRUE_POSITIVE] as const;
const ACTUAL_NEGATIVES = [TRUE_NEGATIVE, FALSE_POSITIVE] as const;
const noPositives = { among: ACTUAL_POSITIVES, reason: 'no actual positives' };
const noNegatives = { among: ACTUAL_NEGATIVES, reason: 'no actual negatives' };
const noRows = { among: ALL, reason: 'no rows' };

/** The metrics that are the share of some rows among others. */
const shares: Readonly<Record<string, Share>> = {
  recall: { hits: [TRUE_POSITIVE], ...noPositives },
  precision: {
    hits: [TRUE_POSITIVE],
    among: [FALSE_POSITIVE, TRUE_POSITIVE],
    reason: 'no predicted positives',
  },
  accuracy: { hits: [TRUE_NEGATIVE, TRUE_POSITIVE], ...noRows },
  recall_best_constant_classifier: { hits: ACTUAL_POSITIVES, ...noPositives },
  precision_best_constant_classifier: { hits: ACTUAL_POSITIVES, ...noRows },
  accuracy_best_constant_classifier: { hits: ACTUAL_POSITIVES, ...noRows },
  true_positive_rate: { hits: [TRUE_POSITIVE], ...noPositives },
  true_negative_rate: { hits: [TRUE_NEGATIVE], ...noNegatives },
  false_positive_rate: { hits: [FALSE_POSITIVE], ...noNegatives },
  false_negative_rate: { hits: [FALSE_NEGATIVE], ...noPositives },
};

const betas: Readonly<Record<string, number>> = { f0_5: 0.5, f1: 1, f2: 2 };
const CONSTANT = '_best_constant_classifier';

/** The metrics of the counts by name: a value, or why there is none. */
export function countValues({ weights }: OutcomeCounts): Record<string, number | string> {
  const values: Record<string, number | string> = {};
  for (const [name, { hits, among, reason }] of Object.entries(shares)) {
    const total = sumOf(weights, among);
    values[name] = total > 0 ? sumOf(weights, hits) / total : reason;
  }
  const positives = sumOf(weights, ACTUAL_POSITIVES);
  const negatives = sumOf(weights, ACTUAL_NEGATIVES);
  for (const [name, beta] of Object.entries(betas)) {
    const value = fScore(beta, weights[TRUE_POSITIVE]!, weights[FALSE_POSITIVE]!, weights[FALSE_NEGATIVE]!);
    values[name] = value ?? (positives + negatives > 0 ? 'no actual and no predicted positives' : 'no rows');
    values[name + CONSTANT] = fScore(beta, positives, negatives, 0) ?? 'no rows';
  }
  return values;
}

/** A 95 % interval and how it was found. */
export interface MethodInterval extends Interval {
  readonly method: string;
}

/**
 * 95 % intervals of the metrics of the counts by name. Shares have Wilson's, with weights for the effective number of
 * rows (sum of weights)^2 / (sum of squared weights); so have the constant classifier's F scores, which grow with the
 * share of positives. The F scores of predictions have the percentiles of 1,000 multinomial resamples of the four
 * counts, and none where all resamples agree.
 *
 * @see Source: Wilson 1927; Kish 1965 (effective size); Efron and Tibshirani 1993 (percentile bootstrap).
 */
export function countIntervals(counts: OutcomeCounts, seed: number): Record<string, MethodInterval> {
  const intervals: Record<string, MethodInterval> = {};
  for (const [name, { hits, among }] of Object.entries(shares)) {
    const interval = shareInterval(counts, hits, among);
    if (interval !== undefined && hits !== among) intervals[name] = { ...interval, method: 'Wilson' };
  }
  const positives = shareInterval(counts, ACTUAL_POSITIVES, ALL);
  for (const [name, beta] of Object.entries(betas)) {
    if (positives === undefined) break;
    const [lower, upper] = [positives.lower, positives.upper].map((share) => fScore(beta, share, 1 - share, 0) ?? 0);
    intervals[name + CONSTANT] = { lower: lower!, upper: upper!, method: 'Wilson' };
  }
  return { ...intervals, ...fScoreIntervals(counts, seed) };
}

/** The interval of a share with weights for its effective number of rows; hits and all rows in cells. */
function shareInterval(
  { weights, squares }: OutcomeCounts,
  hits: readonly number[],
  among: readonly number[],
): Interval | undefined {
  const total = sumOf(weights, among);
  if (total <= 0) return undefined;
  const scale = total / sumOf(squares, among);
  return wilsonInterval(sumOf(weights, hits) * scale, total * scale);
}

function fScoreIntervals({ weights, squares }: OutcomeCounts, seed: number): Record<string, MethodInterval> {
  const total = sumOf(weights, ALL);
  if (total <= 0) return {};
  const rows = Math.round((total * total) / sumOf(squares, ALL));
  const random = new Random(seed);
  const drawn = new Float64Array(4);
  const names = Object.entries(betas);
  const found = names.map(() => new Float64Array(RESAMPLES));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    multinomialDraw(random, rows, weights, drawn);
    names.forEach(([, beta], i) => {
      const score = fScore(beta, drawn[TRUE_POSITIVE]!, drawn[FALSE_POSITIVE]!, drawn[FALSE_NEGATIVE]!);
      found[i]![resample] = score ?? Number.NaN;
    });
  }
  const intervals: Record<string, MethodInterval> = {};
  names.forEach(([name], i) => {
    const interval = percentileInterval(found[i]!);
    if (interval !== undefined) intervals[name] = { ...interval, method: bootstrapMethod(seed) };
  });
  return intervals;
}

/** F score from counts: (1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP); undefined when all three are 0. */
function fScore(
  beta: number,
  truePositives: number,
  falsePositives: number,
  falseNegatives: number,
): number | undefined {
  const square = beta * beta;
  const hits = (1 + square) * truePositives;
  const total = hits + square * falseNegatives + falsePositives;
  return total > 0 ? hits / total : undefined;
}

function sumOf(values: Float64Array, places: readonly number[]): number {
  let sum = 0;
  for (const place of places) sum += values[place]!;
  return sum;
}
