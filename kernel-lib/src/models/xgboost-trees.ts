import type { CategoryTable, ModelFeature } from './model-features.js';
import { optional, type PartReader, partReader } from './model-parts.js';
import type { Tree } from './tree-model.js';

/** How parts of XGBoost's files are read. */
export const parts: PartReader = partReader('XGBoost', 'Booster.save_model("model.json")');

/**
 * The trees of a booster, checked against the features.
 *
 * @param model - `learner.gradient_booster.model`, of dart that of its `gbtree`.
 * @param weights - dart's `weight_drop`, one a tree; undefined for others.
 */
export function readTrees(
  model: unknown,
  features: readonly ModelFeature[],
  outputs: number,
  weights: readonly number[] | undefined,
  where: string,
): Tree[] {
  const list = parts.list(model, 'trees', where);
  const info = outputs === 1 ? undefined : parts.numbers(model, 'tree_info', where);
  if (weights !== undefined && weights.length !== list.length) {
    return parts.broken(`has ${list.length} trees and ${weights.length} in "weight_drop"`, where);
  }
  return list.map((read, index) => {
    const place = `${where}.trees[${index}]`;
    const output = info === undefined ? 0 : (info[index] ?? -1);
    if (!(output >= 0 && output < outputs)) parts.broken(`has no output for tree ${index} in "tree_info"`, where);
    const tree = readTree(read, output, weights?.[index] ?? 1, place);
    checkTree(tree, features, place);
    return tree;
  });
}

function readTree(tree: unknown, output: number, weight: number, where: string): Tree {
  const left = Int32Array.from(parts.numbers(tree, 'left_children', where));
  const conditions = Float32Array.from(parts.numbers(tree, 'split_conditions', where));
  const leafVector = Number(optional(parts.child(tree, 'tree_param', where), 'size_leaf_vector') ?? 0);
  if (leafVector > 1) {
    parts.refuse('leaves that hold vectors (multi_output_tree)', 'use one model for each target', where);
  }
  return {
    left,
    right: Int32Array.from(parts.numbers(tree, 'right_children', where)),
    feature: Int32Array.from(parts.numbers(tree, 'split_indices', where)),
    threshold: Float64Array.from(conditions, (condition, node) => (left[node] === -1 ? 0 : condition)),
    defaultLeft: Uint8Array.from(parts.numbers(tree, 'default_left', where), Number),
    rightCategories: readRightCategories(tree, left.length, where),
    zeroIsMissing: undefined,
    value: Float64Array.from(conditions, (condition, node) =>
      left[node] === -1 ? Math.fround(condition * Math.fround(weight)) : 0,
    ),
    cover: Float64Array.from(Float32Array.from(parts.numbers(tree, 'sum_hessian', where))),
    output,
  };
}

/** XGBoost takes category codes below 2^24, whole numbers in single precision. */
const MOST_CATEGORIES = 2 ** 24;

/** `categories` holds the sets of all categorical nodes one after the other. */
function readRightCategories(tree: unknown, nodes: number, where: string): (Uint8Array | undefined)[] {
  const sets = new Array<Uint8Array | undefined>(nodes).fill(undefined);
  if (optional(tree, 'categories_nodes') === undefined) return sets;
  const categoryNodes = parts.numbers(tree, 'categories_nodes', where);
  if (categoryNodes.length === 0) return sets;
  const categories = parts.numbers(tree, 'categories', where);
  const segments = parts.numbers(tree, 'categories_segments', where);
  const sizes = parts.numbers(tree, 'categories_sizes', where);
  for (const [index, node] of categoryNodes.entries()) {
    const begin = segments[index] ?? 0;
    const codes = categories.slice(begin, begin + (sizes[index] ?? 0));
    const most = codes.reduce((a, b) => Math.max(a, b), -1);
    if (!(node < nodes) || !codes.every((code) => Number.isInteger(code) && code >= 0 && code < MOST_CATEGORIES)) {
      parts.broken('has a set of categories that is none', where);
    }
    const set = new Uint8Array(most + 2);
    for (const code of codes) set[code] = 1;
    sets[node] = set;
  }
  return sets;
}

function checkTree(tree: Tree, features: readonly ModelFeature[], where: string): void {
  const nodes = tree.left.length;
  const arrays = [tree.right, tree.feature, tree.threshold, tree.defaultLeft, tree.cover];
  if (nodes === 0 || arrays.some((array) => array.length !== nodes)) {
    parts.broken('has arrays of different lengths', where);
  }
  if (!tree.value.every(Number.isFinite) || !tree.cover.every(Number.isFinite)) {
    parts.broken('has a leaf or a cover that is not a finite number', where);
  }
  for (let node = 0; node < nodes; node++) {
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if (left === -1) continue;
    // Children come after their parent in every file XGBoost writes; without that a walk might not end.
    if (left <= node || right <= node || left >= nodes || right >= nodes) {
      parts.broken(`node ${node} has no children`, where);
    }
    const feature = features[tree.feature[node]!];
    if (feature === undefined) {
      parts.broken(`node ${node} asks for feature ${tree.feature[node]}, which is not there`, where);
    } else if (feature.kind === 'number' && tree.rightCategories[node] !== undefined) {
      parts.broken(`node ${node} asks for categories of "${feature.name}", which is numeric`, where);
    }
  }
}

/** @param model - has the table of categories, where there is one. */
export function readFeatures(learner: unknown, model: unknown, count: number, where: string): ModelFeature[] {
  const names = texts(learner, 'feature_names', 'learner');
  const types = texts(learner, 'feature_types', 'learner');
  const tables = readCategoryTables(optional(model, 'cats'), `${where}.cats`);
  return Array.from({ length: count }, (_, index) => {
    const name = names[index] ?? `f${index}`;
    const categories = tables[index];
    if (categories !== undefined) return { name, kind: 'category', categories };
    return { name, kind: types[index] === 'c' ? 'code' : 'number' };
  });
}

/** None where there is no such list. */
function texts(parent: unknown, key: string, where: string): readonly string[] {
  if (optional(parent, key) === undefined) return [];
  const list = parts.list(parent, key, where);
  return list.every((text) => typeof text === 'string')
    ? list
    : parts.broken(`holds something else than texts in "${key}"`, where);
}

/** XGBoost 3.1 and later: a dictionary a feature, of characters with offsets or of whole numbers with their type. */
function readCategoryTables(cats: unknown, where: string): (CategoryTable | undefined)[] {
  if (cats === undefined) return [];
  return parts.list(cats, 'enc', where).map((encoded, index) => {
    const place = `${where}.enc[${index}]`;
    const values = parts.numbers(encoded, 'values', place);
    if (values.length === 0) return undefined;
    if (optional(encoded, 'offsets') === undefined) return new Map(values.map((value, code) => [value, code]));
    // XGBoost 3.2.0 counts the offsets of a pandas column in characters and cuts the bytes off at the last of them:
    // with letters of more than one byte such a table is wrong, and nothing in it tells that from a right one.
    if (values.some((value) => value < 0 || value > 127)) {
      parts.refuse('category names outside ASCII', 'train with names of plain letters', place);
    }
    const offsets = parts.numbers(encoded, 'offsets', place);
    const names = new TextDecoder().decode(Uint8Array.from(values));
    return new Map(offsets.slice(1).map((end, code) => [names.slice(offsets[code], end), code]));
  });
}
