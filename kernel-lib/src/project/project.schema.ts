import { z } from 'zod';
import { MonitorError } from '../errors.js';
import { parseSchedule } from '../schedule/cron.js';
import type { ProjectConfig } from './project-config.js';

const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'a name is up to 63 letters, digits and hyphens');
const location = z.string().min(1, 'must not be empty');
const names = z.array(z.string().min(1, 'must not be empty'));
const columns = z
  .strictObject({ output: names.optional(), input: names.optional() })
  .superRefine(({ output = [], input = [] }, context) => {
    const all = [...output, ...input];
    const twice = [...new Set(all.filter((column, index) => all.indexOf(column) !== index))];
    if (twice.length > 0) context.addIssue({ code: 'custom', message: `named more than once: ${twice.join(', ')}` });
  });
const schedule = z.string().superRefine((expression, context) => {
  try {
    parseSchedule(expression, 'schedule');
  } catch (error) {
    if (!(error instanceof MonitorError)) throw error;
    context.addIssue({ code: 'custom', message: `${error.what} (${error.fix})` });
  }
});

/** YAML reads `1` and `true` as numbers and booleans: labels, columns and indexes are texts. */
const label = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);
const attributes = {
  'inference-attribute': label.optional(),
  'probability-attribute': label.optional(),
  'ground-truth-attribute': label.optional(),
};

export const projectSchema: z.ZodType<ProjectConfig> = z.strictObject({
  version: z.literal(1),
  endpoints: z.record(
    name,
    z.strictObject({
      capture: location,
      'ground-truth': location.optional(),
      model: location.optional(),
      columns: columns.optional(),
    }),
  ),
  monitors: z.record(
    name,
    z.strictObject({
      type: z.enum(['data-quality', 'model-quality', 'model-bias', 'model-explainability']),
      endpoint: z.string(),
      baseline: z.union([location, z.strictObject({ dataset: location, ...attributes })]),
      schedule,
      output: location,
      rule: z.enum(['significant', 'threshold']).optional(),
      ...attributes,
      'problem-type': z.enum(['BinaryClassification', 'MulticlassClassification', 'Regression']).optional(),
      'probability-threshold': z.number().min(0).max(1).optional(),
      'positive-label': label.optional(),
      hooks: z.strictObject({ record: location.optional(), check: location.optional() }).optional(),
    }),
  ),
});
