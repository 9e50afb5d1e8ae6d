import { type BiasCells, type SideCounts, sideOf } from './counts.js';

/** Below so many a metric is not judged: a share of fewer rows says next to nothing, and chance explains almost anything. */
export const FEWEST = 30;

/** What a metric divides by on each side, and its name for people; metrics not listed divide by the rows of the side. */
const bases: Readonly<Record<string, { readonly of: (side: SideCounts) => number; readonly what: string }>> = {
  RD: { of: ({ positiveLabels }) => positiveLabels, what: 'with a positive label' },
  SD: { of: ({ rows, positiveLabels }) => rows - positiveLabels, what: 'with a negative label' },
  DAR: { of: ({ positivePredictions }) => positivePredictions, what: 'with a positive prediction' },
  DRR: { of: ({ rows, positivePredictions }) => rows - positivePredictions, what: 'with a negative prediction' },
  DCA: { of: ({ positivePredictions }) => positivePredictions, what: 'with a positive prediction' },
  DCR: { of: ({ rows, positivePredictions }) => rows - positivePredictions, what: 'with a negative prediction' },
  TE: { of: ({ falseNegatives, falsePositives }) => falseNegatives + falsePositives, what: 'predicted wrongly' },
};

/** How few rows a metric rests on: the smaller of the two sides. */
export interface SmallestBase {
  /** 0 everybody else, 1 the facet's group. */
  readonly side: 0 | 1;
  readonly rows: number;
  /** "with a positive label"; empty for all rows of the side. */
  readonly what: string;
}

/** The side that a metric knows least about. */
export function smallestBase(name: string, cells: BiasCells): SmallestBase {
  const { of, what } = bases[name] ?? { of: ({ rows }: SideCounts) => rows, what: '' };
  const [others, group] = [of(sideOf(cells, 0)), of(sideOf(cells, 1))];
  return group <= others ? { side: 1, rows: group, what } : { side: 0, rows: others, what };
}
