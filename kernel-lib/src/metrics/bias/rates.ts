import type { SideCounts } from './counts.js';

/**
 * A number of each side that bias metrics compare: one count over another.
 *
 * - `share`: the part is some of the whole.
 * - `paired`: part and whole are counts of the same rows, some of which are in both.
 * - `odds`: no row is in both.
 */
export interface Rate {
  readonly kind: 'share' | 'paired' | 'odds';
  part(side: SideCounts): number;
  whole(side: SideCounts): number;
  /** Of a `paired` rate: rows that are in both. */
  both?(side: SideCounts): number;
  /** What the whole counts, after "no": "positive labels". */
  readonly ofWhat: string;
}

/** Rows with a positive label among all. */
export const positiveLabels: Rate = {
  kind: 'share',
  part: (side) => side.positiveLabels,
  whole: (side) => side.rows,
  ofWhat: 'rows',
};

/** Rows predicted positive among all; Fairlearn's selection rate. */
export const positivePredictions: Rate = {
  kind: 'share',
  part: (side) => side.positivePredictions,
  whole: (side) => side.rows,
  ofWhat: 'rows',
};

/** True positives among positive labels. */
export const recall: Rate = {
  kind: 'share',
  part: (side) => side.truePositives,
  whole: (side) => side.positiveLabels,
  ofWhat: 'positive labels',
};

/** True negatives among negative labels. */
export const specificity: Rate = {
  kind: 'share',
  part: (side) => side.trueNegatives,
  whole: (side) => side.trueNegatives + side.falsePositives,
  ofWhat: 'negative labels',
};

/** False positives among negative labels. */
export const falsePositiveRate: Rate = {
  kind: 'share',
  part: (side) => side.falsePositives,
  whole: (side) => side.trueNegatives + side.falsePositives,
  ofWhat: 'negative labels',
};

/** True positives among positive predictions. */
export const acceptance: Rate = {
  kind: 'share',
  part: (side) => side.truePositives,
  whole: (side) => side.positivePredictions,
  ofWhat: 'positive predictions',
};

/** True negatives among negative predictions. */
export const rejection: Rate = {
  kind: 'share',
  part: (side) => side.trueNegatives,
  whole: (side) => side.trueNegatives + side.falseNegatives,
  ofWhat: 'negative predictions',
};

/** Right predictions among all. */
export const accuracy: Rate = {
  kind: 'share',
  part: (side) => side.truePositives + side.trueNegatives,
  whole: (side) => side.rows,
  ofWhat: 'rows',
};

/** Positive labels to positive predictions. */
export const conditionalAcceptance: Rate = {
  kind: 'paired',
  part: (side) => side.positiveLabels,
  whole: (side) => side.positivePredictions,
  both: (side) => side.truePositives,
  ofWhat: 'positive predictions',
};

/** Negative labels to negative predictions. */
export const conditionalRejection: Rate = {
  kind: 'paired',
  part: (side) => side.trueNegatives + side.falsePositives,
  whole: (side) => side.trueNegatives + side.falseNegatives,
  both: (side) => side.trueNegatives,
  ofWhat: 'negative predictions',
};

/** False negatives to false positives. */
export const errorRatio: Rate = {
  kind: 'odds',
  part: (side) => side.falseNegatives,
  whole: (side) => side.falsePositives,
  ofWhat: 'false positives',
};
