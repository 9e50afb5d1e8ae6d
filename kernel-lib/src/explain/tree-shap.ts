import { goesLeft, type TreeModel, type TreeSum, treeMargins } from '../models/tree-model.js';
import type { Attributions } from './explainer.js';
import { LEFT_THE_PATH, type ShapTree, shapTree, TO_LEFT, TO_RIGHT } from './shap-tree.js';

/** A model made ready for {@link attributeRows}: plain data, for any thread. */
export interface PreparedTrees {
  readonly sum: TreeSum;
  /** Those of `sum`, with their tables. */
  readonly shapTrees: readonly ShapTree[];
  /** By output: the mean margin, weighted by cover, the base margin included: what a row's attributions start from. */
  readonly expectedValues: Float64Array;
}

/** Explains rows of one model. */
export interface TreeExplainer {
  readonly prepared: PreparedTrees;
  readonly expectedValues: Float64Array;
  /** As {@link attributeRows}. */
  explain(encoded: Float64Array): Attributions;
}

/** So many rows go through a tree together: their values and its tables stay in the processor's cache. */
const ROWS_AT_ONCE = 128;

/** Makes a model's trees ready. Memory: 96 · points bytes a node, points being half the features on the longest path. */
export function prepareTrees(sum: TreeSum): PreparedTrees {
  const shapTrees = sum.trees.map(shapTree);
  const expectedValues = Float64Array.from(sum.baseMargins);
  for (const { tree, mean } of shapTrees) expectedValues[tree.output]! += mean;
  return { sum, shapTrees, expectedValues };
}

/** Exact path-dependent TreeSHAP of a model; see {@link attributeRows}. */
export function treeExplainer(model: Pick<TreeModel, 'sum'>): TreeExplainer {
  const prepared = prepareTrees(model.sum);
  return {
    prepared,
    expectedValues: prepared.expectedValues,
    explain: (encoded) => attributeRows(prepared, encoded),
  };
}

/**
 * Exact path-dependent TreeSHAP: the Shapley values of the game in which a feature outside the coalition sends the row
 * down both branches, weighted by their cover.
 *
 * Time O(nodes · depth) a row. The values of a path's features are integrals of one polynomial each, summed without error
 * at half as many points as a path has features: once down the tree for the products and once up for the sums of the
 * leaves. All terms are products of numbers in [0, 1], so that deep trees lose no digits.
 *
 * @param encoded - rows as `TreeModel.encode` makes them. Memory: 8 bytes a value, and nothing else for each row.
 * @returns values and answers on the model's margin scale, answers as the library itself adds them up.
 * @see Source: the game, Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for
 *   trees", algorithm 1; the integral, Owen 1972, "Multilinear extensions of games"; sums by edge instead of by leaf, Yu
 *   et al. 2022, "Linear TreeShap". Golden values: XGBoost's and LightGBM's `pred_contribs` and shap's `TreeExplainer`,
 *   test/golden/explain.
 */
export function attributeRows({ sum, shapTrees }: PreparedTrees, encoded: Float64Array): Attributions {
  const { width } = sum;
  const outputs = sum.baseMargins.length;
  const rows = width === 0 ? 0 : encoded.length / width;
  const values = new Float64Array(rows * outputs * width);
  const scratch = scratchFor(shapTrees);
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    const end = Math.min(rows, first + ROWS_AT_ONCE);
    for (const tree of shapTrees) {
      const { output } = tree.tree;
      for (let row = first; row < end; row++) {
        addTree(tree, encoded, row * width, values, (row * outputs + output) * width, scratch);
      }
    }
  }
  return { rows, values, answers: treeMargins(sum, encoded) };
}

/** Room for one row in one tree, used again and again. */
interface Scratch {
  /** By (node, point): the product of the path to the node; on the way up, the sum of the leaves below. */
  readonly flow: Float64Array;
  /** By place among the branches: what the row does there. */
  readonly act: Uint8Array;
  /** By node: 1 where the row follows all edges of its parent's feature on the path to it. */
  readonly followed: Uint8Array;
}

function scratchFor(shapTrees: readonly ShapTree[]): Scratch {
  const nodes = shapTrees.reduce((most, { tree }) => Math.max(most, tree.left.length), 0);
  const points = shapTrees.reduce((most, tree) => Math.max(most, tree.points), 0);
  return {
    flow: new Float64Array(nodes * points),
    act: new Uint8Array(nodes),
    followed: new Uint8Array(nodes),
  };
}

/** Adds what one tree says of one row, whose cells begin at `offset`, to its values, which begin at `target`. */
function addTree(
  shap: ShapTree,
  encoded: Float64Array,
  offset: number,
  values: Float64Array,
  target: number,
  scratch: Scratch,
): void {
  const { flow, followed } = scratch;
  followed[0] = 1;
  for (let k = 0; k < shap.points; k++) flow[k] = 1;
  goDown(shap, encoded, offset, scratch);
  turnAtForks(shap, encoded, offset, values, target, scratch);
  comeUp(shap, values, target, scratch);
}

function goDown({ tree, points, branches }: ShapTree, encoded: Float64Array, offset: number, scratch: Scratch): void {
  const { left, right, feature } = tree;
  const { nodes, sameAbove, down } = branches;
  const { flow, act, followed } = scratch;
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place]!;
    const l = left[node]!;
    const r = right[node]!;
    let does = LEFT_THE_PATH;
    if (followed[sameAbove[place]!] === 1) {
      does = goesLeft(tree, node, encoded[offset + feature[node]!]!) ? TO_LEFT : TO_RIGHT;
    }
    act[place] = does;
    followed[l] = does & TO_LEFT;
    followed[r] = does >> 1;
    const at = (place * 3 + does) * 2 * points;
    const from = node * points;
    const toLeft = l * points;
    const toRight = r * points;
    for (let k = 0; k < points; k++) {
      const product = flow[from + k]!;
      flow[toLeft + k] = product * down[at + k]!;
      flow[toRight + k] = product * down[at + points + k]!;
    }
  }
}

function turnAtForks(
  { tree, points, forks }: ShapTree,
  encoded: Float64Array,
  offset: number,
  values: Float64Array,
  target: number,
  { flow, followed }: Scratch,
): void {
  const { feature } = tree;
  const { nodes, sameAbove, down } = forks;
  for (let place = 0; place < nodes.length; place++) {
    const node = nodes[place]!;
    let does = LEFT_THE_PATH;
    if (followed[sameAbove[place]!] === 1) {
      does = goesLeft(tree, node, encoded[offset + feature[node]!]!) ? TO_LEFT : TO_RIGHT;
    }
    const at = (place * 3 + does) * 2 * points;
    const from = node * points;
    let sum = 0;
    for (let k = 0; k < points; k++) {
      const product = flow[from + k]!;
      flow[from + k] = product * down[at + k]!;
      sum += product * down[at + points + k]!;
    }
    values[target + feature[node]!]! += sum;
  }
}

function comeUp({ tree, points, branches }: ShapTree, values: Float64Array, target: number, scratch: Scratch): void {
  const { left, right, feature } = tree;
  const { nodes, up } = branches;
  const { flow, act } = scratch;
  for (let place = nodes.length - 1; place >= 0; place--) {
    const node = nodes[place]!;
    const at = (place * 3 + act[place]!) * 2 * points;
    const to = node * points;
    const fromLeft = left[node]! * points;
    const fromRight = right[node]! * points;
    let sum = 0;
    for (let k = 0; k < points; k++) {
      const below = flow[fromLeft + k]!;
      const beside = flow[fromRight + k]!;
      flow[to + k] = below + beside;
      sum += below * up[at + k]! + beside * up[at + points + k]!;
    }
    values[target + feature[node]!]! += sum;
  }
}
