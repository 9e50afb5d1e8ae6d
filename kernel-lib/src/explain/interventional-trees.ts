import { goesLeft, leafOf, type TreeSum } from '../models/tree-model.js';

/** The trees of a model with their nodes behind each other. */
export interface JoinedTrees {
  readonly sum: TreeSum;
  /** By tree: its first node. */
  readonly roots: Int32Array;
  /** By node: the left child, -1 for a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** What a leaf adds to the margin. */
  readonly value: Float64Array;
  /** By tree: the output it adds to. */
  readonly output: Int32Array;
  /** The most features on a path from a root to a leaf, features that come again counted once for each time. */
  readonly depth: number;
}

export function joinTrees(sum: TreeSum): JoinedTrees {
  const { trees } = sum;
  const roots = new Int32Array(trees.length);
  let nodes = 0;
  for (const [index, tree] of trees.entries()) {
    roots[index] = nodes;
    nodes += tree.left.length;
  }
  const joined = {
    left: new Int32Array(nodes).fill(-1),
    right: new Int32Array(nodes).fill(-1),
    feature: new Int32Array(nodes),
    value: new Float64Array(nodes),
  };
  for (const [index, tree] of trees.entries()) {
    const root = roots[index]!;
    joined.feature.set(tree.feature, root);
    joined.value.set(tree.value, root);
    for (let node = 0; node < tree.left.length; node++) {
      if (tree.left[node] === -1) continue;
      joined.left[root + node] = root + tree.left[node]!;
      joined.right[root + node] = root + tree.right[node]!;
    }
  }
  const depth = roots.reduce((most, root) => Math.max(most, depthOf(joined, root)), 0);
  return { sum, roots, ...joined, output: Int32Array.from(trees, ({ output }) => output), depth };
}

function depthOf({ left, right }: Pick<JoinedTrees, 'left' | 'right'>, root: number): number {
  let most = 0;
  const waiting: [number, number][] = [[root, 0]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    most = Math.max(most, depth);
    if (left[node] !== -1) waiting.push([left[node]!, depth + 1], [right[node]!, depth + 1]);
  }
  return most;
}

/** By (row, node): the child that a row takes there; -1 at leaves. Memory: 4 · rows · nodes bytes. */
export function childrenTaken({ sum, roots, left, right }: JoinedTrees, encoded: Float64Array): Int32Array {
  const rows = sum.width === 0 ? 0 : encoded.length / sum.width;
  const taken = new Int32Array(rows * left.length).fill(-1);
  for (const [index, tree] of sum.trees.entries()) {
    const root = roots[index]!;
    for (let node = 0; node < tree.left.length; node++) {
      if (tree.left[node] === -1) continue;
      const feature = tree.feature[node]!;
      for (let row = 0; row < rows; row++) {
        const child = goesLeft(tree, node, encoded[row * sum.width + feature]!) ? left : right;
        taken[row * left.length + root + node] = child[root + node]!;
      }
    }
  }
  return taken;
}

/** By (row, output): margins added up in double precision, whatever the library does. */
export function doubleMargins({ sum }: JoinedTrees, encoded: Float64Array): Float64Array {
  const { width, baseMargins, trees } = sum;
  const outputs = baseMargins.length;
  const rows = width === 0 ? 0 : encoded.length / width;
  const margins = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) margins.set(baseMargins, row * outputs);
  for (const tree of trees) {
    for (let row = 0; row < rows; row++) {
      margins[row * outputs + tree.output]! += tree.value[leafOf(tree, encoded, row * width)]!;
    }
  }
  return margins;
}
