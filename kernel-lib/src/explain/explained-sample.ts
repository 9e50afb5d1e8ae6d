import type { CellColumn } from '../dataset/cell-batch.js';

/** The explained rows of a window. */
export interface ExplainedSample {
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  readonly rows: number;
  /** Cells, by feature. */
  readonly columns: readonly CellColumn[];
  /** Attributions by (row, output, feature), feature fastest. */
  readonly values: Float64Array;
  /** By (row, output): what the model itself answers, on the scale of the attributions. */
  readonly answers: Float64Array;
  /** By output: what a row's attributions start from. */
  readonly expectedValues: Float64Array;
  /** Milliseconds since 1970, NaN where unknown; absent for datasets. */
  readonly times?: Float64Array;
  /** Of captured rows; null where a record has none. */
  readonly eventIds?: readonly (string | null)[];
}
