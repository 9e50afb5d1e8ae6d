import { z } from 'zod';

/** The limit of one metric. */
export interface MetricConstraint {
  readonly threshold: number;
  readonly comparison_operator: 'LessThanThreshold' | 'GreaterThanThreshold';
}

/** A model-quality `constraints.json`: one of the three sections. Keys that are not known yet are kept. */
export interface QualityConstraints {
  readonly version?: number | undefined;
  readonly regression_constraints?: Readonly<Record<string, MetricConstraint>> | undefined;
  readonly binary_classification_constraints?: Readonly<Record<string, MetricConstraint>> | undefined;
  readonly multiclass_classification_constraints?: Readonly<Record<string, MetricConstraint>> | undefined;
}

const section = z
  .record(
    z.string(),
    z.looseObject({
      threshold: z.number(),
      comparison_operator: z.enum(['LessThanThreshold', 'GreaterThanThreshold']),
    }),
  )
  .optional();

export const qualityConstraintsSchema: z.ZodType<QualityConstraints> = z.looseObject({
  version: z.number().optional(),
  regression_constraints: section,
  binary_classification_constraints: section,
  multiclass_classification_constraints: section,
});
