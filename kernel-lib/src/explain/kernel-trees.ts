import { identity } from '../models/link.js';
import type { TreeModel } from '../models/tree-model.js';
import type { Background } from './background.js';
import { childrenTaken, doubleMargins, type JoinedTrees, joinTrees } from './interventional-trees.js';
import { encodedCoalitions } from './kernel-encoded.js';
import type { CoalitionModel, CoalitionQuestion } from './kernel-game.js';
import { addMembers, membersOf } from './kernel-members.js';

/** What of a model is explained: what it predicts, or the margin before its link function. */
export type KernelAnswer = 'prediction' | 'margin';

/**
 * A model of trees as the game of Kernel SHAP.
 *
 * Where a row and one of the background part at a node, coalitions with the feature go one way and those without it the
 * other: a tree is walked once for all coalitions, held as sets of bits. Margins are added up in double precision.
 *
 * @param answer - default: what the model predicts, which is what the service explains.
 */
export function treeCoalitions(
  model: TreeModel,
  background: Background,
  answer: KernelAnswer = 'prediction',
): CoalitionModel {
  const joined = joinTrees(model.sum);
  const against = model.encodeBatch(background.batch);
  const taken = childrenTaken(joined, against);
  const base = doubleMargins(joined, against);
  return encodedCoalitions(
    {
      features: model.features.map(({ name }) => name),
      outputs: model.outputs,
      scale: answer === 'margin' ? model.scale : 'prediction',
      link: answer === 'margin' ? identity : model.link,
      encode: (batch, before) => model.encodeBatch(batch, before),
      margins: (encoded) => doubleMargins(joined, encoded),
      prepare: (row, question) => {
        const walk = new CoalitionWalk(joined, childrenTaken(joined, row), taken, question);
        return (other, margins) => walk.fill(other, base, margins);
      },
    },
    background,
  );
}

/** The most features whose pairs are gathered. */
const MOST_GATHERED = 64;

const UNDECIDED = 0;
const OWN = 1;
const ABSENT = 2;

/** Walks trees with a row, one of the background, and a set of coalitions. */
class CoalitionWalk {
  readonly #trees: JoinedTrees;
  readonly #row: Int32Array;
  readonly #against: Int32Array;
  readonly #words: number;
  /** By feature: the coalitions that it is in, a bit each. */
  readonly #having: Uint32Array;
  /** By level of the walk: the coalitions that get there. */
  readonly #sets: Uint32Array;
  readonly #decided: Uint8Array;
  readonly #outputs: number;
  #offset = 0;
  #margins: Float64Array = new Float64Array();
  #output = 0;
  /** By output: what all coalitions have. */
  readonly #begin: Float64Array;
  /** What a tree gives most coalitions, as far as is seen at once: the leaf of either row that fewer turns lead to. */
  #known = 0;
  #turns = 0;
  /** By level: the feature where the walk turned. */
  readonly #turned: Int32Array;
  /** Whether there are few enough features to gather what pairs of them add. */
  readonly #mayGather: boolean;
  readonly #members: Uint8Array;
  /** By (output, feature). */
  readonly #singles: Float64Array;
  /** By (output, feature, feature after it). */
  readonly #pairs: Float64Array;

  constructor(trees: JoinedTrees, row: Int32Array, against: Int32Array, { count, masks }: CoalitionQuestion) {
    const { width, baseMargins } = trees.sum;
    this.#trees = trees;
    this.#row = row;
    this.#against = against;
    this.#outputs = baseMargins.length;
    this.#begin = new Float64Array(baseMargins.length);
    this.#words = Math.ceil(count / 32);
    this.#having = new Uint32Array(width * this.#words);
    this.#sets = new Uint32Array(Math.max(2, trees.depth + 1) * this.#words);
    this.#decided = new Uint8Array(width);
    this.#turned = new Int32Array(trees.depth);
    this.#mayGather = width <= MOST_GATHERED;
    this.#members = membersOf(masks, count, width);
    this.#singles = new Float64Array(baseMargins.length * width);
    this.#pairs = new Float64Array(this.#mayGather ? baseMargins.length * width * width : 0);
    for (let coalition = 0; coalition < count; coalition++) {
      this.#sets[coalition >> 5]! |= 1 << (coalition & 31);
      for (let feature = 0; feature < width; feature++) {
        if (masks[coalition * width + feature] === 0) continue;
        this.#having[feature * this.#words + (coalition >> 5)]! |= 1 << (coalition & 31);
      }
    }
  }

  /** @param base - the margins of the background rows, by (row, output). */
  fill(other: number, base: Float64Array, margins: Float64Array): void {
    const { roots, output, left, value } = this.#trees;
    const outputs = this.#outputs;
    margins.fill(0);
    this.#singles.fill(0);
    this.#pairs.fill(0);
    this.#offset = other * left.length;
    this.#margins = margins;
    this.#begin.set(base.subarray(other * outputs, (other + 1) * outputs));
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree]!;
      this.#output = output[tree]!;
      const absent = this.#leafOf(root, ABSENT);
      const turns = this.#turns;
      const own = this.#leafOf(root, OWN);
      if (own === absent && turns === 0) continue;
      const known = value[this.#turns < turns ? own : absent]!;
      this.#begin[this.#output]! += known - value[absent]!;
      this.#known = known;
      this.#walk(root, 0);
    }
    this.#addPairs();
    const { width } = this.#trees.sum;
    for (let o = 0; o < outputs; o++) {
      const singles = this.#singles.subarray(o * width, (o + 1) * width);
      addMembers(this.#members, singles, this.#begin[o]!, margins, o, outputs);
    }
  }

  /** The leaf of the row itself or of the background's; `#turns` counts where on the path the two part. */
  #leafOf(root: number, side: number): number {
    const { left } = this.#trees;
    let turns = 0;
    let node = root;
    while (left[node] !== -1) {
      const own = this.#row[node]!;
      const absent = this.#against[this.#offset + node]!;
      if (own !== absent) turns++;
      node = side === OWN ? own : absent;
    }
    this.#turns = turns;
    return node;
  }

  #walk(start: number, level: number): void {
    const { left, feature, value } = this.#trees;
    let node = start;
    while (left[node] !== -1) {
      const own = this.#row[node]!;
      const absent = this.#against[this.#offset + node]!;
      const asked = feature[node]!;
      const decided = own === absent ? OWN : this.#decided[asked]!;
      if (decided === UNDECIDED) {
        this.#part(asked, own, absent, level);
        return;
      }
      node = decided === OWN ? own : absent;
    }
    const gain = value[node]! - this.#known;
    if (gain === 0) return;
    if (level <= 2 && this.#mayGather) this.#gather(level, gain);
    else this.#addTo(level, gain);
  }

  #part(asked: number, own: number, absent: number, level: number): void {
    this.#turned[level] = asked;
    this.#decided[asked] = OWN;
    if (this.#keep(asked, 0, level)) this.#walk(own, level + 1);
    this.#decided[asked] = ABSENT;
    if (this.#keep(asked, -1, level)) this.#walk(absent, level + 1);
    this.#decided[asked] = UNDECIDED;
  }

  /** The coalitions of a level that have a feature, or with `flip` -1 have it not, on the next; whether there are any. */
  #keep(feature: number, flip: number, level: number): boolean {
    const sets = this.#sets;
    const having = this.#having;
    const words = this.#words;
    const from = level * words;
    const to = from + words;
    const has = feature * words;
    let any = 0;
    for (let word = 0; word < words; word++) {
      const kept = sets[from + word]! & (having[has + word]! ^ flip);
      sets[to + word] = kept;
      any |= kept;
    }
    return any !== 0;
  }

  /** A leaf after one or two turns: as a constant, what single features add, and what a pair adds. */
  #gather(level: number, gain: number): void {
    const { width } = this.#trees.sum;
    const output = this.#output;
    const first = this.#turned[0]!;
    const firstIn = this.#decided[first] === OWN;
    const singles = output * width;
    if (level === 1) {
      if (!firstIn) this.#begin[output]! += gain;
      this.#singles[singles + first]! += firstIn ? gain : -gain;
      return;
    }
    const second = this.#turned[1]!;
    const secondIn = this.#decided[second] === OWN;
    if (!firstIn && !secondIn) this.#begin[output]! += gain;
    if (!secondIn) this.#singles[singles + first]! += firstIn ? gain : -gain;
    if (!firstIn) this.#singles[singles + second]! += secondIn ? gain : -gain;
    const pair = Math.min(first, second) * width + Math.max(first, second);
    this.#pairs[output * width * width + pair]! += firstIn === secondIn ? gain : -gain;
  }

  /** Gives coalitions what was gathered for pairs; the sets of the walk's first level are free by now. */
  #addPairs(): void {
    const { width } = this.#trees.sum;
    const words = this.#words;
    for (const [place, gain] of this.#pairs.entries()) {
      if (gain === 0) continue;
      const pair = place % (width * width);
      const [first, second] = [Math.floor(pair / width) * words, (pair % width) * words];
      for (let word = 0; word < words; word++) {
        this.#sets[words + word] = this.#having[first + word]! & this.#having[second + word]!;
      }
      this.#output = Math.floor(place / (width * width));
      this.#addTo(1, gain);
    }
  }

  #addTo(level: number, gain: number): void {
    const margins = this.#margins;
    const outputs = this.#outputs;
    const output = this.#output;
    const sets = this.#sets;
    const words = this.#words;
    const from = level * words;
    for (let word = 0; word < words; word++) {
      const set = sets[from + word]! | 0;
      if (set === 0) continue;
      const first = word << 5;
      if (outputs === 1) addWord(margins, first, set, gain);
      else addSpread(margins, first, set, gain, output, outputs);
    }
  }
}

/** Adds to the margins of the coalitions of a word, one after the other. */
function addWord(margins: Float64Array, first: number, set: number, gain: number): void {
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    margins[first + 31 - Math.clz32(rest & -rest)]! += gain;
  }
}

/** The same where coalitions have several outputs. */
function addSpread(
  margins: Float64Array,
  first: number,
  set: number,
  gain: number,
  output: number,
  outputs: number,
): void {
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    margins[(first + 31 - Math.clz32(rest & -rest)) * outputs + output]! += gain;
  }
}
