import { z } from 'zod';
import { MonitorError } from '../errors.js';
import { parseSchedule } from '../schedule/cron.js';
import type { ProjectConfig } from './project-config.js';

const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'a name is up to 63 letters, digits and hyphens');
const location = z.string().min(1, 'must not be empty');
const names = z.array(z.string().min(1, 'must not be empty'));
const columns = z
  .strictObject({
    output: names.optional().describe("Names of the model's outputs, in captured order."),
    input: names.optional().describe("Names of the model's inputs, in captured order."),
  })
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
const place = 'a column, a zero-based index or a JMESPath expression';
const attributes = {
  'inference-attribute': label.optional().describe(`Where the prediction stands: ${place}.`),
  'probability-attribute': label.optional().describe(`Where the probability of the positive class stands: ${place}.`),
  'ground-truth-attribute': label.optional().describe(`Where the label stands: ${place}.`),
};

const facet = z
  .strictObject({
    name: label.describe('The column that tells people apart.'),
    values: z.array(label).min(1).optional().describe('The values of the group that is compared with everybody else.'),
    above: z.number().optional().describe('Of a numeric column: the group lies above this value.'),
    'up-to': z.number().optional().describe('Of a numeric column: the group lies at most at this value.'),
  })
  .refine(({ values, above }) => values === undefined || above === undefined, 'give values or above, not both')
  .refine((facet) => facet['up-to'] === undefined || facet.above !== undefined, 'up-to needs above')
  .refine(({ above = -Infinity, 'up-to': upTo = Infinity }) => above < upTo, 'up-to must be larger than above');
const limit = z
  .strictObject({
    metric: z.string().describe('The metric, such as DPPL.'),
    facet: label.optional().describe('Of this facet alone; left out: of all.'),
    value: label.optional().describe('Of this value or range of the facet alone.'),
    lower: z.number().optional().describe('The least value allowed.'),
    upper: z.number().optional().describe('The greatest value allowed.'),
  })
  .refine(({ lower, upper }) => lower !== undefined || upper !== undefined, 'give lower, upper or both')
  .refine(({ lower = -Infinity, upper = Infinity }) => lower <= upper, 'lower must not be above upper');

const endpoint = z.strictObject({
  capture: location.describe(
    "Where requests and responses are captured: the capture's destination, with or without the folders of endpoint and variant.",
  ),
  'ground-truth': location.optional().describe('Where labels arrive, by hour; model quality and bias need it.'),
  model: location.optional().describe('The model: a file, https:// or sagemaker://; explainability needs it.'),
  columns: columns
    .optional()
    .describe("Names for captured CSV, which has no header. Left out: the baseline's, by position, output first."),
});

const baseline = z.strictObject({
  dataset: location.describe('The data to make the baseline of, on the first run, into baseline/{monitor}/.'),
  excluded: names
    .optional()
    .describe('Bias and explainability: columns of the dataset that are no inputs of the model.'),
  ...attributes,
});

const monitor = z.strictObject({
  type: z.enum(['data-quality', 'model-quality', 'model-bias', 'model-explainability']).describe('What is watched.'),
  endpoint: z.string().describe('An endpoint of this file.'),
  baseline: z
    .union([location, baseline])
    .describe('A folder that holds a baseline, or the dataset to make one of on the first run.'),
  schedule: schedule.describe(
    'When it runs, UTC, as the service writes it: cron(0 * ? * * *) hourly, cron(0 0 ? * * *) daily.',
  ),
  paused: z
    .boolean()
    .optional()
    .describe('Left out of `run --all` and of schedules; by its name it still runs. Default: false.'),
  output: location.describe('The folder of results; below it {endpoint}/{monitor}/yyyy/mm/dd/hh/.'),
  rule: z
    .enum(['significant', 'threshold'])
    .optional()
    .describe(
      "What decides about violations: `significant`, or `threshold`, the service's. Default: the rule of the baseline.",
    ),
  ...attributes,
  'problem-type': z
    .enum(['BinaryClassification', 'MulticlassClassification', 'Regression'])
    .optional()
    .describe('Model quality: what the model answers; needed where a baseline is to be made.'),
  'probability-threshold': z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Binary classification: a probability above it means the positive class. Default: 0.5.'),
  'positive-label': label.optional().describe('Binary classification: the positive class. Default: 1, or the like.'),
  config: location
    .optional()
    .describe("Bias and explainability: Clarify's analysis_config.json; instead of the keys below, or besides them."),
  facets: z.array(facet).min(1).optional().describe('Bias: whom to compare.'),
  'group-variable': label.optional().describe('Bias: the column of the groups of CDDL and CDDPL.'),
  'label-values': z.array(label).min(1).optional().describe('Bias: the positive classes, or a threshold.'),
  limits: z.array(limit).optional().describe('Bias: the ranges in which metrics may lie.'),
  'agg-method': z
    .enum(['mean_abs', 'median', 'mean_sq'])
    .optional()
    .describe('Explainability: how attributions of rows become one of a feature. Default: mean_abs.'),
  explainer: z
    .enum(['tree', 'interventional', 'linear', 'kernel'])
    .optional()
    .describe(
      'Explainability: how attributions are computed. Default: what is exact for the kind of model, else kernel.',
    ),
  'num-samples': z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Explainability: coalitions that Kernel SHAP draws for a row.'),
  background: location.optional().describe('Explainability: the rows that a missing feature is drawn from.'),
  'attribution-threshold': z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe('Explainability: the least nDCG allowed. Default: 0.9.'),
  precision: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .describe(
      'Explainability: the widest half-width of the interval of nDCG in windows that are sampled. Default: 0.01.',
    ),
  hooks: z
    .strictObject({
      record: location
        .optional()
        .describe('A module that is called with every captured record, before anything is counted.'),
      check: location
        .optional()
        .describe('A module that is called once for each check, after the built-in ones, and may add violations.'),
    })
    .optional()
    .describe('Your own pre-processing and your own rules.'),
});

export const projectSchema: z.ZodType<ProjectConfig> = z.strictObject({
  version: z.literal(1).describe('The version of this format.'),
  endpoints: z.record(name, endpoint).describe('By name: where requests, responses and labels lie.'),
  monitors: z.record(name, monitor).describe('By name: what is watched, against what, and when.'),
});
