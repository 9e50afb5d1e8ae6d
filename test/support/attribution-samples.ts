import type { CellBatch } from '../../kernel-lib/src/dataset/cell-batch.js';
import type { Attributions } from '../../kernel-lib/src/explain/explainer.js';
import {
  type AttributionProfile,
  AttributionProfileBuilder,
} from '../../kernel-lib/src/metrics/attribution/attribution-profile.js';

/** A linear model of one output: what a feature adds to a row is its weight times its value. */
export interface LinearSample {
  readonly features: readonly string[];
  readonly weights: readonly number[];
  readonly expectedValue?: number;
}

/** Rows explained by a linear model, as numbers. */
function explainLinear(
  { features, weights, expectedValue = 0 }: LinearSample,
  rows: readonly (readonly number[])[],
): { readonly attributions: Attributions; readonly batch: CellBatch } {
  const values = Float64Array.from(rows.flatMap((row) => row.map((value, feature) => weights[feature]! * value)));
  const answers = Float64Array.from(rows, (row) =>
    row.reduce((sum, value, feature) => sum + weights[feature]! * value, expectedValue),
  );
  return {
    attributions: { rows: rows.length, values, answers },
    batch: {
      rowCount: rows.length,
      columns: features.map((_, feature) => ({
        kind: 'number',
        values: Float64Array.from(rows, (row) => row[feature]!),
        valid: new Uint8Array(rows.length).fill(1),
        integral: false,
      })),
    },
  };
}

/** The profile of rows of a linear model, given in one batch or several. */
export function linearProfile(
  model: LinearSample,
  rows: readonly (readonly number[])[],
  options: { readonly layout?: AttributionProfile; readonly seed?: number; readonly batchRows?: number } = {},
): AttributionProfile {
  const { layout, seed = 0, batchRows = Math.max(1, rows.length) } = options;
  const builder = new AttributionProfileBuilder(
    {
      features: model.features,
      outputs: ['label0'],
      expectedValues: Float64Array.of(model.expectedValue ?? 0),
    },
    { seed, ...(layout && { layout }) },
  );
  for (let first = 0; first < rows.length; first += batchRows) {
    const { attributions, batch } = explainLinear(model, rows.slice(first, first + batchRows));
    builder.add(attributions, batch);
  }
  return builder.finish();
}
