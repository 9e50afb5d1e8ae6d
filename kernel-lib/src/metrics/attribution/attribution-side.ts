import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import type { Estimated } from '../../report/model-quality-report.js';
import { type GlobalAttributions, globalValues } from './aggregate.js';
import { aggregatedOf, type Measured, meanOf, shareOf } from './attribution-errors.js';
import type { AttributionProfile } from './attribution-profile.js';

/** One side of a comparison of one output. */
export interface AttributionSide {
  readonly label: string;
  readonly features: readonly string[];
  /** Aggregated attributions in the order of `features`. */
  readonly values: Float64Array;
  /** Where a feature stands in `features`. */
  readonly places: ReadonlyMap<string, number>;
  readonly expectedValue: number;
  /** Undefined where only values are known. */
  readonly profile: AttributionProfile | undefined;
  /** The output's place in the profile. */
  readonly output: number;
  readonly rows: number | undefined;
  /** The mean of the model's answers. */
  readonly answer: Measured | undefined;
  /** Of a feature that this side does not have: exactly 0. Undefined where only values are known that are no mean sizes. */
  share(feature: string): Measured | undefined;
  mean(feature: string): Measured | undefined;
  /** Undefined for a feature that this side does not have. */
  attribution(feature: string, aggregation: AttributionAggregation): Estimated | undefined;
}

const NOTHING: Measured = { value: 0, error: 0 };

export function sideOfProfile(
  profile: AttributionProfile,
  output: number,
  aggregation: AttributionAggregation,
): AttributionSide {
  const { features, rows } = profile;
  const sums = profile.outputs[output]!;
  const places = placesOf(features);
  const all = sums.features.reduce((sum, { absolute }) => sum + absolute, 0);
  return {
    ...{ label: sums.label, features, places, expectedValue: sums.expectedValue, profile, output, rows },
    values: globalValues(profile, output, aggregation),
    answer: meanOf(sums.answers.sum, sums.answers.squares, rows),
    share: (feature) => (places.has(feature) ? shareOf(sums, places.get(feature)!, all, rows) : NOTHING),
    mean: (feature) => {
      const own = sums.features[places.get(feature) ?? -1];
      return own === undefined ? NOTHING : meanOf(own.sum, own.squares, rows);
    },
    attribution: (feature, by) => {
      const own = sums.features[places.get(feature) ?? -1];
      return own && aggregatedOf(own, by, rows);
    },
  };
}

export function sideOfValues(
  { label, features, values, expectedValue }: GlobalAttributions,
  aggregation: AttributionAggregation,
): AttributionSide {
  const places = placesOf(features);
  const known = (feature: string): number => values[places.get(feature) ?? -1] ?? 0;
  const sum = values.reduce((all, value) => all + value, 0);
  return {
    ...{ label, features, values, places, expectedValue, output: 0 },
    ...{ profile: undefined, rows: undefined, answer: undefined },
    share: (feature) => (aggregation === 'mean_abs' && sum > 0 ? { value: known(feature) / sum, error: 0 } : undefined),
    mean: () => undefined,
    attribution: (feature) => (places.has(feature) ? { value: known(feature) } : undefined),
  };
}

/** A side's values in the order of a list of names; 0 for those it does not have. */
export function valuesOf(
  { places, values }: Pick<AttributionSide, 'places' | 'values'>,
  names: readonly string[],
): Float64Array {
  return Float64Array.from(names, (name) => values[places.get(name) ?? -1] ?? 0);
}

function placesOf(features: readonly string[]): ReadonlyMap<string, number> {
  return new Map(features.map((feature, place) => [feature, place]));
}
