import { type FacetCounts, sideRows } from './counts.js';

/** A ratio as the service divides: 0 / 0 is 0, and anything else by 0 infinite. */
export function divide(part: number, whole: number): number {
  return part === 0 && whole === 0 ? 0 : part / whole;
}

/** A difference as the service takes it: 0 where both numbers are infinite. */
export function differenceOf(minuend: number, subtrahend: number): number {
  return minuend === subtrahend ? 0 : minuend - subtrahend;
}

/**
 * A sum in the order in which NumPy adds: in turn below 8 numbers, in 8 interleaved sums up to 128, by halves beyond.
 *
 * @see Source: NumPy, pairwise summation of contiguous numbers.
 */
export function pairwiseSum(values: readonly number[]): number {
  const { length } = values;
  if (length < 8) return values.reduce((sum, value) => sum + value, 0);
  if (length <= 128) return interleavedSum(values);
  const half = Math.floor(length / 2);
  const first = half - (half % 8);
  return pairwiseSum(values.slice(0, first)) + pairwiseSum(values.slice(first));
}

function interleavedSum(values: readonly number[]): number {
  const whole = values.length - (values.length % 8);
  const sums = values.slice(0, 8);
  for (let i = 8; i < whole; i++) sums[i % 8]! += values[i]!;
  const [a, b, c, d, e, f, g, h] = sums as [number, number, number, number, number, number, number, number];
  const sum = a + b + (c + d) + (e + f + (g + h));
  return values.slice(whole).reduce((total, value) => total + value, sum);
}

/** Why the service gives no number, in its words. */
export interface Refusal {
  readonly error: string;
}

/** The service's words where one side has no rows; they differ between metrics. */
export interface EmptyWords {
  readonly group: string;
  readonly others: string;
}

/** Why the service compares nothing: the facet's group has no rows, or the others have none. */
export function emptySide({ cells }: FacetCounts, words: EmptyWords): Refusal | undefined {
  if (sideRows(cells, 1) === 0) return { error: words.group };
  if (sideRows(cells, 0) === 0) return { error: words.others };
  return undefined;
}

/** Why the service gives no metric of predictions at all: there are none, or none is positive. */
export function withoutPredictions({ cells, predicted }: FacetCounts): Refusal | undefined {
  if (!predicted) return { error: 'predicted_label_column has to be provided for Post training metrics' };
  if (cells.some((count, place) => place % 2 === 1 && count > 0)) return undefined;
  return {
    error:
      'No Label values are present in the predicted Label Column,' +
      'Positive Predicted Index Series contains all False values',
  };
}
