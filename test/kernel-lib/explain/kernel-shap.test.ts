import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CellBatch } from '../../../kernel-lib/src/dataset/cell-batch.js';
import { type Background, evenBackground } from '../../../kernel-lib/src/explain/background.js';
import { additivityError, type Explainer } from '../../../kernel-lib/src/explain/explainer.js';
import { interventionalExplainer } from '../../../kernel-lib/src/explain/interventional-shap.js';
import { askedCoalitions } from '../../../kernel-lib/src/explain/kernel-asked.js';
import { linearCoalitions } from '../../../kernel-lib/src/explain/kernel-linear.js';
import { kernelExplainer } from '../../../kernel-lib/src/explain/kernel-shap.js';
import { treeCoalitions } from '../../../kernel-lib/src/explain/kernel-trees.js';
import { createLinearModel } from '../../../kernel-lib/src/models/linear-model.js';
import { logistic } from '../../../kernel-lib/src/models/link.js';
import type { Model } from '../../../kernel-lib/src/models/model.js';
import { loadXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { randomModel, randomRows } from '../../support/coalitions.js';
import { numberBatch } from '../../support/number-batch.js';

const golden = JSON.parse(readFileSync(new URL('../../golden/explain/kernel-shap.json', import.meta.url), 'utf8')) as {
  readonly model: unknown;
  readonly background: number[][];
  readonly weights: number[];
  readonly rows: number[][];
  readonly cases: { name: string; expected_values: number[]; values: number[][][] }[];
};
const goldenModel = loadXgboostModel(golden.model);
const goldenBackground = evenBackground(numberBatch(golden.background));
const weightSum = golden.weights.reduce((sum, weight) => sum + weight, 0);
const weighted: Background = {
  ...goldenBackground,
  weights: Float64Array.from(golden.weights, (weight) => weight / weightSum),
};
/** The model in double precision, as an endpoint would be asked. */
const asked = (answer: (margin: number) => number | number[], calls: number[] = []): Model => ({
  predict: async (_, rows) => {
    calls.push(rows.length);
    return [...marginsOf(rows.map((row) => row.map(Number)))].map(answer);
  },
});
const marginsOf = (rows: number[][]): Float64Array => {
  const encoded = goldenModel.encode(rows);
  const margins = new Float64Array(rows.length).fill(goldenModel.baseMargins[0]!);
  for (let row = 0; row < rows.length; row++) {
    for (const tree of goldenModel.trees) {
      let node = 0;
      while (tree.left[node] !== -1) {
        const value = encoded[row * 6 + tree.feature[node]!]!;
        node = value < tree.threshold[node]! ? tree.left[node]! : tree.right[node]!;
      }
      margins[row]! += tree.value[node]!;
    }
  }
  return margins;
};
const probability = (margin: number): number => 1 / (1 + Math.exp(-margin));
const names = golden.rows[0]!.map((_, index) => `f${index}`);

const explainers: Record<string, () => Promise<Explainer>> = {
  margin: async () => kernelExplainer(treeCoalitions(goldenModel, goldenBackground, 'margin')),
  probability: async () => kernelExplainer(treeCoalitions(goldenModel, goldenBackground)),
  'log-odds of the probability': async () =>
    kernelExplainer(treeCoalitions(goldenModel, goldenBackground), { useLogit: true }),
  'weighted background': async () => kernelExplainer(treeCoalitions(goldenModel, weighted)),
  'two outputs': async () => {
    const both = asked((margin) => [1 - probability(margin), probability(margin)]);
    return kernelExplainer(await askedCoalitions(both, names, goldenBackground));
  },
};

const varying = (row: number[]): number =>
  row.filter((cell, feature) => golden.background.some((other) => other[feature] !== cell)).length;

const largestDifference = (a: Float64Array, b: Float64Array | number[]): number => {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - b[index]!)), 0);
};

describe('kernelExplainer() with all coalitions', () => {
  it.each(golden.cases)("gives the values of shap's KernelExplainer: $name", async (expected) => {
    const explainer = await explainers[expected.name]!();
    const { values } = await explainer.explain(numberBatch(golden.rows));
    // Both solve normal equations of 62 coalitions, whose condition number is below 100.
    expect(largestDifference(values, expected.values.flat(2))).toBeLessThan(1e-9);
    expect(largestDifference(explainer.expectedValues, expected.expected_values)).toBeLessThan(1e-9);
    expect(explainer.method).toMatchObject({ exact: true, samples: 62, backgroundRows: 12 });
  });

  it('gives features that are as the whole background 0, and one that differs alone all', async () => {
    const explainer = await explainers['probability']!();
    const rows = [golden.rows[0]!, [0.25, -0.5, ...golden.background[0]!.slice(2)]];
    const { values, answers } = await explainer.explain(numberBatch(rows));
    expect([...values.subarray(0, 2)]).toEqual([0, 0]);
    const single = evenBackground(numberBatch([golden.background[0]!]));
    const against = kernelExplainer(treeCoalitions(goldenModel, single));
    const row = golden.background[0]!.with(3, 2);
    const alone = await against.explain(numberBatch([row, golden.background[0]!]));
    expect([...alone.values]).toEqual(
      Array.from({ length: 12 }, (_, at) => (at === 3 ? alone.answers[0]! - against.expectedValues[0]! : 0)),
    );
    expect(answers).toHaveLength(2);
  });

  it('is interventional TreeSHAP on the margin scale: several outputs, missing values, categories', async () => {
    const random = new Random(4);
    const options = { features: 6, trees: 9, depth: 5, categories: true, outputs: 3 };
    const model = randomModel(random, options);
    const background = evenBackground(numberBatch(tableOf(randomRows(random, 20, options), 6)));
    const batch = numberBatch(tableOf(randomRows(random, 15, options), 6));
    const kernel = await kernelExplainer(treeCoalitions(model, background, 'margin')).explain(batch);
    const exact = await interventionalExplainer(model, background).explain(batch);
    expect(largestDifference(kernel.values, [...exact.values])).toBeLessThan(1e-9);
  });

  it('asks models and walks trees to the same values', async () => {
    const calls: number[] = [];
    const explainer = kernelExplainer(await askedCoalitions(asked(probability, calls), names, goldenBackground));
    const byTrees = await explainers['probability']!();
    const [byAsking, walked] = await Promise.all(
      [explainer, byTrees].map((one) => one.explain(numberBatch(golden.rows))),
    );
    expect(largestDifference(byAsking!.values, [...walked!.values])).toBeLessThan(1e-12);
    // The background, the rows, and the made-up rows of all five in one call.
    const coalitions = golden.rows.reduce((sum, row) => sum + 2 ** varying(row) - 2, 0);
    expect(calls).toEqual([12, 5, 12 * coalitions]);
  });
});

describe('kernelExplainer() with a sample of coalitions', () => {
  const random = new Random(8);
  const options = { features: 12, trees: 20, depth: 4 };
  const model = randomModel(random, options);
  const background = evenBackground(numberBatch(tableOf(randomRows(random, 30, options), 12)));
  const batch = numberBatch(tableOf(randomRows(random, 10, options), 12));
  const explain = async (samples: number, seed = 0, rows: CellBatch = batch) =>
    kernelExplainer(treeCoalitions(model, background), { samples, seed }).explain(rows);

  it('comes nearer to the exact values with more coalitions, without a bias', async () => {
    const exact = await explain(4094);
    const errors = await Promise.all(
      [100, 1600].map(async (samples) => {
        const runs = await Promise.all(Array.from({ length: 20 }, (_, seed) => explain(samples, seed)));
        const mean = exact.values.map((_, at) => runs.reduce((sum, run) => sum + run.values[at]!, 0) / runs.length);
        const square = runs.reduce((sum, run) => sum + distance(run.values, exact.values) ** 2, 0) / runs.length;
        return { single: Math.sqrt(square), ofMean: distance(mean, exact.values) };
      }),
    );
    expect(errors[1]!.single).toBeLessThan(errors[0]!.single / 3);
    // The mean of 20 runs without a bias is off by the error of one, divided by the root of 20.
    for (const { single, ofMean } of errors) expect(ofMean).toBeLessThan((2 * single) / Math.sqrt(20));
  });

  it('adds up to the answer, whatever the number of coalitions', async () => {
    for (const samples of [1, 30, 500]) {
      const explainer = kernelExplainer(treeCoalitions(model, background), { samples });
      const error = additivityError(await explainer.explain(batch), explainer.expectedValues, 12);
      expect(error).toBeLessThan(1e-12);
      expect(explainer.method).toMatchObject({ exact: false, samples: Math.max(24, samples) });
    }
  });

  it('gives a row the same values wherever it comes, and others with another seed', async () => {
    const whole = await explain(200);
    const last = await explain(200, 0, numberBatch(tableOf(randomRows(new Random(8), 0, options), 12)));
    expect(last.rows).toBe(0);
    const again = await explain(200);
    expect(again.values).toEqual(whole.values);
    const turned: CellBatch = {
      rowCount: 10,
      columns: batch.columns.map((column) => {
        if (column.kind === 'text') throw new Error('a column of numbers was expected');
        return { ...column, values: column.values.toReversed(), valid: column.valid.toReversed() };
      }),
    };
    const backwards = await explain(200, 0, turned);
    expect(backwards.values.subarray(108)).toEqual(whole.values.subarray(0, 12));
    expect((await explain(200, 1)).values).not.toEqual(whole.values);
  });
});

describe('kernelExplainer() of linear models', () => {
  it('walks coalitions to what the model itself answers', async () => {
    const weights = Float64Array.of(0.5, -1, 2, 0.25);
    const model = createLinearModel({
      features: ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'number' as const })),
      objective: 'binary:logistic',
      weights,
      bias: Float64Array.of(0.3),
      precision: 'double',
      scale: 'log-odds',
      link: logistic(),
    });
    const background = evenBackground(
      numberBatch([
        [1, 0, null, 2],
        [0, 1, 1, -1],
        [2, 2, 0, 0],
      ]),
    );
    const batch = numberBatch([
      [1, 2, 3, null],
      [0, -1, 0.5, 4],
    ]);
    const quick = await kernelExplainer(linearCoalitions(model, background)).explain(batch);
    const slow = await kernelExplainer(
      await askedCoalitions({ predict: async (_, rows) => [...model.predict(rows)] }, ['a', 'b', 'c', 'd'], background),
    ).explain(batch);
    expect(largestDifference(quick.values, [...slow.values])).toBeLessThan(1e-12);
  });
});

describe('kernelExplainer() refuses', () => {
  it('log-odds of what is no probability', () => {
    const model = treeCoalitions(goldenModel, goldenBackground, 'margin');
    const outside = { ...model, expectedValues: Float64Array.of(1.5) };
    expect(() => kernelExplainer(outside, { useLogit: true })).toThrow(/1\.5, which is no probability/);
  });

  it('a number of coalitions that is none', () => {
    const model = treeCoalitions(goldenModel, goldenBackground);
    expect(() => kernelExplainer(model, { samples: 0 })).toThrow(/one coalition or more, not 0/);
  });

  it('answers of different lengths', async () => {
    const uneven: Model = { predict: async (_, rows) => rows.map((__, row) => (row === 1 ? [1, 2] : 1)) };
    await expect(askedCoalitions(uneven, names, goldenBackground)).rejects.toThrow(/2 numbers for a row, 1 for others/);
  });

  it('keeps log-odds of 0 and 1 finite', async () => {
    const sure = asked((margin) => (margin > 0 ? 1 : 0));
    const explainer = kernelExplainer(await askedCoalitions(sure, names, goldenBackground), { useLogit: true });
    const { values, answers } = await explainer.explain(numberBatch(golden.rows));
    expect(values.every(Number.isFinite)).toBe(true);
    expect(Math.max(...answers.map(Math.abs))).toBeCloseTo(Math.log(2 ** 52 - 1), 9);
  });
});

function tableOf(encoded: Float64Array, width: number): (number | null)[][] {
  return Array.from({ length: encoded.length / width }, (_, row) =>
    [...encoded.subarray(row * width, (row + 1) * width)].map((cell) => (Number.isNaN(cell) ? null : cell)),
  );
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(a.reduce((sum, value, index) => sum + (value - b[index]!) ** 2, 0));
}
