import type { RunOptions } from '../progress.js';
import type { MonitorType, Report, Rule, Since, Violation } from '../report/report.js';

/** What a data-quality check looks at and how. Locations are local paths, `file://` or `s3://`. */
export interface CheckOptions extends RunOptions {
  /** Capture (at any level of the service's layout), merged records, or a dataset in CSV, JSON Lines or Parquet. */
  readonly current: string;
  /** A folder with `statistics.json` and `constraints.json`, as `makeBaseline` or the service wrote it. */
  readonly baseline?: string;
  /** Instead of `baseline`: the files. Without statistics the distribution checks are left out, and the report says so. */
  readonly statistics?: string;
  readonly constraints?: string;
  /** Where `statistics.json`, `constraint_violations.json`, `report.json` and `report.html` go; nothing is written when left out. */
  readonly output?: string;
  /** The window, half-open, ISO times; default: everything there is. */
  readonly start?: string;
  readonly end?: string;
  /** Guessed when left out. */
  readonly datasetFormat?: DatasetFormatName;
  /** Whether a CSV dataset begins with a header; guessed when left out. */
  readonly header?: boolean;
  /** Names for captured CSV; default: the baseline's, by position, output first. */
  readonly columns?: { readonly output?: readonly string[]; readonly input?: readonly string[] };
  /** Default: the rule in `driftline.json` beside the baseline; `threshold` where there is none. */
  readonly rule?: Rule;
  /** Module of a pre-processing hook: record in, rows out. */
  readonly recordHook?: string;
  /** Module of a check hook: profiles in, violations out. */
  readonly checkHook?: string;
  /** A folder for hourly profiles, which later windows reuse; default: none are kept. */
  readonly profileCache?: string;
  /** Worker threads; default: the machine's cores. Results do not depend on it. */
  readonly threads?: number;
  /** Shown in the report. */
  readonly monitor?: string;
  readonly endpoint?: string;
  /** Since when the previous execution's violations hold, by violation id: carried on where they still do. */
  readonly previous?: Readonly<Record<string, Since>>;
  /** The time that the report bears; default: now. */
  readonly createdAt?: Date;
}

export type DatasetFormatName = 'csv' | 'jsonl' | 'parquet' | 'capture' | 'merged';

/** A captured row behind a violation. */
export interface CapturedRow {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly eventId?: string;
  readonly inferenceId?: string;
  readonly inferenceTime?: string;
  /** Cell texts by column; null where the value is missing. */
  readonly values: Readonly<Record<string, string | null>>;
}

/** A violation whose records can be asked for. */
export interface CheckedViolation extends Violation {
  /**
   * The rows behind it, in capture order; up to `limit` (default 50). Empty for violations that no single row carries
   * (missing and extra columns).
   */
  records(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<CapturedRow[]>;
}

/** The report of a check made in this process. It is plain JSON but for `records` on each violation. */
export interface CheckedReport extends Report {
  readonly violations: readonly CheckedViolation[];
}

export type SupportedMonitor = Extract<MonitorType, 'data-quality'>;
