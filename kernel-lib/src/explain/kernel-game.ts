import type { CellBatch } from '../dataset/cell-batch.js';
import type { RunOptions } from '../progress.js';
import type { AttributionScale } from './explainer.js';

/** A row of a batch, and coalitions of its features. */
export interface CoalitionQuestion {
  readonly row: number;
  /** How many coalitions. */
  readonly count: number;
  /** By (coalition, feature): 1 where the row's own value stands, 0 where the background's do. */
  readonly masks: Uint8Array;
}

/** Rows that are explained, in the form that the model takes. */
export interface CoalitionRows {
  /** By (row, output): the model's answers. */
  readonly answers: Float64Array;
  /** The features whose value is not that of the whole background: the others' values are 0. */
  varying(row: number): Int32Array;
  /** For each question by (coalition, output): the model's answer where absent features have the background's values, its mean over the background. */
  worth(questions: readonly CoalitionQuestion[], options?: RunOptions): Promise<readonly Float64Array[]>;
}

/** A model as a game that the features of a row play against a background. */
export interface CoalitionModel {
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  /** What answers are. */
  readonly scale: AttributionScale;
  readonly backgroundRows: number;
  /** How many rows are best explained at once: what is asked about them comes together. */
  readonly rowsAtOnce: number;
  /** By output: the mean answer over the background. */
  readonly expectedValues: Float64Array;
  /** @param before - how many rows came before these, for the row's number in an error. */
  open(batch: CellBatch, before: number, options?: RunOptions): Promise<CoalitionRows>;
}
