import type { LinearModel } from '../models/linear-model.js';
import type { Background } from './background.js';
import type { Explainer } from './explainer.js';

/**
 * Exact Shapley values of a linear model, on its margin scale: weight · (value − the background's mean) for each feature,
 * whatever the features have to do with each other. Without a background a feature is compared to 0, as in XGBoost's
 * `pred_contribs`: weight · value, and the expected value is the bias. A missing value is 0, as the model takes it.
 *
 * @see Source: Lundberg and Lee 2017, corollary 1. Golden values: shap's `LinearExplainer` and XGBoost,
 *   test/golden/explain/linear-shap.json.
 */
export function linearExplainer(model: LinearModel, background?: Background): Explainer {
  const width = model.features.length;
  const outputs = model.outputs.length;
  const means = background === undefined ? new Float64Array(width) : meansOf(model, background);
  return {
    features: model.features.map(({ name }) => name),
    outputs: model.outputs,
    expectedValues: model.margins(means),
    scale: model.scale,
    method: {
      name: 'linear',
      title: 'exact linear SHAP',
      exact: true,
      ...(background !== undefined && { backgroundRows: background.weights.length }),
      ...(background?.seed !== undefined && { seed: background.seed }),
    },
    async explain(batch, before = 0) {
      const encoded = model.encodeBatch(batch, before);
      const values = new Float64Array(batch.rowCount * outputs * width);
      for (let row = 0; row < batch.rowCount; row++) {
        for (let feature = 0; feature < width; feature++) {
          const difference = present(encoded[row * width + feature]!) - means[feature]!;
          for (let output = 0; output < outputs; output++) {
            values[(row * outputs + output) * width + feature] =
              difference * model.weights[feature * outputs + output]!;
          }
        }
      }
      return { rows: batch.rowCount, values, answers: model.margins(encoded) };
    },
    close: async () => {},
  };
}

function present(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function meansOf(model: LinearModel, { batch, weights }: Background): Float64Array {
  const width = model.features.length;
  const encoded = model.encodeBatch(batch);
  const means = new Float64Array(width);
  for (const [row, weight] of weights.entries()) {
    for (let feature = 0; feature < width; feature++) {
      means[feature]! += weight * present(encoded[row * width + feature]!);
    }
  }
  return means;
}
