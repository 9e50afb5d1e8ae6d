import { z } from 'zod';
import { MonitorError } from '../../errors.js';
import type { RecordsOf } from '../../monitor/report-records.js';
import type { RunOptions } from '../../progress.js';
import { openProject, type Project } from '../../project/project.js';
import type { Report } from '../../report/report.js';
import { checkedReports, checkKey } from '../checked-reports.js';
import type { RecordsParams } from '../contract.js';
import type { Method } from '../method.js';
import { Recent } from '../recent.js';
import { type RecordsTable, recordsPage, recordsTable } from '../records-page.js';
import { FILTER_OPERATORS } from '../row-filter.js';
import { location, rule, time } from './parameters.js';

/** How many rows are read, sorted and filtered at most. */
const CAP = 10_000;

const recent = new Recent<RecordsTable & { readonly capped: boolean }>(4);
const place = z.int().min(0);

export const records: Method<'records'> = {
  params: z
    .strictObject({
      project: location,
      monitor: z.string(),
      scheduledTime: time.optional(),
      start: time.optional(),
      end: time.optional(),
      rule: rule.optional(),
      violation: z.string().optional(),
      segment: place.optional(),
      offset: place.optional(),
      limit: z.int().min(1).max(1000).optional(),
      sort: z.strictObject({ column: place, direction: z.enum(['ascending', 'descending']) }).optional(),
      filters: z
        .array(z.strictObject({ column: place.optional(), operator: z.enum(FILTER_OPERATORS), value: z.string() }))
        .optional(),
    })
    .refine(
      ({ scheduledTime, start, end }) =>
        scheduledTime === undefined
          ? start !== undefined && end !== undefined
          : start === undefined && end === undefined,
      'give scheduledTime, or start and end',
    )
    .refine(
      ({ violation, segment }) => (violation === undefined) !== (segment === undefined),
      'give violation or segment',
    ),
  async handle(params, options) {
    const { monitor, violation, segment = 0, offset = 0, limit = 50, sort, filters } = params;
    const project = await openProject(params.project);
    const report = await reportOf(project, params, options);
    const of: RecordsOf = violation ?? { segment };
    const key = JSON.stringify([project.location, monitor, report.createdAt, of]);
    const table = await recent.get(key, async () => {
      const found = await project.records({ ...report, monitor }, of, { limit: CAP, ...options });
      return { ...recordsTable(found), capped: found.capped };
    });
    const { columns, capped, rows } = table;
    const page = recordsPage(table, { offset, limit, sort, filters });
    return { columns, ...page, matching: rows.length, capped, cap: CAP };
  },
};

async function reportOf(project: Project, params: RecordsParams, options: RunOptions): Promise<Report> {
  const { monitor, scheduledTime, start, end, rule: chosen } = params;
  if (start !== undefined && end !== undefined) {
    const window = { start, end, ...(chosen && { rule: chosen }) };
    const key = checkKey(project.location, monitor, window);
    return checkedReports.get(key, () => project.check(monitor, { ...window, ...options }));
  }
  const report = await project.report(monitor, new Date(scheduledTime!));
  if (report !== undefined) return report;
  throw new MonitorError('FILE_NOT_FOUND', `"${monitor}" was not run for ${scheduledTime}, or its report is gone.`, {
    where: project.location,
    fix: 'run the monitor for this time',
  });
}
