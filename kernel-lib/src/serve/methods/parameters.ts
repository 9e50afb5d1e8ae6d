import { z } from 'zod';
import type { Rule } from '../../report/report.js';

/** Parameters that several methods take. */
export const location: z.ZodType<string> = z.string().min(1, 'must not be empty');

export const time: z.ZodType<string> = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time like 2026-03-05T06:00:00Z');

export const rule: z.ZodType<Rule> = z.enum(['significant', 'threshold']);
