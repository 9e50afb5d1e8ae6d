import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { additivityError } from '../../../kernel-lib/src/explain/explainer.js';
import { attributeRows, treeExplainer } from '../../../kernel-lib/src/explain/tree-shap.js';
import { parseLightgbmModel } from '../../../kernel-lib/src/models/lightgbm.js';
import { identity } from '../../../kernel-lib/src/models/link.js';
import {
  createTreeModel,
  type ModelCell,
  type Tree,
  type TreeModel,
} from '../../../kernel-lib/src/models/tree-model.js';
import { loadXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { type RandomModelOptions, randomModel, randomRows, shapleyByEnumeration } from '../../support/coalitions.js';

interface Golden {
  readonly name: string;
  readonly xgboost: readonly (readonly number[])[];
  readonly shap?: readonly (readonly number[])[];
}

type Rows = readonly (readonly ModelCell[])[];

const root = new URL('../../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const golden = readJson('test/golden/explain/tree-shap.json') as {
  readonly census: Golden;
  readonly small: readonly Golden[];
  readonly deep: Golden & { readonly model: unknown; readonly rows: Rows };
};
const small = (
  readJson('test/golden/models/small-models.json') as { cases: { name: string; model: unknown; rows: Rows }[] }
).cases;
const census = {
  model: readJson('kernel-lib/demo/census-model.json'),
  rows: (readJson('test/golden/models/census-predictions.json') as { rows: Rows }).rows.filter(
    (_, row) => row % 8 === 0,
  ),
};
const models: [string, { model: unknown; rows: Rows }, Golden][] = [
  ['census', census, golden.census],
  ...golden.small.map((entry, index): [string, { model: unknown; rows: Rows }, Golden] => [
    entry.name,
    small[index]!,
    entry,
  ]),
  ['trees of depth 9', golden.deep, golden.deep],
];

const lightgbmModels = (
  readJson('test/golden/models/lightgbm-models.json') as { cases: { name: string; model: string; rows: Rows }[] }
).cases;
const lightgbm = (
  readJson('test/golden/explain/lightgbm-shap.json') as { cases: { name: string; shap: number[][] }[] }
).cases.map(({ name, shap }) => [name, lightgbmModels.find((entry) => entry.name === name)!, shap] as const);

/** The largest difference to a table, a line for each row and output, that may have the expected value at its end. */
function largestDifference(
  values: Float64Array,
  width: number,
  expected: readonly (readonly number[])[],
  expectedValues: Float64Array = new Float64Array(1),
): number {
  expect(values.length).toBe(expected.length * width);
  let largest = 0;
  for (const [line, cells] of expected.entries()) {
    for (const [column, cell] of cells.entries()) {
      const value = column < width ? values[line * width + column]! : expectedValues[line % expectedValues.length]!;
      largest = Math.max(largest, Math.abs(value - cell));
    }
  }
  return largest;
}

function differenceTo(expected: readonly (readonly number[])[], model: TreeModel, rows: Rows): number {
  const explainer = treeExplainer(model);
  const { values } = explainer.explain(model.encode(rows));
  return largestDifference(values, model.features.length, expected, explainer.expectedValues);
}

describe('treeExplainer() against others', () => {
  it.each(models)('gives the contributions of XGBoost: %s', (_, { model: json, rows }, expected) => {
    const model = loadXgboostModel(json);
    // XGBoost adds up in single precision: a few units in the last place of margins up to 8.
    expect(differenceTo(expected.xgboost, model, rows)).toBeLessThan(5e-6);
  });

  it.each(models.filter(([, , expected]) => expected.shap !== undefined))(
    'gives the values of shap, in double precision: %s',
    (_, { model: json, rows }, expected) => {
      const model = loadXgboostModel(json);
      expect(differenceTo(expected.shap!, model, rows)).toBeLessThan(1e-12);
    },
  );

  it.each(lightgbm)('gives the values of shap for LightGBM: %s', (_, { model: text, rows }, expected) => {
    const model = parseLightgbmModel(text);
    expect(differenceTo(expected, model, rows)).toBeLessThan(1e-12);
  });

  it('has golden values of shap for numeric models, with missing values and deep trees among them', () => {
    expect(models.filter(([, , { shap }]) => shap !== undefined).map(([name]) => name)).toEqual([
      'numeric regression',
      'regression with a base score',
      'numeric classification',
      'classification with a base score',
      'random forest',
      'trees of depth 9',
    ]);
  });
});

const shapes: [string, RandomModelOptions][] = [
  ['more features than levels', { features: 8, trees: 3, depth: 4 }],
  ['features that come again on a path', { features: 3, trees: 3, depth: 6 }],
  ['two outputs, zeros as missing', { features: 4, trees: 4, depth: 4, outputs: 2, zeroIsMissing: true }],
  ['categories', { features: 4, trees: 3, depth: 5, categories: true }],
  ['one feature', { features: 1, trees: 2, depth: 4 }],
  ['one level', { features: 2, trees: 2, depth: 1 }],
  ['leaves only', { features: 2, trees: 2, depth: 0 }],
];

describe('treeExplainer() against all coalitions', () => {
  it.each(shapes)('gives the Shapley values of the definition: %s', (_, options) => {
    const random = new Random(5);
    for (let repeat = 0; repeat < 5; repeat++) {
      const model = randomModel(random, options);
      const rows = randomRows(random, 10, options);
      const { values } = treeExplainer(model).explain(rows);
      const expected = Array.from({ length: 10 }, (__, row) =>
        model.outputs.map((___, output) =>
          shapleyByEnumeration(model, rows.subarray(row * options.features, (row + 1) * options.features), output),
        ),
      ).flat();
      expect(largestDifference(values, options.features, expected)).toBeLessThan(1e-13);
    }
  });
});

describe('treeExplainer()', () => {
  it.each([
    ['in single precision', { precision: 'single' }, 1e-5],
    ['in double precision', { precision: 'double' }, 1e-13],
    ['with several outputs', { precision: 'double', outputs: 3 }, 1e-13],
    ['with categories and zeros as missing', { precision: 'double', categories: true, zeroIsMissing: true }, 1e-13],
  ] as [string, Partial<RandomModelOptions>, number][])('adds up to the margin %s', (_, shape, tolerance) => {
    const random = new Random(8);
    const options = { features: 6, trees: 21, depth: 7, ...shape };
    const model = randomModel(random, options);
    const rows = randomRows(random, 300, options);
    const explainer = treeExplainer(model);
    const attributions = explainer.explain(rows);
    expect(attributions.answers).toEqual(model.margins(rows));
    expect(attributions.values.length).toBe(300 * model.outputs.length * 6);
    // A margin is a sum of 21 values below 1.
    expect(additivityError(attributions, explainer.expectedValues, 6)).toBeLessThan(tolerance);
  });

  it('keeps additivity on paths of 40 features', () => {
    const random = new Random(2);
    const options = { features: 40, trees: 1, depth: 0 };
    const chain = chainTree(40);
    const model = createTreeModel({
      features: randomModel(random, options).features,
      objective: 'reg:squarederror',
      baseMargins: new Float64Array(1),
      precision: 'single',
      scale: 'prediction',
      trees: [chain],
      link: identity,
    });
    const explainer = treeExplainer(model);
    const attributions = explainer.explain(randomRows(random, 50, options));
    expect(additivityError(attributions, explainer.expectedValues, 40)).toBeLessThan(1e-7);
  });

  it('gives 0, and not nearly 0, to a feature that no tree asks for', () => {
    const random = new Random(3);
    const asked = randomModel(random, { features: 4, trees: 4, depth: 5 });
    const model = createTreeModel({
      ...asked,
      precision: 'single',
      features: [...asked.features, { name: 'unused', kind: 'number' }],
      link: identity,
    });
    const { values } = treeExplainer(model).explain(randomRows(random, 50, { features: 5, trees: 0, depth: 0 }));
    for (let row = 0; row < 50; row++) expect(values[row * 5 + 4]).toBe(0);
  });

  it('treats two features alike that the trees and the row treat alike', () => {
    const random = new Random(4);
    const { trees, features } = randomModel(random, { features: 3, trees: 3, depth: 4 });
    const swapped = trees.map((tree) => ({ ...tree, feature: tree.feature.map((feature) => [1, 0, 2][feature]!) }));
    const model = createTreeModel({
      features,
      objective: 'reg:squarederror',
      baseMargins: new Float64Array(1),
      precision: 'single',
      scale: 'prediction',
      trees: [...trees, ...swapped],
      link: identity,
    });
    const rows = randomRows(random, 40, { features: 3, trees: 0, depth: 0 });
    for (let row = 0; row < 40; row++) rows[row * 3 + 1] = rows[row * 3]!;
    const { values } = treeExplainer(model).explain(rows);
    for (let row = 0; row < 40; row++) expect(Math.abs(values[row * 3]! - values[row * 3 + 1]!)).toBeLessThan(1e-14);
  });

  it('says the same of a row alone as among others', () => {
    const random = new Random(6);
    const options = { features: 5, trees: 6, depth: 6 };
    const model = randomModel(random, options);
    const rows = randomRows(random, 300, options);
    const explainer = treeExplainer(model);
    const together = explainer.explain(rows).values;
    for (const row of [0, 127, 128, 299]) {
      const alone = explainer.explain(rows.subarray(row * 5, row * 5 + 5)).values;
      expect(alone).toEqual(together.slice(row * 5, row * 5 + 5));
    }
  });

  it('prepares plain data, which another thread explains alike', () => {
    const random = new Random(9);
    const options = { features: 4, trees: 5, depth: 5, outputs: 2, categories: true, zeroIsMissing: true };
    const explainer = treeExplainer(randomModel(random, options));
    const rows = randomRows(random, 50, options);
    const copy = structuredClone(explainer.prepared);
    expect(attributeRows(copy, rows)).toEqual(explainer.explain(rows));
  });

  it('shares the rows of a branch without cover alike, and still adds up', () => {
    const random = new Random(7);
    const options = { features: 3, trees: 3, depth: 4 };
    const { trees, features } = randomModel(random, options);
    const model = createTreeModel({
      features,
      objective: 'reg:squarederror',
      baseMargins: new Float64Array(1),
      precision: 'single',
      scale: 'prediction',
      trees: trees.map((tree) => ({ ...tree, cover: tree.cover.map((cover, node) => (node % 3 === 1 ? 0 : cover)) })),
      link: identity,
    });
    const explainer = treeExplainer(model);
    const attributions = explainer.explain(randomRows(random, 100, options));
    expect(attributions.values.every(Number.isFinite)).toBe(true);
    expect(additivityError(attributions, explainer.expectedValues, 3)).toBeLessThan(1e-5);
  });

  it('gives nothing for no rows', () => {
    const model = randomModel(new Random(1), { features: 2, trees: 1, depth: 2 });
    const nothing = new Float64Array(0);
    expect(treeExplainer(model).explain(nothing)).toEqual({ rows: 0, values: nothing, answers: nothing });
  });
});

/** Each level asks for another feature, and its right child is a leaf. */
function chainTree(depth: number): Tree {
  const nodes = 2 * depth + 1;
  const inner = (node: number): boolean => node % 2 === 0 && node < 2 * depth;
  const fill = (value: (node: number) => number): number[] => Array.from({ length: nodes }, (_, node) => value(node));
  return {
    left: Int32Array.from(fill((node) => (inner(node) ? node + 2 : -1))),
    right: Int32Array.from(fill((node) => (inner(node) ? node + 1 : -1))),
    feature: Int32Array.from(fill((node) => (inner(node) ? node / 2 : 0))),
    threshold: Float64Array.from(fill(() => 0.7)),
    defaultLeft: Uint8Array.from(fill(() => 1)),
    rightCategories: Array.from({ length: nodes }, () => undefined),
    output: 0,
    value: Float64Array.from(fill((node) => (inner(node) ? 0 : 1 + (node % 5)))),
    cover: Float64Array.from(fill((node) => 0.8 ** Math.floor(node / 2) * (node % 2 === 0 ? 1 : 0.2))),
  };
}
