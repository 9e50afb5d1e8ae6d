import { MonitorError } from '../errors.js';
import { identity, type Link, logistic } from './link.js';
import { type CategoryTable, createTreeModel, type ModelFeature, type Tree, type TreeModel } from './tree-model.js';

/** Per objective: from the base score to a margin, and from a margin to a prediction. */
const objectives: Readonly<Record<string, { toMargin(score: number): number; readonly link: Link }>> = {
  'binary:logistic': {
    toMargin: (score) => -Math.log(1 / score - 1),
    link: logistic(),
  },
  'reg:squarederror': { toMargin: (score) => score, link: identity },
};

/**
 * Reads a model that XGBoost saved as JSON (`save_model("model.json")`, versions 1.7 to 3.2; not its `dump_model` and
 * not UBJSON): booster `gbtree`, objective `binary:logistic` or `reg:squarederror`, numeric and categorical splits,
 * random forests (`num_parallel_tree`) included. All trees speak, as in `Booster.predict`; an early stop's
 * `best_iteration` is not applied. Categories are looked up in the table that XGBoost 3.1 and later stores with a model;
 * without one the cells are the category codes themselves.
 *
 * @param json - The parsed file.
 * @throws MonitorError `MODEL`, naming the part that is not understood.
 * @see Source: XGBoost, "Introduction to Model IO" and its JSON schema. Golden values: XGBoost 3.2.0,
 *   test/golden/models.
 */
export function loadXgboostModel(json: unknown): TreeModel {
  const learner = child(json, 'learner', '');
  const objective = text(child(learner, 'objective', 'learner'), 'name', 'learner.objective');
  const booster = child(learner, 'gradient_booster', 'learner');
  const boosterName = text(booster, 'name', 'learner.gradient_booster');
  if (boosterName !== 'gbtree') refuse(`booster "${boosterName}"`, 'train with booster "gbtree"');
  const transform = Object.hasOwn(objectives, objective) ? objectives[objective] : undefined;
  if (transform === undefined) {
    return refuse(`objective "${objective}"`, `use a model trained for ${Object.keys(objectives).join(' or ')}`);
  }
  const parameters = child(learner, 'learner_model_param', 'learner');
  const targets = Number(optional(parameters, 'num_target') ?? 1);
  if (targets > 1) refuse(`a model with ${targets} targets`, 'use one model for each target');

  const model = child(booster, 'model', 'learner.gradient_booster');
  const where = 'learner.gradient_booster.model';
  const trees = list(model, 'trees', where).map((tree, index) => readTree(tree, `${where}.trees[${index}]`));
  const features = readFeatures(learner, model, Number(text(parameters, 'num_feature', 'learner.learner_model_param')));
  for (const [index, tree] of trees.entries()) checkTree(tree, features, `${where}.trees[${index}]`);
  return createTreeModel({
    features,
    objective,
    baseMargins: Float64Array.of(transform.toMargin(readBaseScore(parameters))),
    trees,
    precision: 'single',
    scale: objective === 'binary:logistic' ? 'log-odds' : 'prediction',
    link: transform.link,
  });
}

/**
 * As {@link loadXgboostModel}, from the text of the file. Older versions (1.7, 2.1) write a bare `NaN` for the threshold of a
 * categorical split, which JSON does not have; it is read.
 *
 * @param where - The file, for the error message.
 * @throws MonitorError `MODEL` for text that is not JSON (UBJSON among them), or as `loadXgboostModel`.
 */
export function parseXgboostModel(text: string, where?: string): TreeModel {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b/g, (token) => (token === 'NaN' ? '0' : token)));
  } catch (cause) {
    throw new MonitorError('MODEL', 'The file is not JSON.', {
      ...(where === undefined ? {} : { where }),
      fix: 'save the model with Booster.save_model("model.json"), not as .ubj, .bin or pickle',
      cause,
    });
  }
  return loadXgboostModel(json);
}

/** `5E-1` up to version 3.0, `[5E-1]` since. */
function readBaseScore(parameters: unknown): number {
  const written = text(parameters, 'base_score', 'learner.learner_model_param');
  const score = Math.fround(Number(/^\[([^,]+)\]$/.exec(written)?.[1] ?? written));
  if (!Number.isFinite(score)) refuse(`base_score "${written}"`, 'use a model with one number there');
  return score;
}

function readFeatures(learner: unknown, model: unknown, count: number): ModelFeature[] {
  const names = (optional(learner, 'feature_names') ?? []) as readonly string[];
  const types = (optional(learner, 'feature_types') ?? []) as readonly string[];
  const tables = readCategoryTables(optional(model, 'cats'));
  return Array.from({ length: count }, (_, index) => {
    const name = names[index] ?? `f${index}`;
    const categories = tables[index];
    if (categories !== undefined) return { name, kind: 'category', categories };
    return { name, kind: types[index] === 'c' ? 'code' : 'number' };
  });
}

/** XGBoost 3.1 and later: a dictionary a feature, of characters with offsets or of whole numbers with their type. */
function readCategoryTables(cats: unknown): (CategoryTable | undefined)[] {
  if (cats === undefined) return [];
  const where = 'learner.gradient_booster.model.cats';
  return list(cats, 'enc', where).map((encoded, index) => {
    const values = list(encoded, 'values', `${where}.enc[${index}]`) as readonly number[];
    const offsets = optional(encoded, 'offsets') as readonly number[] | undefined;
    if (values.length === 0) return undefined;
    if (offsets === undefined) return new Map(values.map((value, code) => [value, code]));
    // XGBoost 3.2.0 counts the offsets of a pandas column in characters and cuts the bytes off at the last of them:
    // with letters of more than one byte such a table is wrong, and nothing in it tells that from a right one.
    if (values.some((value) => value < 0 || value > 127)) {
      refuse('category names outside ASCII', 'train with names of plain letters', `${where}.enc[${index}]`);
    }
    const names = new TextDecoder().decode(Uint8Array.from(values));
    return new Map(offsets.slice(1).map((end, code) => [names.slice(offsets[code], end), code]));
  });
}

function readTree(tree: unknown, where: string): Tree {
  const left = Int32Array.from(numbers(tree, 'left_children', where));
  const conditions = Float32Array.from(numbers(tree, 'split_conditions', where));
  const leafVector = Number(optional(child(tree, 'tree_param', where), 'size_leaf_vector') ?? 0);
  if (leafVector > 1) refuse('leaves that hold vectors (multi_output_tree)', 'use one model for each target', where);
  return {
    left,
    right: Int32Array.from(numbers(tree, 'right_children', where)),
    feature: Int32Array.from(numbers(tree, 'split_indices', where)),
    threshold: Float64Array.from(conditions, (condition, node) => (left[node] === -1 ? 0 : condition)),
    defaultLeft: Uint8Array.from(numbers(tree, 'default_left', where), Number),
    rightCategories: readRightCategories(tree, left.length, where),
    value: Float64Array.from(conditions, (condition, node) => (left[node] === -1 ? condition : 0)),
    cover: Float64Array.from(Float32Array.from(numbers(tree, 'sum_hessian', where))),
    output: 0,
  };
}

/** `categories` holds the sets of all categorical nodes one after the other. */
function readRightCategories(tree: unknown, nodes: number, where: string): (Uint8Array | undefined)[] {
  const sets = new Array<Uint8Array | undefined>(nodes).fill(undefined);
  const categoryNodes = (optional(tree, 'categories_nodes') ?? []) as readonly number[];
  if (categoryNodes.length === 0) return sets;
  const categories = numbers(tree, 'categories', where);
  const segments = numbers(tree, 'categories_segments', where);
  const sizes = numbers(tree, 'categories_sizes', where);
  for (const [index, node] of categoryNodes.entries()) {
    const begin = segments[index] ?? 0;
    const codes = categories.slice(begin, begin + (sizes[index] ?? 0));
    const set = new Uint8Array(Math.max(-1, ...codes) + 2);
    for (const code of codes) set[code] = 1;
    sets[node] = set;
  }
  return sets;
}

function checkTree(tree: Tree, features: readonly ModelFeature[], where: string): void {
  const nodes = tree.left.length;
  const arrays = [tree.right, tree.feature, tree.threshold, tree.defaultLeft, tree.cover];
  if (nodes === 0 || arrays.some((array) => array.length !== nodes)) {
    broken('has arrays of different lengths', where);
  }
  for (let node = 0; node < nodes; node++) {
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if (left === -1) continue;
    // Children come after their parent in every file XGBoost writes; without that a walk might not end.
    if (left <= node || right <= node || left >= nodes || right >= nodes) broken(`node ${node} has no children`, where);
    const feature = features[tree.feature[node]!];
    if (feature === undefined) broken(`node ${node} asks for feature ${tree.feature[node]}, which is not there`, where);
    else if (feature.kind === 'number' && tree.rightCategories[node] !== undefined) {
      broken(`node ${node} asks for categories of "${feature.name}", which is numeric`, where);
    }
  }
}

function child(parent: unknown, key: string, where: string): unknown {
  const value = optional(parent, key);
  if (typeof value !== 'object' || value === null) {
    const path = where === '' ? key : `${where}.${key}`;
    throw new MonitorError('MODEL', `This is not an XGBoost model: "${path}" is missing.`, {
      fix: 'give the file that Booster.save_model("model.json") writes',
    });
  }
  return value;
}

function optional(parent: unknown, key: string): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Record<string, unknown>)[key];
}

function text(parent: unknown, key: string, where: string): string {
  const value = optional(parent, key);
  if (typeof value !== 'string') return broken(`has no text "${key}"`, where);
  return value;
}

function list(parent: unknown, key: string, where: string): readonly unknown[] {
  const value = optional(parent, key);
  if (!Array.isArray(value)) return broken(`has no list "${key}"`, where);
  return value;
}

function numbers(parent: unknown, key: string, where: string): readonly number[] {
  // `default_left` holds booleans in files of older versions.
  const values = list(parent, key, where);
  if (!values.every((value) => typeof value === 'number' || typeof value === 'boolean')) {
    return broken(`holds something else than numbers in "${key}"`, where);
  }
  return values as readonly number[];
}

function refuse(part: string, fix: string, where?: string): never {
  throw new MonitorError('MODEL', `Driftline does not read XGBoost models with ${part}.`, {
    fix,
    ...(where === undefined ? {} : { where }),
  });
}

function broken(what: string, where: string): never {
  throw new MonitorError('MODEL', `The XGBoost model cannot be read: ${what}.`, {
    where,
    fix: 'save the model again with Booster.save_model("model.json")',
  });
}
