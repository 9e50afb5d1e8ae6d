import { MonitorError } from '../errors.js';

/** A value as it is written in a request: text, number, or null where it is missing. */
export type ModelCell = string | number | null;

/** One binary tree, a node per index, the root at 0. A node whose `left` is -1 is a leaf. */
export interface Tree {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The feature an inner node asks about. */
  readonly feature: Int32Array;
  /** Numeric nodes send `value < threshold` to the left, compared in single precision. */
  readonly threshold: Float32Array;
  /** 1 where a missing value goes left. */
  readonly defaultLeft: Uint8Array;
  /**
   * Undefined on numeric nodes. On categorical ones, indexed by category code: 1 sends the category to the right; 0, or
   * a code beyond the end, to the left.
   */
  readonly rightCategories: readonly (Uint8Array | undefined)[];
  /** What a leaf adds to the margin; 0 on inner nodes. */
  readonly value: Float32Array;
  /** Sum of the training rows' second derivatives that reached the node (XGBoost's `sum_hessian`). */
  readonly cover: Float32Array;
}

/** How the model writes the categories of one feature as codes. */
export type CategoryTable = ReadonlyMap<string | number, number>;

export interface ModelFeature {
  readonly name: string;
  /** What the feature takes: numbers; categories named in a table; or category codes (a model trained on codes). */
  readonly kind: 'number' | 'category' | 'code';
  /** Present where `kind` is `category`. */
  readonly categories?: CategoryTable;
}

/** A sum of trees and a link function. */
export interface TreeModel {
  readonly features: readonly ModelFeature[];
  readonly objective: string;
  /** The margin of a row before any tree has spoken. */
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
  /**
   * The prediction for each row, cells in the order of `features`: the probability of the positive class for
   * `binary:logistic`, the value for `reg:squarederror`. Agrees with XGBoost within 1e-6.
   *
   * null, NaN and empty text are missing and follow each node's default direction; so does a category that is not in
   * the model's table, as in a service that declares the training categories to pandas (XGBoost 3.1 and 3.3 refuse such
   * a row). Text is read as a number where the feature is numeric.
   *
   * @throws MonitorError `COLUMN_COUNT` for a row of another length, `MODEL` for text where a number belongs.
   */
  predict(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /** As `predict`, before the link function: log-odds for `binary:logistic`. */
  predictMargin(rows: readonly (readonly ModelCell[])[]): Float64Array;
  /**
   * The rows as the trees see them: row after row of single-precision numbers and category codes, NaN for missing.
   *
   * @param before - how many rows came before these, for the row's number in an error. Default: 0.
   */
  encode(rows: readonly (readonly ModelCell[])[], before?: number): Float32Array;
  /** As `predictMargin`, of encoded rows. */
  margins(encoded: Float32Array): Float64Array;
}

export interface TreeModelParts {
  readonly features: readonly ModelFeature[];
  readonly objective: string;
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
  /** From margin to prediction. */
  readonly link: (margin: number) => number;
}

/** A {@link TreeModel} of its parts, however they were read. */
export function createTreeModel(parts: TreeModelParts): TreeModel {
  const { features, objective, baseMargin, trees, link } = parts;
  const encode = (rows: readonly (readonly ModelCell[])[], before = 0): Float32Array =>
    encodeRows(rows, features, before);
  const margins = (encoded: Float32Array): Float64Array => {
    const sums = new Float64Array(features.length === 0 ? 0 : encoded.length / features.length);
    for (let row = 0; row < sums.length; row++) {
      const offset = row * features.length;
      let margin = Math.fround(baseMargin);
      for (const tree of trees) margin = Math.fround(margin + tree.value[leafOf(tree, encoded, offset)]!);
      sums[row] = margin;
    }
    return sums;
  };
  const predictMargin = (rows: readonly (readonly ModelCell[])[]): Float64Array => margins(encode(rows));
  return {
    features,
    objective,
    baseMargin,
    trees,
    predict: (rows) => predictMargin(rows).map(link),
    predictMargin,
    encode,
    margins,
  };
}

/** The leaf that the encoded row beginning at `offset` falls into. */
function leafOf(tree: Tree, encoded: Float32Array, offset: number): number {
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
  if (categories === undefined) return value < tree.threshold[node]!;
  return categories[Math.trunc(value)] !== 1;
}

function encodeRows(
  rows: readonly (readonly ModelCell[])[],
  features: readonly ModelFeature[],
  before: number,
): Float32Array {
  const encoded = new Float32Array(rows.length * features.length);
  for (const [index, row] of rows.entries()) {
    if (row.length !== features.length) {
      throw new MonitorError('COLUMN_COUNT', `The model takes ${features.length} columns, a row has ${row.length}.`, {
        where: `row ${before + index + 1}`,
        fix: `give the columns ${features.map((feature) => feature.name).join(', ')}, in this order`,
      });
    }
    for (const [column, feature] of features.entries()) {
      encoded[index * features.length + column] = encodeCell(row[column] ?? null, feature, before + index);
    }
  }
  return encoded;
}

function encodeCell(cell: ModelCell, feature: ModelFeature, row: number): number {
  if (cell === null || cell === '') return Number.NaN;
  if (feature.categories !== undefined) return categoryCode(cell, feature.categories) ?? Number.NaN;
  if (typeof cell === 'number') return cell;
  const value = cell.trim() === '' ? Number.NaN : Number(cell);
  if (Number.isNaN(value) && cell.trim().toLowerCase() !== 'nan') {
    throw new MonitorError('MODEL', `The model takes a number for "${feature.name}", not "${cell}".`, {
      where: `row ${row + 1}, column "${feature.name}"`,
      fix: 'check that the columns are in the order of the model, or leave the value empty where it is missing',
    });
  }
  return value;
}

/** Text and number find each other: a table of whole numbers is asked with "3" as well as with 3. */
function categoryCode(cell: string | number, categories: CategoryTable): number | undefined {
  return categories.get(cell) ?? categories.get(typeof cell === 'number' ? String(cell) : Number(cell));
}
