import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evenBackground } from '../../../kernel-lib/src/explain/background.js';
import { additivityError } from '../../../kernel-lib/src/explain/explainer.js';
import { interventionalExplainer } from '../../../kernel-lib/src/explain/interventional-shap.js';
import type { TreeModel } from '../../../kernel-lib/src/models/tree-model.js';
import { loadXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { type RandomModelOptions, randomModel, randomRows } from '../../support/coalitions.js';
import { numberBatch } from '../../support/number-batch.js';

const golden = JSON.parse(
  readFileSync(new URL('../../golden/explain/interventional-shap.json', import.meta.url), 'utf8'),
) as {
  readonly model: unknown;
  readonly background: (number | null)[][];
  readonly rows: (number | null)[][];
  readonly expected_value: number;
  readonly values: number[][];
  readonly exact: number[][];
};

describe('interventionalExplainer()', () => {
  it("gives the values of shap's ExactExplainer and TreeExplainer", async () => {
    const explainer = interventionalExplainer(
      loadXgboostModel(golden.model),
      evenBackground(numberBatch(golden.background)),
    );
    const explained = await explainer.explain(numberBatch(golden.rows));
    const { values } = explained;
    for (const [index, expected] of golden.exact.flat().entries()) expect(values[index]).toBeCloseTo(expected, 9);
    // It weighs leaves in single precision: some 6e-8 of leaves up to 1.
    for (const [index, expected] of golden.values.flat().entries()) expect(values[index]).toBeCloseTo(expected, 7);
    expect(explainer.expectedValues[0]).toBeCloseTo(golden.expected_value, 9);
    // The model adds up in single precision.
    expect(additivityError(explained, explainer.expectedValues, 5)).toBeLessThan(2e-6);
  });

  it.each<RandomModelOptions>([
    { features: 4, trees: 5, depth: 6 },
    { features: 5, trees: 6, depth: 4, categories: true, outputs: 2 },
    { features: 3, trees: 4, depth: 5, precision: 'double', zeroIsMissing: true },
    { features: 2, trees: 2, depth: 0 },
  ])('is the enumeration of all coalitions: %o', async (options) => {
    const random = new Random(21);
    const model = randomModel(random, options);
    const [background, rows] = [randomRows(random, 7, options), randomRows(random, 9, options)];
    const weights = Float64Array.from([1, 2, 3, 4, 5, 6, 7], (weight) => weight / 28);
    const explainer = interventionalExplainer(model, {
      batch: numberBatch(table(background, options.features)),
      weights,
      source: 'rows',
    });
    const { values } = await explainer.explain(numberBatch(table(rows, options.features)));
    const { features } = options;
    for (let row = 0; row < 9; row++) {
      const own = rows.subarray(row * features, (row + 1) * features);
      for (let output = 0; output < model.outputs.length; output++) {
        const expected = enumerate(model, own, background, weights, output);
        const at = (row * model.outputs.length + output) * features;
        // The enumeration asks the model itself, which adds up in its own precision.
        const digits = options.precision === 'double' ? 12 : 6;
        for (const [feature, value] of expected.entries()) expect(values[at + feature]).toBeCloseTo(value, digits);
      }
    }
  });

  it('stops when it is told to', async () => {
    const options = { features: 2, trees: 2, depth: 2 };
    const explainer = interventionalExplainer(
      randomModel(new Random(1), options),
      evenBackground(numberBatch([[0.5, 0.5]])),
    );
    const signal = AbortSignal.abort();
    await expect(explainer.explain(numberBatch([[0, 1]]), 0, { signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

function table(encoded: Float64Array, width: number): (number | null)[][] {
  return Array.from({ length: encoded.length / width }, (_, row) =>
    [...encoded.subarray(row * width, (row + 1) * width)].map((cell) => (Number.isNaN(cell) ? null : cell)),
  );
}

/** Shapley values by their definition, each coalition asked of the model itself. */
function enumerate(
  model: TreeModel,
  row: Float64Array,
  background: Float64Array,
  weights: Float64Array,
  output: number,
): number[] {
  const width = row.length;
  const worth = Array.from({ length: 2 ** width }, (_, coalition) => {
    const made = background.map((cell, at) => (coalition & (1 << (at % width)) ? row[at % width]! : cell));
    const margins = model.margins(made);
    return weights.reduce((sum, weight, other) => sum + weight * margins[other * model.outputs.length + output]!, 0);
  });
  return Array.from({ length: width }, (_, feature) => {
    let value = 0;
    for (const [coalition, without] of worth.entries()) {
      if (coalition & (1 << feature)) continue;
      const size = [...coalition.toString(2)].filter((bit) => bit === '1').length;
      let share = 1 / width;
      for (let i = 1; i <= size; i++) share *= i / (width - i);
      value += share * (worth[coalition | (1 << feature)]! - without);
    }
    return value;
  });
}
