/** A non-decreasing function: linear between its points, constant beyond the first and the last. Plain JSON. */
export interface IsotonicState {
  /** Ascending and different. */
  readonly x: readonly number[];
  /** As long as `x`, never falling. */
  readonly y: readonly number[];
}

/**
 * Isotonic regression: the non-decreasing function of x with the least squared distance to the targets, by pooling
 * adjacent violators. Equal x are pooled first. Time O(n log n).
 *
 * @param x - n finite numbers in any order.
 * @param targets - n numbers.
 * @see Source: Barlow, Bartholomew, Bremner and Brunk 1972. Golden values: scikit-learn `IsotonicRegression`.
 */
export function fitIsotonic(x: Float64Array, targets: ArrayLike<number>): IsotonicState {
  const order = Uint32Array.from(x.keys()).sort((a, b) => x[a]! - x[b]!);
  /** Pools: their first and last x, mean and weight. */
  const pools: { from: number; to: number; mean: number; weight: number }[] = [];
  for (let i = 0; i < order.length; ) {
    const at = x[order[i]!]!;
    let [sum, weight] = [0, 0];
    for (; i < order.length && x[order[i]!] === at; i++) {
      sum += targets[order[i]!]!;
      weight++;
    }
    let pool = { from: at, to: at, mean: sum / weight, weight };
    for (let last = pools.at(-1); last !== undefined && last.mean >= pool.mean; last = pools.at(-1)) {
      pools.pop();
      const both = last.weight + pool.weight;
      pool = {
        from: last.from,
        to: pool.to,
        mean: (last.mean * last.weight + pool.mean * pool.weight) / both,
        weight: both,
      };
    }
    pools.push(pool);
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
