import { addMeasures, inOrder } from '../../../kernel-lib/src/project/add-measures.js';
import type { ExecutionRecord } from '../../../kernel-lib/src/project/execution-record.js';
import { measureReport } from '../../../kernel-lib/src/project/measure-report.js';
import type { MeasuresFile } from '../../../kernel-lib/src/project/measures.js';
import { recordReport } from '../../../kernel-lib/src/project/record-report.js';
import type { MonitorStatus, StatusFile } from '../../../kernel-lib/src/project/status.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { MemoryFiles } from './memory-files.js';

/** What an execution of a monitor found. */
export interface StoredReport {
  readonly monitor: string;
  readonly report: Report;
}

/** A report as that of another window, which ends so many days later (earlier where negative). */
export function moved(report: Report, days: number): Report {
  const shift = (time: string): string =>
    new Date(Date.parse(time) + days * 86_400_000).toISOString().replace('.000', '');
  const { start, end } = report.window!;
  return { ...report, window: { start: shift(start), end: shift(end) } };
}

/** The files of a project in the folder `models`: one endpoint, `shop`, with the histories that these reports make. */
export function projectFiles(stored: readonly StoredReport[]): MemoryFiles {
  const monitors = [...new Set(stored.map(({ monitor }) => monitor))];
  const files = new MemoryFiles();
  const status: Record<string, MonitorStatus> = {};
  const yaml = ['version: 1', 'endpoints:', '  shop: { capture: capture/shop }', 'monitors:'];
  for (const monitor of monitors) {
    const reports = stored.filter((each) => each.monitor === monitor).map(({ report }) => report);
    const monitorType = reports[0]!.monitorType;
    const folder = `models/reports/shop/${monitor}`;
    const of = { monitor, endpoint: 'shop', monitorType };
    let executions: ExecutionRecord[] = [];
    let measures: MeasuresFile | undefined;
    for (const report of reports) {
      const window = report.window!;
      const time = new Date(window.end);
      const record = recordReport(report, { scheduledTime: time, window, startedAt: time, endedAt: time }, 1);
      executions = inOrder(executions, record);
      measures = addMeasures(measures, of, record, { measures: measureReport(report), hours: report.hours });
      files.put(`${folder}/${record.folder}/report.json`, JSON.stringify(report));
    }
    const month = executions[0]!.scheduledTime.slice(0, 7);
    const content = { schema: 'driftline.executions', version: 1, ...of, month, executions };
    files.put(`${folder}/executions/${month}.json`, JSON.stringify(content));
    files.put(`${folder}/measures/${month}.json`, JSON.stringify(measures));
    const last = executions.at(-1)!;
    status[monitor] = {
      endpoint: 'shop',
      last,
      violations: last.violations.length,
      trend: {
        scheduledTimes: executions.map(({ scheduledTime }) => scheduledTime),
        outcomes: executions.map(({ outcome }) => outcome),
        violations: executions.map(({ violations }) => violations.length),
      },
    };
    yaml.push(
      `  ${monitor}:`,
      `    type: ${monitorType}`,
      '    endpoint: shop',
      '    baseline: baseline',
      '    schedule: cron(0 0 ? * * *)',
      '    output: reports',
      ...(monitorType === 'model-quality' ? ['    problem-type: BinaryClassification'] : []),
      ...(monitorType === 'model-bias'
        ? ['    label-values: [1]', '    facets: [{ name: sex, values: [Female] }]']
        : []),
    );
  }
  const statusFile: StatusFile = {
    schema: 'driftline.status',
    version: 1,
    updatedAt: '2026-03-09T01:00:00Z',
    monitors: status,
  };
  files.put('models/driftline.yaml', `${yaml.join('\n')}\n`);
  files.put('models/driftline-status.json', JSON.stringify(statusFile));
  return files;
}
