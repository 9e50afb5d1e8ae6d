import { sortNumbers } from '../../stats/sort-numbers.js';

/** Labels (0 or 1), and the score of the positive class, by row; as long as each other. */
export interface ScoredRows {
  readonly labels: Uint8Array;
  /** None is NaN. */
  readonly scores: Float64Array;
  /** Positive; 1 each where absent. */
  readonly weights?: Float64Array;
}

/**
 * Rows by score, the highest first: one group for each different score with the weight of its positive and negative
 * rows. All that depends on the order of the scores is read from it, so that rows are sorted once.
 */
export interface ScoreGroups {
  /** The arrays may be longer; only the first `count` elements hold. */
  readonly count: number;
  /** Descending, each once. */
  readonly scores: Float64Array;
  /** Weight of the positive rows with this score; may be 0. */
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
  /** Sums of squared weights; the same arrays as above where all weights are 1. */
  readonly positiveSquares: Float64Array;
  readonly negativeSquares: Float64Array;
  readonly positiveTotal: number;
  readonly negativeTotal: number;
}

/** Groups rows by score. Time O(n) by radix sort, memory 5 doubles a row (7 with weights). */
export function groupScores(rows: ScoredRows): ScoreGroups {
  return rows.weights === undefined ? mergeSorted(rows) : groupWeighted(rows, rows.weights);
}

/** Sorts the scores of each class by itself, then merges them from the top. */
function mergeSorted({ labels, scores }: ScoredRows): ScoreGroups {
  const rows = labels.length;
  let positiveTotal = 0;
  for (let row = 0; row < rows; row++) positiveTotal += labels[row]!;
  const negativeTotal = rows - positiveTotal;
  // One element before the first score stops the walk down without a test for the end.
  const ofPositives = new Float64Array(positiveTotal + 1);
  const ofNegatives = new Float64Array(negativeTotal + 1);
  ofPositives[0] = Number.NEGATIVE_INFINITY;
  ofNegatives[0] = Number.NEGATIVE_INFINITY;
  let [i, j] = [0, 0];
  for (let row = 0; row < rows; row++) {
    if (labels[row] === 1) ofPositives[++i] = scores[row]!;
    else ofNegatives[++j] = scores[row]!;
  }
  sortNumbers(ofPositives.subarray(1), positiveTotal);
  sortNumbers(ofNegatives.subarray(1), negativeTotal);
  const [distinct, positives, negatives] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  let count = 0;
  while (i > 0 || j > 0) {
    const score = Math.max(ofPositives[i]!, ofNegatives[j]!);
    const iBefore = i;
    const jBefore = j;
    while (i > 0 && ofPositives[i] === score) i--;
    while (j > 0 && ofNegatives[j] === score) j--;
    distinct[count] = score;
    positives[count] = iBefore - i;
    negatives[count] = jBefore - j;
    count++;
  }
  return {
    count,
    scores: distinct,
    positives,
    negatives,
    positiveSquares: positives,
    negativeSquares: negatives,
    positiveTotal,
    negativeTotal,
  };
}

function groupWeighted({ labels, scores }: ScoredRows, weights: Float64Array): ScoreGroups {
  const rows = labels.length;
  const order = ascendingOrder(scores);
  const distinct = new Float64Array(rows);
  const sums = [new Float64Array(rows), new Float64Array(rows)] as const;
  const squares = [new Float64Array(rows), new Float64Array(rows)] as const;
  const totals: [number, number] = [0, 0];
  let count = 0;
  for (let i = rows - 1; i >= 0; i--) {
    const row = order[i]!;
    const score = scores[row]!;
    if (count === 0 || distinct[count - 1] !== score) distinct[count++] = score;
    const label = labels[row] === 1 ? 1 : 0;
    const weight = weights[row]!;
    sums[label][count - 1]! += weight;
    squares[label][count - 1]! += weight * weight;
    totals[label] += weight;
  }
  return {
    count,
    scores: distinct,
    positives: sums[1],
    negatives: sums[0],
    positiveSquares: squares[1],
    negativeSquares: squares[0],
    positiveTotal: totals[1],
    negativeTotal: totals[0],
  };
}

const DIGITS = 2 ** 16;

/** The places of the values, ascending by value: a radix sort over the 64 bits of each number in four passes. */
function ascendingOrder(values: Float64Array): Uint32Array {
  const { length } = values;
  const keys = new Uint32Array(2 * length);
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * length);
  for (let i = 0; i < length; i++) {
    // Doubles sort as their bits once the sign bit is flipped, and of negative ones all bits; -0 is made 0.
    const zero = values[i] === 0;
    const high = zero ? 0 : words[2 * i + 1]!;
    const negative = high >> 31;
    keys[2 * i] = (zero ? 0 : words[2 * i]!) ^ negative;
    keys[2 * i + 1] = high ^ (negative | 0x80000000);
  }
  let from = Uint32Array.from({ length }, (_, i) => i);
  let to = new Uint32Array(length);
  const starts = new Uint32Array(DIGITS);
  for (let pass = 0; pass < 4; pass++) {
    const [word, shift] = [pass >> 1, (pass & 1) * 16];
    starts.fill(0);
    for (let i = word; i < 2 * length; i += 2) starts[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
    let place = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const held = starts[digit]!;
      starts[digit] = place;
      place += held;
    }
    for (let i = 0; i < length; i++) {
      const row = from[i]!;
      to[starts[(keys[2 * row + word]! >>> shift) & (DIGITS - 1)]!++] = row;
    }
    [from, to] = [to, from];
  }
  return from;
}
