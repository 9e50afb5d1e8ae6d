import { pythonFloat } from '../json/python-float.js';
import type { BiasNumber } from '../metrics/bias/metric.js';
import type { BiasChange, BiasMetricReport, BiasRange, BiasValue } from '../report/model-bias-report.js';
import type { Rule } from '../report/report.js';
import { normalCdf } from '../stats/distributions.js';
import { benjaminiHochberg } from '../stats/hypothesis.js';
import { differenceInterval, type Estimate, NORMAL_95 } from '../stats/interval.js';

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

/** The share of false discoveries that is accepted, of all comparisons of a report. */
const LEVEL = 0.05;
/** Sums that the service adds in the order of the rows differ by less; other fractions of a million rows by more. */
const ROUNDING = 4e-15;
/** One-sided 95 % quantile of the normal distribution. */
const NORMAL_95_ONE_SIDED = 1.6448536269514722;

/**
 * Compares bias metrics with their baseline by both rules.
 *
 * `threshold`, the service's rule as it was seen to work: violated when |current| > |baseline|, whatever the metric's fair
 * value and whatever chance does; with a configured range, when the current value is outside it.
 *
 * `significant`: violated when
 * - the whole 95 % interval of the current value is outside the allowed range: the configured one, else all values no
 *   further from the fair one than the baseline's;
 * - it has moved: the two-sided p-value of the difference from the baseline, adjusted over all comparisons, is below 0.05;
 * - without a configured range, its distance to the fair value has grown: it is beyond the baseline's mirror image at the
 *   fair value, too (one-sided, 5 %). A metric that has only changed sides is not.
 *
 * Differences are judged by the arms of the two intervals that face each other (the method of variance estimates recovery:
 * Zou and Donner 2008), so that intervals may be asymmetric or open; an open arm is never left. P-values are adjusted as
 * Benjamini and Hochberg (1995) do; that holds for positively dependent tests, as metrics of the same rows mostly are
 * (Benjamini and Yekutieli 2001): of all violations on average at most 5 % are metrics that have not moved. How often it
 * is right and wrong: docs/bias.md, "How sure".
 */
export function judgeBias(comparisons: readonly BiasComparison[]): BiasJudgement[] {
  const measured = comparisons.map(measure);
  const adjusted = benjaminiHochberg(measured.map(({ growth }) => growth?.pValue));
  return comparisons.map((comparison, index) => judge(comparison, measured[index]!, adjusted[index]));
}

/** What is told by one comparison alone. */
interface Measured {
  readonly allowed?: BiasRange;
  readonly change?: BiasChange;
  /** Undefined where the metric is not judged. */
  readonly growth?: Growth;
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
  const [before, now] = [estimateOf(baseline as Sure), estimateOf(current as Sure)];
  const change = changeOf(before, now, current.method !== undefined);
  if (tooFew !== undefined) return { ...range, change, status: 'too-few', reason: tooFew };
  if (current.method === undefined) {
    return { ...range, change, status: 'not-judged', reason: 'its interval cannot be told from so few rows' };
  }
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = allowed!;
  const growth = growthOf(fair, before, now, allowed!);
  return {
    allowed: allowed!,
    change: { ...change, pValue: growth.pValue },
    growth,
    beyond: now.lower > upper || now.upper < lower,
  };
}

function judge(comparison: BiasComparison, measured: Measured, adjusted: number | undefined): BiasJudgement {
  const { allowed, change, beyond, growth, status, reason } = measured;
  const broken = beyond === true && growth?.further === true && adjusted! < LEVEL;
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
    const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = limit;
    const before = baseline!.value! < lower || baseline!.value! > upper;
    return {
      reason: before
        ? 'outside its limits, but so was the baseline, and it has not got worse beyond chance'
        : 'outside its limits, but no further from the baseline than chance explains',
    };
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
  return Math.abs(current.value) > Math.abs(baseline.value) + ROUNDING * Math.max(1, Math.abs(baseline.value));
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

/** With its interval; the value itself where it has none. */
function estimateOf({ value, lower, upper, method }: Sure): Estimate {
  if (method === undefined) return { value, lower: value, upper: value };
  return { value, lower: lower ?? Number.NEGATIVE_INFINITY, upper: upper ?? Number.POSITIVE_INFINITY };
}

/** Current less baseline, with its interval. */
function changeOf(baseline: Estimate, current: Estimate, bounded: boolean): BiasChange {
  const value = current.value - baseline.value;
  if (!bounded) return { value };
  const { lower, upper } = differenceInterval(current, baseline);
  return { value, ...(Number.isFinite(lower) && { lower }), ...(Number.isFinite(upper) && { upper }) };
}

/** How a metric has moved for the worse: away from the fair value, or out of its configured range. */
interface Growth {
  /** Two-sided, of the difference from the baseline; 1 where the metric is not further out than the baseline. */
  readonly pValue: number;
  /** Whether it is beyond the baseline's mirror image at the fair value, where that is asked. */
  readonly further: boolean;
}

function growthOf(fair: 0 | 1, baseline: Estimate, current: Estimate, allowed: BiasRange): Growth {
  const { source, lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = allowed;
  const direction = current.value > upper ? 1 : current.value < lower ? -1 : undefined;
  if (direction === undefined) return { pValue: 1, further: false };
  const moved = standardErrors(baseline, current, direction);
  const beyondMirror = (): number => standardErrors(mirrored(baseline, fair), current, direction);
  return {
    pValue: moved > 0 ? 2 * normalCdf(-moved) : 1,
    further: source === 'configured' || beyondMirror() > NORMAL_95_ONE_SIDED,
  };
}

function mirrored({ value, lower, upper }: Estimate, fair: 0 | 1): Estimate {
  return { value: 2 * fair - value, lower: 2 * fair - upper, upper: 2 * fair - lower };
}

/** By how many standard errors current is beyond the baseline in a direction. */
function standardErrors(baseline: Estimate, current: Estimate, direction: 1 | -1): number {
  const difference = direction * (current.value - baseline.value);
  const { lower, upper } = differenceInterval(current, baseline);
  const arm = direction === 1 ? current.value - baseline.value - lower : upper - (current.value - baseline.value);
  // Without any error the smallest difference is one.
  if (arm === 0) return difference > 0 ? Number.POSITIVE_INFINITY : 0;
  return difference / (arm / NORMAL_95);
}
