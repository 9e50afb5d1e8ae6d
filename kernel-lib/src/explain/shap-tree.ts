import type { Tree } from '../models/tree-model.js';
import { gaussLegendre } from '../stats/gauss-legendre.js';

/**
 * A tree made ready for TreeSHAP. Nodes stand in preorder: a left child follows its parent, and parents come before all
 * that is below them. What a node says of "its edge" is about the edge that leads to it.
 *
 * A row and an edge are in one of three states, by what the edges of the same feature on the path to it do: 2 where the
 * row follows them all, 1 where this edge is the first that it does not follow, 0 below such an edge.
 */
export interface ShapTree {
  /** In preorder. */
  readonly tree: Tree;
  /** The nearest node above whose edge asks for the same feature; 0, the root, where there is none. */
  readonly sameAbove: Int32Array;
  /** How many points the integrals are summed at: half the largest number of features on a path, rounded up. */
  readonly points: number;
  /** By (node, state, point): what the edge multiplies the product of the path by; at a leaf also by its value. */
  readonly factor: Float64Array;
  /** By (node, state, point): what the sum of the leaves below counts for the edge's feature. */
  readonly share: Float64Array;
  /** The mean of the tree's leaves, weighted by the cover of each branch. */
  readonly mean: number;
}

/** Prepares a tree. Memory: 24 · (number of points) bytes a node for each of the two tables. */
export function shapTree(original: Tree): ShapTree {
  const tree = inPreorder(original);
  const { sameAbove, mostFeatures } = paths(tree);
  const points = Math.max(1, Math.ceil(mostFeatures / 2));
  const fraction = branchFractions(tree);
  const covered = Float64Array.from(fraction);
  for (let node = 1; node < covered.length; node++) covered[node]! *= covered[sameAbove[node]!]!;
  return {
    tree,
    sameAbove,
    points,
    mean: meanOf(tree, fraction),
    ...tables(tree, sameAbove, points, fraction, covered),
  };
}

/**
 * The Shapley value of a feature that is in the coalitions of t's size with probability t is an integral over t in (0, 1)
 * (Owen 1972). For one leaf, with `o` 1 where the row follows all edges of a feature and 0 where not, and `z` the share
 * of the cover that does, it is value · (o − z) · ∫ ∏ (t·o' + (1 − t)·z') dt over the path's other features: a polynomial,
 * which Gauss–Legendre points integrate without error.
 */
function tables(
  tree: Tree,
  sameAbove: Int32Array,
  points: number,
  fraction: Float64Array,
  covered: Float64Array,
): Pick<ShapTree, 'factor' | 'share'> {
  const nodes = tree.left.length;
  const factor = new Float64Array(nodes * 3 * points);
  const share = new Float64Array(nodes * 3 * points);
  const rule = gaussLegendre(points);
  for (let node = 1; node < nodes; node++) {
    const [here, above] = [covered[node]!, covered[sameAbove[node]!]!];
    const value = tree.left[node] === -1 ? tree.value[node]! : 1;
    for (let k = 0; k < points; k++) {
      const [t, weight] = [rule.points[k]!, rule.weights[k]!];
      const at = node * 3 * points + k;
      const followedAbove = t + (1 - t) * above;
      const followed = t + (1 - t) * here;
      factor[at] = value * fraction[node]!;
      factor[at + points] = (value * (1 - t) * here) / followedAbove;
      factor[at + 2 * points] = (value * followed) / followedAbove;
      // The edges of a feature on one path must count once, as the lowest: each takes back what the one above it counted.
      const countedAbove = (1 - above) / followedAbove;
      share[at + points] = weight * (-1 / (1 - t) - countedAbove);
      share[at + 2 * points] = weight * ((1 - here) / followed - countedAbove);
    }
  }
  return { factor, share };
}

function inPreorder(tree: Tree): Tree {
  const order: number[] = [];
  const place = new Int32Array(tree.left.length);
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    place[node] = order.length;
    order.push(node);
    if (tree.left[node] !== -1) waiting.push(tree.right[node]!, tree.left[node]!);
  }
  const child = (children: Int32Array): Int32Array =>
    Int32Array.from(order, (node) => (tree.left[node] === -1 ? -1 : place[children[node]!]!));
  return {
    left: child(tree.left),
    right: child(tree.right),
    feature: Int32Array.from(order, (node) => tree.feature[node]!),
    threshold: Float32Array.from(order, (node) => tree.threshold[node]!),
    defaultLeft: Uint8Array.from(order, (node) => tree.defaultLeft[node]!),
    rightCategories: order.map((node) => tree.rightCategories[node]),
    value: Float32Array.from(order, (node) => tree.value[node]!),
    cover: Float32Array.from(order, (node) => tree.cover[node]!),
  };
}

function paths(tree: Tree): { sameAbove: Int32Array; mostFeatures: number } {
  const nodes = tree.left.length;
  const parent = new Int32Array(nodes);
  const sameAbove = new Int32Array(nodes);
  const features = new Int32Array(nodes);
  for (let node = 0; node < nodes; node++) {
    if (tree.left[node] === -1) continue;
    let above = node;
    while (above !== 0 && tree.feature[parent[above]!] !== tree.feature[node]) above = parent[above]!;
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      parent[child] = node;
      sameAbove[child] = above;
      features[child] = features[node]! + (above === 0 ? 1 : 0);
    }
  }
  return { sameAbove, mostFeatures: features.reduce((most, count) => Math.max(most, count), 0) };
}

/** The share of a parent's cover that each node has; 1 at the root. Where a parent has no cover its children share alike. */
function branchFractions(tree: Tree): Float64Array {
  const fraction = new Float64Array(tree.left.length).fill(1);
  for (const [node, left] of tree.left.entries()) {
    if (left === -1) continue;
    for (const child of [left, tree.right[node]!]) {
      fraction[child] = tree.cover[node]! > 0 ? tree.cover[child]! / tree.cover[node]! : 0.5;
    }
  }
  return fraction;
}

function meanOf(tree: Tree, fraction: Float64Array): number {
  const mean = Float64Array.from(tree.value);
  for (let node = mean.length - 1; node >= 0; node--) {
    const [left, right] = [tree.left[node]!, tree.right[node]!];
    if (left !== -1) mean[node] = mean[left]! * fraction[left]! + mean[right]! * fraction[right]!;
  }
  return mean[0]!;
}
