import type { CategoricalDistribution, NumericDistribution } from './report.js';

/** `hours.json` beside a data-quality report: distributions by captured hour. Lists are by place in `hours`. */
export interface HoursFile {
  readonly schema: 'driftline.hours';
  readonly version: 1;
  /** ISO, ascending; hours without capture are left out. */
  readonly hours: readonly string[];
  readonly rows: readonly number[];
  readonly features: readonly HourlyFeature[];
}

/** One feature, hour by hour. */
export interface HourlyFeature {
  readonly name: string;
  /** Rows with and without a value. */
  readonly present: readonly number[];
  readonly missing: readonly number[];
  /** Absent where baseline and current cannot be compared. */
  readonly distribution?: HourlyNumbers | HourlyCategories;
}

/** As `NumericDistribution`: `current[hour][bin]`. */
export interface HourlyNumbers extends Pick<NumericDistribution, 'kind' | 'edges' | 'baseline'> {
  readonly current: readonly (readonly number[])[];
  readonly currentBelow: readonly number[];
  readonly currentAbove: readonly number[];
}

/** As `CategoricalDistribution`: `current[hour][category]`. */
export interface HourlyCategories extends Pick<CategoricalDistribution, 'kind' | 'categories' | 'baseline' | 'unseen'> {
  readonly current: readonly (readonly number[])[];
  readonly other?: { readonly categories: number; readonly baseline: number; readonly current: readonly number[] };
  /** Different values of the hour, and of the baseline. */
  readonly distinct: readonly number[];
  readonly baselineDistinct: number;
}

/** The distribution of one hour against the baseline, as reports have it of their window; `place` is that in `hours`. */
export function distributionOfHour(
  { distribution }: HourlyFeature,
  place: number,
): NumericDistribution | CategoricalDistribution | undefined {
  if (distribution === undefined) return undefined;
  const current = distribution.current[place] ?? [];
  if (distribution.kind === 'numeric') {
    const { kind, edges, baseline, currentBelow, currentAbove } = distribution;
    return {
      kind,
      edges,
      baseline,
      current,
      currentBelow: currentBelow[place] ?? 0,
      currentAbove: currentAbove[place] ?? 0,
    };
  }
  const { kind, categories, baseline, unseen, other } = distribution;
  return {
    kind,
    categories,
    baseline,
    current,
    unseen,
    ...(other && { other: { ...other, current: other.current[place] ?? 0 } }),
  };
}

/** Categories that came (the baseline has none of them) and went (the hour has none of them), among those that are listed. */
export function categoriesOfHour(
  { distribution }: HourlyFeature,
  place: number,
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  if (distribution?.kind !== 'categorical') return { came: [], went: [] };
  const current = distribution.current[place] ?? [];
  return {
    came: distribution.categories.filter((_, index) => distribution.baseline[index] === 0 && (current[index] ?? 0) > 0),
    went: distribution.categories.filter((_, index) => (distribution.baseline[index] ?? 0) > 0 && current[index] === 0),
  };
}
