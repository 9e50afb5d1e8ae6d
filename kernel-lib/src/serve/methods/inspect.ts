import { z } from 'zod';
import type { SetupSources } from '../../project/setup/inspection.js';
import { inspectAnew } from '../inspections.js';
import type { Method } from '../method.js';
import { location } from './parameters.js';

/** Of `inspect` and `create`. */
export const sources: z.ZodType<SetupSources> = z.strictObject({
  dataset: location,
  capture: location,
  groundTruth: location.optional(),
  model: location.optional(),
});

export const inspect: Method<'inspect'> = {
  params: sources,
  handle: (params, options) => inspectAnew(params, options),
};
