import type { CellBatch } from '../dataset/cell-batch.js';

/** Rows that stand for the features that are absent from a coalition. */
export interface Background {
  /** Columns in the order of the model's features. */
  readonly batch: CellBatch;
  /** By row: its part in the mean over the background; the sum is 1. */
  readonly weights: Float64Array;
  /** Where the rows are from: given as they are, centres of clusters, or drawn at random. */
  readonly source: 'rows' | 'clusters' | 'sample';
  /** Where clusters or rows were drawn. */
  readonly seed?: number;
}

/** Rows that all count the same. */
export function evenBackground(batch: CellBatch, source: Background['source'] = 'rows'): Background {
  return { batch, weights: new Float64Array(batch.rowCount).fill(1 / batch.rowCount), source };
}
