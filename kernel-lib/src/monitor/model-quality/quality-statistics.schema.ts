import { z } from 'zod';

/** The layout of a model-quality `statistics.json`: one of the three sections. Unknown keys are allowed everywhere. */
export interface QualityStatistics {
  readonly version?: number | undefined;
  readonly dataset?: { readonly item_count?: number | undefined } | undefined;
  readonly regression_metrics?: Readonly<Record<string, unknown>> | undefined;
  readonly binary_classification_metrics?: Readonly<Record<string, unknown>> | undefined;
  readonly multiclass_classification_metrics?: Readonly<Record<string, unknown>> | undefined;
}

const section = z.record(z.string(), z.unknown()).optional();

export const qualityStatisticsSchema: z.ZodType<QualityStatistics> = z.looseObject({
  version: z.number().optional(),
  dataset: z.looseObject({ item_count: z.number().min(0).optional() }).optional(),
  regression_metrics: section,
  binary_classification_metrics: section,
  multiclass_classification_metrics: section,
});
