import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evenBackground } from '../../../kernel-lib/src/explain/background.js';
import { additivityError } from '../../../kernel-lib/src/explain/explainer.js';
import { linearExplainer } from '../../../kernel-lib/src/explain/linear-shap.js';
import type { LinearModel } from '../../../kernel-lib/src/models/linear-model.js';
import { parseModelFile } from '../../../kernel-lib/src/models/parse-model.js';
import { numberBatch } from '../../support/number-batch.js';

const { cases } = JSON.parse(
  readFileSync(new URL('../../golden/explain/linear-shap.json', import.meta.url), 'utf8'),
) as {
  readonly cases: readonly {
    readonly name: string;
    readonly model: unknown;
    readonly background: number[][];
    readonly rows: number[][];
    readonly contributions: number[][][];
    readonly interventional: number[][][];
  }[];
};
const open = (model: unknown): LinearModel =>
  parseModelFile(new TextEncoder().encode(JSON.stringify(model)), 'model.json') as LinearModel;

describe('linearExplainer()', () => {
  it.each(cases)("gives XGBoost's contributions without a background: $name", async (expected) => {
    const explainer = linearExplainer(open(expected.model));
    const explained = await explainer.explain(numberBatch(expected.rows));
    const outputs = explainer.outputs.length;
    for (const [row, lines] of expected.contributions.entries()) {
      for (const [output, line] of lines.entries()) {
        // XGBoost's are in single precision.
        for (const [feature, value] of line.slice(0, 4).entries()) {
          expect(explained.values[(row * outputs + output) * 4 + feature]).toBeCloseTo(value, 5);
        }
        expect(explainer.expectedValues[output]).toBeCloseTo(line[4]!, 5);
      }
    }
    expect(additivityError(explained, explainer.expectedValues, 4)).toBeLessThan(1e-12);
  });

  it.each(cases)("gives the values of shap's LinearExplainer against a background: $name", async (expected) => {
    const explainer = linearExplainer(open(expected.model), evenBackground(numberBatch(expected.background)));
    const explained = await explainer.explain(numberBatch(expected.rows));
    for (const [index, value] of expected.interventional.flat(2).entries()) {
      expect(explained.values[index]).toBeCloseTo(value, 9);
    }
    expect(additivityError(explained, explainer.expectedValues, 4)).toBeLessThan(1e-12);
    expect(explainer.method.backgroundRows).toBe(50);
  });
});
