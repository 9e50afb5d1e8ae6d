import { kolmogorovSmirnov } from './distance.js';
import { binomialPmf, chiSquaredSf, kolmogorovQuantile, normalQuantile } from './distributions.js';
import { exactTwoSampleSf, oneSampleSf } from './kolmogorov-smirnov.js';
import type { WeightedSample } from './weighted.js';

/** A test statistic with its p-value in [0, 1]. */
export interface TestResult {
  readonly statistic: number;
  readonly pValue: number;
}

/** A chi-squared test. */
export interface ChiSquaredResult extends TestResult {
  readonly degreesOfFreedom: number;
}

/** Deequ's chi-squared test. */
export interface DeequChiSquaredResult extends TestResult {
  /** Categories left after regrouping, at least 2. */
  readonly categories: number;
}

const EXACT_LIMIT = 10_000;
const LEAST_EXPECTED = 5;

/**
 * Two-sample Kolmogorov–Smirnov test, two-sided. Exact (SciPy's `method='exact'`) where n m <= 10,000 and all weights
 * are whole numbers, else asymptotic as SciPy's `method='asymp'`: the one-sample distribution of round(n m / (n + m))
 * values, `kstwo.sf`. With ties both are conservative. Of a sketch the distance has the sketch's rank error.
 *
 * @returns undefined if either sample is empty.
 * @see Golden values: SciPy `ks_2samp`, test/golden/drift/drift.json.
 */
export function ksTest(baseline: WeightedSample, current: WeightedSample): TestResult | undefined {
  const largest = kolmogorovSmirnov(baseline, current);
  if (largest === undefined) return undefined;
  const n = baseline.count;
  const m = current.count;
  const statistic = largest.distance;
  const whole = (sample: WeightedSample): boolean => sample.weights.every(Number.isInteger);
  if (n * m <= EXACT_LIMIT && whole(baseline) && whole(current)) {
    return { statistic, pValue: Math.min(1, exactTwoSampleSf(statistic, n, m)) };
  }
  return { statistic, pValue: oneSampleSf(statistic, Math.max(1, roundHalfEven((n * m) / (n + m)))) };
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Chi-squared test of homogeneity of two samples of categories: the 2 x k contingency table, without Yates's
 * correction. Categories with an expected count below 5 in either sample, but never the largest one, are pooled. Where even the pooled
 * one stays below 5, it is left out of the table and tested by Fisher's exact test against all others, so that a new
 * category in a small sample is not overlooked; the p-value is then the smaller of the two, doubled (Bonferroni), and
 * `statistic` and `degreesOfFreedom` are the table's.
 *
 * A single category on both sides has no degree of freedom and p-value 1.
 *
 * @param baseline - counts by category.
 * @returns undefined if either sum is 0.
 * @see Golden values: SciPy `chi2_contingency(correction=False)`, `fisher_exact`.
 */
export function chiSquaredTest(
  baseline: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): ChiSquaredResult | undefined {
  const n = total(baseline);
  const m = total(current);
  if (n === 0 || m === 0) return undefined;
  const smallerShare = Math.min(n, m) / (n + m);
  const regular: Pair[] = [];
  const pooled: Pair = [0, 0];
  const pairs = Array.from(unionOf(baseline, current), (category): Pair => {
    return [baseline.get(category) ?? 0, current.get(category) ?? 0];
  });
  pairs.sort((first, second) => second[0] + second[1] - (first[0] + first[1]));
  for (const pair of pairs) {
    if (regular.length === 0 || (pair[0] + pair[1]) * smallerShare >= LEAST_EXPECTED) regular.push(pair);
    else {
      pooled[0] += pair[0];
      pooled[1] += pair[1];
    }
  }
  const pooledTotal = pooled[0] + pooled[1];
  if (pooledTotal * smallerShare >= LEAST_EXPECTED) regular.push(pooled);
  const table = homogeneity(regular);
  if (pooledTotal === 0 || pooledTotal * smallerShare >= LEAST_EXPECTED) return table;
  const rare = fisherExact(pooled[0], n - pooled[0], pooled[1], m - pooled[1]);
  const pValue = regular.length < 2 ? rare : Math.min(1, 2 * Math.min(rare, table.pValue));
  return { ...table, pValue };
}

type Pair = [baseline: number, current: number];

function homogeneity(table: readonly Pair[]): ChiSquaredResult {
  let n = 0;
  let m = 0;
  for (const [a, b] of table) {
    n += a;
    m += b;
  }
  if (table.length < 2) return { statistic: 0, degreesOfFreedom: 0, pValue: 1 };
  let statistic = 0;
  for (const [a, b] of table) {
    const expectedA = ((a + b) * n) / (n + m);
    const expectedB = ((a + b) * m) / (n + m);
    if (expectedA > 0) statistic += (a - expectedA) ** 2 / expectedA;
    if (expectedB > 0) statistic += (b - expectedB) ** 2 / expectedB;
  }
  const degreesOfFreedom = table.length - 1;
  return { statistic, degreesOfFreedom, pValue: chiSquaredSf(statistic, degreesOfFreedom) };
}

/**
 * Fisher's exact test of the 2 x 2 table [[a, b], [c, d]], two-sided: the probability, margins given, of all tables
 * no more likely than this one. Time O(min(a + b, a + c)).
 */
function fisherExact(a: number, b: number, c: number, d: number): number {
  const row = a + b;
  const column = a + c;
  const all = row + c + d;
  const share = column / all;
  const probability = (x: number): number =>
    (binomialPmf(x, row, share) * binomialPmf(column - x, all - row, share)) / binomialPmf(column, all, share);
  const limit = probability(a) * (1 + 1e-7);
  let sum = 0;
  for (let x = Math.max(0, column - (all - row)); x <= Math.min(row, column); x++) {
    const p = probability(x);
    if (p <= limit) sum += p;
  }
  return Math.min(1, sum);
}

/**
 * The service's `ChiSquared` comparison, after Deequ: goodness of fit of the current counts to the baseline's, scaled to
 * their sum over the baseline's categories. Categories new in current are not looked at. The smallest expected count is
 * added to the second smallest while too many are small: with two categories any below 10 (Cochran), with more, above
 * floor(0.2 k) of them below 5 (Yates).
 *
 * @returns undefined where fewer than two categories remain (Deequ's NaN).
 * @see Source: Deequ `Distance.categoricalDistance` with `ChisquareMethod`.
 */
export function deequChiSquared(
  baseline: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): DeequChiSquaredResult | undefined {
  let groups: { expected: number; observed: number }[] = [];
  let baselineSum = 0;
  let currentSum = 0;
  for (const [category, count] of baseline) {
    if (count === 0) continue;
    const observed = current.get(category) ?? 0;
    groups.push({ expected: count, observed });
    baselineSum += count;
    currentSum += observed;
  }
  if (currentSum === 0) return undefined;
  groups = groups.map((group) => ({ ...group, expected: (group.expected / baselineSum) * currentSum }));
  groups.sort((a, b) => b.expected - a.expected);
  while (groups.length > 1 && tooManySmall(groups)) {
    const smallest = groups.pop()!;
    const second = groups.pop()!;
    const joined = { expected: smallest.expected + second.expected, observed: smallest.observed + second.observed };
    let place = groups.length;
    while (place > 0 && groups[place - 1]!.expected < joined.expected) place--;
    groups.splice(place, 0, joined);
  }
  if (groups.length < 2) return undefined;
  let statistic = 0;
  for (const { expected, observed } of groups) statistic += (observed - expected) ** 2 / expected;
  return { statistic, pValue: chiSquaredSf(statistic, groups.length - 1), categories: groups.length };
}

function tooManySmall(groups: readonly { readonly expected: number }[]): boolean {
  if (groups.length === 2) return groups.some(({ expected }) => expected < 10);
  return groups.filter(({ expected }) => expected < LEAST_EXPECTED).length > Math.floor(0.2 * groups.length);
}

/**
 * The lower bound of the true Kolmogorov–Smirnov distance: max(0, D - c sqrt((n + m) / (n m))), c the two-sided
 * Kolmogorov quantile (1.358 at 0.95). The band holds for the whole distribution function, so the bound is conservative.
 *
 * @param distance - observed, in [0, 1].
 * @param n - observations of the baseline, above 0; m those of current.
 */
export function ksLowerBound(distance: number, n: number, m: number, confidence: number = 0.95): number {
  return Math.max(0, distance - kolmogorovQuantile(1 - confidence) * Math.sqrt((n + m) / (n * m)));
}

/**
 * The lower bound of the true largest difference of a category's shares, at least 0: the maximum over the k categories
 * of |p - q| - z se, z the normal quantile of 1 - alpha / (2 k) (Bonferroni, two-sided), se the unpooled binomial
 * standard error. In se each share is taken with one success and one failure more (Agresti and Caffo 2000): a category
 * not seen in five rows is not known to be absent.
 *
 * @param baseline - counts by category.
 * @returns undefined if either sum is 0.
 */
export function categoricalLowerBound(
  baseline: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
  confidence: number = 0.95,
): number | undefined {
  const n = total(baseline);
  const m = total(current);
  if (n === 0 || m === 0) return undefined;
  const categories = unionOf(baseline, current);
  const z = -normalQuantile((1 - confidence) / (2 * categories.size));
  let bound = 0;
  for (const category of categories) {
    const p = ((baseline.get(category) ?? 0) + 1) / (n + 2);
    const q = ((current.get(category) ?? 0) + 1) / (m + 2);
    const error = Math.sqrt((p * (1 - p)) / (n + 2) + (q * (1 - q)) / (m + 2));
    bound = Math.max(bound, Math.abs(p - q) - z * error);
  }
  return bound;
}

/** What {@link minimumDetectableDistance} is of: a numerical feature's distance, or a categorical one's with k categories. */
export type DetectableKind = 'numerical' | { readonly categories: number };

/**
 * The smallest true distance at which the rule "lower 95 % bound above the threshold" fires with probability `power`:
 * threshold + (c + z s) sqrt((n + m) / (n m)). Numerical: c = 1.358 (see {@link ksLowerBound}), s = 1/2. Categorical:
 * c = z' / 2 with z' the Bonferroni quantile of {@link categoricalLowerBound}, s = 1/2. z is the normal quantile of
 * `power`; s = 1/2 is the standard error of a share at its largest (at 1/2), so the answer is an upper bound. The other
 * half of the rule, adjusted p < 0.05, follows from the bound unless many features are tested and the threshold is near 0.
 *
 * @param n - observations of the baseline; m those of current.
 * @returns undefined if it would be above 1 or a sample is empty: no drift can be detected with so few observations.
 */
export function minimumDetectableDistance(
  n: number,
  m: number,
  threshold: number,
  kind: DetectableKind,
  power: number = 0.8,
): number | undefined {
  if (n <= 0 || m <= 0) return undefined;
  const factor = kind === 'numerical' ? kolmogorovQuantile(0.05) : -normalQuantile(0.05 / (2 * kind.categories)) / 2;
  const distance = threshold + (factor + normalQuantile(power) / 2) * Math.sqrt((n + m) / (n * m));
  return distance > 1 ? undefined : distance;
}

/**
 * p-values adjusted for the false discovery rate: of those below alpha after adjusting, at most a share alpha are false
 * on average. Entries without a p-value stay without one and are not counted.
 *
 * @see Source: Benjamini and Hochberg 1995. Golden values: SciPy `false_discovery_control`.
 */
export function benjaminiHochberg(pValues: readonly (number | undefined)[]): (number | undefined)[] {
  const adjusted: (number | undefined)[] = pValues.map(() => undefined);
  const order = [...pValues.keys()].filter((index) => pValues[index] !== undefined);
  order.sort((a, b) => pValues[b]! - pValues[a]!);
  let least = 1;
  order.forEach((index, fromLargest) => {
    least = Math.min(least, (pValues[index]! * order.length) / (order.length - fromLargest));
    adjusted[index] = least;
  });
  return adjusted;
}

/** Where a share changed for the rest of a series. */
export interface ChangePoint {
  /** The first entry after the change. */
  readonly index: number;
  /** The share from there on. */
  readonly p1: number;
  /** Of "p1 from index on" against "p0 throughout", natural logarithm, at least 0. */
  readonly logLikelihoodRatio: number;
}

/**
 * The most likely start of a change that lasts to the end of a series of binomial counts: share p0 before, an unknown
 * share p1 after. Of equally likely starts the latest is taken; leading entries without trials are never one. p0 is kept
 * within [1e-9, 1 - 1e-9], so that what never happened before has a finite ratio. Says when, not whether: the caller
 * has decided that there is a change.
 *
 * @param successes - per entry, in order of time.
 * @param totals - trials per entry; 0 where there were none.
 * @returns undefined if there are no trials at all.
 */
export function binomialChangePoint(
  successes: Float64Array,
  totals: Float64Array,
  p0: number,
): ChangePoint | undefined {
  const before = Math.min(1 - 1e-9, Math.max(1e-9, p0));
  let best: ChangePoint | undefined;
  let hits = 0;
  let trials = 0;
  for (let index = totals.length - 1; index >= 0; index--) {
    if (totals[index]! === 0) continue;
    hits += successes[index]!;
    trials += totals[index]!;
    const p1 = hits / trials;
    const ratio =
      (hits === 0 ? 0 : hits * Math.log(p1 / before)) +
      (hits === trials ? 0 : (trials - hits) * Math.log((1 - p1) / (1 - before)));
    const logLikelihoodRatio = Math.max(0, ratio);
    if (best === undefined || logLikelihoodRatio > best.logLikelihoodRatio) best = { index, p1, logLikelihoodRatio };
  }
  return best;
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function unionOf(baseline: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): Set<string> {
  return new Set([...baseline.keys(), ...current.keys()]);
}
