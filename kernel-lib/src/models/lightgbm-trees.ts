import { type LightgbmSection, parts } from './lightgbm-text.js';
import type { ModelFeature } from './model-features.js';
import type { Tree } from './tree-model.js';

/** Bits of `decision_type`. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_SHIFT = 2;

/** What a node takes for missing, by its bits. */
const ZERO = 1;
const NAN = 2;

/**
 * One tree. Inner nodes keep their numbers, leaves follow them.
 *
 * NaN at a node counts as 0 where the node has no missing values (None), as 0 and so as missing where zeros are missing
 * (Zero), and as missing where NaN is (NaN). At a categorical node, NaN, negative codes and those that are not in the set
 * of the left branch go right. `value <= threshold` goes left, in double precision: `value < next double`.
 *
 * @param share - what the tree's leaves are multiplied with.
 * @see Source: LightGBM 4, `Tree::NumericalDecision` and `Tree::CategoricalDecision`.
 */
export function readTree(
  section: LightgbmSection,
  features: readonly ModelFeature[],
  output: number,
  share: number,
  where: string,
): Tree {
  const leaves = section.number('num_leaves', where);
  if (leaves < 1) parts.broken(`has ${leaves} leaves`, where);
  if (section.has('is_linear') && section.number('is_linear', where) !== 0) {
    parts.refuse('leaves that hold linear models (linear_tree)', 'train without linear_tree', where);
  }
  const leafValues = section.numbers('leaf_value', leaves, where).map((value) => value * share);
  if (!leafValues.every(Number.isFinite)) parts.broken('has a leaf that is not a finite number', where);
  const inner = leaves - 1;
  if (inner === 0) return leafAlone(leafValues, output);
  const covers = coversOf(section, inner, where);
  const decisions = section.numbers('decision_type', inner, where);
  const thresholds = section.numbers('threshold', inner, where);
  const tree: Tree = {
    left: childrenOf(section, 'left_child', inner, where),
    right: childrenOf(section, 'right_child', inner, where),
    feature: Int32Array.from([...section.numbers('split_feature', inner, where), ...new Float64Array(leaves)]),
    threshold: new Float64Array(inner + leaves),
    defaultLeft: new Uint8Array(inner + leaves),
    rightCategories: readRightCategories(section, decisions, thresholds, leaves, where),
    zeroIsMissing: decisions.some((decision) => missingOf(decision) === ZERO)
      ? new Uint8Array(inner + leaves)
      : undefined,
    value: Float64Array.from([...new Float64Array(inner), ...leafValues]),
    cover: covers,
    output,
  };
  for (let node = 0; node < inner; node++) setDecision(tree, node, decisions[node]!, thresholds[node]!);
  checkTree(tree, features, inner, where);
  return tree;
}

function setDecision(tree: Tree, node: number, decision: number, threshold: number): void {
  if (decision & CATEGORICAL) return;
  const missing = missingOf(decision);
  tree.threshold[node] = nextUp(threshold);
  const left = missing === ZERO || missing === NAN ? (decision & DEFAULT_LEFT) !== 0 : 0 <= threshold;
  tree.defaultLeft[node] = left ? 1 : 0;
  if (missing === ZERO) tree.zeroIsMissing![node] = 1;
}

function missingOf(decision: number): number {
  return decision & CATEGORICAL ? 0 : (decision >> MISSING_SHIFT) & 3;
}

function leafAlone(value: Float64Array, output: number): Tree {
  return {
    left: Int32Array.of(-1),
    right: Int32Array.of(-1),
    feature: new Int32Array(1),
    threshold: new Float64Array(1),
    defaultLeft: new Uint8Array(1),
    rightCategories: [undefined],
    zeroIsMissing: undefined,
    value,
    cover: Float64Array.of(1),
    output,
  };
}

function coversOf(section: LightgbmSection, inner: number, where: string): Float64Array {
  if (!section.has('internal_count') || !section.has('leaf_count')) {
    parts.refuse('trees without counts of their training rows', 'save the model again with LightGBM 4', where);
  }
  return Float64Array.from([
    ...section.numbers('internal_count', inner, where),
    ...section.numbers('leaf_count', inner + 1, where),
  ]);
}

/** -1 is the first leaf, -2 the second. */
function childrenOf(section: LightgbmSection, key: string, inner: number, where: string): Int32Array {
  const children = Int32Array.from(section.numbers(key, inner, where), (child) =>
    child >= 0 ? child : inner - child - 1,
  );
  return Int32Array.from({ length: 2 * inner + 1 }, (_, node) => children[node] ?? -1);
}

/** `threshold` of a categorical node is the number of its set; a set is a string of bits, 32 a word. */
function readRightCategories(
  section: LightgbmSection,
  decisions: Float64Array,
  thresholds: Float64Array,
  leaves: number,
  where: string,
): (Uint8Array | undefined)[] {
  const sets = new Array<Uint8Array | undefined>(decisions.length + leaves).fill(undefined);
  const count = section.number('num_cat', where);
  if (count === 0 && !decisions.some((decision) => decision & CATEGORICAL)) return sets;
  const boundaries = section.numbers('cat_boundaries', count + 1, where);
  const words = section.numbers('cat_threshold', boundaries[count]!, where);
  for (const [node, decision] of decisions.entries()) {
    if (!(decision & CATEGORICAL)) continue;
    const set = thresholds[node]!;
    if (!(Number.isInteger(set) && set >= 0 && set < count)) parts.broken(`node ${node} has no set ${set}`, where);
    const bits = words.subarray(boundaries[set]!, boundaries[set + 1]!);
    const right = new Uint8Array(bits.length * 32 + 1).fill(1);
    for (let code = 0; code < bits.length * 32; code++) {
      if ((bits[code >> 5]! >>> (code & 31)) & 1) right[code] = 0;
    }
    sets[node] = right;
  }
  return sets;
}

function checkTree(tree: Tree, features: readonly ModelFeature[], inner: number, where: string): void {
  const nodes = tree.left.length;
  for (let node = 0; node < inner; node++) {
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      // Children come after their parent in every file LightGBM writes; without that a walk might not end.
      if (child <= node || child >= nodes) parts.broken(`node ${node} has no children`, where);
    }
    const feature = features[tree.feature[node]!];
    if (feature === undefined) {
      parts.broken(`node ${node} asks for feature ${tree.feature[node]}, which is not there`, where);
    } else if ((feature.kind === 'number') === (tree.rightCategories[node] !== undefined)) {
      parts.broken(`node ${node} and feature "${feature.name}" differ in whether it is categorical`, where);
    }
  }
}

/** LightGBM's `kZeroThreshold`, in single precision. */
const NEARLY_ZERO = Math.fround(1e-35);

/**
 * What LightGBM's predictor does to numbers before the trees see them: those within 1e-35 are 0. Infinity becomes the
 * largest number, so that it stays on the left of an infinite threshold; no finite one lies in between.
 */
export function adjustNumbers(encoded: Float64Array): Float64Array {
  for (let i = 0; i < encoded.length; i++) {
    const value = encoded[i]!;
    if (Math.abs(value) <= NEARLY_ZERO) encoded[i] = 0;
    else if (value === Number.POSITIVE_INFINITY) encoded[i] = Number.MAX_VALUE;
  }
  return encoded;
}

/** The next double above a number. */
export function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return Number.MIN_VALUE;
  const bits = new BigInt64Array(Float64Array.of(value).buffer);
  bits[0]! += value > 0 ? 1n : -1n;
  return new Float64Array(bits.buffer)[0]!;
}
