import { MonitorError } from '../errors.js';
import { createLinearModel, type LinearModel } from './linear-model.js';
import { optional } from './model-parts.js';
import { createTreeModel, type TreeModel } from './tree-model.js';
import { type XgboostObjective, xgboostObjectives } from './xgboost-objectives.js';
import { parts, readFeatures, readTrees } from './xgboost-trees.js';

/**
 * Reads a model that XGBoost saved (`save_model`, versions 1.7 to 3.2; not its `dump_model`): boosters `gbtree`, `dart`
 * and `gblinear`; the objectives of {@link xgboostObjectives}, several classes among them; numeric and categorical
 * splits; random forests (`num_parallel_tree`). All trees speak, as in `Booster.predict`; an early stop's
 * `best_iteration` is not applied. Categories are looked up in the table that XGBoost 3.1 and later stores with a model;
 * without one the cells are the category codes themselves.
 *
 * @param json - the parsed file.
 * @throws MonitorError `MODEL`, naming the part that is not understood.
 * @see Source: XGBoost, "Introduction to Model IO" and its JSON schema. Golden values: XGBoost 3.2.0 and 2.1.4,
 *   test/golden/models.
 */
export function readXgboostModel(json: unknown): TreeModel | LinearModel {
  const learner = parts.child(json, 'learner', '');
  const name = parts.text(parts.child(learner, 'objective', 'learner'), 'name', 'learner.objective');
  const booster = parts.child(learner, 'gradient_booster', 'learner');
  const parameters = parts.child(learner, 'learner_model_param', 'learner');
  const boosterName = parts.text(booster, 'name', 'learner.gradient_booster');
  const objective = xgboostObjectives.get(name);
  if (objective === undefined) {
    return parts.refuse(
      `objective "${name}"`,
      `use a model trained for one of ${[...xgboostObjectives.keys()].join(', ')}`,
    );
  }
  const targets = Number(optional(parameters, 'num_target') ?? 1);
  if (targets > 1) parts.refuse(`a model with ${targets} targets`, 'use one model for each target');
  const shape: Shape = {
    learner,
    name,
    objective,
    features: countOf(parameters, 'num_feature'),
    baseMargins: readBaseMargins(parameters, objective),
  };
  const where = 'learner.gradient_booster';
  if (boosterName === 'gblinear') return readLinear(parts.child(booster, 'model', where), shape, `${where}.model`);
  if (boosterName === 'gbtree') {
    return readForest(parts.child(booster, 'model', where), shape, undefined, `${where}.model`);
  }
  if (boosterName === 'dart') {
    const weights = parts.numbers(booster, 'weight_drop', where);
    const inner = parts.child(booster, 'gbtree', where);
    return readForest(parts.child(inner, 'model', `${where}.gbtree`), shape, weights, `${where}.gbtree.model`);
  }
  return parts.refuse(`booster "${boosterName}"`, 'train with booster "gbtree", "dart" or "gblinear"');
}

/**
 * As {@link readXgboostModel}, for models of trees.
 *
 * @throws MonitorError `MODEL`, for a linear model too.
 */
export function loadXgboostModel(json: unknown): TreeModel {
  const model = readXgboostModel(json);
  return 'trees' in model ? model : parts.refuse('no trees (gblinear) here', 'train with booster "gbtree" or "dart"');
}

/**
 * As {@link loadXgboostModel}, from the text of the file.
 *
 * @param where - the file, for the error message.
 * @throws MonitorError `MODEL` for text that is not JSON (UBJSON among them), or as `loadXgboostModel`.
 */
export function parseXgboostModel(text: string, where?: string): TreeModel {
  return loadXgboostModel(parseXgboostJson(text, where));
}

/**
 * The document of a JSON file of XGBoost. Older versions (1.7, 2.1) write a bare `NaN` for the threshold of a categorical
 * split, which JSON does not have; it is read.
 */
export function parseXgboostJson(text: string, where?: string): unknown {
  try {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b/g, (token) => (token === 'NaN' ? '0' : token)));
  } catch (cause) {
    throw new MonitorError('MODEL', 'The file is not JSON.', {
      ...(where === undefined ? {} : { where }),
      fix: 'save the model with Booster.save_model("model.json"), not as .bin or pickle',
      cause,
    });
  }
}

/** What is known of a model before its booster is read. */
interface Shape {
  readonly learner: unknown;
  readonly name: string;
  readonly objective: XgboostObjective;
  readonly features: number;
  readonly baseMargins: Float64Array;
}

function readForest(
  model: unknown,
  { learner, name, objective, features: count, baseMargins }: Shape,
  weights: readonly number[] | undefined,
  where: string,
): TreeModel {
  const features = readFeatures(learner, model, count, where);
  const trees = readTrees(model, features, baseMargins.length, weights, where);
  const { link, scale } = objective;
  return createTreeModel({ features, objective: name, baseMargins, trees, precision: 'single', scale, link });
}

/** `weights` holds a row for each feature and one for the bias, a column for each output. */
function readLinear(model: unknown, shape: Shape, where: string): LinearModel {
  const { learner, name, objective, features: count, baseMargins } = shape;
  const outputs = baseMargins.length;
  const written = Float32Array.from(parts.numbers(model, 'weights', where));
  if (written.length !== (count + 1) * outputs) {
    parts.broken(`has ${written.length} weights for ${count} features and ${outputs} outputs`, where);
  }
  return createLinearModel({
    features: readFeatures(learner, model, count, where),
    objective: name,
    weights: Float64Array.from(written.subarray(0, count * outputs)),
    // XGBoost 3.2.0 adds the first class's base score to every class here: predictions and contributions both have it.
    bias: baseMargins.map((_, output) => baseMargins[0]! + written[count * outputs + output]!),
    precision: 'single',
    scale: objective.scale,
    link: objective.link,
  });
}

/** A model with more would not be one that anybody has trained. */
const MOST = 1e6;

function countOf(parameters: unknown, key: string): number {
  const where = 'learner.learner_model_param';
  const written = parts.text(parameters, key, where);
  if (/^\d+$/.test(written) && Number(written) <= MOST) return Number(written);
  return parts.broken(`has no number in "${key}"`, where);
}

/** By output. `5E-1` up to version 3.0, `[5E-1]` since, `[1E-1,3E-1,6E-1]` where each class has its own. */
function readBaseMargins(parameters: unknown, { toMargin }: XgboostObjective): Float64Array {
  const written = parts.text(parameters, 'base_score', 'learner.learner_model_param');
  const scores = (/^\[([^\]]+)\]$/.exec(written)?.[1] ?? written).split(',').map((text) => Math.fround(Number(text)));
  const outputs = optional(parameters, 'num_class') === undefined ? 1 : Math.max(1, countOf(parameters, 'num_class'));
  if (!scores.every(Number.isFinite) || (scores.length !== 1 && scores.length !== outputs)) {
    parts.refuse(`base_score "${written}"`, 'use a model with one number there, or one for each class');
  }
  return Float64Array.from({ length: outputs }, (_, output) => toMargin(scores[output] ?? scores[0]!));
}
