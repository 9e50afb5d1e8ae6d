import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { treeExplainer } from '../../../kernel-lib/src/explain/tree-shap.js';
import { parseLightgbmModel } from '../../../kernel-lib/src/models/lightgbm.js';
import { nextUp } from '../../../kernel-lib/src/models/lightgbm-trees.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { shapleyByEnumeration } from '../../support/coalitions.js';
import { errorOf } from '../../support/error-of.js';

type Table = readonly (readonly number[])[];

interface Golden {
  readonly name: string;
  readonly model: string;
  readonly rows: readonly (readonly ModelCell[])[];
  readonly predictions: Table;
  readonly margins: Table;
  readonly contributions: Table;
}

const readJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../golden/models/${name}`, import.meta.url), 'utf8'));
const readCases = (name: string): readonly Golden[] => (readJson(name) as { cases: readonly Golden[] }).cases;
const golden = readJson('lightgbm-models.json') as {
  readonly cases: readonly Golden[];
  readonly refused: readonly { part: string; model: string }[];
};
const older = ['2.3.1', '3.3.5'].flatMap((version) =>
  readCases(`older-lightgbm-${version}.json`).map((entry) => [`${entry.name}, ${version}`, entry] as const),
);
const cases = golden.cases.map((entry) => [entry.name, entry] as const);
const named = (name: string): Golden => golden.cases.find((entry) => entry.name === name)!;

function largestDifference(actual: Float64Array, expected: Table): number {
  const flat = expected.flat();
  expect(actual.length).toBe(flat.length);
  return flat.reduce((largest, value, index) => Math.max(largest, Math.abs(actual[index]! - value)), 0);
}

describe('parseLightgbmModel() against LightGBM', () => {
  it.each(cases)('gives its margins: %s', (_, { model: text, rows, margins }) => {
    // Sums of the same doubles in the same order; a random forest's leaves are divided before they are summed.
    expect(largestDifference(parseLightgbmModel(text).predictMargin(rows), margins)).toBeLessThan(1e-14);
  });

  it.each(cases)('gives its predictions: %s', (_, { model: text, rows, predictions }) => {
    expect(largestDifference(parseLightgbmModel(text).predict(rows), predictions)).toBeLessThan(1e-13);
  });

  it.each(cases)('has its contributions: %s', (_, { model: text, rows, contributions }) => {
    const model = parseLightgbmModel(text);
    const explainer = treeExplainer(model);
    const { values } = explainer.explain(model.encode(rows));
    const width = model.features.length;
    expect(
      largestDifference(
        values,
        contributions.map((line) => line.slice(0, width)),
      ),
    ).toBeLessThan(1e-12);
    const expected = contributions.slice(0, model.outputs.length).map((line) => line[width]!);
    expect(largestDifference(explainer.expectedValues, [expected])).toBeLessThan(1e-12);
  });

  it.each(['binary, missing Zero', 'categories with gaps', 'multiclass', 'category codes'])(
    'has the Shapley values of the definition: %s',
    (name) => {
      const { model: text, rows } = named(name);
      const model = parseLightgbmModel(text);
      const encoded = model.encode(rows);
      const width = model.features.length;
      const expected = rows.flatMap((_, row) =>
        model.outputs.map((__, output) =>
          shapleyByEnumeration(model, encoded.subarray(row * width, (row + 1) * width), output),
        ),
      );
      expect(largestDifference(treeExplainer(model).explain(encoded).values, expected)).toBeLessThan(1e-13);
    },
  );

  it.each(older)('agrees with the version that wrote it: %s', (_, { model: text, rows, margins, contributions }) => {
    const model = parseLightgbmModel(text);
    expect(largestDifference(model.predictMargin(rows), margins)).toBeLessThan(1e-14);
    const { values } = treeExplainer(model).explain(model.encode(rows));
    expect(
      largestDifference(
        values,
        contributions.map((line) => line.slice(0, -1)),
      ),
    ).toBeLessThan(1e-12);
  });

  it('has models of all missing types, with sets of categories and without, in its golden values', () => {
    const types = new Set(
      golden.cases.flatMap(({ model }) =>
        [...model.matchAll(/^decision_type=(.*)$/gm)].flatMap(([, line]) => line!.split(' ').map(Number)),
      ),
    );
    // Bit 0: categorical; bits 2 and 3: None, Zero, NaN.
    const numeric = new Set([...types].filter((type) => !(type & 1)).map((type) => type >> 2));
    expect(numeric).toEqual(new Set([0, 1, 2]));
    expect([...types].some((type) => type & 1)).toBe(true);
  });
});

describe('parseLightgbmModel()', () => {
  it('names the features, and the categories in the words of the training data', () => {
    const { features } = parseLightgbmModel(named('categories').model);
    expect(features.map(({ name, kind }) => [name, kind])).toEqual([
      ['x', 'number'],
      ['colour', 'category'],
      ['shop', 'category'],
    ]);
    expect([...features[1]!.categories!.keys()]).toEqual(['a, "b"', 'blue', 'grün', 'red', 'schwarz']);
    expect([...features[2]!.categories!.keys()]).toEqual([-5, 3, 40, 1007]);
  });

  it('reads the cells of a CSV line, all of them text, as it reads numbers', () => {
    const { model: text, rows } = named('categories with gaps');
    const model = parseLightgbmModel(text);
    const asText = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
    expect(model.predict(asText)).toEqual(model.predict(rows));
  });

  it.each([
    ['binary, missing NaN', 'log-odds', ['label0']],
    ['binary, sigmoid 0.7', 'margin', ['label0']],
    ['cross_entropy', 'log-odds', ['label0']],
    ['regression', 'prediction', ['label0']],
    ['poisson', 'margin', ['label0']],
    ['multiclass', 'margin', ['0', '1', '2']],
  ])('says what attributions of it add up to: %s', (name, scale, outputs) => {
    const model = parseLightgbmModel(named(name).model);
    expect(model.scale).toBe(scale);
    expect(model.outputs).toEqual(outputs);
  });

  it('takes a model trained by a function of the user’s own at its margins', () => {
    const { model: text, rows, margins } = named('binary, missing NaN');
    const model = parseLightgbmModel(text.replace(/^objective=.*\n/m, ''));
    expect(model.objective).toBe('custom');
    expect(largestDifference(model.predict(rows), margins)).toBeLessThan(1e-14);
  });

  it('reads lines that end as on Windows', () => {
    const { model: text, rows } = named('multiclass');
    expect(parseLightgbmModel(text.replaceAll('\n', '\r\n')).predict(rows)).toEqual(
      parseLightgbmModel(text).predict(rows),
    );
  });

  it.each(golden.refused.map(({ part, model }) => [part, model] as const))('refuses %s by name', (part, model) => {
    const error = errorOf(() => parseLightgbmModel(model, 'model.txt'));
    expect(error.code).toBe('MODEL');
    expect(error.what).toContain(part);
    expect(error.where).toContain('model.txt');
  });

  it.each([
    ['another format', ['version=v4', 'version=v2'], 'format v2'],
    ['an objective that is not known', ['objective=binary', 'objective=survival'], 'objective "survival sigmoid:1"'],
    ['a sigmoid below zero', ['sigmoid:1', 'sigmoid:-1'], 'objective "binary sigmoid:-1"'],
    ['a file that was cut off', ['end of trees', ''], 'has no line "end of trees"'],
    ['a lost line', ['leaf_value=', 'leaf_values='], 'has no line "leaf_value"'],
    ['a lost count', ['leaf_count=', 'leaf_counts='], 'without counts of their training rows'],
    ['a number too few', ['leaf_value=', 'leaf_value=x '], 'numbers in "leaf_value"'],
    ['another number of features', ['max_feature_idx=2', 'max_feature_idx=3'], '3 names and 3 ranges for 4 features'],
  ])('says what is wrong with %s', (_, [from, to], what) => {
    const { model } = named('binary, missing NaN');
    expect(model).toContain(from);
    expect(errorOf(() => parseLightgbmModel(model.replace(from!, to!))).what).toContain(what);
  });

  it('refuses a tree that leads back to its own root', () => {
    const { model } = named('binary, missing NaN');
    const error = errorOf(() => parseLightgbmModel(model.replace(/^left_child=\S+ \S+/m, 'left_child=1 0')));
    expect(error.what).toContain('node 1 has no children');
    expect(error.where).toBe('Tree=0');
  });

  it('refuses leaves that are not finite, and files without trees', () => {
    const { model } = named('binary, missing NaN');
    const endless = model.replace(/^leaf_value=\S+/m, 'leaf_value=inf');
    expect(errorOf(() => parseLightgbmModel(endless)).what).toContain('not a finite number');
    const none = model.replace(/^Tree=0.*end of trees/ms, 'end of trees');
    expect(errorOf(() => parseLightgbmModel(none)).what).toContain('has no trees');
  });
});

describe('nextUp()', () => {
  it.each([
    [1, 1 + Number.EPSILON],
    [-1, -1 + Number.EPSILON / 2],
    [0, Number.MIN_VALUE],
    [-0, Number.MIN_VALUE],
    [-Number.MIN_VALUE, -0],
    [Number.MAX_VALUE, Number.POSITIVE_INFINITY],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('of %d is %d', (value, next) => {
    expect(nextUp(value)).toBe(next);
  });
});
