import { createEncodedModel, type EncodedModel, type EncodedModelParts } from './encoded-model.js';
import type { Precision } from './model-features.js';

export type { ModelFeature, Precision } from './model-features.js';

/** A value as it is written in a request: text, number, or null where it is missing. */
export type ModelCell = string | number | null;

/** One binary tree, a node per index, the root at 0. A node whose `left` is -1 is a leaf. Plain data, for any thread. */
export interface Tree {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The feature an inner node asks about. */
  readonly feature: Int32Array;
  /** Numeric nodes send `value < threshold` to the left. */
  readonly threshold: Float64Array;
  /** 1 where a missing value goes left. */
  readonly defaultLeft: Uint8Array;
  /**
   * Undefined on numeric nodes. On categorical ones, indexed by category code: 1 sends the category to the right, 0 to
   * the left. The last entry is that of every other code.
   */
  readonly rightCategories: readonly (Uint8Array | undefined)[];
  /** 1 on numeric nodes where zero is missing too. Absent where there is none. */
  readonly zeroIsMissing?: Uint8Array | undefined;
  /** What a leaf adds to the margin; 0 on inner nodes. */
  readonly value: Float64Array;
  /**
   * How many training rows reached the node, as the library weighs branches: the sum of their second derivatives
   * (XGBoost's `sum_hessian`), or their count (LightGBM's `internal_count` and `leaf_count`).
   */
  readonly cover: Float64Array;
  /** The output whose margin the tree adds to. */
  readonly output: number;
}

/** What margins are the sum of; plain data, for any thread. */
export interface TreeSum {
  /** How many features a row has. */
  readonly width: number;
  /** By output: the margin of a row before any tree has spoken. */
  readonly baseMargins: Float64Array;
  readonly trees: readonly Tree[];
  readonly precision: Precision;
}

/**
 * Sums of trees, one an output, and a link function. Its predictions agree with XGBoost within 1e-6 and with LightGBM within
 * 1e-12.
 *
 * What is missing follows each node's default direction; so does a category that is not in the model's table, as in a
 * service that declares the training categories to pandas (XGBoost 3.1 and 3.3 refuse such a row).
 */
export interface TreeModel extends EncodedModel {
  readonly sum: TreeSum;
  /** By output: the margin of a row before any tree has spoken. */
  readonly baseMargins: Float64Array;
  readonly trees: readonly Tree[];
}

/** What a {@link TreeModel} is made of. */
export type TreeModelParts = EncodedModelParts & Pick<TreeModel, 'baseMargins' | 'trees'>;

/** A {@link TreeModel} of its parts, however they were read. */
export function createTreeModel(parts: TreeModelParts): TreeModel {
  const { features, baseMargins, trees, precision } = parts;
  const sum: TreeSum = { width: features.length, baseMargins, trees, precision };
  const margins = (encoded: Float64Array): Float64Array => treeMargins(sum, encoded);
  return { ...createEncodedModel(parts, baseMargins.length, margins), sum, baseMargins, trees };
}

/** So many rows go through a tree together, so that both stay in the processor's cache. */
const ROWS_AT_ONCE = 128;

/** The margins of encoded rows by (row, output), added up in the library's precision, tree after tree. */
export function treeMargins({ width, baseMargins, trees, precision }: TreeSum, encoded: Float64Array): Float64Array {
  const outputs = baseMargins.length;
  const rows = width === 0 ? 0 : encoded.length / width;
  const margins = precision === 'single' ? new Float32Array(rows * outputs) : new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) margins.set(baseMargins, row * outputs);
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    const end = Math.min(rows, first + ROWS_AT_ONCE);
    for (const tree of trees) {
      for (let row = first; row < end; row++) {
        margins[row * outputs + tree.output]! += tree.value[leafOf(tree, encoded, row * width)]!;
      }
    }
  }
  return margins instanceof Float64Array ? margins : Float64Array.from(margins);
}

/** The leaf that the encoded row beginning at `offset` falls into. */
export function leafOf(tree: Tree, encoded: Float64Array, offset: number): number {
  let node = 0;
  while (tree.left[node] !== -1) {
    node = goesLeft(tree, node, encoded[offset + tree.feature[node]!]!) ? tree.left[node]! : tree.right[node]!;
  }
  return node;
}

/** Whether a value takes the left branch of an inner node; NaN is missing. */
export function goesLeft(tree: Tree, node: number, value: number): boolean {
  if (Number.isNaN(value)) return tree.defaultLeft[node] === 1;
  const categories = tree.rightCategories[node];
  if (categories !== undefined) return !isRight(categories, value);
  if (value === 0 && tree.zeroIsMissing !== undefined && tree.zeroIsMissing[node] === 1) {
    return tree.defaultLeft[node] === 1;
  }
  return value < tree.threshold[node]!;
}

function isRight(categories: Uint8Array, value: number): boolean {
  const last = categories.length - 1;
  return categories[value >= 0 && value < last ? Math.trunc(value) : last] === 1;
}
