import type { ExplainedSample } from '../../explain/explained-sample.js';
import { studentSf } from '../segments/loss-tests.js';
import { errorOfChange, type Measured, meanOf, shareOf } from './attribution-errors.js';

/** By row: rows (1), answer, its square, the sum t of all features' |a|, its square; by feature: a, |a|, a^2, |a| t. */
const HEAD = 5;
const BY_FEATURE = 4;

/** What the rows of a sample add to a group's sums, from which its shares and means with their errors are found. */
export class RowSums {
  /** Numbers a group. */
  readonly width: number;
  readonly features: readonly number[];
  readonly #sample: ExplainedSample;
  readonly #output: number;
  readonly #row: Float64Array;

  /** @param features - places of those whose shares are asked for. */
  constructor(sample: ExplainedSample, output: number, features: readonly number[] = [...sample.features.keys()]) {
    this.width = HEAD + BY_FEATURE * features.length;
    this.features = features;
    this.#sample = sample;
    this.#output = output;
    this.#row = new Float64Array(this.width);
  }

  /** Overwritten by the next call. */
  of(row: number): Float64Array {
    const { values, answers, features, outputs } = this.#sample;
    const place = row * outputs.length + this.#output;
    const first = place * features.length;
    let total = 0;
    for (let at = first; at < first + features.length; at++) total += Math.abs(values[at]!);
    const sums = this.#row;
    const answer = answers[place]!;
    sums[0] = 1;
    sums[1] = answer;
    sums[2] = answer * answer;
    sums[3] = total;
    sums[4] = total * total;
    let at = HEAD;
    for (const feature of this.features) {
      const value = values[first + feature]!;
      const size = Math.abs(value);
      sums[at] = value;
      sums[at + 1] = size;
      sums[at + 2] = value * value;
      sums[at + 3] = size * total;
      at += BY_FEATURE;
    }
    return sums;
  }

  /** The sums of the rows that are asked for. */
  over(isIn: (row: number) => boolean): Float64Array {
    const sums = new Float64Array(this.width);
    for (let row = 0; row < this.#sample.rows; row++) if (isIn(row)) addTo(sums, 0, this.of(row));
    return sums;
  }
}

/** Adds a row or group to the sums that begin at `base`. */
export function addTo(sums: Float64Array, base: number, added: Float64Array): void {
  for (let at = 0; at < added.length; at++) sums[base + at]! += added[at]!;
}

/** Sums that cancel to less than this part are rounding. */
const ROUNDING = 1e-12;

/** The sums of all rows without those of a group. */
export function without(all: Float64Array, group: Float64Array): Float64Array {
  return all.map((sum, at) => {
    const left = sum - group[at]!;
    return Math.abs(left) < ROUNDING * Math.abs(sum) ? 0 : left;
  });
}

export function rowsIn(sums: Float64Array): number {
  return sums[0]!;
}

/** The sum of all absolute attributions. */
export function totalIn(sums: Float64Array): number {
  return sums[3]!;
}

/** The mean answer. */
export function answerIn(sums: Float64Array): Measured {
  return meanOf(sums[1]!, sums[2]!, sums[0]!);
}

/** A feature's mean attribution. @param place - among the features of the sums. */
export function meanIn(sums: Float64Array, place: number): Measured {
  const at = HEAD + BY_FEATURE * place;
  return meanOf(sums[at]!, sums[at + 2]!, sums[0]!);
}

/** A feature's share of all absolute attributions. */
export function shareIn(sums: Float64Array, place: number): Measured {
  const at = HEAD + BY_FEATURE * place;
  const feature = { absolute: sums[at + 1]!, squares: sums[at + 2]!, absoluteByTotal: sums[at + 3]! };
  return shareOf({ features: [feature], totalSquares: sums[4]! }, 0, Math.max(0, sums[3]!), sums[0]!);
}

/** How one group's number differs from another's. */
export interface Difference {
  readonly value: number;
  readonly error: number;
  /** Two-sided. */
  readonly pValue: number;
}

/**
 * The difference of two groups without a row in common, and its p-value by Student's t with the smaller group's degrees of
 * freedom (n - 1), so that few rows are not taken for many. Undefined below 30 rows.
 */
export function differenceOf(one: Measured, other: Measured): Difference | undefined {
  const error = errorOfChange(one, other);
  if (error === undefined) return undefined;
  const value = one.value - other.value;
  if (error === 0) return { value, error, pValue: value === 0 ? 1 : 0 };
  const degreesOfFreedom = Math.min(one.rows!, other.rows!) - 1;
  return { value, error, pValue: Math.min(1, 2 * studentSf(Math.abs(value) / error, degreesOfFreedom)) };
}
