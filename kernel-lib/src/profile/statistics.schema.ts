import { z } from 'zod';
import type { ServiceNumber, Statistics } from './statistics.js';

const nonFinite = ['NaN', 'Infinity', '-Infinity'];
/** Bare NaN and infinities, which zod's number leaves out, and the texts that stand for them. */
const serviceNumber = z.custom<ServiceNumber>(
  (value) => typeof value === 'number' || nonFinite.includes(value as string),
  'must be a number',
);
const count = z.number().min(0, 'must not be below 0');
const common = z.looseObject({ num_present: count, num_missing: count });

const kll = z.looseObject({
  buckets: z.array(z.looseObject({ lower_bound: serviceNumber, upper_bound: serviceNumber, count })).optional(),
  sketch: z
    .looseObject({
      parameters: z.looseObject({ c: z.number().optional(), k: z.number().optional() }).optional(),
      data: z.array(z.array(serviceNumber)),
    })
    .optional(),
});

const numerical = z.looseObject({
  common,
  mean: serviceNumber.optional(),
  sum: serviceNumber.optional(),
  std_dev: serviceNumber.optional(),
  min: serviceNumber.optional(),
  max: serviceNumber.optional(),
  approximate_num_distinct_values: z.number().optional(),
  completeness: z.number().optional(),
  distribution: z.looseObject({ kll: kll.optional() }).optional(),
});

const string = z.looseObject({
  common,
  distinct_count: z.number().optional(),
  completeness: z.number().optional(),
  distribution: z
    .looseObject({
      categorical: z.looseObject({ buckets: z.array(z.looseObject({ value: z.string(), count })) }).optional(),
    })
    .optional(),
});

/** The layout of `statistics.json`; keys that are not known yet are allowed everywhere. */
export const statisticsSchema: z.ZodType<Statistics> = z.looseObject({
  version: z.number().optional(),
  dataset: z.looseObject({ item_count: count.optional() }).optional(),
  features: z.array(
    z.looseObject({
      name: z.string(),
      inferred_type: z.string().optional(),
      numerical_statistics: numerical.optional(),
      string_statistics: string.optional(),
    }),
  ),
});
