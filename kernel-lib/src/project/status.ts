import type { ExecutionOutcome, ExecutionRecord } from './execution-record.js';
import type { DecidedViolation } from './violation-state.js';

/** The name of the status file, beside `driftline.yaml`. */
export const STATUS_FILE = 'driftline-status.json';

/** How many executions {@link MonitorTrend} goes back. */
export const TREND_LENGTH = 30;

/** The latest executions of a monitor, oldest first; lists of one length, at most `TREND_LENGTH`. */
export interface MonitorTrend {
  readonly scheduledTimes: readonly string[];
  readonly outcomes: readonly ExecutionOutcome[];
  /** Violations under the deciding rule. */
  readonly violations: readonly number[];
}

/** What is known of a monitor at a glance. */
export interface MonitorStatus {
  readonly endpoint: string;
  /** The latest execution by scheduled time; of its violations the first three of the deciding rule. */
  readonly last: ExecutionRecord;
  /** The other violations of the deciding rule, as far as decisions about them need them; left out where there are none. */
  readonly others?: readonly DecidedViolation[];
  /** Violations of `last` under the deciding rule. */
  readonly violations: number;
  readonly trend: MonitorTrend;
}

/**
 * `driftline-status.json`: the latest state of every monitor that ever ran, so that a panel or `driftline status` reads
 * one file for hundreds of endpoints. Made from the monitors' `executions` files, which hold the truth.
 */
export interface StatusFile {
  readonly schema: 'driftline.status';
  readonly version: 1;
  /** ISO. */
  readonly updatedAt: string;
  readonly monitors: Readonly<Record<string, MonitorStatus>>;
}
