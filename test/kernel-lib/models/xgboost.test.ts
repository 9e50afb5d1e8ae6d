import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { treeExplainer } from '../../../kernel-lib/src/explain/tree-shap.js';
import type { LinearModel } from '../../../kernel-lib/src/models/linear-model.js';
import { identity } from '../../../kernel-lib/src/models/link.js';
import {
  createTreeModel,
  type ModelCell,
  type Tree,
  type TreeModel,
} from '../../../kernel-lib/src/models/tree-model.js';
import { loadXgboostModel, parseXgboostModel, readXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { errorOf } from '../../support/error-of.js';

interface CensusGolden {
  readonly features: readonly string[];
  readonly rows: readonly (readonly ModelCell[])[];
  readonly probabilities: readonly number[];
  readonly margins: readonly number[];
}

interface SmallModels {
  readonly cases: readonly {
    readonly name: string;
    readonly model: unknown;
    readonly rows: readonly (readonly ModelCell[])[];
    readonly predictions: readonly number[];
  }[];
  readonly refused: readonly { readonly part: string; readonly model: unknown }[];
}

interface Shape {
  readonly name: string;
  readonly model: unknown;
  readonly rows: readonly (readonly ModelCell[])[];
  readonly predictions: readonly (readonly number[])[];
  readonly margins: readonly (readonly number[])[];
  /** By (row, output): a value a feature, then the expected value. */
  readonly contributions: readonly (readonly number[])[];
}

const root = new URL('../../../', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), 'utf8'));
const census = readJson('test/golden/models/census-predictions.json') as CensusGolden;
const small = readJson('test/golden/models/small-models.json') as SmallModels;
const shapes = (readJson('test/golden/models/xgboost-shapes.json') as { readonly cases: readonly Shape[] }).cases;
const censusModel = (): TreeModel => loadXgboostModel(readJson('kernel-lib/demo/census-model.json'));

// XGBoost adds up and answers in single precision: 1e-6 is a few units in the last place of a probability.
const tolerance = 1e-6;

function largestDifference(actual: Float64Array, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((largest, value, index) => Math.max(largest, Math.abs(actual[index]! - value)), 0);
}

describe('loadXgboostModel()', () => {
  it('gives the probabilities of XGBoost for 500 census rows, missing values and unseen categories among them', () => {
    expect(largestDifference(censusModel().predict(census.rows), census.probabilities)).toBeLessThan(tolerance);
  });

  it('gives the margins of XGBoost, on the scale of log-odds', () => {
    expect(largestDifference(censusModel().predictMargin(census.rows), census.margins)).toBeLessThan(5e-6);
  });

  it('reads the cells of a CSV line, all of them text, as it reads numbers', () => {
    const model = censusModel();
    const asText = census.rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
    expect(model.predict(asText)).toEqual(model.predict(census.rows));
  });

  it('names the features and the categories that the model was trained on', () => {
    const { features } = censusModel();
    expect(features.map((feature) => feature.name)).toEqual(census.features);
    expect(features[0]).toEqual({ name: 'age', kind: 'number' });
    expect([...(features[9]?.categories ?? [])]).toEqual([
      ['Female', 0],
      ['Male', 1],
    ]);
  });

  it('keeps in every inner node the cover of its two children', () => {
    for (const tree of censusModel().trees) {
      for (const [node, left] of tree.left.entries()) {
        if (left === -1) continue;
        const sum = tree.cover[left]! + tree.cover[tree.right[node]!]!;
        // Single-precision sums over up to 26,048 rows.
        expect(Math.abs(sum - tree.cover[node]!)).toBeLessThan(1e-3 * Math.max(1, sum));
      }
    }
  });

  it.each(small.cases.map((golden) => [golden.name, golden] as const))('agrees with XGBoost on: %s', (_, golden) => {
    const model = loadXgboostModel(golden.model);
    expect(largestDifference(model.predict(golden.rows), golden.predictions)).toBeLessThan(tolerance);
  });

  it('reads a base score without brackets, as versions before 3.1 write it', () => {
    const golden = small.cases.find((entry) => entry.name === 'classification with a base score')!;
    const older = JSON.parse(JSON.stringify(golden.model).replace('"[9E-1]"', '"9E-1"')) as unknown;
    expect(largestDifference(loadXgboostModel(older).predict(golden.rows), golden.predictions)).toBeLessThan(tolerance);
  });

  it.each(['1.7.6', '2.1.4'])('agrees with XGBoost %s on the model it wrote itself', (version) => {
    const golden = readJson(`test/golden/models/older-model-${version}.json`) as {
      readonly model: string;
      readonly rows: readonly (readonly ModelCell[])[];
      readonly predictions: readonly number[];
    };
    expect(golden.model).toContain('NaN');
    expect(largestDifference(parseXgboostModel(golden.model).predict(golden.rows), golden.predictions)).toBeLessThan(
      tolerance,
    );
  });

  it.each(small.refused.map(({ part, model }) => [part, model] as const))('refuses %s by name', (part, model) => {
    const error = errorOf(() => loadXgboostModel(model));
    expect(error.code).toBe('MODEL');
    expect(error.message).toContain(part === 'two targets' || part === 'multi_output_tree' ? '2 targets' : part);
  });

  it.each([
    ['null', null],
    ['an empty object', {}],
    ['a text', 'tree\nversion=v4'],
    ['a dump of trees', [{ nodeid: 0, leaf: 1 }]],
  ])('says that %s is no XGBoost model', (_, json) => {
    const error = errorOf(() => loadXgboostModel(json));
    expect(error.code).toBe('MODEL');
    expect(error.message).toContain('"learner" is missing');
  });

  it('refuses a tree that leads back to its own root', () => {
    const golden = structuredClone(small.cases[0]!.model) as {
      learner: { gradient_booster: { model: { trees: { left_children: number[] }[] } } };
    };
    golden.learner.gradient_booster.model.trees[0]!.left_children[1] = 0;
    expect(errorOf(() => loadXgboostModel(golden)).message).toContain('node 1 has no children');
  });
});

describe('readXgboostModel()', () => {
  it.each(shapes.map((entry) => [entry.name, entry] as const))(
    'gives the margins and predictions of XGBoost: %s',
    (_, { model: json, rows, margins, predictions }) => {
      const model = readXgboostModel(json);
      // A few units in the last place of single-precision sums up to 8.
      expect(largestDifference(model.predictMargin(rows), margins.flat())).toBeLessThan(3e-6);
      // XGBoost takes the exponential in single precision: answers go up to 10.
      expect(largestDifference(model.predict(rows), predictions.flat())).toBeLessThan(5e-6);
    },
  );

  it.each(shapes.filter(({ name }) => !name.startsWith('gblinear')).map((entry) => [entry.name, entry] as const))(
    'leads to the contributions of XGBoost: %s',
    (_, { model: json, rows, contributions }) => {
      const model = loadXgboostModel(json);
      const width = model.features.length;
      const explainer = treeExplainer(model);
      const { values } = explainer.explain(model.encode(rows));
      expect(
        largestDifference(
          values,
          contributions.flatMap((line) => line.slice(0, width)),
        ),
      ).toBeLessThan(5e-6);
      const expected = contributions.slice(0, model.outputs.length).map((line) => line[width]!);
      expect(largestDifference(explainer.expectedValues, expected)).toBeLessThan(5e-6);
    },
  );

  it.each(shapes.filter(({ name }) => name.startsWith('gblinear')).map((entry) => [entry.name, entry] as const))(
    'has the weights by which XGBoost explains: %s',
    (_, { model: json, rows, contributions }) => {
      const model = readXgboostModel(json) as LinearModel;
      const [width, outputs] = [model.features.length, model.outputs.length];
      for (const [index, line] of contributions.entries()) {
        const [row, output] = [Math.floor(index / outputs), index % outputs];
        expect(Math.abs(line[width]! - model.bias[output]!)).toBeLessThan(1e-6);
        for (let feature = 0; feature < width; feature++) {
          const value = Number(rows[row]![feature] ?? 0) * model.weights[feature * outputs + output]!;
          expect(Math.abs(line[feature]! - value)).toBeLessThan(1e-6);
        }
      }
    },
  );

  it('has rows on thresholds that double precision would send the other way', () => {
    const differing = shapes.filter(({ name, model: json, rows }) => {
      if (name.startsWith('gblinear')) return false;
      const model = loadXgboostModel(json);
      if (model.features.some(({ kind }) => kind !== 'number')) return false;
      const cells = Float64Array.from(rows.flat(), (cell) => (cell === null ? Number.NaN : Number(cell)));
      return model.margins(cells).some((margin, index) => margin !== model.margins(model.encode(rows))[index]);
    });
    expect(differing.length).toBeGreaterThan(10);
  });

  it.each([
    ['multi:softprob', 'margin', ['0', '1', '2']],
    ['reg:logistic', 'log-odds', ['label0']],
    ['binary:logitraw', 'log-odds', ['label0']],
    ['count:poisson', 'margin', ['label0']],
    ['reg:absoluteerror', 'prediction', ['label0']],
    ['gblinear, several classes', 'margin', ['0', '1', '2']],
  ])('says what attributions add up to: %s', (name, scale, outputs) => {
    const model = readXgboostModel(shapes.find((entry) => entry.name === name)!.model);
    expect(model.scale).toBe(scale);
    expect(model.outputs).toEqual(outputs);
  });

  it('refuses by name what it knows no trees of', () => {
    const { model } = shapes.find(({ name }) => name === 'gblinear')!;
    expect(errorOf(() => loadXgboostModel(model)).what).toContain('gblinear');
    const renamed = JSON.parse(JSON.stringify(model).replace('"gblinear"', '"gbforest"')) as unknown;
    expect(errorOf(() => readXgboostModel(renamed)).what).toContain('booster "gbforest"');
  });

  it.each([
    ['weights', 'gblinear', (text: string) => text.replace('"weights":[', '"weights":[1,'), '5 weights for 3 features'],
    ['weight_drop', 'dart', (text: string) => text.replace('"weight_drop":[', '"weight_drop":[1,'), '6 trees and 7'],
    ['tree_info', 'multi:softprob', (text: string) => text.replace('"tree_info":[0', '"tree_info":[3'), 'tree 0'],
    [
      'base_score',
      'multi:softprob',
      (text: string) => text.replace('"base_score":"[', '"base_score":"[1,'),
      'base_score',
    ],
  ])('says what is wrong with %s', (_, name, change, what) => {
    const text = JSON.stringify(shapes.find((entry) => entry.name === name)!.model);
    expect(change(text)).not.toBe(text);
    expect(errorOf(() => readXgboostModel(JSON.parse(change(text)))).what).toContain(what);
  });
});

describe('parseXgboostModel()', () => {
  it('leaves the letters NaN alone in names', () => {
    const text = JSON.stringify(small.cases[0]!.model).replace('"feature_names":[]', '"feature_names":["a","NaN","c"]');
    expect(parseXgboostModel(text).features[1]?.name).toBe('NaN');
  });

  it('says where a file lies that is not JSON', () => {
    const error = errorOf(() => parseXgboostModel('{L\u0000\u0000learner', 'model/model.ubj'));
    expect(error.code).toBe('MODEL');
    expect(error.where).toBe('model/model.ubj');
  });
});

describe('TreeModel.predict()', () => {
  it('compares with a threshold in single precision, as XGBoost does', () => {
    const stump: Tree = {
      left: Int32Array.of(1, -1, -1),
      right: Int32Array.of(2, -1, -1),
      feature: Int32Array.of(0, 0, 0),
      threshold: Float64Array.of(Math.fround(0.1), 0, 0),
      defaultLeft: Uint8Array.of(1, 0, 0),
      rightCategories: [undefined, undefined, undefined],
      value: Float64Array.of(0, -1, 1),
      cover: Float64Array.of(2, 1, 1),
      output: 0,
    };
    const model = createTreeModel({
      features: [{ name: 'x', kind: 'number' }],
      objective: 'reg:squarederror',
      baseMargins: new Float64Array(1),
      trees: [stump],
      precision: 'single',
      scale: 'prediction',
      link: identity,
    });
    // In double precision 0.1 is less than the threshold, 0.1 in single precision; both are the same there.
    expect(0.1 < stump.threshold[0]!).toBe(true);
    expect([...model.predict([[0.1], [0.099], [null]])]).toEqual([1, -1, -1]);
  });

  it('names row and column of a text where a number belongs', () => {
    const row = [...census.rows[0]!];
    row[0] = 'Private';
    const error = errorOf(() => censusModel().predict([census.rows[1]!, row]));
    expect(error.code).toBe('MODEL');
    expect(error.where).toBe('row 2, column "age"');
  });

  it('refuses a row with a column too few', () => {
    expect(errorOf(() => censusModel().predict([census.rows[0]!.slice(1)])).code).toBe('COLUMN_COUNT');
  });

  it('answers no rows with no predictions', () => {
    expect(censusModel().predict([])).toEqual(new Float64Array(0));
  });
});
