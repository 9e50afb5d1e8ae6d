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

const facet = z
  .strictObject({
    name: label,
    values: z.array(label).min(1).optional(),
    above: z.number().optional(),
    'up-to': z.number().optional(),
  })
  .refine(({ values, above }) => values === undefined || above === undefined, 'give values or above, not both')
  .refine((facet) => facet['up-to'] === undefined || facet.above !== undefined, 'up-to needs above')
  .refine(({ above = -Infinity, 'up-to': upTo = Infinity }) => above < upTo, 'up-to must be larger than above');
const limit = z
  .strictObject({
    metric: z.string(),
    facet: label.optional(),
    value: label.optional(),
    lower: z.number().optional(),
    upper: z.number().optional(),
  })
  .refine(({ lower, upper }) => lower !== undefined || upper !== undefined, 'give lower, upper or both')
  .refine(({ lower = -Infinity, upper = Infinity }) => lower <= upper, 'lower must not be above upper');

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
      baseline: z.union([location, z.strictObject({ dataset: location, excluded: names.optional(), ...attributes })]),
      schedule,
      paused: z.boolean().optional(),
      output: location,
      rule: z.enum(['significant', 'threshold']).optional(),
      ...attributes,
      'problem-type': z.enum(['BinaryClassification', 'MulticlassClassification', 'Regression']).optional(),
      'probability-threshold': z.number().min(0).max(1).optional(),
      'positive-label': label.optional(),
      config: location.optional(),
      facets: z.array(facet).min(1).optional(),
      'group-variable': label.optional(),
      'label-values': z.array(label).min(1).optional(),
      limits: z.array(limit).optional(),
      'agg-method': z.enum(['mean_abs', 'median', 'mean_sq']).optional(),
      explainer: z.enum(['tree', 'interventional', 'linear', 'kernel']).optional(),
      'num-samples': z.number().int().min(1).optional(),
      background: location.optional(),
      'attribution-threshold': z.number().gt(0).max(1).optional(),
      precision: z.number().gt(0).max(1).optional(),
      hooks: z.strictObject({ record: location.optional(), check: location.optional() }).optional(),
    }),
  ),
});
