import type { CellCondition } from '../capture/condition.js';
import { hasDistribution, sampleOfColumn } from '../metrics/column-pair.js';
import type { HourProfile } from '../profile/capture-profile.js';
import type { ColumnProfile, Profile } from '../profile/profile.js';
import type { Since } from '../report/report.js';
import { binomialChangePoint } from '../stats/hypothesis.js';
import { shareAtMost } from './drift.js';

/** What is known of the time before the window: the previous execution's violations, by id; undefined if it was not run. */
export type PreviousSince = Readonly<Record<string, Since>> | undefined;

/** Half the 95 % quantile of chi-squared with one degree of freedom: likelihoods closer than this are not told apart. */
const INDISTINCT = 1.92;
/** An end within the window is only said when it is e^10 times as likely as none: a quiet hour at night is no end. */
const CERTAIN_END = 10;

/** Rows with a property, and rows it can be asked of, by hour. */
interface HourlyCounts {
  readonly successes: Float64Array;
  readonly totals: Float64Array;
}

/**
 * Since when the rows with a property are as frequent as they are: the maximum-likelihood change point of their hourly
 * shares, given the baseline's. Where the whole window is as likely, it began with the window, and what the previous
 * execution said is carried on. Where the last hours are as in the baseline again, it has ended.
 *
 * @param id - the violation's, to look up the previous execution's.
 * @returns undefined without hourly profiles.
 */
export function sinceWhen(
  id: string,
  condition: CellCondition,
  hours: readonly HourProfile[],
  baseline: Profile | undefined,
  previous: PreviousSince,
): Since | undefined {
  const known = hours.filter((hour): hour is HourProfile & { hour: string } => hour.hour !== undefined);
  const counted = known.map(({ profile }) => countRows(profile, condition) ?? { rows: 0, total: 0 });
  const all: HourlyCounts = {
    successes: Float64Array.from(counted, ({ rows }) => rows),
    totals: Float64Array.from(counted, ({ total }) => total),
  };
  const before = baseline === undefined ? undefined : countRows(baseline, condition);
  const p0 = before === undefined || before.total === 0 ? 0 : before.rows / before.total;

  const end = endOf(all, p0);
  const counts = slice(all, 0, end);
  const best = binomialChangePoint(counts.successes, counts.totals, p0);
  if (best === undefined) return undefined;
  const first = counts.totals.findIndex((total) => total > 0);
  const index = best.logLikelihoodRatio - ratioOf(counts, p0) < INDISTINCT ? first : best.index;
  const carried = index === first ? previous?.[id] : undefined;
  const until = end < known.length ? { until: known[end]!.hour } : {};
  if (carried !== undefined && carried.until === undefined) return { ...carried, ...until };
  return {
    hour: known[index]!.hour,
    ...until,
    orEarlier: index === first && previous === undefined,
    before: shareOf(slice(counts, first, index)) ?? p0,
    after: shareOf(slice(counts, index, end)) ?? p0,
  };
}

/** The hour from which it is as in the baseline again, up to the window's end; the number of hours where there is none. */
function endOf(counts: HourlyCounts, p0: number): number {
  const reversed = { successes: counts.successes.toReversed(), totals: counts.totals.toReversed() };
  const best = binomialChangePoint(reversed.successes, reversed.totals, p0);
  if (best === undefined || best.logLikelihoodRatio - ratioOf(counts, p0) < CERTAIN_END) return counts.totals.length;
  return counts.totals.length - best.index;
}

/** Rows of a profile that meet a condition, and rows it can be asked of; undefined where the profile cannot tell. */
function countRows(
  profile: Profile,
  condition: CellCondition,
): { readonly rows: number; readonly total: number } | undefined {
  const column = profile.columns.find(({ name }) => name === condition.feature);
  if (column === undefined) return undefined;
  if (condition.kind === 'missing') return { rows: column.missing, total: column.present + column.missing };
  const rows = countValues(column, condition);
  return rows === undefined ? undefined : { rows, total: column.present };
}

function countValues(
  column: ColumnProfile,
  condition: Exclude<CellCondition, { kind: 'missing' }>,
): number | undefined {
  switch (condition.kind) {
    case 'not-type': {
      if (column.types === undefined) return undefined;
      const { integral, fractional, boolean, text } = column.types;
      if (condition.expected === 'Integral') return fractional + boolean + text;
      if (condition.expected === 'Fractional') return boolean + text;
      return condition.expected === 'String' ? integral + fractional : 0;
    }
    case 'in':
    case 'not-in': {
      if (column.values === undefined) return undefined;
      const listed = condition.values.reduce((sum, value) => sum + (column.values?.get(value) ?? 0), 0);
      return condition.kind === 'in' ? listed : column.present - listed;
    }
    case 'range': {
      if (!hasDistribution(column)) return column.present === 0 ? 0 : undefined;
      const sample = sampleOfColumn(column);
      const upper = condition.atMost === undefined ? 1 : shareAtMost(sample, condition.atMost);
      const lower = condition.above === undefined ? 0 : shareAtMost(sample, condition.above);
      return Math.round(Math.max(0, upper - lower) * sample.count);
    }
  }
}

/** The log-likelihood ratio of "another share all the time", as `binomialChangePoint` computes it. */
function ratioOf({ successes, totals }: HourlyCounts, p0: number): number {
  const whole = binomialChangePoint(Float64Array.of(sum(successes)), Float64Array.of(sum(totals)), p0);
  return whole?.logLikelihoodRatio ?? 0;
}

function shareOf({ successes, totals }: HourlyCounts): number | undefined {
  const trials = sum(totals);
  return trials === 0 ? undefined : sum(successes) / trials;
}

function slice({ successes, totals }: HourlyCounts, from: number, to: number): HourlyCounts {
  return { successes: successes.slice(from, to), totals: totals.slice(from, to) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
