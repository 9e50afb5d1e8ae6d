import type { HourProfile } from '../profile/capture-profile.js';
import type { ColumnProfile, Profile } from '../profile/profile.js';
import { distributionOf } from './distributions.js';
import type { HourlyCategories, HourlyFeature, HourlyNumbers, HoursFile } from './hours.js';
import type { CategoricalDistribution } from './report.js';

/** Hours of a window that are kept apart; longer windows have no such file, as their reports have no hourly series. */
const MAX_HOURS = 168;

/**
 * `hours.json`: each feature's distribution by captured hour, on the bins of the report. Undefined for windows of one
 * hour, whose report says it, and of more than a week. 25 features of a day are about 60 KB.
 */
export function hoursFile(
  baseline: Profile | undefined,
  current: Profile,
  hours: readonly HourProfile[],
): HoursFile | undefined {
  const timed = hours.flatMap(({ hour, profile }) => (hour === undefined ? [] : [{ hour, profile }]));
  if (timed.length < 2 || timed.length > MAX_HOURS) return undefined;
  return {
    schema: 'driftline.hours',
    version: 1,
    hours: timed.map(({ hour }) => hour),
    rows: timed.map(({ profile }) => profile.rowCount),
    features: current.columns.map((column) => {
      const byHour = timed.map(({ profile }) => profile.columns.find(({ name }) => name === column.name));
      return hourlyFeature(
        baseline?.columns.find(({ name }) => name === column.name),
        column,
        byHour,
      );
    }),
  };
}

function hourlyFeature(
  baseline: ColumnProfile | undefined,
  current: ColumnProfile,
  byHour: readonly (ColumnProfile | undefined)[],
): HourlyFeature {
  const window = baseline && distributionOf(baseline, current);
  const distribution =
    window === undefined
      ? undefined
      : window.kind === 'numeric'
        ? numbers(baseline!, byHour)
        : categories(baseline!, window, byHour);
  return {
    name: current.name,
    present: byHour.map((column) => column?.present ?? 0),
    missing: byHour.map((column) => column?.missing ?? 0),
    ...(distribution && { distribution }),
  };
}

function numbers(baseline: ColumnProfile, byHour: readonly (ColumnProfile | undefined)[]): HourlyNumbers | undefined {
  const found = byHour.map((column) => column && distributionOf(baseline, column));
  const first = found.find((distribution) => distribution?.kind === 'numeric');
  if (first?.kind !== 'numeric') return undefined;
  const numeric = found.map((distribution) => (distribution?.kind === 'numeric' ? distribution : undefined));
  return {
    kind: 'numeric',
    edges: first.edges,
    baseline: first.baseline,
    current: numeric.map((distribution) => distribution?.current ?? first.baseline.map(() => 0)),
    currentBelow: numeric.map((distribution) => distribution?.currentBelow ?? 0),
    currentAbove: numeric.map((distribution) => distribution?.currentAbove ?? 0),
  };
}

/** The report's categories in every hour, so that hours can be compared. */
function categories(
  baseline: ColumnProfile,
  window: CategoricalDistribution,
  byHour: readonly (ColumnProfile | undefined)[],
): HourlyCategories {
  const shown = new Set(window.categories);
  const others = byHour.map((column) =>
    [...(column?.values ?? [])].reduce((sum, [value, count]) => (shown.has(value) ? sum : sum + count), 0),
  );
  return {
    kind: 'categorical',
    categories: window.categories,
    baseline: window.baseline,
    current: byHour.map((column) => window.categories.map((name) => column?.values?.get(name) ?? 0)),
    unseen: window.unseen,
    ...(window.other && {
      other: { categories: window.other.categories, baseline: window.other.baseline, current: others },
    }),
    distinct: byHour.map((column) => column?.values?.size ?? 0),
    baselineDistinct: baseline.values?.size ?? 0,
  };
}
