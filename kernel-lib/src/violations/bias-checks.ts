import { pythonFloat } from '../json/python-float.js';
import type { BiasNumber } from '../metrics/bias/metric.js';
import type { BiasChange, BiasMetricReport, BiasRange, BiasValue } from '../report/model-bias-report.js';
import type { Rule } from '../report/report.js';
import { normalCdf } from '../stats/distributions.js';
import { benjaminiHochberg } from '../stats/hypothesis.js';

/** One metric of one facet group in both samples. */
export interface BiasComparison {
  /** The value of equal treatment. */
  readonly fair: 0 | 1;
  /** What the service says; undefined where `analysis.json` does not have the metric. */
  readonly service: { readonly baseline: BiasNumber | undefined; readonly current: BiasNumber };
  /** Without an interval it is taken as exact. */
  readonly baseline: BiasValue | undefined;
  readonly current: BiasValue;
  /** The configured range, where there is one. */
  readonly limit: { readonly lower?: number; readonly upper?: number } | undefined;
  /** Why the group is too small for a verdict: "only 12 rows have sex = Female". */
  readonly tooFew: string | undefined;
}

/** What a comparison came to, under both rules. */
export interface BiasJudgement {
  /** Rules that are broken; none when the metric is kept. */
  readonly rules: readonly Rule[];
  readonly allowed?: BiasRange;
  readonly change?: BiasChange;
  /** Under `significant`. */
  readonly status: Exclude<BiasMetricReport['status'], 'violated'> | 'violated';
  readonly reason?: string;
  /** The service's wording; empty where the two numbers cannot be compared. */
  readonly description: string;
}

/** Two-sided 95 % quantile of the normal distribution. */
const NORMAL_95 = 1.959963984540054;
/** The share of false discoveries that is accepted, of all comparisons of a report. */
const LEVEL = 0.05;

/**
 * Compares bias metrics with their baseline by both rules.
 *
 * `threshold`, the service's rule as it was seen to work: violated when |current| > |baseline|, whatever the metric's fair
 * value and whatever chance does; with a configured range, when the current value is outside it.
 *
 * `significant`: violated when the whole 95 % interval of the current value is outside the allowed range, and the distance
 * to the fair value has grown by more than both samples' errors explain. The allowed range is the configured one, else all
 * values no further from the fair one than the baseline. For growth the current value is compared with the baseline's and
 * with its mirror image at the fair value; both differences must be significant (an intersection-union test: Berger
 * 1982). A difference's standard error is made of the arms of the two intervals that face each other (the method of
 * variance estimates recovery: Zou and Donner 2008), so that intervals may be asymmetric or open. P-values are two-sided
 * and adjusted over all comparisons (Benjamini and Hochberg 1995, which holds for positively dependent tests, as metrics of
 * the same rows are: Benjamini and Yekutieli 2001).
 */
export function judgeBias(comparisons: readonly BiasComparison[]): BiasJudgement[] {
  const measured = comparisons.map(measure);
  const adjusted = benjaminiHochberg(measured.map(({ pValue }) => pValue));
  return comparisons.map((comparison, index) => judge(comparison, measured[index]!, adjusted[index]));
}

/** What is told by one comparison alone. */
interface Measured {
  readonly allowed?: BiasRange;
  readonly change?: BiasChange;
  /** Undefined where the metric is not judged. */
  readonly pValue?: number;
  readonly beyond?: boolean;
  readonly status?: 'too-few' | 'not-judged';
  readonly reason?: string;
}

function measure({ fair, baseline, current, limit, tooFew }: BiasComparison): Measured {
  const allowed = allowedRange(fair, baseline, limit);
  const range = allowed && { allowed };
  if (baseline === undefined || (baseline.error !== undefined && baseline.value === undefined)) {
    return { ...range, status: 'not-judged', reason: baseline?.error ?? 'the baseline does not have it' };
  }
  if (current.value === undefined) {
    const reason = current.error ?? (current.infinite ? 'it is infinite' : 'it has no value');
    return { ...range, status: 'not-judged', reason };
  }
  if (baseline.value === undefined) return { ...range, status: 'not-judged', reason: 'it is infinite in the baseline' };
  const change = changeOf(baseline as Sure, current as Sure);
  if (tooFew !== undefined) return { ...range, change, status: 'too-few', reason: tooFew };
  if (current.method === undefined) {
    return { ...range, change, status: 'not-judged', reason: 'its interval cannot be told from so few rows' };
  }
  const [lower, upper] = boundsOf(current as Sure);
  const beyond =
    lower > (allowed?.upper ?? Number.POSITIVE_INFINITY) || upper < (allowed?.lower ?? Number.NEGATIVE_INFINITY);
  const pValue = growth(fair, baseline as Sure, current as Sure, allowed!);
  return { allowed: allowed!, change: { ...change, pValue }, pValue, beyond };
}

function judge(comparison: BiasComparison, measured: Measured, adjusted: number | undefined): BiasJudgement {
  const { allowed, change, beyond, status, reason } = measured;
  const broken = beyond === true && adjusted !== undefined && adjusted < LEVEL;
  const byThreshold = isBeyondThreshold(comparison);
  return {
    rules: [...(broken ? (['significant'] as const) : []), ...(byThreshold ? (['threshold'] as const) : [])],
    ...(allowed && { allowed }),
    ...(change && { change: { ...change, ...(adjusted !== undefined && { adjustedPValue: adjusted }) } }),
    status: status ?? (broken ? 'violated' : 'ok'),
    ...reasonOf(comparison, measured, broken, reason),
    description: descriptionOf(comparison),
  };
}

/** Why it is not judged, and what a reader may wonder about where it is. */
function reasonOf(
  { baseline, limit }: BiasComparison,
  { beyond }: Measured,
  broken: boolean,
  reason: string | undefined,
): { readonly reason?: string } {
  if (reason !== undefined) return { reason };
  if (beyond === true && !broken && limit !== undefined) {
    return { reason: 'outside its limits, but no further than chance explains from the baseline' };
  }
  if (baseline?.method === undefined) {
    return { reason: 'the baseline has no interval: its value is taken as exact' };
  }
  return {};
}

/** The service's rule, on the service's numbers. Infinity is more than anything; what has no number is skipped. */
function isBeyondThreshold({ service, limit }: BiasComparison): boolean {
  const { baseline, current } = service;
  if ('error' in current) return false;
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = limit ?? {};
  if (limit !== undefined) return current.value < lower || current.value > upper;
  if (baseline === undefined || 'error' in baseline) return false;
  return Math.abs(current.value) > Math.abs(baseline.value);
}

function descriptionOf({ service, limit }: BiasComparison): string {
  const { baseline, current } = service;
  if ('error' in current) return '';
  const asked = limit
    ? `${limit.lower ?? '-Infinity'}..${limit.upper ?? 'Infinity'}`
    : baseline === undefined || 'error' in baseline
      ? undefined
      : pythonFloat(baseline.value);
  return asked === undefined
    ? ''
    : `Metric value ${pythonFloat(current.value)} doesn't meet the baseline constraint requirement ${asked}`;
}

function allowedRange(
  fair: 0 | 1,
  baseline: BiasValue | undefined,
  limit: BiasComparison['limit'],
): BiasRange | undefined {
  if (limit !== undefined) return { ...limit, source: 'configured' };
  if (baseline?.value === undefined) return undefined;
  const distance = Math.abs(baseline.value - fair);
  return { lower: fair - distance, upper: fair + distance, source: 'baseline' };
}

/** A finite value. */
type Sure = BiasValue & { readonly value: number };

/** The ends of a value's interval; the value itself where it has none. */
function boundsOf({ value, lower, upper, method }: Sure): readonly [number, number] {
  if (method === undefined) return [value, value];
  return [lower ?? Number.NEGATIVE_INFINITY, upper ?? Number.POSITIVE_INFINITY];
}

/** Current less baseline, with its interval. */
function changeOf(baseline: Sure, current: Sure): BiasChange {
  const value = current.value - baseline.value;
  if (current.method === undefined) return { value };
  const [lower, upper] = boundsOf(current);
  const [baseLower, baseUpper] = boundsOf(baseline);
  const down = value - Math.hypot(current.value - lower, baseUpper - baseline.value);
  const up = value + Math.hypot(upper - current.value, baseline.value - baseLower);
  return { value, ...(Number.isFinite(down) && { lower: down }), ...(Number.isFinite(up) && { upper: up }) };
}

/** The p-value of the distance to the fair value, or the way past a configured bound, having grown; 1 where it has not. */
function growth(fair: 0 | 1, baseline: Sure, current: Sure, allowed: BiasRange): number {
  if (allowed.source === 'configured') {
    if (allowed.upper !== undefined && current.value > allowed.upper) return risen(baseline, current, 1);
    if (allowed.lower !== undefined && current.value < allowed.lower) return risen(baseline, current, -1);
    return 1;
  }
  const direction = current.value >= fair ? 1 : -1;
  return Math.max(risen(baseline, current, direction), risen(mirrored(baseline, fair), current, direction));
}

function mirrored(value: Sure, fair: 0 | 1): Sure {
  const [lower, upper] = boundsOf(value);
  const mirror = (number: number): number => 2 * fair - number;
  const { lower: _, upper: __, ...rest } = value;
  return {
    ...rest,
    value: mirror(value.value),
    ...(Number.isFinite(upper) && { lower: mirror(upper) }),
    ...(Number.isFinite(lower) && { upper: mirror(lower) }),
  };
}

/** Two-sided p-value of current being beyond the baseline in a direction; 1 where it is not. */
function risen(baseline: Sure, current: Sure, direction: 1 | -1): number {
  const difference = direction * (current.value - baseline.value);
  if (difference <= 0) return 1;
  const [lower, upper] = boundsOf(current);
  const [baseLower, baseUpper] = boundsOf(baseline);
  const own = direction === 1 ? current.value - lower : upper - current.value;
  const facing = direction === 1 ? baseUpper - baseline.value : baseline.value - baseLower;
  const error = Math.hypot(own, facing) / NORMAL_95;
  // Without any error the smallest difference is one.
  return error === 0 ? 0 : 2 * normalCdf(-difference / error);
}
