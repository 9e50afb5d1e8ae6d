import type { CellBatch } from '../dataset/cell-batch.js';
import type { AttributionScale } from '../explain/explainer.js';
import { type Link, outputNamesOf } from './link.js';
import { encodeBatch, encodeRows, type ModelFeature, type Precision } from './model-features.js';
import type { ModelCell } from './tree-model.js';

/** A model that is known from inside: what it is made of sees rows as numbers, and a link function makes predictions of it. */
export interface EncodedModel {
  readonly features: readonly ModelFeature[];
  /** "label0" for one, else the classes: "0", "1", … */
  readonly outputs: readonly string[];
  readonly objective: string;
  /** What margins are. */
  readonly scale: AttributionScale;
  /** From margins to predictions, in place. */
  readonly link: Link;
  /**
   * The prediction for each row and output, outputs fastest; cells in the order of `features`: the probability of the
   * positive class, of each of several classes, or the value.
   *
   * null, NaN and empty text are missing; so is a category that is not in the model's table. Text is read as a number where
   * the feature is numeric.
   *
   * @throws MonitorError `COLUMN_COUNT` for a row of another length, `MODEL` for text where a number belongs.
   */
  predict(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /** As `predict`, before the link function: log-odds for `binary:logistic`. */
  predictMargin(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /**
   * The rows as the model sees them: row after row of numbers, rounded to single precision where the library does, and
   * category codes, NaN for missing.
   *
   * @param before - how many rows came before these, for the row's number in an error. Default: 0.
   */
  encode(rows: readonly (readonly ModelCell[])[], before?: number): Float64Array;
  /** As `encode`, of a batch with its columns in the order of `features`. */
  encodeBatch(batch: CellBatch, before?: number): Float64Array;
  /** As `predictMargin`, of encoded rows. */
  margins(encoded: Float64Array): Float64Array;
}

/** What a model of any kind is read into. */
export interface EncodedModelParts {
  readonly features: readonly ModelFeature[];
  readonly objective: string;
  /** What the library rounds numbers to, compares and adds up in. */
  readonly precision: Precision;
  readonly scale: AttributionScale;
  /** From margins to predictions. */
  readonly link: Link;
  /** What the library does to encoded rows before the model sees them, in place. Default: nothing. */
  readonly adjust?: (encoded: Float64Array) => Float64Array;
}

/**
 * An {@link EncodedModel} of its parts.
 *
 * @param margins - of encoded rows, by (row, output).
 */
export function createEncodedModel(
  { features, objective, precision, scale, link, adjust = (encoded) => encoded }: EncodedModelParts,
  outputCount: number,
  margins: EncodedModel['margins'],
): EncodedModel {
  const encode: EncodedModel['encode'] = (rows, before = 0) => adjust(encodeRows(rows, features, precision, before));
  const predictMargin: EncodedModel['predictMargin'] = (rows) => margins(encode(rows));
  return {
    features,
    outputs: outputNamesOf(outputCount),
    objective,
    scale,
    link,
    predict: (rows) => link(predictMargin(rows), outputCount),
    predictMargin,
    encode,
    encodeBatch: (batch, before = 0) => adjust(encodeBatch(batch, features, precision, before)),
    margins,
  };
}
