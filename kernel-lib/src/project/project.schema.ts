import { z } from 'zod';
import type { ProjectConfig } from './project-config.js';

const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'a name is up to 63 letters, digits and hyphens');
const location = z.string().min(1, 'must not be empty');

export const projectSchema: z.ZodType<ProjectConfig> = z.strictObject({
  version: z.literal(1),
  endpoints: z.record(
    name,
    z.strictObject({
      capture: location,
      'ground-truth': location.optional(),
      model: location.optional(),
      columns: z
        .strictObject({ output: z.array(z.string()).optional(), input: z.array(z.string()).optional() })
        .optional(),
    }),
  ),
  monitors: z.record(
    name,
    z.strictObject({
      type: z.enum(['data-quality', 'model-quality', 'model-bias', 'model-explainability']),
      endpoint: z.string(),
      baseline: z.union([location, z.strictObject({ dataset: location })]),
      schedule: z.string(),
      output: location,
      rule: z.enum(['significant', 'threshold']).optional(),
      hooks: z.strictObject({ record: location.optional(), check: location.optional() }).optional(),
    }),
  ),
});
