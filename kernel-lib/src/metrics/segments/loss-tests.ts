import { binomialPmf, incompleteBeta, normalCdf } from '../../stats/distributions.js';
import type { Interval } from '../../stats/interval.js';
import { newcombeDifference } from '../../stats/share-intervals.js';
import { changeOf, type SamplePair } from './sample-pair.js';
import type { LossSums } from './table.js';

/** A one-sided test: how surely the current loss is above what it is compared with. */
export interface WorseTest {
  /** In standard errors; infinite for constants that differ. */
  readonly statistic: number;
  /** In [0, 1], of "not worse". */
  readonly pValue: number;
}

/** The probability that Student's t is above `t`, precise in the tail. Golden values: SciPy `t.sf`. */
export function studentSf(t: number, degreesOfFreedom: number): number {
  const tail = 0.5 * incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));
  return t < 0 ? 1 - tail : tail;
}

/**
 * The t that Student's variable is above with probability `tail`: bisection. Golden values: SciPy `t.isf`.
 *
 * @param tail - in (0, 0.5].
 */
export function studentQuantile(tail: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 2;
  while (studentSf(high, degreesOfFreedom) > tail) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentSf(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Fisher's exact test, one-sided: the probability of at least `b` errors among m, when a + b errors are spread by chance
 * over n + m rows. Time O(standard deviations of b). Golden values: SciPy `fisher_exact(alternative='greater')`.
 *
 * @param a - errors of n in the baseline; b of m in current. Whole numbers.
 */
export function fisherGreater(a: number, n: number, b: number, m: number): number {
  const errors = a + b;
  const all = n + m;
  const share = errors / all;
  if (b <= Math.max(0, errors - n)) return 1;
  const probability = (x: number): number =>
    (binomialPmf(x, m, share) * binomialPmf(errors - x, n, share)) / binomialPmf(errors, all, share);
  // Sums the shorter side, so that no term of the tail is lost against 1.
  if (b <= errors * (m / all)) {
    let below = 0;
    let term = probability(b - 1);
    for (let x = b - 1; x >= 0 && term > below * 1e-17; x--) {
      below += term;
      term *= (x * (n - errors + x)) / ((m - x + 1) * (errors - x + 1));
    }
    return Math.max(0, 1 - below);
  }
  let sum = 0;
  let term = probability(b);
  for (let x = b; x <= Math.min(m, errors) && term > sum * 1e-17; x++) {
    sum += term;
    term *= ((m - x) * (errors - x)) / ((x + 1) * (n - errors + x + 1));
  }
  return Math.min(1, sum);
}

/**
 * The difference of two error rates, current less baseline, with Newcombe's interval from Wilson's (method 10).
 *
 * @see Source: Newcombe 1998. Golden values: statsmodels `confint_proportions_2indep(method='newcomb')`.
 */
export function rateChange(baseline: LossSums, current: LossSums, confidence: number = 0.95): Interval {
  return newcombeDifference(current.sum, current.rows, baseline.sum, baseline.rows, confidence)!;
}

/** Of a mean, Student's interval; undefined below two rows. Golden values: SciPy `ttest_1samp(...).confidence_interval`. */
export function meanInterval(sums: LossSums, confidence: number = 0.95): Interval | undefined {
  if (sums.rows < 2) return undefined;
  const mean = sums.sum / sums.rows;
  const half = studentQuantile((1 - confidence) / 2, sums.rows - 1) * Math.sqrt(varianceOf(sums) / sums.rows);
  return { lower: mean - half, upper: mean + half };
}

/** The difference of two mean losses, current less baseline: Welch's interval. Golden values: SciPy `ttest_ind(equal_var=False)`. */
export function meanChange(baseline: LossSums, current: LossSums, confidence: number = 0.95): Interval {
  const { standardError, degreesOfFreedom } = errorOf([part(baseline), part(current)]);
  const change = current.sum / current.rows - baseline.sum / baseline.rows;
  const half = standardError === 0 ? 0 : studentQuantile((1 - confidence) / 2, degreesOfFreedom) * standardError;
  return { lower: change - half, upper: change + half };
}

/**
 * Whether the current mean loss is above the baseline's: the larger p-value of Welch's test and of Student's with one
 * variance. Losses have long tails, and where a small baseline by chance has none of them its mean and its variance are
 * both too low: Welch's test alone then called 19 % of quiet windows changed (baseline 1,000 rows, current 5,500,
 * log-normal losses). Golden values: SciPy `ttest_ind`.
 */
export function meanGreater(baseline: LossSums, current: LossSums): WorseTest {
  const change = current.sum / current.rows - baseline.sum / baseline.rows;
  return lessSure(
    studentTest(change, [part(baseline), part(current)]),
    studentTest(change, pooledParts(baseline, current)),
  );
}

/** Fisher's test that the current error rate is above the baseline's; the statistic is the pooled z. */
export function rateGreater(baseline: LossSums, current: LossSums): WorseTest {
  const pooled = (baseline.sum + current.sum) / (baseline.rows + current.rows);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / baseline.rows + 1 / current.rows));
  const change = current.sum / current.rows - baseline.sum / baseline.rows;
  const pValue = fisherGreater(baseline.sum, baseline.rows, current.sum, current.rows);
  return { statistic: error === 0 ? 0 : change / error, pValue };
}

/**
 * Whether a group's change is above that of other rows: the difference of the two changes over its standard error.
 * Means: Student's t with Welch and Satterthwaite's degrees of freedom over the four samples, or with one variance for
 * the group's two, whichever is less sure (see {@link meanGreater}). Rates: normal; the group's variances are those under
 * "changed as the others", which a group without errors in the baseline needs.
 */
export function changeGreater(group: SamplePair, others: SamplePair, binary: boolean): WorseTest {
  const expected = changeOf(others);
  const excess = changeOf(group) - expected;
  if (!binary) {
    const ofOthers = [part(others.baseline), part(others.current)];
    const welch = studentTest(excess, [part(group.baseline), part(group.current), ...ofOthers]);
    return lessSure(welch, studentTest(excess, [...pooledParts(group.baseline, group.current), ...ofOthers]));
  }
  const [n, m] = [group.baseline.rows, group.current.rows];
  const p = within((group.baseline.sum + group.current.sum - m * expected) / (n + m));
  const q = within(p + expected);
  const ofOthers = [others.baseline, others.current].map(({ sum, rows }) => binomialVariance(sum / rows) / rows);
  const error = Math.sqrt(binomialVariance(p) / n + binomialVariance(q) / m + ofOthers[0]! + ofOthers[1]!);
  const statistic = error === 0 ? 0 : excess / error;
  return { statistic, pValue: normalCdf(-statistic) };
}

/** A part of a squared standard error, with its degrees of freedom. */
interface ErrorPart {
  readonly square: number;
  readonly degreesOfFreedom: number;
}

function part(sample: LossSums): ErrorPart {
  return { square: varianceOf(sample) / sample.rows, degreesOfFreedom: sample.rows - 1 };
}

/** The squared standard error of two samples' difference where they have one variance. */
function pooledParts(one: LossSums, other: LossSums): [ErrorPart] {
  const degreesOfFreedom = one.rows + other.rows - 2;
  const variance = (varianceOf(one) * (one.rows - 1) + varianceOf(other) * (other.rows - 1)) / degreesOfFreedom;
  return [{ square: variance * (1 / one.rows + 1 / other.rows), degreesOfFreedom }];
}

function lessSure(one: WorseTest, other: WorseTest): WorseTest {
  return one.pValue > other.pValue || (one.pValue === other.pValue && one.statistic < other.statistic) ? one : other;
}

function studentTest(excess: number, parts: readonly ErrorPart[]): WorseTest {
  const { standardError, degreesOfFreedom } = errorOf(parts);
  if (standardError === 0)
    return excess > 0 ? { statistic: Number.POSITIVE_INFINITY, pValue: 0 } : { statistic: 0, pValue: 1 };
  const statistic = excess / standardError;
  return { statistic, pValue: studentSf(statistic, degreesOfFreedom) };
}

/** Welch and Satterthwaite's degrees of freedom. */
function errorOf(parts: readonly ErrorPart[]): { standardError: number; degreesOfFreedom: number } {
  let sum = 0;
  let divisor = 0;
  for (const { square, degreesOfFreedom } of parts) {
    sum += square;
    divisor += square ** 2 / degreesOfFreedom;
  }
  return { standardError: Math.sqrt(sum), degreesOfFreedom: sum ** 2 / divisor };
}

/** Divided by n - 1; at least 0 where sums cancel. */
function varianceOf({ rows, sum, squares }: LossSums): number {
  return Math.max(0, squares - (sum * sum) / rows) / (rows - 1);
}

function binomialVariance(share: number): number {
  return share * (1 - share);
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
