import type { DistinctCounter } from '../stats/distinct.js';
import type { KllSketch } from '../stats/kll.js';
import type { Moments } from '../stats/moments.js';

/** The four types a feature can have in the service's files. */
export type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

/**
 * How many of a column's present cells are written as each lexical class (deequ `StatefulDataType`): `3` integral,
 * `3.0` and `1e-5` fractional, `true` boolean, anything else text (`NaN` and `inf` included).
 */
export interface TypeCounts {
  readonly integral: number;
  readonly fractional: number;
  readonly boolean: number;
  readonly text: number;
}

/** Distinct cell texts are counted one by one up to this many; beyond it a column has no value counts. */
export const VALUE_CAP = 1024;

/** The service keeps a categorical histogram for at most this many distinct values (deequ's threshold). */
export const HISTOGRAM_CAP = 120;

/** Everything counted about one column. Two of them merge without loss (sketches within their bound): `mergeProfiles`. */
export interface ColumnProfile {
  readonly name: string;
  readonly inferredType: InferredType;
  /** Rows with a value, and rows without. */
  readonly present: number;
  readonly missing: number;
  /** NaN and infinities of typed columns (Parquet); counted as missing. Text columns hold them as text. */
  readonly nonFinite: number;
  /** Undefined where the profile was made from a foreign `statistics.json`, which does not say. */
  readonly types: TypeCounts | undefined;
  /** Over the cells that are numbers; undefined when there are none. */
  readonly numeric: { readonly moments: Moments; readonly sketch: KllSketch } | undefined;
  /** Exact up to 4,096 distinct values, then HyperLogLog. Undefined for a foreign profile: see `distinctEstimate`. */
  readonly distinct: DistinctCounter | undefined;
  readonly distinctEstimate: number;
  /** Rows by cell text as written; undefined beyond {@link VALUE_CAP} distinct texts, or where unknown. */
  readonly values: ReadonlyMap<string, number> | undefined;
}

/** The profile of a dataset, an hour of capture, or a window: the mergeable state behind `statistics.json`. */
export interface Profile {
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
}
