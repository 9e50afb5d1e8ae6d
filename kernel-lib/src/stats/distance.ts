import { deviance } from './distributions.js';
import type { WeightedSample } from './weighted.js';

/** How a largest difference becomes a distance: as it is, or less what sampling noise explains. */
export type DistanceMethod = 'Simple' | 'Robust';

/** A distance in [0, 1] and the value at which the largest difference is first reached. */
export interface NumericalDistance {
  readonly distance: number;
  readonly at: number;
}

/** A distance in [0, 1] and the category with the largest difference. */
export interface CategoricalDistance {
  readonly distance: number;
  readonly at: string;
}

/** The default factor of the `Robust` method: Deequ's, about an alpha of 0.003. */
const ROBUST_FACTOR = 1.8;

/**
 * Two-sample Kolmogorov–Smirnov distance: the largest gap between the two empirical distribution functions (inclusive
 * ranks, evaluated at all items of both), in [0, 1], and the smallest value where it occurs. Symmetric.
 *
 * @returns undefined if either sample is empty. Time O(n + m) items.
 * @see Source: Smirnov 1948. Golden values: SciPy `ks_2samp`, test/golden/drift/drift.json.
 */
export function kolmogorovSmirnov(baseline: WeightedSample, current: WeightedSample): NumericalDistance | undefined {
  if (baseline.count === 0 || current.count === 0) return undefined;
  findWidestGap(baseline, current);
  return { distance: widestGap[0]!, at: widestGap[1]! };
}

/** What {@link findWidestGap} found: the gap, and the smallest value where it is. */
const widestGap = new Float64Array(2);

/**
 * As `walk`, without a call for each value: an hourly series takes hundreds of these distances. Nothing comes after the
 * loop: V8 runs that slowly for ever, if it has compiled the loop first.
 */
function findWidestGap(baseline: WeightedSample, current: WeightedSample): void {
  const { values: a, weights: aWeights, count: n } = baseline;
  const { values: b, weights: bWeights, count: m } = current;
  const [nth, mth] = [1 / n, 1 / m];
  let distance = 0;
  widestGap[0] = 0;
  widestGap[1] = Math.min(a[0]!, b[0]!);
  let i = 0;
  let j = 0;
  let below = 0;
  let currentBelow = 0;
  // After the end of one sample the gap only shrinks.
  while (i < a.length && j < b.length) {
    const value = a[i]! <= b[j]! ? a[i]! : b[j]!;
    while (i < a.length && a[i]! <= value) below += aWeights[i++]!;
    while (j < b.length && b[j]! <= value) currentBelow += bWeights[j++]!;
    // A product takes a fraction of a division's time; what comes near the distance is then computed as the shares are.
    if (Math.abs(below * nth - currentBelow * mth) < distance - 1e-12) continue;
    const gap = Math.abs(below / n - currentBelow / m);
    if (gap > distance) {
      distance = gap;
      widestGap[0] = gap;
      widestGap[1] = value;
    }
  }
}

/**
 * The service's numerical drift distance, in [0, 1]: `Simple` is {@link kolmogorovSmirnov}, `Robust` is
 * max(0, D - c sqrt((n + m) / (n m))) with c = 1.8, or c = sqrt(-ln(alpha / 2) / 2) where an alpha is given.
 *
 * @param alpha - in (0, 1); used by `Robust` only.
 * @returns undefined if either sample is empty.
 * @see Source: Deequ `Distance.numericalDistance`.
 */
export function lInfinity(
  baseline: WeightedSample,
  current: WeightedSample,
  method: DistanceMethod,
  alpha?: number,
): NumericalDistance | undefined {
  const simple = kolmogorovSmirnov(baseline, current);
  if (simple === undefined) return undefined;
  return { ...simple, distance: corrected(simple.distance, baseline.count, current.count, method, alpha) };
}

function corrected(distance: number, n: number, m: number, method: DistanceMethod, alpha: number | undefined): number {
  if (method === 'Simple') return distance;
  const factor = alpha === undefined ? ROBUST_FACTOR : Math.sqrt(-Math.log(alpha / 2) / 2);
  return Math.max(0, distance - factor * Math.sqrt((n + m) / (n * m)));
}

/**
 * The 1-Wasserstein (earth mover's) distance in the unit of the values: the area between the two empirical distribution
 * functions. Symmetric, at least 0.
 *
 * @returns undefined if either sample is empty.
 * @see Golden values: SciPy `wasserstein_distance` with weights.
 */
export function wasserstein(baseline: WeightedSample, current: WeightedSample): number | undefined {
  if (baseline.count === 0 || current.count === 0) return undefined;
  let area = 0;
  let from = 0;
  let gap = 0;
  walk(baseline, current, (value, baselineShare, currentShare) => {
    if (gap > 0) area += gap * (value - from);
    from = value;
    gap = Math.abs(baselineShare - currentShare);
  });
  return area;
}

/** Visits every distinct value of both samples, ascending, with the inclusive shares of each sample up to it. */
function walk(
  baseline: WeightedSample,
  current: WeightedSample,
  visit: (value: number, baselineShare: number, currentShare: number) => void,
): void {
  const a = baseline.values;
  const b = current.values;
  let i = 0;
  let j = 0;
  let below = 0;
  let currentBelow = 0;
  while (i < a.length || j < b.length) {
    const value = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i]! : b[j]!;
    while (i < a.length && a[i]! <= value) below += baseline.weights[i++]!;
    while (j < b.length && b[j]! <= value) currentBelow += current.weights[j++]!;
    visit(value, below / baseline.count, currentBelow / current.count);
  }
}

/**
 * The service's categorical L-infinity distance, in [0, 1]: the largest difference of a category's shares, over the
 * categories of both; `Robust` as in {@link lInfinity}, n and m being the sums of the counts. Symmetric. Of equal
 * differences the first in the baseline's order counts, then in the current one's.
 *
 * @param baseline - counts by category; texts are compared as they are, the empty one is a category like any other.
 * @returns undefined if either sum is 0.
 * @see Source: Deequ `Distance.categoricalDistance` with `LInfinityMethod`.
 */
export function categoricalLInfinity(
  baseline: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
  method: DistanceMethod,
  alpha?: number,
): CategoricalDistance | undefined {
  const n = sumOf(baseline.values());
  const m = sumOf(current.values());
  if (n === 0 || m === 0) return undefined;
  let distance = -1;
  let at = '';
  const look = (category: string): void => {
    const gap = Math.abs((baseline.get(category) ?? 0) / n - (current.get(category) ?? 0) / m);
    if (gap > distance) {
      distance = gap;
      at = category;
    }
  };
  for (const category of baseline.keys()) look(category);
  for (const category of current.keys()) if (!baseline.has(category)) look(category);
  return { distance: corrected(distance, n, m, method, alpha), at };
}

/** A share of 0 counts as this one in {@link populationStabilityIndex}. */
const LEAST_SHARE = 1e-4;

/**
 * Population stability index, natural logarithm: sum of (q - p) ln(q / p) over the shares p of the baseline and q of
 * current, at least 0. A share of 0 counts as 1e-4 and the others are left as they are (so shares may sum to a little
 * over 1). Symmetric.
 *
 * @param baselineCounts - counts by bucket or category.
 * @param currentCounts - of the same buckets, in the same order.
 * @returns undefined if either sum is 0.
 */
export function populationStabilityIndex(
  baselineCounts: Float64Array,
  currentCounts: Float64Array,
): number | undefined {
  const n = sumOf(baselineCounts);
  const m = sumOf(currentCounts);
  if (n === 0 || m === 0) return undefined;
  let index = 0;
  for (let i = 0; i < baselineCounts.length; i++) {
    const p = baselineCounts[i]! === 0 ? LEAST_SHARE : baselineCounts[i]! / n;
    const q = currentCounts[i]! === 0 ? LEAST_SHARE : currentCounts[i]! / m;
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

/**
 * Jensen–Shannon distance: the square root of the divergence, logarithms to `base`. With base 2 it is in [0, 1], with
 * base e in [0, sqrt(ln 2)]. Symmetric.
 *
 * @param baselineCounts - counts by bucket or category.
 * @param currentCounts - of the same buckets, in the same order.
 * @param base - of the logarithm. Default 2.
 * @returns undefined if either sum is 0.
 * @see Source: Lin 1991; Endres and Schindelin 2003. Golden values: SciPy `jensenshannon`.
 */
export function jensenShannonDistance(
  baselineCounts: Float64Array,
  currentCounts: Float64Array,
  base: number = 2,
): number | undefined {
  const n = sumOf(baselineCounts);
  const m = sumOf(currentCounts);
  if (n === 0 || m === 0) return undefined;
  let divergence = 0;
  for (let i = 0; i < baselineCounts.length; i++) {
    const p = baselineCounts[i]! / n;
    const q = currentCounts[i]! / m;
    if (p === q) continue;
    // The linear parts of the two deviances cancel over all buckets; with them no term is negative.
    divergence += deviance(p, (p + q) / 2) + deviance(q, (p + q) / 2);
  }
  return Math.sqrt(divergence / 2 / Math.log(base));
}

/**
 * The edges of the buckets for {@link populationStabilityIndex}: the baseline's quantiles at i / buckets (linear
 * interpolation, type 7), each once, the two ends opened to -Infinity and Infinity so that every value has a bucket.
 * A baseline with so many equal values that fewer than two buckets remain gets three: below its median, the median
 * itself, above. The infinite ends are not for JSON.
 *
 * @returns undefined for an empty baseline.
 */
export function psiEdges(baseline: WeightedSample, buckets: number = 10): Float64Array | undefined {
  if (baseline.count === 0) return undefined;
  const edges: number[] = [];
  for (let i = 0; i <= buckets; i++) {
    const edge = interpolatedQuantile(baseline, i, buckets);
    if (edges.length === 0 || edge > edges[edges.length - 1]!) edges.push(edge);
  }
  if (edges.length < 3) {
    const median = interpolatedQuantile(baseline, 1, 2);
    return Float64Array.of(Number.NEGATIVE_INFINITY, median, nextUp(median), Number.POSITIVE_INFINITY);
  }
  edges[0] = Number.NEGATIVE_INFINITY;
  edges[edges.length - 1] = Number.POSITIVE_INFINITY;
  return Float64Array.from(edges);
}

/** The quantile at `part / parts`, Hyndman and Fan's type 7 (NumPy's default), of a sample whose weights are counts. */
function interpolatedQuantile(sample: WeightedSample, part: number, parts: number): number {
  const position = ((sample.count - 1) * part) / parts;
  const rank = Math.floor(position);
  const fraction = position - rank;
  let below = 0;
  for (let i = 0; i < sample.values.length; i++) {
    below += sample.weights[i]!;
    if (below <= rank) continue;
    const lower = sample.values[i]!;
    if (fraction === 0 || below > rank + 1 || i + 1 === sample.values.length) return lower;
    const upper = sample.values[i + 1]!;
    return lower + (upper - lower) * fraction;
  }
  return sample.values[sample.values.length - 1]!;
}

/** The next larger double. */
function nextUp(value: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  view.setBigInt64(0, view.getBigInt64(0) + (value >= 0 ? 1n : -1n));
  return view.getFloat64(0);
}

function sumOf(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
