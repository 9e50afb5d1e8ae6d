import { goesLeft, type TreeModel } from '../models/tree-model.js';
import { type ShapTree, shapTree } from './shap-tree.js';

/** Attributions of some rows. */
export interface RowAttributions {
  /** Row after row, on the model's margin scale: one a feature, in the model's order, then `expected_value`. */
  readonly values: Float64Array;
  /** The largest difference between a row's sum and the margin that the model itself answers, in single precision. */
  readonly worstError: number;
}

/** Explains rows of one model. */
export interface TreeExplainer {
  /** The mean margin, weighted by cover, the base margin included: what a row's attributions start from. */
  readonly expectedValue: number;
  /** @param encoded - rows as `TreeModel.encode` makes them. Memory: 8 bytes a value, and nothing else for each row. */
  explain(encoded: Float32Array): RowAttributions;
}

/** So many rows go through a tree together: their values and its tables stay in the processor's cache. */
const ROWS_AT_ONCE = 128;

/**
 * Exact path-dependent TreeSHAP: the Shapley values of the game in which a feature outside the coalition sends the row
 * down both branches, weighted by their cover.
 *
 * Time O(nodes · depth) a row. The values of a path's features are integrals of one polynomial each, summed without error
 * at half as many points as a path has features: once down the tree for the products and once up for the sums of the
 * leaves. All terms are products of numbers in [0, 1], so that deep trees lose no digits.
 *
 * @see Source: the game, Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for
 *   trees", algorithm 1; the integral, Owen 1972, "Multilinear extensions of games"; sums by edge instead of by leaf, Yu
 *   et al. 2022, "Linear TreeShap". Golden values: XGBoost's `pred_contribs` and shap's `TreeExplainer`,
 *   test/golden/explain.
 */
export function treeExplainer(model: TreeModel): TreeExplainer {
  const trees = model.trees.map(shapTree);
  const expectedValue = trees.reduce((sum, { mean }) => sum + mean, model.baseMargin);
  const scratch = {
    flow: new Float64Array(trees.reduce((most, { tree, points }) => Math.max(most, tree.left.length * points), 0)),
    state: new Uint8Array(trees.reduce((most, { tree }) => Math.max(most, tree.left.length), 0)),
  };
  const width = model.features.length;
  return {
    expectedValue,
    explain(encoded) {
      const rows = width === 0 ? 0 : encoded.length / width;
      const values = new Float64Array(rows * (width + 1));
      for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
        const end = Math.min(rows, first + ROWS_AT_ONCE);
        for (const tree of trees) {
          for (let row = first; row < end; row++) {
            addTree(tree, encoded, row * width, values, row * (width + 1), scratch);
          }
        }
      }
      for (let row = 0; row < rows; row++) values[row * (width + 1) + width] = expectedValue;
      return { values, worstError: worstError(values, model.margins(encoded), width + 1) };
    },
  };
}

/** Room for one row in one tree, used again and again. */
interface Scratch {
  readonly flow: Float64Array;
  readonly state: Uint8Array;
}

/** Adds what one tree says of one row, whose cells begin at `offset`, to its values, which begin at `target`. */
function addTree(
  { tree, sameAbove, points, factor, share }: ShapTree,
  encoded: Float32Array,
  offset: number,
  values: Float64Array,
  target: number,
  { flow, state }: Scratch,
): void {
  const { left, right, feature } = tree;
  state[0] = 2;
  for (let k = 0; k < points; k++) flow[k] = 1;
  for (let node = 0; node < left.length; node++) {
    const l = left[node]!;
    if (l === -1) continue;
    const r = right[node]!;
    // Both edges of a node ask for the same feature, so that the same edge is above them.
    const followed = state[sameAbove[l]!] === 2;
    const toLeft = goesLeft(tree, node, encoded[offset + feature[node]!]!);
    const stateLeft = followed ? (toLeft ? 2 : 1) : 0;
    const stateRight = followed ? (toLeft ? 1 : 2) : 0;
    state[l] = stateLeft;
    state[r] = stateRight;
    const atLeft = (l * 3 + stateLeft) * points;
    const atRight = (r * 3 + stateRight) * points;
    for (let k = 0; k < points; k++) {
      const product = flow[node * points + k]!;
      flow[l * points + k] = product * factor[atLeft + k]!;
      flow[r * points + k] = product * factor[atRight + k]!;
    }
  }
  for (let node = left.length - 1; node >= 0; node--) {
    const l = left[node]!;
    if (l === -1) continue;
    const r = right[node]!;
    const atLeft = (l * 3 + state[l]!) * points;
    const atRight = (r * 3 + state[r]!) * points;
    let sum = 0;
    for (let k = 0; k < points; k++) {
      const below = flow[l * points + k]!;
      const beside = flow[r * points + k]!;
      flow[node * points + k] = below + beside;
      sum += below * share[atLeft + k]! + beside * share[atRight + k]!;
    }
    values[target + feature[node]!]! += sum;
  }
}

function worstError(values: Float64Array, margins: Float64Array, width: number): number {
  let worst = 0;
  for (let row = 0; row < margins.length; row++) {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += values[row * width + column]!;
    worst = Math.max(worst, Math.abs(sum - margins[row]!));
  }
  return worst;
}
