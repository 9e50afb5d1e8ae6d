import type { CellBatch } from '../dataset/cell-batch.js';
import type { RunOptions } from '../progress.js';

/**
 * What attributions add up to: `log-odds` of a probability; `margin`, another number before the model's link function;
 * `prediction`, the model's answer itself.
 */
export type AttributionScale = 'log-odds' | 'margin' | 'prediction';

/** A way to explain. `tree`: path-dependent TreeSHAP; `interventional`: TreeSHAP against a background. */
export type ExplainerName = 'tree' | 'interventional' | 'linear' | 'kernel';

/** How attributions were found. */
export interface ExplainMethod {
  readonly name: 'tree-path-dependent' | 'tree-interventional' | 'linear' | 'kernel';
  /** In words: "exact TreeSHAP, path-dependent", "Kernel SHAP, 2,048 coalitions". */
  readonly title: string;
  /** Whether the values are exact: not of a sample of coalitions. */
  readonly exact: boolean;
  /** Rows that stand for an absent feature; absent where the model's own training cover does. */
  readonly backgroundRows?: number;
  /** Kernel SHAP: coalitions a row. */
  readonly samples?: number;
  /** Where something was drawn at random. */
  readonly seed?: number;
}

/** Attributions of some rows. */
export interface Attributions {
  readonly rows: number;
  /** By (row, output, feature), feature fastest. */
  readonly values: Float64Array;
  /** By (row, output): what the model itself answers, on the scale of the attributions. */
  readonly answers: Float64Array;
}

/** Explains rows of one model: one way for every kind of model. */
export interface Explainer {
  /** The model's features, in its order: the columns of the batches it takes. */
  readonly features: readonly string[];
  /** The model's outputs: "label0" for one, the classes for several. */
  readonly outputs: readonly string[];
  /** By output: what a row's attributions start from, the mean answer over the background or the training cover. */
  readonly expectedValues: Float64Array;
  readonly scale: AttributionScale;
  readonly method: ExplainMethod;
  /**
   * @param batch - cells in the order of `features`.
   * @param before - how many rows came before these, for the row's number in an error. Default: 0.
   * @throws MonitorError `MODEL` where the model cannot take a row, with the row's number and the feature.
   */
  explain(batch: CellBatch, before?: number, options?: RunOptions): Promise<Attributions>;
  /** Ends its threads. */
  close(): Promise<void>;
}

/**
 * The largest difference between the sum of a row's attributions with the expected value and what the model itself
 * answers, over rows and outputs. A model that adds up in single precision is off by some 1e-6 of the margin.
 */
export function additivityError(
  { rows, values, answers }: Attributions,
  expectedValues: Float64Array,
  features: number,
): number {
  const outputs = expectedValues.length;
  let worst = 0;
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      const place = row * outputs + output;
      let sum = expectedValues[output]!;
      for (let at = place * features; at < (place + 1) * features; at++) sum += values[at]!;
      worst = Math.max(worst, Math.abs(sum - answers[place]!));
    }
  }
  return worst;
}
