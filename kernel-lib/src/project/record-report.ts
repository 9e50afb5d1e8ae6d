import { MonitorError } from '../errors.js';
import { withoutUndefined } from '../json/without-undefined.js';
import type { Report, Violation } from '../report/report.js';
import { isoSeconds } from '../schedule/cron.js';
import type { ExecutionOutcome, ExecutionRecord, ExecutionStatus, ViolationRecord } from './execution-record.js';
import { hourFolder } from './executions.js';
import { shortExplanation } from './short-explanation.js';

/** An execution's times. */
export interface ExecutionTimes {
  readonly scheduledTime: Date;
  readonly window: { readonly start: string; readonly end: string };
  readonly startedAt: Date;
  readonly endedAt: Date;
}

const statusOf: Readonly<Record<Report['status'], ExecutionStatus>> = {
  ok: 'Completed',
  violations: 'CompletedWithViolations',
  'no-data': 'Failed',
};

/** How the history keeps a finished execution. A window without data is a failure in the service's words, and says so in them. */
export function recordReport(report: Report, times: ExecutionTimes, reports: number): ExecutionRecord {
  const { status, headline, rule, current, violations, features } = report;
  const impactOf = new Map(features.map(({ name, impact }) => [name, impact?.score]));
  return {
    ...shared(times),
    status: statusOf[status],
    outcome: status,
    ...(status === 'no-data' && { failureReason: `Job inputs had no data. ${headline}` }),
    headline,
    rule,
    rows: current.rows,
    reports,
    violations: violations.map((violation) => recordViolation(violation, impactOf.get(violation.feature))),
  };
}

/** How the history keeps an execution that did not come to its end. */
export function recordFailure(error: unknown, times: ExecutionTimes): ExecutionRecord {
  const stopped = error instanceof MonitorError && error.code === 'ABORTED';
  const outcome: ExecutionOutcome = stopped ? 'stopped' : 'failed';
  const reason = failureReason(error);
  return {
    ...shared(times),
    status: stopped ? 'Stopped' : 'Failed',
    outcome,
    failureReason: reason,
    headline: reason.split('\n')[0]!,
    rows: 0,
    reports: 0,
    violations: [],
  };
}

/** What went wrong, where, and what to do about it. */
export function failureReason(error: unknown): string {
  if (error instanceof MonitorError) return error.message;
  return `driftline met a fault of its own: ${error instanceof Error ? error.message : String(error)}`;
}

function shared({ scheduledTime, window, startedAt, endedAt }: ExecutionTimes) {
  return {
    scheduledTime: isoSeconds(scheduledTime),
    window,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    folder: hourFolder(scheduledTime),
  };
}

function recordViolation(violation: Violation, impact: number | undefined): ViolationRecord {
  const { id, feature, facet, label, check, measured, limit, baselineValue, unit, rules, rows, since } = violation;
  return withoutUndefined<ViolationRecord>({
    id,
    feature,
    facet,
    label,
    check,
    measured,
    limit,
    baselineValue,
    unit,
    rules,
    rows,
    since: since?.hour,
    impact,
    explanation: shortExplanation(violation),
  });
}
