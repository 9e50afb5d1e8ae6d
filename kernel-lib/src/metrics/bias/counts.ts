/**
 * Eight counts of rows, at `side * 4 + label * 2 + prediction`: side 1 is the facet's group (`d`, the one that may be
 * disadvantaged), side 0 everybody else (`a`); label 1 and prediction 1 are the positive ones. Without predictions all
 * rows stand at prediction 0.
 */
export type BiasCells = Float64Array;

/** Everything that the bias metrics of one facet group are made from; its size does not depend on the number of rows. */
export interface FacetCounts {
  readonly cells: BiasCells;
  /** Whether the rows have predictions. */
  readonly predicted: boolean;
  /** The cells by value of the group variable; absent without one. Rows that lack it are in `cells` only. */
  readonly groups?: readonly BiasCells[];
  /** What the flip test found; absent where it was not run. */
  readonly flips?: FlipCounts;
}

/** What the flip test counts among the rows of the facet's group. */
export interface FlipCounts {
  /** Positive for the model, negative for their neighbours in the other group. */
  readonly toPositive: number;
  /** Negative for the model, positive for their neighbours. */
  readonly toNegative: number;
  /** Rows of the facet's group that were tested. */
  readonly rows: number;
  /** Standard error of (toPositive - toNegative) / rows; absent where it could not be estimated. */
  readonly standardError?: number;
  /** Rows whose vote depends on which of equally near neighbours are taken. */
  readonly tied?: number;
  /** Rows of both sides that were tested, where that is a sample of them. */
  readonly sampled?: number;
  /** Rows of both sides that were not tested as a feature is missing; the service then tests none, see `error`. */
  readonly incomplete?: number;
  /** Why the service could not run it, in its words. The counts are 0, or, with `incomplete`, of the other rows. */
  readonly error?: string;
}

/** Rows of one side: 0 everybody else, 1 the facet's group. */
export function sideRows(cells: BiasCells, side: 0 | 1): number {
  const at = side * 4;
  return cells[at]! + cells[at + 1]! + cells[at + 2]! + cells[at + 3]!;
}

/** One side's counts under the names of a confusion matrix. */
export interface SideCounts {
  readonly rows: number;
  readonly truePositives: number;
  readonly falseNegatives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly positiveLabels: number;
  readonly positivePredictions: number;
}

/** One side of the cells. Without predictions only `rows` and `positiveLabels` tell something. */
export function sideOf(cells: BiasCells, side: 0 | 1): SideCounts {
  const [trueNegatives, falsePositives, falseNegatives, truePositives] = cells.subarray(
    side * 4,
    side * 4 + 4,
  ) as unknown as [number, number, number, number];
  return {
    rows: sideRows(cells, side),
    truePositives,
    falseNegatives,
    falsePositives,
    trueNegatives,
    positiveLabels: truePositives + falseNegatives,
    positivePredictions: truePositives + falsePositives,
  };
}
