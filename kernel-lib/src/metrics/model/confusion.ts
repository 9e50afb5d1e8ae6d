import type { ConfusionMatrix } from '../../report/model-quality-report.js';

/** Actual and predicted classes of rows, as indexes; arrays as long as each other. */
export interface ClassPairs {
  readonly labels: Int32Array;
  readonly predictions: Int32Array;
  /** At least 0. Default: 1 each. */
  readonly weights?: Float64Array;
}

/** The cells of a confusion matrix that have any weight, by actual class, then by predicted. */
export interface ConfusionCells {
  /** Number of classes. */
  readonly size: number;
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  /** Sums of weights: numbers of rows where all weights are 1. */
  readonly weights: Float64Array;
  /** Sums of squared weights; the same array where all weights are 1. */
  readonly squares: Float64Array;
}

/** Sums of a confusion matrix by class. */
export interface ClassTotals {
  /** Of the rows of each class. */
  readonly actual: Float64Array;
  /** Of the rows predicted as each class. */
  readonly predicted: Float64Array;
  /** Of the rows of each class that are predicted so. */
  readonly right: Float64Array;
}

/** Counts pairs of classes in one pass; a double for each of the size^2 pairs. */
export function countCells({ labels, predictions, weights }: ClassPairs, size: number): ConfusionCells {
  const sums = new Float64Array(size * size);
  const squares = weights === undefined ? sums : new Float64Array(size * size);
  for (let row = 0; row < labels.length; row++) {
    const cell = labels[row]! * size + predictions[row]!;
    if (weights === undefined) sums[cell]!++;
    else {
      sums[cell]! += weights[row]!;
      squares[cell]! += weights[row]! * weights[row]!;
    }
  }
  const held: number[] = [];
  for (let cell = 0; cell < sums.length; cell++) if (sums[cell]! > 0) held.push(cell);
  const weightsHeld = Float64Array.from(held, (cell) => sums[cell]!);
  return {
    size,
    actual: Int32Array.from(held, (cell) => Math.floor(cell / size)),
    predicted: Int32Array.from(held, (cell) => cell % size),
    weights: weightsHeld,
    squares: weights === undefined ? weightsHeld : Float64Array.from(held, (cell) => squares[cell]!),
  };
}

/** The whole matrix, with its empty cells. */
export function confusionMatrix(
  { actual, predicted, weights }: ConfusionCells,
  classes: readonly string[],
): ConfusionMatrix {
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  weights.forEach((weight, cell) => {
    counts[actual[cell]!]![predicted[cell]!] = weight;
  });
  return { classes, counts };
}

/** Totals of no rows. */
export function emptyTotals(size: number): ClassTotals {
  return { actual: new Float64Array(size), predicted: new Float64Array(size), right: new Float64Array(size) };
}

/**
 * Sums numbers of a confusion matrix's cells by class.
 *
 * @param amounts - as long as the cells: their weights, or those of a resample.
 * @param into - overwritten and returned.
 */
export function classTotals(
  { size, actual, predicted }: ConfusionCells,
  amounts: Float64Array,
  into: ClassTotals = emptyTotals(size),
): ClassTotals {
  into.actual.fill(0);
  into.predicted.fill(0);
  into.right.fill(0);
  for (let cell = 0; cell < amounts.length; cell++) {
    const amount = amounts[cell]!;
    into.actual[actual[cell]!]! += amount;
    into.predicted[predicted[cell]!]! += amount;
    if (actual[cell] === predicted[cell]) into.right[actual[cell]!]! += amount;
  }
  return into;
}

/** Sums the weights of some rows by class. */
export function rowTotals({ labels, predictions, weights }: ClassPairs, taken: Uint32Array, size: number): ClassTotals {
  const totals = emptyTotals(size);
  for (let i = 0; i < taken.length; i++) {
    const row = taken[i]!;
    const weight = weights === undefined ? 1 : weights[row]!;
    totals.actual[labels[row]!]! += weight;
    totals.predicted[predictions[row]!]! += weight;
    if (labels[row] === predictions[row]) totals.right[labels[row]!]! += weight;
  }
  return totals;
}

/** The sum of some numbers. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
