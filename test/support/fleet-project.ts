import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MonitorError } from '../../kernel-lib/src/errors.js';
import { addMeasures } from '../../kernel-lib/src/project/add-measures.js';
import type {
  ExecutionOutcome,
  ExecutionRecord,
  ExecutionsFile,
} from '../../kernel-lib/src/project/execution-record.js';
import { hourFolder } from '../../kernel-lib/src/project/executions.js';
import type { HistoryOf } from '../../kernel-lib/src/project/history-files.js';
import { measureReport } from '../../kernel-lib/src/project/measure-report.js';
import type { MeasuresFile } from '../../kernel-lib/src/project/measures.js';
import { type ExecutionTimes, recordFailure, recordReport } from '../../kernel-lib/src/project/record-report.js';
import type { MonitorStatus, StatusFile } from '../../kernel-lib/src/project/status.js';
import type { MonitorType, Report } from '../../kernel-lib/src/report/report.js';
import { isoSeconds } from '../../kernel-lib/src/schedule/cron.js';
import { Random } from '../../kernel-lib/src/stats/random.js';
import { fleetReport, mostViolations } from './fleet-reports.js';

/** How large a synthetic project is, and what it is drawn from. */
export interface FleetOptions {
  readonly endpoints: number;
  /** Features of the data-quality monitors; default 20. */
  readonly features?: number;
  /** Daily executions of a monitor; default 30. */
  readonly executions?: number;
  /** Endpoints, from the first on, that have histories, measures and the report of their latest execution; default: all. */
  readonly detailed?: number;
  readonly seed?: number;
  /** ISO: the end of the latest window; default 2026-03-09T00:00:00Z. */
  readonly until?: string;
}

const DAY_MS = 24 * 3_600_000;
const types: readonly MonitorType[] = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'];
const subjects = ['churn', 'fraud', 'credit-risk', 'demand', 'pricing', 'claims', 'search-rank', 'lead-score'];
const regions = ['eu', 'us', 'apac'];

/** What a monitor's executions come to, the oldest first; `violations` counts for those with violations. */
interface Course {
  readonly outcomes: readonly ExecutionOutcome[];
  readonly violations: readonly number[];
}

interface FleetMonitor extends HistoryOf {
  readonly course: Course;
}

/**
 * The files of a project of many endpoints, as `driftline run` would have left them: path below the project's folder, and
 * text. The same options give the same files. Every tenth endpoint has no bias monitor, every 25th has no monitor at all.
 */
export function* fleetFiles(options: FleetOptions): Generator<readonly [file: string, text: string]> {
  const { endpoints, executions = 30, detailed = endpoints, seed = 1, until = '2026-03-09T00:00:00Z' } = options;
  const random = new Random(seed);
  const names = Array.from({ length: endpoints }, (_, index) => endpointName(index));
  const monitors = names.flatMap((endpoint, index) =>
    typesOf(index).map((monitorType): FleetMonitor => {
      return {
        monitor: `${endpoint}-${monitorType}`,
        endpoint,
        monitorType,
        course: drawCourse(random, executions, mostViolations(monitorType)),
      };
    }),
  );
  yield ['driftline.yaml', projectText(names, monitors)];
  const status: Record<string, MonitorStatus> = {};
  for (const monitor of monitors) {
    const isDetailed = names.indexOf(monitor.endpoint) < detailed;
    const runs = runMonitor(monitor, isDetailed ? executions : 1, new Date(until), options.features ?? 20);
    const last = runs.at(-1);
    if (last === undefined) continue;
    status[monitor.monitor] = statusOf(monitor, last.record, new Date(until));
    if (isDetailed) yield* filesOf(monitor, runs);
  }
  const content: StatusFile = { schema: 'driftline.status', version: 1, updatedAt: until, monitors: status };
  yield ['driftline-status.json', `${JSON.stringify(content)}\n`];
}

/** Writes {@link fleetFiles} below a folder, which is made. */
export function writeFleetProject(folder: string, options: FleetOptions): void {
  for (const [file, text] of fleetFiles(options)) {
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

function endpointName(index: number): string {
  const subject = subjects[index % subjects.length];
  const region = regions[Math.floor(index / subjects.length) % regions.length];
  return `${subject}-${region}-${String(Math.floor(index / (subjects.length * regions.length)) + 1).padStart(2, '0')}`;
}

function typesOf(index: number): readonly MonitorType[] {
  if (index % 25 === 24) return [];
  return index % 10 === 9 ? types.filter((type) => type !== 'model-bias') : types;
}

/** Most monitors are quiet; some drift from a day on, some fail, some lack data, a few never ran. */
function drawCourse(random: Random, executions: number, most: number): Course {
  const kind = random.uniform();
  if (kind < 0.01) return { outcomes: [], violations: [] };
  const from = Math.floor(executions * (0.3 + 0.6 * random.uniform()));
  const worst = 1 + Math.floor(random.uniform() * most);
  const late: ExecutionOutcome = kind < 0.12 ? 'violations' : kind < 0.14 ? 'no-data' : kind < 0.16 ? 'failed' : 'ok';
  const outcomes = Array.from({ length: executions }, (_, day): ExecutionOutcome => {
    if (day >= from) return late;
    return random.uniform() < 0.04 ? 'violations' : 'ok';
  });
  const violations = outcomes.map((outcome, day) =>
    outcome !== 'violations' ? 0 : Math.max(1, Math.round((worst * (day - from + 1)) / Math.max(1, executions - from))),
  );
  return { outcomes, violations };
}

interface Run {
  readonly record: ExecutionRecord;
  readonly report?: Report;
}

/** The latest `count` executions of a monitor, the oldest first. */
function runMonitor(monitor: FleetMonitor, count: number, until: Date, features: number): Run[] {
  const { outcomes, violations } = monitor.course;
  const first = Math.max(0, outcomes.length - count);
  return outcomes.slice(first).map((outcome, at): Run => {
    const end = new Date(until.getTime() - (outcomes.length - 1 - first - at) * DAY_MS);
    const window = { start: isoSeconds(new Date(end.getTime() - DAY_MS)), end: isoSeconds(end) };
    const times: ExecutionTimes = {
      scheduledTime: end,
      window,
      startedAt: end,
      endedAt: new Date(end.getTime() + 4000),
    };
    if (outcome === 'failed') {
      const error = new MonitorError('FILE_NOT_FOUND', 'There is no baseline here.', {
        where: `baseline/${monitor.monitor}`,
        fix: 'make one with "driftline baseline"',
      });
      return { record: recordFailure(error, times) };
    }
    const report = fleetReport(monitor, window, violations[first + at]!, { features, empty: outcome === 'no-data' });
    return { record: recordReport(report, times, 1), report };
  });
}

function statusOf({ endpoint, course }: FleetMonitor, last: ExecutionRecord, until: Date): MonitorStatus {
  const { outcomes, violations } = course;
  const others = last.violations.slice(3).map(({ id, measured, limit }) => ({ id, measured, limit }));
  const scheduledTimes = outcomes.map((_, at) =>
    isoSeconds(new Date(until.getTime() - (outcomes.length - 1 - at) * DAY_MS)),
  );
  return {
    endpoint,
    last: { ...last, violations: last.violations.slice(0, 3) },
    ...(others.length > 0 && { others }),
    violations: last.violations.length,
    trend: {
      scheduledTimes: scheduledTimes.slice(-30),
      outcomes: outcomes.slice(-30),
      violations: violations.slice(-30),
    },
  };
}

function* filesOf({ course: _, ...of }: FleetMonitor, runs: readonly Run[]): Generator<readonly [string, string]> {
  const folder = `reports/${of.endpoint}/${of.monitor}`;
  const months = new Set(runs.map(({ record }) => record.scheduledTime.slice(0, 7)));
  for (const month of months) {
    const within = runs.filter(({ record }) => record.scheduledTime.startsWith(month));
    const executions: ExecutionsFile = {
      schema: 'driftline.executions',
      version: 1,
      ...of,
      month,
      executions: within.map(({ record }) => record),
    };
    yield [`${folder}/executions/${month}.json`, `${JSON.stringify(executions)}\n`];
    let measures: MeasuresFile | undefined;
    for (const { record, report } of within) {
      if (report === undefined) continue;
      measures = addMeasures(measures, of, record, { measures: measureReport(report), hours: report.hours });
    }
    if (measures !== undefined) yield [`${folder}/measures/${month}.json`, `${JSON.stringify(measures)}\n`];
  }
  const last = runs.at(-1);
  if (last?.report === undefined) return;
  const place = hourFolder(new Date(last.record.scheduledTime));
  yield [`${folder}/${place}/report.json`, `${JSON.stringify(last.report)}\n`];
}

function projectText(endpoints: readonly string[], monitors: readonly FleetMonitor[]): string {
  const lines = ['# A fleet that no model stands behind.', 'version: 1', 'endpoints:'];
  for (const name of endpoints) lines.push(`  ${name}:`, `    capture: capture/${name}`);
  lines.push(monitors.length === 0 ? 'monitors: {}' : 'monitors:');
  for (const { monitor, endpoint, monitorType } of monitors) {
    lines.push(
      `  ${monitor}:`,
      `    type: ${monitorType}`,
      `    endpoint: ${endpoint}`,
      `    baseline: baseline/${monitor}`,
      '    schedule: cron(0 0 ? * * *)',
      '    output: reports',
    );
  }
  return `${lines.join('\n')}\n`;
}
