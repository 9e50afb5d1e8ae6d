import { z } from 'zod';
import { activeMonitors } from '../../project/active-monitors.js';
import { openProject } from '../../project/project.js';
import type { RunExecution, RunParams } from '../contract.js';
import type { Method } from '../method.js';
import { location, rule, time } from './parameters.js';

export const run: Method<'run'> = {
  params: z.strictObject({
    project: location,
    monitors: z.array(z.string()).min(1, 'name a monitor').optional(),
    at: time.optional(),
    from: time.optional(),
    to: time.optional(),
    rule: rule.optional(),
  }),
  async handle(params, options) {
    const project = await openProject(params.project);
    const executions: RunExecution[] = [];
    await project.run(params.monitors ?? activeMonitors(project.config).active, {
      ...options,
      ...times(params),
      ...(params.rule && { rule: params.rule }),
      onExecution: ({ monitor, endpoint, scheduledTime, folder, status, report }) => {
        const { status: outcome, headline } = report;
        executions.push({ monitor, endpoint, scheduledTime, folder, status, outcome, headline });
      },
      onFailure: ({ failureReason, ...execution }) =>
        executions.push({ ...execution, outcome: 'failed', headline: failureReason }),
    });
    return { executions };
  },
};

function times({ at, from, to }: RunParams): { at?: Date; from?: Date; to?: Date } {
  return {
    ...(at !== undefined && { at: new Date(at) }),
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}
