import { invertPositiveDefinite } from '../stats/least-squares.js';
import { Random } from '../stats/random.js';

/** Coalitions of players, and what makes Shapley values of their worth: the same for every row. */
export interface KernelDesign {
  readonly players: number;
  /** How many coalitions, the empty and the full one not among them. */
  readonly count: number;
  /** By (coalition, player): 1 where the player is in. */
  readonly masks: Uint8Array;
  /** By coalition: their sum is 1. */
  readonly weights: Float64Array;
  /** Whether all coalitions are there. */
  readonly exact: boolean;
  /** By (player but the last, coalition): what the coalition's worth counts for the player. */
  readonly projection: Float64Array;
  /** By player but the last: what the worth of all players together counts. */
  readonly whole: Float64Array;
}

/** How many coalitions a row are asked for where nothing else is said: as shap's `nsamples="auto"`. */
export function defaultSamples(players: number): number {
  return 2 * players + 2048;
}

/**
 * Draws coalitions for Kernel SHAP. A coalition of s among M players weighs (M − 1) / (C(M, s) · s · (M − s)). Sizes are
 * taken whole, the smallest with the largest, while the budget lasts and those of one player always; the rest is drawn with
 * probabilities as the weights, each coalition with its complement. One that comes again weighs more.
 *
 * @param players - 2 or more.
 * @param samples - how many coalitions; fewer than 2 · players, which would leave values undetermined, are taken as so many,
 *   and more than all 2^players − 2 as all of them, which makes values exact.
 * @param seed - the same seed, the same coalitions.
 * @see Source: Lundberg and Lee 2017, "A unified approach to interpreting model predictions", theorem 2; pairs: Covert and
 *   Lee 2021, "Improving KernelSHAP".
 */
export function kernelDesign(players: number, samples: number, seed: number): KernelDesign {
  const all = players <= 30 ? 2 ** players - 2 : Number.POSITIVE_INFINITY;
  const budget = Math.min(Math.max(samples, 2 * players), all);
  const drawn = drawCoalitions(players, budget, new Random(seed));
  const count = drawn.weights.length;
  return { players, count, ...drawn, exact: count === all, ...leastSquares(players, drawn.masks, drawn.weights) };
}

/** The share of all weight that coalitions of one size and their complements have, by the smaller size less one. */
function sizeShares(players: number): Float64Array {
  const shares = Float64Array.from({ length: Math.floor(players / 2) }, (_, index) => {
    const size = index + 1;
    return (size * 2 === players ? 1 : 2) / (size * (players - size));
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

function drawCoalitions(
  players: number,
  budget: number,
  random: Random,
): { readonly masks: Uint8Array; readonly weights: Float64Array } {
  const shares = sizeShares(players);
  const found = new CoalitionList(players);
  let left = budget;
  let rest = 1;
  let size = 1;
  for (; size <= shares.length; size++) {
    const share = shares[size - 1]!;
    const subsets = combinations(players, size) * (size * 2 === players ? 1 : 2);
    const isWorthIt = (left * share) / rest >= subsets * (1 - 1e-8);
    if (subsets > left || (size > 1 && !isWorthIt)) break;
    forEachSubset(players, size, (mask) => {
      found.add(mask, share / subsets);
      if (size * 2 !== players) found.add(complement(mask), share / subsets);
    });
    left -= subsets;
    rest -= share;
  }
  if (size <= shares.length && left > 0) drawRest(found, shares, size, left, random);
  return found.finish();
}

/** Draws sizes from `first` on until `left` coalitions are new, or four times as many were drawn. */
function drawRest(found: CoalitionList, shares: Float64Array, first: number, left: number, random: Random): void {
  const { players } = found;
  const enumerated = found.count;
  const rest = shares.subarray(first - 1);
  const total = rest.reduce((sum, share) => sum + share, 0);
  const order = Int32Array.from({ length: players }, (_, player) => player);
  for (let draw = 0; draw < 4 * left && found.count < enumerated + left; draw++) {
    const size = first + pick(rest, random.uniform() * total);
    const mask = new Uint8Array(players);
    for (let i = 0; i < size; i++) {
      const other = i + random.integer(players - i);
      const player = order[other]!;
      order[other] = order[i]!;
      order[i] = player;
      mask[player] = 1;
    }
    found.add(mask, 1);
    found.add(complement(mask), 1);
  }
  found.scaleFrom(enumerated, total);
}

function pick(shares: Float64Array, point: number): number {
  let index = 0;
  for (let rest = point - shares[0]!; rest >= 0 && index < shares.length - 1; rest -= shares[index]!) index++;
  return index;
}

/** Distinct coalitions with the sum of their weights. */
class CoalitionList {
  readonly players: number;
  readonly #places = new Map<string, number>();
  readonly #masks: Uint8Array[] = [];
  readonly #weights: number[] = [];

  constructor(players: number) {
    this.players = players;
  }

  get count(): number {
    return this.#masks.length;
  }

  add(mask: Uint8Array, weight: number): void {
    const key = String.fromCharCode(...mask);
    const place = this.#places.get(key);
    if (place !== undefined) {
      this.#weights[place]! += weight;
      return;
    }
    this.#places.set(key, this.#masks.length);
    this.#masks.push(mask.slice());
    this.#weights.push(weight);
  }

  /** Gives the coalitions from a place on the weight `total` together. */
  scaleFrom(place: number, total: number): void {
    let sum = 0;
    for (let i = place; i < this.count; i++) sum += this.#weights[i]!;
    for (let i = place; i < this.count; i++) this.#weights[i]! *= total / sum;
  }

  finish(): { readonly masks: Uint8Array; readonly weights: Float64Array } {
    const masks = new Uint8Array(this.count * this.players);
    for (const [index, mask] of this.#masks.entries()) masks.set(mask, index * this.players);
    return { masks, weights: Float64Array.from(this.#weights) };
  }
}

function complement(mask: Uint8Array): Uint8Array {
  return mask.map((one) => 1 - one);
}

/** How many subsets of a size there are; Infinity where a double cannot hold it. */
function combinations(players: number, size: number): number {
  let count = 1;
  for (let i = 1; i <= size; i++) count = (count * (players - size + i)) / i;
  return Math.round(count);
}

/** All subsets of a size, in lexicographic order; the mask is used again and again. */
function forEachSubset(players: number, size: number, use: (mask: Uint8Array) => void): void {
  const mask = new Uint8Array(players);
  const choose = (from: number, left: number): void => {
    if (left === 0) {
      use(mask);
      return;
    }
    for (let player = from; player <= players - left; player++) {
      mask[player] = 1;
      choose(player + 1, left - 1);
      mask[player] = 0;
    }
  };
  choose(0, size);
}

/**
 * Weighted least squares under the constraint that values add up: the last value is the worth of all less the others, which
 * leaves players − 1 free ones.
 */
function leastSquares(
  players: number,
  masks: Uint8Array,
  weights: Float64Array,
): { readonly projection: Float64Array; readonly whole: Float64Array } {
  const free = players - 1;
  const count = weights.length;
  const normal = new Float64Array(free * free);
  const weighted = new Float64Array(free * count);
  const last = new Float64Array(free);
  const difference = new Float64Array(free);
  for (let coalition = 0; coalition < count; coalition++) {
    const at = coalition * players;
    const weight = weights[coalition]!;
    for (let i = 0; i < free; i++) {
      const value = masks[at + i]! - masks[at + free]!;
      difference[i] = value;
      if (value === 0) continue;
      weighted[i * count + coalition] = weight * value;
      last[i]! += weight * value * masks[at + free]!;
      for (let j = 0; j <= i; j++) normal[i * free + j]! += weight * value * difference[j]!;
    }
  }
  const inverse = invertPositiveDefinite(normal, free);
  if (inverse === undefined) throw new RangeError(`${count} coalitions do not determine ${players} values`);
  return { projection: product(inverse, weighted, free, count), whole: product(inverse, last, free, 1) };
}

/** A square matrix times one of `columns` columns. */
function product(square: Float64Array, other: Float64Array, size: number, columns: number): Float64Array {
  const result = new Float64Array(size * columns);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) {
      const factor = square[row * size + k]!;
      for (let column = 0; column < columns; column++) {
        result[row * columns + column]! += factor * other[k * columns + column]!;
      }
    }
  }
  return result;
}

/**
 * Shapley values from the worth of a design's coalitions.
 *
 * @param worth - by coalition, less the worth of the empty one.
 * @param all - the worth of all players together, less that of none.
 * @param values - by player: written; their sum is `all`.
 */
export function solveDesign(design: KernelDesign, worth: Float64Array, all: number, values: Float64Array): void {
  const { players, count, projection, whole } = design;
  let rest = all;
  for (let player = 0; player < players - 1; player++) {
    let value = -whole[player]! * all;
    for (let k = 0, at = player * count; k < count; k++, at++) value += projection[at]! * worth[k]!;
    values[player] = value;
    rest -= value;
  }
  values[players - 1] = rest;
}
