import { MonitorError } from '../errors.js';
import { parseWith } from '../json/parse-with.js';
import { parseForeignJson } from '../json/read-json.js';
import { statisticsSchema } from './statistics.schema.js';

/** `statistics.json` of a data-quality baseline or execution, in the service's layout. Keys not listed are kept. */
export interface Statistics {
  /** `0.0`. */
  readonly version?: number | undefined;
  readonly dataset?: { readonly item_count?: number | undefined } | undefined;
  readonly features: readonly FeatureStatistics[];
}

/** A column: `numerical_statistics` or `string_statistics`, and neither where the column has no values. */
export interface FeatureStatistics {
  readonly name: string;
  /** `Integral`, `Fractional`, `String` or `Unknown`. */
  readonly inferred_type?: string | undefined;
  readonly numerical_statistics?: NumericalStatistics | undefined;
  readonly string_statistics?: StringStatistics | undefined;
}

/** Rows with and without a value. */
export interface CommonStatistics {
  readonly num_present: number;
  readonly num_missing: number;
}

/** A numeric feature, as `statistics.json` has it. */
export interface NumericalStatistics {
  readonly common: CommonStatistics;
  readonly mean?: ServiceNumber | undefined;
  readonly sum?: ServiceNumber | undefined;
  /** Of the population (ddof 0). */
  readonly std_dev?: ServiceNumber | undefined;
  readonly min?: ServiceNumber | undefined;
  readonly max?: ServiceNumber | undefined;
  /** A HyperLogLog estimate where the service wrote it. */
  readonly approximate_num_distinct_values?: number | undefined;
  readonly completeness?: number | undefined;
  readonly distribution?: { readonly kll?: KllDistribution | undefined } | undefined;
}

/** A number; the service writes some that have no value as the text `NaN`. */
export type ServiceNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** The ten buckets of a numeric feature, and the sketch that they were counted from. */
export interface KllDistribution {
  /** Ten of equal width from `min` to `max`; [lower, upper), the last one closed. */
  readonly buckets?:
    | readonly { readonly lower_bound: ServiceNumber; readonly upper_bound: ServiceNumber; readonly count: number }[]
    | undefined;
  readonly sketch?:
    | {
        readonly parameters?: { readonly c?: number | undefined; readonly k?: number | undefined } | undefined;
        /** Items by level; an item of level i stands for 2^i values. */
        readonly data: readonly (readonly ServiceNumber[])[];
      }
    | undefined;
}

/** A text feature, as `statistics.json` has it. */
export interface StringStatistics {
  readonly common: CommonStatistics;
  /** A HyperLogLog estimate where the service wrote it. */
  readonly distinct_count?: number | undefined;
  readonly completeness?: number | undefined;
  /** Left out for more than 120 distinct values. */
  readonly distribution?:
    | {
        readonly categorical?:
          | { readonly buckets: readonly { readonly value: string; readonly count: number }[] }
          | undefined;
      }
    | undefined;
}

/**
 * Reads a `statistics.json` written by anyone. The value is the file's: key order and unknown keys are kept.
 *
 * @param where - the file's place, for errors.
 * @throws MonitorError `FORMAT`, with all problems in one message.
 */
export function parseStatistics(text: string, where: string): Statistics {
  const statistics = parseWith(statisticsSchema, parseForeignJson(text, where), 'statistics file', where);
  const { features } = statistics;
  const counted = features.some((feature) => feature.numerical_statistics ?? feature.string_statistics);
  if (counted || features.every(({ inferred_type: type }) => type === 'Unknown')) return statistics;
  throw new MonitorError('FORMAT', 'The file names features, but holds no statistics of any.', {
    where,
    fix: 'name statistics.json; constraints.json goes by --constraints',
  });
}
