import { KllSketch } from '../stats/kll.js';
import { Moments } from '../stats/moments.js';
import { columnProfile } from './column-profile.js';
import type { ColumnProfile, InferredType, Profile } from './profile.js';
import type { FeatureStatistics, NumericalStatistics, ServiceNumber, Statistics } from './statistics.js';

/**
 * The profile behind a `statistics.json` that anyone wrote, as far as the file tells: moments and sketch of numbers, value
 * counts of texts with a histogram. How cells were written (`types`) and the distinct counter stay unknown; a numeric
 * feature without a sketch has an empty one, so that nothing is compared with it, and one of which neither mean nor range are
 * known has no `numeric`.
 */
export function profileFromStatistics(statistics: Statistics): Profile {
  const counts = statistics.features.map(countsOf);
  const most = counts.reduce((rows, { present, missing }) => Math.max(rows, present + missing), 0);
  const rowCount = statistics.dataset?.item_count ?? most;
  return { rowCount, columns: statistics.features.map((feature) => columnFromStatistics(feature, rowCount)) };
}

function columnFromStatistics(feature: FeatureStatistics, rowCount: number): ColumnProfile {
  const { numerical_statistics: numerical, string_statistics: text } = feature;
  const { present, missing } = countsOf(feature);
  const buckets = text?.distribution?.categorical?.buckets;
  const sketch = numerical && sketchOf(numerical);
  const moments = numerical && sketch && momentsOf(numerical, sketch);
  const numeric = moments && sketch && { moments, sketch };
  return columnProfile(
    {
      name: feature.name,
      inferredType: typeOf(feature),
      present,
      missing: present + missing === 0 ? rowCount : missing,
      nonFinite: 0,
      types: undefined,
      numeric,
      distinct: undefined,
      values: buckets && new Map(buckets.map(({ value, count }) => [value, count])),
    },
    numerical?.approximate_num_distinct_values ?? text?.distinct_count,
  );
}

function countsOf(feature: FeatureStatistics): { readonly present: number; readonly missing: number } {
  const common = (feature.numerical_statistics ?? feature.string_statistics)?.common;
  return { present: common?.num_present ?? 0, missing: common?.num_missing ?? 0 };
}

function typeOf(feature: FeatureStatistics): InferredType {
  const type = feature.inferred_type;
  if (type === 'Integral' || type === 'Fractional' || type === 'String' || type === 'Unknown') return type;
  if (feature.numerical_statistics) return 'Fractional';
  return feature.string_statistics ? 'String' : 'Unknown';
}

/**
 * What the file leaves open or writes as `NaN` is taken from the sketch; undefined where there are no values, and where neither
 * tells their mean or range.
 */
function momentsOf(statistics: NumericalStatistics, sketch: KllSketch): Moments | undefined {
  const { values, weights, count: items } = sketch.weighted();
  const average = (of: (value: number) => number): number | undefined =>
    items === 0 ? undefined : values.reduce((sum, value, i) => sum + of(value) * weights[i]!, 0) / items;
  const count = statistics.common.num_present;
  const mean = finite(statistics.mean) ?? average((value) => value);
  const min = finite(statistics.min) ?? values[0];
  const max = finite(statistics.max) ?? values[values.length - 1];
  if (count === 0 || mean === undefined || min === undefined || max === undefined) return undefined;
  const deviation = finite(statistics.std_dev);
  const variance = deviation === undefined ? average((value) => (value - mean) ** 2) : deviation * deviation;
  const sum = finite(statistics.sum) ?? mean * count;
  return Moments.fromState({ count, sum, mean, m2: count * (variance ?? Number.NaN), min, max });
}

function sketchOf({ distribution }: NumericalStatistics): KllSketch {
  const sketch = distribution?.kll?.sketch;
  const { k, c } = sketch?.parameters ?? {};
  const options = { ...(k !== undefined && k >= 1 && { k }), ...(c !== undefined && c > 0 && c < 1 && { c }) };
  const levels = (sketch?.data ?? []).map((level) =>
    level.flatMap((item) => (typeof item === 'number' && Number.isFinite(item) ? [item] : [])),
  );
  return levels.length === 0 ? new KllSketch(options) : KllSketch.fromLevels(levels, options);
}

function finite(value: ServiceNumber | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
