import type { Bucket, CategoryCount } from '../charts/bucket-bars.js';
import { asText, at, numberAt, recordsAt } from './file-content.js';

/** One feature of a `statistics.json`, whoever wrote it; what is absent there is undefined here. */
export interface FeatureStatistics {
  readonly name: string;
  readonly inferredType: string;
  readonly present: number | undefined;
  readonly missing: number | undefined;
  /** In [0, 1]; from the counts where the file does not say. */
  readonly completeness: number | undefined;
  readonly distinct: number | undefined;
  readonly mean: number | undefined;
  readonly standardDeviation: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly sum: number | undefined;
  readonly buckets: readonly Bucket[];
  readonly categories: readonly CategoryCount[];
}

/** The features of a data-quality `statistics.json`. */
export function readFeatureStatistics(value: unknown): FeatureStatistics[] {
  return recordsAt(value, 'features').map((feature) => {
    const statistics = at(feature, 'numerical_statistics') ?? at(feature, 'string_statistics');
    const present = numberAt(statistics, 'common', 'num_present');
    const missing = numberAt(statistics, 'common', 'num_missing');
    const total = (present ?? 0) + (missing ?? 0);
    return {
      name: asText(feature['name']),
      inferredType: asText(feature['inferred_type']),
      present,
      missing,
      completeness:
        numberAt(statistics, 'completeness') ?? (present !== undefined && total > 0 ? present / total : undefined),
      distinct: numberAt(statistics, 'distinct_count') ?? numberAt(statistics, 'approximate_num_distinct_values'),
      mean: numberAt(statistics, 'mean'),
      standardDeviation: numberAt(statistics, 'std_dev'),
      min: numberAt(statistics, 'min'),
      max: numberAt(statistics, 'max'),
      sum: numberAt(statistics, 'sum'),
      buckets: readBuckets(statistics),
      categories: recordsAt(statistics, 'distribution', 'categorical', 'buckets').map((bucket) => ({
        value: asText(bucket['value']),
        count: numberAt(bucket, 'count') ?? 0,
      })),
    };
  });
}

function readBuckets(statistics: unknown): Bucket[] {
  return recordsAt(statistics, 'distribution', 'kll', 'buckets').flatMap((bucket) => {
    const lower = numberAt(bucket, 'lower_bound');
    const upper = numberAt(bucket, 'upper_bound');
    const count = numberAt(bucket, 'count');
    return lower === undefined || upper === undefined || count === undefined ? [] : [{ lower, upper, count }];
  });
}
