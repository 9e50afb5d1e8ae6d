import type { Explainer } from '../../explain/explainer.js';
import type { AttributionAggregation } from '../../report/model-explainability-report.js';
import type { AttributionProfile } from './attribution-profile.js';

/** What `analysis.json` says of one output: an aggregated attribution for each feature. */
export interface GlobalAttributions {
  /** "label0", or the class. */
  readonly label: string;
  readonly features: readonly string[];
  /** By feature. */
  readonly values: Float64Array;
  readonly expectedValue: number;
}

/**
 * One number a feature, as `analysis.json` has them: the mean of the absolute attributions, their median (with sign), or
 * the mean of their squares. Zeros for a profile without rows.
 *
 * @param output - its place among the profile's outputs.
 */
export function globalValues(
  { rows, outputs }: AttributionProfile,
  output: number,
  aggregation: AttributionAggregation,
): Float64Array {
  const { features } = outputs[output]!;
  const by = Math.max(1, rows);
  if (aggregation === 'median') return Float64Array.from(features, ({ median }) => median.value);
  if (aggregation === 'mean_sq') return Float64Array.from(features, ({ squares }) => squares / by);
  return Float64Array.from(features, ({ absolute }) => absolute / by);
}

/** What `analysis.json` says of every output that was explained. */
export function globalAttributions(
  { outputs, features, expectedValues }: Pick<Explainer, 'outputs' | 'features' | 'expectedValues'>,
  profile: AttributionProfile,
  aggregation: AttributionAggregation,
): GlobalAttributions[] {
  return outputs.map((label, output) => ({
    label,
    features,
    values: globalValues(profile, output, aggregation),
    expectedValue: expectedValues[output]!,
  }));
}
