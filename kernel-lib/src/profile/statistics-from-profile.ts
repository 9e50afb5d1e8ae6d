import { bucketCounts, equalWidthEdges } from '../stats/kll.js';
import { type ColumnProfile, HISTOGRAM_CAP, type Profile } from './profile.js';
import type {
  FeatureStatistics,
  KllDistribution,
  NumericalStatistics,
  Statistics,
  StringStatistics,
} from './statistics.js';

type NumericColumn = NonNullable<ColumnProfile['numeric']>;

/**
 * A profile as `statistics.json`, in the service's layout and key order. A column without values is `Unknown` and has no
 * statistics. A constant column has ten buckets of no width, all of its count in the last one. What overflows a double
 * (a sum beyond 1e308, the deviation of values beyond 1e150) is left out.
 */
export function statisticsFromProfile(profile: Profile): Statistics {
  return { version: 0, dataset: { item_count: profile.rowCount }, features: profile.columns.map(featureStatistics) };
}

function featureStatistics(column: ColumnProfile): FeatureStatistics {
  const { name, inferredType, numeric } = column;
  const head = { name, inferred_type: inferredType };
  if (inferredType === 'String') return { ...head, string_statistics: stringStatistics(column) };
  if (inferredType === 'Unknown' || numeric === undefined) return head;
  return { ...head, numerical_statistics: numericalStatistics(column, numeric) };
}

function numericalStatistics(column: ColumnProfile, { moments, sketch }: NumericColumn): NumericalStatistics {
  const { mean, sum, min, max } = moments;
  return {
    common: common(column),
    ...finite({ mean, sum, std_dev: moments.populationStd(), min, max }),
    approximate_num_distinct_values: column.distinctEstimate,
    completeness: completeness(column),
    ...(sketch.count > 0 && { distribution: { kll: kllDistribution(sketch, min ?? 0, max ?? 0) } }),
  };
}

function kllDistribution(sketch: NumericColumn['sketch'], min: number, max: number): KllDistribution {
  const edges = equalWidthEdges(min, max);
  const counts = bucketCounts(sketch.weighted(), edges);
  return {
    buckets: Array.from(counts, (count, i) => ({ lower_bound: edges[i]!, upper_bound: edges[i + 1]!, count })),
    sketch: { parameters: { c: sketch.c, k: sketch.k }, data: sketch.levels() },
  };
}

function stringStatistics(column: ColumnProfile): StringStatistics {
  const { values } = column;
  const buckets =
    values !== undefined && values.size <= HISTOGRAM_CAP
      ? byFrequency(values).map(([value, count]) => ({ value, count }))
      : undefined;
  return {
    common: common(column),
    distinct_count: column.distinctEstimate,
    completeness: completeness(column),
    ...(buckets && { distribution: { categorical: { buckets } } }),
  };
}

/** Texts with their counts, the most frequent first, equal ones by code units. */
export function byFrequency(values: ReadonlyMap<string, number>): [string, number][] {
  return [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function common({ present, missing }: ColumnProfile): NumericalStatistics['common'] {
  return { num_present: present, num_missing: missing };
}

function completeness({ present, missing }: ColumnProfile): number {
  return present + missing === 0 ? 0 : present / (present + missing);
}

function finite(numbers: Record<string, number | undefined>): Record<string, number> {
  const entries = Object.entries(numbers).filter(
    (entry): entry is [string, number] => entry[1] !== undefined && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(entries);
}
