/** A non-decreasing function: linear between its points, constant beyond the first and the last. Plain JSON. */
export interface IsotonicState {
  /** Ascending and different. */
  readonly x: readonly number[];
  /** As long as `x`, never falling. */
  readonly y: readonly number[];
}

/** Neighbouring x that share a value. */
interface Pool {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly weight: number;
}

/**
 * Isotonic regression: the non-decreasing function of x with the least squared distance to the targets, by pooling
 * adjacent violators. Equal x are pooled first. Time O(n log n).
 *
 * @param x - n finite numbers in any order.
 * @param targets - n finite numbers.
 * @param weights - n numbers of at least 0, 1 each where absent; points of weight 0 are left out.
 * @returns no points where there are none of positive weight.
 * @see Source: Barlow, Bartholomew, Bremner and Brunk 1972. Golden values: scikit-learn `IsotonicRegression` with
 * `out_of_bounds='clip'`, test/golden/model/isotonic.json.
 */
export function fitIsotonic(x: Float64Array, targets: ArrayLike<number>, weights?: ArrayLike<number>): IsotonicState {
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  const pools: Pool[] = [];
  for (let i = 0; i < order.length; ) {
    const at = x[order[i]!]!;
    let [sum, weight] = [0, 0];
    for (; i < order.length && x[order[i]!] === at; i++) {
      const row = order[i]!;
      const own = weights === undefined ? 1 : weights[row]!;
      sum += own * targets[row]!;
      weight += own;
    }
    if (weight > 0) addPool(pools, { from: at, to: at, mean: sum / weight, weight });
  }
  const points = pools.flatMap(({ from, to, mean }) =>
    from === to
      ? [[from, mean]]
      : [
          [from, mean],
          [to, mean],
        ],
  );
  return { x: points.map(([at]) => at!), y: points.map(([, mean]) => mean!) };
}

/** Puts a pool after the others; those before it that are not below it join it. */
function addPool(pools: Pool[], added: Pool): void {
  let pool = added;
  for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
    pools.pop();
    const weight = last.weight + pool.weight;
    const mean = (last.mean * last.weight + pool.mean * pool.weight) / weight;
    pool = { from: last.from, to: pool.to, mean, weight };
  }
  pools.push(pool);
}

/** The function's values, in an array of its own. Undefined function (no points): the x themselves. */
export function isotonicValues({ x, y }: IsotonicState, at: Float64Array): Float64Array {
  if (x.length === 0) return at.slice();
  return at.map((value) => {
    let [below, above] = [0, x.length - 1];
    if (value <= x[below]!) return y[below]!;
    if (value >= x[above]!) return y[above]!;
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if (x[middle]! <= value) below = middle;
      else above = middle;
    }
    const share = (value - x[below]!) / (x[above]! - x[below]!);
    return y[below]! + share * (y[above]! - y[below]!);
  });
}
