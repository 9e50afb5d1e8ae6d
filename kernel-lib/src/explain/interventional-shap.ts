import type { TreeModel } from '../models/tree-model.js';
import { throwIfAborted } from '../storage/abort.js';
import type { Background } from './background.js';
import type { Attributions, Explainer } from './explainer.js';
import { childrenTaken, doubleMargins, type JoinedTrees, joinTrees } from './interventional-trees.js';

/** Rows between two looks at the signal. */
const ROWS_AT_ONCE = 64;

/**
 * Exact interventional TreeSHAP: the Shapley values of the game in which a feature outside the coalition has the value of a
 * background row, its mean over the background. On the model's margin scale.
 *
 * Time O(rows · background rows · nodes that either row can reach with features of both). Memory: 4 bytes a node and
 * background row.
 *
 * @see Source: Lundberg et al. 2020, "From local explanations to global understanding with explainable AI for trees",
 *   algorithm 3. Golden values: shap's `TreeExplainer`, test/golden/explain/interventional-shap.json.
 */
export function interventionalExplainer(model: TreeModel, background: Background): Explainer {
  const joined = joinTrees(model.sum);
  const { width, baseMargins } = model.sum;
  const outputs = baseMargins.length;
  const against = model.encodeBatch(background.batch);
  const taken = childrenTaken(joined, against);
  const expectedValues = weightedMean(doubleMargins(joined, against), background.weights, outputs);
  const duel = new Duel(joined, taken, background.weights);
  return {
    features: model.features.map(({ name }) => name),
    outputs: model.outputs,
    expectedValues,
    scale: model.scale,
    method: {
      name: 'tree-interventional',
      title: 'exact TreeSHAP, interventional',
      exact: true,
      backgroundRows: background.weights.length,
      ...(background.seed !== undefined && { seed: background.seed }),
    },
    async explain(batch, before = 0, { signal } = {}): Promise<Attributions> {
      const encoded = model.encodeBatch(batch, before);
      const values = new Float64Array(batch.rowCount * outputs * width);
      for (let row = 0; row < batch.rowCount; row++) {
        if (row % ROWS_AT_ONCE === 0) {
          throwIfAborted(signal);
          await new Promise<void>((done) => setImmediate(done));
        }
        const at = row * outputs * width;
        duel.add(encoded.subarray(row * width, (row + 1) * width), values.subarray(at, at + outputs * width));
      }
      return { rows: batch.rowCount, values, answers: model.margins(encoded) };
    },
    close: async () => {},
  };
}

/** By output: the mean over rows. */
export function weightedMean(answers: Float64Array, weights: Float64Array, outputs: number): Float64Array {
  const mean = new Float64Array(outputs);
  for (let row = 0; row < weights.length; row++) {
    for (let output = 0; output < outputs; output++) mean[output]! += weights[row]! * answers[row * outputs + output]!;
  }
  return mean;
}

/** Who decided a feature on the path so far. */
const NOBODY = 0;
const ROW = 1;
const BACKGROUND = 2;

/** Walks trees with a row and one of the background at once; where they part, both ways are gone. */
class Duel {
  readonly #trees: JoinedTrees;
  readonly #against: Int32Array;
  readonly #weights: Float64Array;
  readonly #shares: Float64Array;
  readonly #size: number;
  readonly #decided: Uint8Array;
  #row: Int32Array = new Int32Array();
  #offset = 0;
  #values: Float64Array = new Float64Array();
  #target = 0;
  #weight = 0;
  /** What the subtree walked last counts for a feature of the row above it, and for one of the background. */
  #forRow = 0;
  #forBackground = 0;

  constructor(trees: JoinedTrees, against: Int32Array, weights: Float64Array) {
    this.#trees = trees;
    this.#against = against;
    this.#weights = weights;
    this.#size = Math.min(trees.depth, trees.sum.width) + 1;
    this.#shares = shapleyShares(this.#size);
    this.#decided = new Uint8Array(trees.sum.width);
  }

  /** Adds a row's values, by (output, feature). */
  add(encoded: Float64Array, values: Float64Array): void {
    const { roots, output, left, sum } = this.#trees;
    this.#row = childrenTaken(this.#trees, encoded);
    this.#values = values;
    for (let other = 0; other < this.#weights.length; other++) {
      this.#offset = other * left.length;
      this.#weight = this.#weights[other]!;
      for (let tree = 0; tree < roots.length; tree++) {
        this.#target = output[tree]! * sum.width;
        this.#walk(roots[tree]!, 0, 0);
      }
    }
  }

  #walk(node: number, ofRow: number, ofBackground: number): void {
    const { left, feature, value } = this.#trees;
    if (left[node] === -1) {
      const leaf = value[node]!;
      this.#forRow = ofRow === 0 ? 0 : leaf * this.#shares[(ofRow - 1) * this.#size + ofBackground]!;
      this.#forBackground = ofBackground === 0 ? 0 : leaf * this.#shares[(ofBackground - 1) * this.#size + ofRow]!;
      return;
    }
    const mine = this.#row[node]!;
    const other = this.#against[this.#offset + node]!;
    if (mine === other) {
      this.#walk(mine, ofRow, ofBackground);
      return;
    }
    const asked = feature[node]!;
    const decided = this.#decided[asked]!;
    if (decided !== NOBODY) {
      this.#walk(decided === ROW ? mine : other, ofRow, ofBackground);
      return;
    }
    this.#decided[asked] = ROW;
    this.#walk(mine, ofRow + 1, ofBackground);
    const forRow = this.#forRow;
    const forBackground = this.#forBackground;
    this.#decided[asked] = BACKGROUND;
    this.#walk(other, ofRow, ofBackground + 1);
    this.#decided[asked] = NOBODY;
    this.#values[this.#target + asked]! += this.#weight * (forRow - this.#forBackground);
    this.#forRow += forRow;
    this.#forBackground += forBackground;
  }
}

/** By (a, b): a! · b! / (a + b + 1)!, the share of the orders in which a features come before one and b after it. */
function shapleyShares(size: number): Float64Array {
  const shares = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    shares[a * size] = 1 / (a + 1);
    for (let b = 1; b < size; b++) shares[a * size + b] = (shares[a * size + b - 1]! * b) / (a + b + 1);
  }
  return shares;
}
