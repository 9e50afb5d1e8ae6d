import { z } from 'zod';
import type { Constraints } from './constraints.js';

const share = z.number().min(0, 'must be between 0 and 1').max(1, 'must be between 0 and 1');
const switchSchema = z.enum(['Enabled', 'Disabled'], 'must be "Enabled" or "Disabled"');
const method = z
  .string()
  .regex(/^(linf_)?(simple|robust)$/i, 'must be one of "Simple", "Robust", "linf_simple", "linf_robust"');

const monitoringConfig = z.looseObject({
  evaluate_constraints: switchSchema.optional(),
  emit_metrics: switchSchema.optional(),
  datatype_check_threshold: share.optional(),
  domain_content_threshold: share.optional(),
  distribution_constraints: z
    .looseObject({
      perform_comparison: switchSchema.optional(),
      comparison_threshold: share.optional(),
      comparison_method: method.optional(),
      comparion_method: method.optional(),
      categorical_comparison_threshold: share.optional(),
      categorical_drift_method: z.enum(['LInfinity', 'ChiSquared'], 'must be "LInfinity" or "ChiSquared"').optional(),
    })
    .optional(),
});

/** The layout of `constraints.json`; keys that are not known yet are allowed everywhere. */
export const constraintsSchema: z.ZodType<Constraints> = z.looseObject({
  version: z.number().optional(),
  features: z.array(
    z.looseObject({
      name: z.string(),
      inferred_type: z.enum(['Integral', 'Fractional', 'String', 'Unknown']).optional(),
      completeness: share.optional(),
      num_constraints: z.looseObject({ is_non_negative: z.boolean().optional() }).optional(),
      string_constraints: z.looseObject({ domains: z.array(z.string()).optional() }).optional(),
      monitoring_config_overrides: monitoringConfig.optional(),
      monitoringConfigOverrides: monitoringConfig.optional(),
    }),
  ),
  monitoring_config: monitoringConfig.optional(),
});
