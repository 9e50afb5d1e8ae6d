import type { Interval } from '../../stats/interval.js';
import { Random } from '../../stats/random.js';
import { averagePrecision, averagePrecisionInterval } from './average-precision.js';
import type { BinaryRows } from './binary.js';
import { bootstrapMethod } from './bootstrap.js';
import { calibrationErrorInterval, calibrationSums, expectedCalibrationError } from './calibration.js';
import { areaUnderCurve, delongInterval } from './delong.js';
import {
  countIntervals,
  countOutcomes,
  countValues,
  type MethodInterval,
  type OutcomeCounts,
} from './outcome-counts.js';
import { areProbabilities, brierScore, logLoss, lossIntervals } from './probability-loss.js';
import {
  DEVIATION_SAMPLES,
  LEAST_ROWS_FOR_DEVIATION,
  sampleCounts,
  sampleGroups,
  sampleRows,
} from './sample-deviation.js';
import { groupScores, type ScoreGroups } from './score-order.js';

/** A value, or why there is none. */
export type Answers = Readonly<Record<string, number | string>>;

/** What the metrics are concluded from. */
export interface Ordered {
  readonly counts: OutcomeCounts;
  readonly groups?: ScoreGroups;
}

/** Counts the outcomes of rows, and sorts them by score where they have one. */
export function orderRows({ labels, predictions, scores, weights }: BinaryRows): Ordered {
  const counts = countOutcomes(labels, predictions, weights);
  if (scores === undefined) return { counts };
  return { counts, groups: groupScores({ labels, scores, ...(weights && { weights }) }) };
}

/** The metrics by name. */
export function answersOf({ counts, groups }: Ordered): Answers {
  return { ...countValues(counts), ...scoreAnswers(groups) };
}

const ONE_CLASS = 'only one class in the window';

function scoreAnswers(groups: ScoreGroups | undefined): Answers {
  const none = groups === undefined ? 'the model gives no probabilities' : groups.count === 0 ? 'no rows' : undefined;
  if (groups === undefined || none !== undefined) return sameReason(none!);
  const oneClass = groups.positiveTotal <= 0 || groups.negativeTotal <= 0;
  const ofOrder = {
    auc: areaUnderCurve(groups) ?? ONE_CLASS,
    average_precision: oneClass ? ONE_CLASS : averagePrecision(groups)!,
  };
  if (!areProbabilities(groups)) return { ...sameReason('scores outside [0, 1]'), ...ofOrder };
  return {
    ...ofOrder,
    log_loss: oneClass ? ONE_CLASS : logLoss(groups),
    brier_score: brierScore(groups),
    expected_calibration_error: expectedCalibrationError(calibrationSums(groups)),
  };
}

function sameReason(reason: string): Answers {
  const names = ['auc', 'average_precision', 'log_loss', 'brier_score', 'expected_calibration_error'];
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** 95 % intervals by metric; a metric without one is absent. */
export function intervalsOf(
  { labels, scores, weights }: BinaryRows,
  { counts, groups }: Ordered,
  answers: Answers,
  seed: number,
): Record<string, MethodInterval> {
  const intervals = countIntervals(counts, seed);
  const { auc, average_precision: precision, expected_calibration_error: calibrationError } = answers;
  const keep = (name: string, interval: Interval | undefined, method: string): void => {
    if (interval !== undefined) intervals[name] = { ...interval, method };
  };
  if (groups === undefined || scores === undefined) return intervals;
  const method = bootstrapMethod(seed);
  if (typeof auc === 'number') keep('auc', delongInterval(groups, auc), 'DeLong');
  if (typeof precision === 'number')
    keep('average_precision', averagePrecisionInterval(groups, precision, seed), method);
  if (typeof calibrationError !== 'number') return intervals;
  keep('expected_calibration_error', calibrationErrorInterval(calibrationSums(groups), calibrationError, seed), method);
  const losses = lossIntervals({ labels, scores, ...(weights && { weights }) }, seed);
  if (typeof answers['log_loss'] === 'number') keep('log_loss', losses.logLoss, method);
  keep('brier_score', losses.brierScore, method);
  return intervals;
}

/** The answers of the random samples that the standard deviation is of; none for too few rows. */
export function sampledAnswers(rows: BinaryRows, { counts, groups }: Ordered, seed: number): Answers[] {
  if (rows.labels.length < LEAST_ROWS_FOR_DEVIATION) return [];
  const random = new Random(seed);
  const samples: Answers[] = [];
  const size = groups === undefined ? 0 : groups.count;
  const scratch = [new Float64Array(size), new Float64Array(size)] as const;
  for (let sample = 0; sample < DEVIATION_SAMPLES; sample++) {
    if (rows.weights !== undefined) {
      samples.push(answersOf(orderRows(takeRows(rows, sampleRows(random, rows.labels.length)))));
    } else {
      const drawn = sampleCounts(random, counts);
      samples.push(answersOf({ counts: drawn, ...(groups && { groups: sampleGroups(random, groups, scratch) }) }));
    }
  }
  return samples;
}

function takeRows({ labels, predictions, scores, weights }: BinaryRows, taken: Uint32Array): BinaryRows {
  const { length } = taken;
  return {
    labels: take(labels, taken, new Uint8Array(length)),
    predictions: take(predictions, taken, new Uint8Array(length)),
    ...(scores && { scores: take(scores, taken, new Float64Array(length)) }),
    ...(weights && { weights: take(weights, taken, new Float64Array(length)) }),
  };
}

function take<Values extends Uint8Array | Float64Array>(values: Values, taken: Uint32Array, into: Values): Values {
  for (let i = 0; i < taken.length; i++) into[i] = values[taken[i]!]!;
  return into;
}
