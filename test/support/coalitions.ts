import { identity } from '../../kernel-lib/src/models/link.js';
import {
  createTreeModel,
  goesLeft,
  type ModelFeature,
  type Precision,
  type Tree,
  type TreeModel,
} from '../../kernel-lib/src/models/tree-model.js';
import type { Random } from '../../kernel-lib/src/stats/random.js';

/**
 * Shapley values of one encoded row and output by their definition, over all coalitions of features: 2^features games, each playing
 * every tree with the features outside the coalition sending the row down both branches, weighted by cover.
 */
export function shapleyByEnumeration(model: TreeModel, row: Float64Array, output = 0): number[] {
  const count = model.features.length;
  const games = Array.from({ length: 2 ** count }, (_, coalition) => play(model, output, row, coalition));
  return model.features.map((_, feature) => {
    let value = 0;
    for (const [coalition, without] of games.entries()) {
      if (coalition & (1 << feature)) continue;
      value += weightOf(bits(coalition), count) * (games[coalition | (1 << feature)]! - without);
    }
    return value;
  });
}

function play(model: TreeModel, output: number, row: Float64Array, coalition: number): number {
  return model.trees
    .filter((tree) => tree.output === output)
    .reduce((sum, tree) => sum + expected(tree, 0, row, coalition), model.baseMargins[output]!);
}

function expected(tree: Tree, node: number, row: Float64Array, coalition: number): number {
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  if (left === -1) return tree.value[node]!;
  const feature = tree.feature[node]!;
  if (coalition & (1 << feature)) {
    return expected(tree, goesLeft(tree, node, row[feature]!) ? left : right, row, coalition);
  }
  const [a, b] = [tree.cover[left]!, tree.cover[right]!];
  return (expected(tree, left, row, coalition) * a + expected(tree, right, row, coalition) * b) / (a + b);
}

/** |S|! (n − 1 − |S|)! / n! */
function weightOf(size: number, count: number): number {
  let weight = 1 / count;
  for (let i = 1; i <= size; i++) weight *= i / (count - i);
  return weight;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}

/** How {@link randomModel} makes trees. */
export interface RandomModelOptions {
  readonly features: number;
  readonly trees: number;
  readonly depth: number;
  /** The last feature holds category codes 0 to 4. Default: false. */
  readonly categories?: boolean;
  /** Trees speak for them in turns. Default: 1. */
  readonly outputs?: number;
  /** Default: single, XGBoost's. */
  readonly precision?: Precision;
  /** Half of the numeric nodes take zero for missing. Default: false. */
  readonly zeroIsMissing?: boolean;
}

/** A model of random trees whose covers are whole numbers: the children's add up to the parent's. */
export function randomModel(random: Random, options: RandomModelOptions): TreeModel {
  const { features, trees, categories = false, outputs = 1, precision = 'single' } = options;
  return createTreeModel({
    features: Array.from({ length: features }, (_, index): ModelFeature => {
      return { name: `x${index}`, kind: categories && index === features - 1 ? 'code' : 'number' };
    }),
    objective: 'reg:squarederror',
    baseMargins: Float64Array.from({ length: outputs }, (_, output) => 0.25 + output),
    trees: Array.from({ length: trees }, (_, index) => randomTree(random, options, index % outputs)),
    precision,
    scale: 'prediction',
    link: identity,
  });
}

function randomTree(random: Random, options: RandomModelOptions, output: number): Tree {
  const { features, depth, categories = false, zeroIsMissing = false } = options;
  const nodes: { left: number; right: number; feature: number; threshold: number; cover: number; value: number }[] = [];
  const grow = (level: number, cover: number): number => {
    const index = nodes.length;
    const node = { left: -1, right: -1, feature: 0, threshold: 0, cover, value: 0 };
    nodes.push(node);
    if (level === 0 || cover < 2 || (level < depth && random.uniform() < 0.1)) {
      node.value = random.uniform() * 2 - 1;
      return index;
    }
    node.feature = Math.floor(random.uniform() * features);
    node.threshold = Math.round(random.uniform() * 8) / 8;
    const part = 1 + Math.floor(random.uniform() * (cover - 1));
    node.left = grow(level - 1, part);
    node.right = grow(level - 1, cover - part);
    return index;
  };
  grow(depth, 2 ** 20);
  return {
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    feature: Int32Array.from(nodes, ({ feature }) => feature),
    threshold: Float64Array.from(nodes, ({ threshold }) => threshold),
    defaultLeft: Uint8Array.from(nodes, () => (random.uniform() < 0.5 ? 1 : 0)),
    rightCategories: nodes.map(({ left, feature }) =>
      categories && left !== -1 && feature === features - 1
        ? Uint8Array.from({ length: 5 }, () => (random.uniform() < 0.5 ? 1 : 0))
        : undefined,
    ),
    zeroIsMissing: zeroIsMissing ? Uint8Array.from(nodes, () => (random.uniform() < 0.5 ? 1 : 0)) : undefined,
    value: Float64Array.from(nodes, ({ value }) => value),
    cover: Float64Array.from(nodes, ({ cover }) => cover),
    output,
  };
}

/** Encoded rows for a {@link randomModel}: values on the thresholds among them, a tenth missing. */
export function randomRows(
  random: Random,
  count: number,
  { features, categories = false }: RandomModelOptions,
): Float64Array {
  return Float64Array.from({ length: count * features }, (_, index) => {
    if (random.uniform() < 0.1) return Number.NaN;
    if (categories && index % features === features - 1) return Math.floor(random.uniform() * 5);
    return random.uniform() < 0.3 ? Math.round(random.uniform() * 8) / 8 : random.uniform();
  });
}
