import { z } from 'zod';
import type { ViolationsFile } from './violations-file.js';

/** The layout of `constraint_violations.json`, of all four monitor types; keys that are not known yet are allowed. */
export const violationsSchema: z.ZodType<ViolationsFile> = z.looseObject({
  version: z.union([z.string(), z.number()]).optional(),
  violations: z.array(
    z.looseObject({
      feature_name: z.string().optional(),
      metric_name: z.string().optional(),
      facet: z.string().optional(),
      facet_value: z.string().optional(),
      label: z.string().optional(),
      constraint_check_type: z.string(),
      description: z.string(),
    }),
  ),
});
