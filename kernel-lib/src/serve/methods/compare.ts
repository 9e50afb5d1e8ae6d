import { z } from 'zod';
import { type ComparedWindow, compareWindows } from '../../monitor/compare-windows.js';
import { comparedWindow } from '../../project/compared-window.js';
import { openProject } from '../../project/project.js';
import type { ComparedSide } from '../contract.js';
import type { Method } from '../method.js';
import { location, rule, time } from './parameters.js';

const side: z.ZodType<ComparedSide> = z.strictObject({
  project: location,
  endpoint: z.string(),
  variant: z.string().min(1, 'must not be empty').optional(),
  start: time,
  end: time,
});

export const compare: Method<'compare'> = {
  params: z.strictObject({ baseline: side, current: side, rule: rule.optional() }),
  async handle({ baseline, current, rule: chosen }, options) {
    const sides = { baseline: await windowOf(baseline), current: await windowOf(current) };
    return compareWindows({ ...sides, ...(chosen && { rule: chosen }), ...options });
  },
};

async function windowOf({ project: place, endpoint, variant, start, end }: ComparedSide): Promise<ComparedWindow> {
  const { location: folder, config } = await openProject(place);
  return comparedWindow(folder, config, { endpoint, start, end, ...(variant !== undefined && { variant }) });
}
