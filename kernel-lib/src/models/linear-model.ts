import type { CellBatch } from '../dataset/cell-batch.js';
import type { AttributionScale } from '../explain/explainer.js';
import { type Link, outputNamesOf } from './link.js';
import { encodeBatch, encodeRows, type ModelFeature, type Precision } from './model-features.js';
import type { ModelCell } from './tree-model.js';

/** Weighted sums of the features, one an output, and a link function. */
export interface LinearModel {
  readonly features: readonly ModelFeature[];
  /** "label0" for one, else the classes: "0", "1", … */
  readonly outputs: readonly string[];
  readonly objective: string;
  /** By (feature, output), outputs fastest. */
  readonly weights: Float64Array;
  /** By output: the margin of a row of zeros, the base margin included. */
  readonly bias: Float64Array;
  /** What margins are. */
  readonly scale: AttributionScale;
  /** From margins to predictions, in place. */
  readonly link: Link;
  /**
   * The prediction for each row and output, outputs fastest; cells in the order of `features`. A missing value adds
   * nothing, as a zero.
   *
   * @throws MonitorError `COLUMN_COUNT` for a row of another length, `MODEL` for text where a number belongs.
   */
  predict(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /** As `predict`, before the link function. */
  predictMargin(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /** Row after row of numbers, NaN for missing; see `TreeModel.encode`. */
  encode(rows: readonly (readonly ModelCell[])[], before?: number): Float64Array;
  /** As `encode`, of a batch with its columns in the order of `features`. */
  encodeBatch(batch: CellBatch, before?: number): Float64Array;
  /** As `predictMargin`, of encoded rows. */
  margins(encoded: Float64Array): Float64Array;
}

export interface LinearModelParts {
  readonly features: readonly ModelFeature[];
  readonly objective: string;
  /** By (feature, output), outputs fastest. */
  readonly weights: Float64Array;
  /** One an output. */
  readonly bias: Float64Array;
  /** What the library rounds numbers to. */
  readonly precision: Precision;
  readonly scale: AttributionScale;
  readonly link: Link;
}

/** A {@link LinearModel} of its parts. */
export function createLinearModel(parts: LinearModelParts): LinearModel {
  const { features, objective, weights, bias, precision, scale, link } = parts;
  const encode = (rows: readonly (readonly ModelCell[])[], before = 0): Float64Array =>
    encodeRows(rows, features, precision, before);
  const margins = (encoded: Float64Array): Float64Array => linearMargins(weights, bias, features.length, encoded);
  const predictMargin = (rows: readonly (readonly ModelCell[])[]): Float64Array => margins(encode(rows));
  return {
    features,
    outputs: outputNamesOf(bias.length),
    objective,
    weights,
    bias,
    scale,
    link,
    predict: (rows) => link(predictMargin(rows), bias.length),
    predictMargin,
    encode,
    encodeBatch: (batch, before = 0) => encodeBatch(batch, features, precision, before),
    margins,
  };
}

function linearMargins(weights: Float64Array, bias: Float64Array, width: number, encoded: Float64Array): Float64Array {
  const outputs = bias.length;
  const rows = width === 0 ? 0 : encoded.length / width;
  const margins = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    margins.set(bias, row * outputs);
    for (let feature = 0; feature < width; feature++) {
      const value = encoded[row * width + feature]!;
      if (Number.isNaN(value)) continue;
      for (let output = 0; output < outputs; output++) {
        margins[row * outputs + output]! += value * weights[feature * outputs + output]!;
      }
    }
  }
  return margins;
}
