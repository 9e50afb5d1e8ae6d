import { z } from 'zod';
import { openProject } from '../../project/project.js';
import { checkedReports, checkKey } from '../checked-reports.js';
import type { Method } from '../method.js';
import { location, rule, time } from './parameters.js';

export const check: Method<'check'> = {
  params: z.strictObject({ project: location, monitor: z.string(), start: time, end: time, rule: rule.optional() }),
  async handle({ project: place, monitor, ...window }, options) {
    const project = await openProject(place);
    const { start, end, rule: chosen } = window;
    const report = await project.check(monitor, { start, end, ...(chosen && { rule: chosen }), ...options });
    checkedReports.set(checkKey(project.location, monitor, window), report);
    return report;
  },
};
