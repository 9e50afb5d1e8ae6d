import type { CheckType, MonitorType, Rule, Violation } from '../report/report.js';

/** The service's `MonitoringExecutionStatus`. @see Source: Amazon SageMaker API, MonitoringExecutionSummary. */
export type ExecutionStatus =
  | 'Pending'
  | 'Completed'
  | 'CompletedWithViolations'
  | 'InProgress'
  | 'Failed'
  | 'Stopping'
  | 'Stopped';

/**
 * What an execution came to, for people. `no-data` is `Failed` in the service's words ("Job inputs had no data"), and
 * is kept apart from `failed`, which somebody has to look at.
 */
export type ExecutionOutcome = 'ok' | 'violations' | 'no-data' | 'failed' | 'stopped';

/** A violation as the history keeps it: what was measured, without the sentences of the report. */
export interface ViolationRecord
  extends Pick<
    Violation,
    'id' | 'feature' | 'facet' | 'label' | 'measured' | 'limit' | 'baselineValue' | 'unit' | 'rows'
  > {
  readonly check: CheckType;
  readonly rules: readonly Rule[];
  /** ISO hour since which it holds; see `Since`. */
  readonly since?: string;
  /** Data quality: the feature's impact on predictions; see `Impact.score`. */
  readonly impact?: number;
  /** One sentence for people, as in the report. */
  readonly explanation: string;
}

/** One execution in a monitor's history. */
export interface ExecutionRecord {
  /** ISO; the end of the window. Unique within a monitor. */
  readonly scheduledTime: string;
  /** Half-open, ISO. */
  readonly window: { readonly start: string; readonly end: string };
  readonly status: ExecutionStatus;
  readonly outcome: ExecutionOutcome;
  /** Of `Failed` and `Stopped`: what went wrong, where, and what to do about it. */
  readonly failureReason?: string;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** The folder of its files below the monitor's: `2026/03/05/00`. */
  readonly folder: string;
  /** The report's sentence; for failures the first line of the reason. */
  readonly headline: string;
  readonly rule?: Rule;
  /** Rows of the window that were read; 0 for failures. */
  readonly rows: number;
  /** How often the labels in this window have been reported: 1, more where labels came later. */
  readonly reports: number;
  /** Under either rule; those of the deciding rule (`rules.includes(rule)`) come first. */
  readonly violations: readonly ViolationRecord[];
}

/** `executions/yyyy-mm.json` in a monitor's folder: its executions of a month (by scheduled time, UTC), ascending. */
export interface ExecutionsFile {
  readonly schema: 'driftline.executions';
  readonly version: 1;
  readonly monitor: string;
  readonly endpoint: string;
  readonly monitorType: MonitorType;
  /** `2026-03`. */
  readonly month: string;
  readonly executions: readonly ExecutionRecord[];
}
