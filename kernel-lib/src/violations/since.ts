import { hasDistribution, sampleOfColumn } from '../metrics/column-pair.js';
import type { HourProfile } from '../profile/capture-profile.js';
import type { ColumnProfile, Profile } from '../profile/profile.js';
import type { RecordsCondition, Since } from '../report/report.js';
import { binomialChangePoint } from '../stats/hypothesis.js';
import { shareAtMost } from './drift.js';

/** What is known of the time before the window: the previous execution's violations, by id; undefined if it was not run. */
export type PreviousSince = Readonly<Record<string, Since>> | undefined;

/** Half the 95 % quantile of chi-squared with one degree of freedom: likelihoods closer than this are not told apart. */
const INDISTINCT = 1.92;

/**
 * Since when the rows with a property are as frequent as they are: the maximum-likelihood change point of their hourly
 * shares, given the baseline's. Where the whole window is as likely, it began with the window, and what the previous
 * execution said is carried on.
 *
 * @param id - the violation's, to look up the previous execution's.
 * @returns undefined without hourly profiles.
 */
export function sinceWhen(
  id: string,
  condition: RecordsCondition,
  hours: readonly HourProfile[],
  baseline: Profile | undefined,
  previous: PreviousSince,
): Since | undefined {
  const known = hours.filter((hour): hour is HourProfile & { hour: string } => hour.hour !== undefined);
  if (known.length === 0) return undefined;
  const counted = known.map(({ profile }) => countRows(profile, condition) ?? { rows: 0, total: 0 });
  const successes = Float64Array.from(counted, ({ rows }) => rows);
  const totals = Float64Array.from(counted, ({ total }) => total);
  const before = baseline === undefined ? undefined : countRows(baseline, condition);
  const p0 = before === undefined || before.total === 0 ? 0 : before.rows / before.total;
  const best = binomialChangePoint(successes, totals, p0);
  if (best === undefined) return undefined;

  const first = totals.findIndex((total) => total > 0);
  const whole = ratioFrom(first, successes, totals, p0);
  const index = best.logLikelihoodRatio - whole.ratio < INDISTINCT ? first : best.index;
  const carried = index === first ? previous?.[id] : undefined;
  if (carried !== undefined) return carried;
  return {
    hour: known[index]!.hour,
    orEarlier: index === first && previous === undefined,
    before: shareOf(successes, totals, first, index) ?? p0,
    after: shareOf(successes, totals, index, totals.length) ?? p0,
  };
}

/** Rows of a profile that meet a condition, and rows it can be asked of; undefined where the profile cannot tell. */
function countRows(
  profile: Profile,
  condition: RecordsCondition,
): { readonly rows: number; readonly total: number } | undefined {
  const column = profile.columns.find(({ name }) => name === condition.feature);
  if (column === undefined) return undefined;
  if (condition.kind === 'missing') return { rows: column.missing, total: column.present + column.missing };
  const rows = countValues(column, condition);
  return rows === undefined ? undefined : { rows, total: column.present };
}

function countValues(
  column: ColumnProfile,
  condition: Exclude<RecordsCondition, { kind: 'missing' }>,
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

/** The log-likelihood ratio of "another share from this entry on", as `binomialChangePoint` computes it. */
function ratioFrom(
  index: number,
  successes: Float64Array,
  totals: Float64Array,
  p0: number,
): { readonly ratio: number } {
  const tail = binomialChangePoint(
    Float64Array.of(sum(successes, index, successes.length)),
    Float64Array.of(sum(totals, index, totals.length)),
    p0,
  );
  return { ratio: tail?.logLikelihoodRatio ?? 0 };
}

function shareOf(successes: Float64Array, totals: Float64Array, from: number, to: number): number | undefined {
  const trials = sum(totals, from, to);
  return trials === 0 ? undefined : sum(successes, from, to) / trials;
}

function sum(values: Float64Array, from: number, to: number): number {
  let result = 0;
  for (let i = from; i < to; i++) result += values[i]!;
  return result;
}
