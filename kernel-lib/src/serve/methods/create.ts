import { z } from 'zod';
import { createProject } from '../../project/setup/create-project.js';
import { inspectionOf } from '../inspections.js';
import type { Method } from '../method.js';
import { sources } from './inspect.js';
import { location, rule } from './parameters.js';

const column = z.string().nullable().optional();
const names = z.array(z.string()).optional();

export const create: Method<'create'> = {
  params: z.strictObject({
    project: location,
    sources,
    choices: z.strictObject({
      endpoint: z.string().optional(),
      extend: z.boolean().optional(),
      label: column,
      prediction: column,
      probability: column,
      problemType: z.enum(['BinaryClassification', 'MulticlassClassification', 'Regression']).optional(),
      positiveLabel: z.string().optional(),
      output: names,
      input: names,
      facets: names,
      monitors: z.array(z.enum(['data-quality', 'model-quality', 'model-bias', 'model-explainability'])).optional(),
      schedule: z.string().optional(),
      rule: rule.optional(),
    }),
    write: z.boolean().optional(),
  }),
  async handle({ project, choices, write, ...params }, options) {
    const inspection = await inspectionOf(params.sources, options);
    return createProject(project, inspection, choices, { ...options, write });
  },
};
