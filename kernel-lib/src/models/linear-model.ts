import { createEncodedModel, type EncodedModel, type EncodedModelParts } from './encoded-model.js';

/** Weighted sums of the features, one an output, and a link function. A missing value adds nothing, as a zero. */
export interface LinearModel extends EncodedModel {
  /** By (feature, output), outputs fastest. */
  readonly weights: Float64Array;
  /** By output: the margin of a row of zeros, the base margin included. */
  readonly bias: Float64Array;
}

/** What a {@link LinearModel} is made of. */
export type LinearModelParts = EncodedModelParts & Pick<LinearModel, 'weights' | 'bias'>;

/** A {@link LinearModel} of its parts. */
export function createLinearModel(parts: LinearModelParts): LinearModel {
  const { features, weights, bias } = parts;
  const margins = (encoded: Float64Array): Float64Array => linearMargins(weights, bias, features.length, encoded);
  return { ...createEncodedModel(parts, bias.length, margins), weights, bias };
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
