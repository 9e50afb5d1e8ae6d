import type { ExecutionOutcome, ExecutionStatus } from '../project/execution-record.js';
import type { SetupChoices } from '../project/setup/choices.js';
import type { CreatedProject } from '../project/setup/create-project.js';
import type { SetupInspection, SetupSources } from '../project/setup/inspection.js';
import type { Report, Rule } from '../report/report.js';
import type { RowFilter } from './row-filter.js';

/**
 * What panels can ask a kernel for: parameters and result of each method, all plain JSON. `project` is the folder or S3
 * prefix of `driftline.yaml`; a relative one is below the folder in which the kernel runs.
 */
export interface ServeMethods {
  /** Which library answers, and where it runs. */
  readonly about: { readonly params: Readonly<Record<string, never>>; readonly result: AboutResult };
  /** Runs executions of monitors, and writes their files. */
  readonly run: { readonly params: RunParams; readonly result: RunResult };
  /** Checks any window with a monitor's configuration; nothing is written but its baseline and hourly profiles. */
  readonly check: { readonly params: CheckParams; readonly result: Report };
  /** Compares two windows of capture, variants or endpoints directly; nothing is written but hourly profiles. */
  readonly compare: { readonly params: CompareParams; readonly result: Report };
  /** The captured records behind a violation or in a segment, by page. */
  readonly records: { readonly params: RecordsParams; readonly result: RecordsResult };
  /** The text of a file of the project that Jupyter's contents service does not reach. */
  readonly read: { readonly params: ReadParams; readonly result: ReadResult };
  /** Looks at samples of training file and capture. Relative paths are below the kernel's folder. */
  readonly inspect: { readonly params: SetupSources; readonly result: SetupInspection };
  /** Writes the project file of what was inspected and chosen, or says what it would be. */
  readonly create: { readonly params: CreateParams; readonly result: CreatedProject };
}

/** Which library answers. */
export interface CreateParams {
  /** The folder or S3 prefix of `driftline.yaml`, which may be there already. */
  readonly project: string;
  readonly sources: SetupSources;
  readonly choices: SetupChoices;
  /** Default: true. */
  readonly write?: boolean | undefined;
}

/** Which library answers, and where. */
export interface AboutResult {
  /** The version of driftline. */
  readonly version: string;
  /** The kernel's working folder, absolute. */
  readonly folder: string;
}

/** Which executions to run. */
export interface RunParams {
  readonly project: string;
  /** Left out: all of the project that are not paused. */
  readonly monitors?: readonly string[] | undefined;
  /** ISO: what was scheduled last at this time; default: now. */
  readonly at?: string | undefined;
  /** ISO: instead of `at`, every time scheduled from `from` to `to`, both inclusive. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly rule?: Rule | undefined;
}

/** What became of them. */
export interface RunResult {
  /** In the order in which they were run. */
  readonly executions: readonly RunExecution[];
}

/** What became of one execution; its report lies in `folder`. */
export interface RunExecution {
  readonly monitor: string;
  readonly endpoint: string;
  readonly scheduledTime: string;
  readonly folder: string;
  readonly status: ExecutionStatus;
  readonly outcome: ExecutionOutcome;
  /** The report's sentence; for failures the reason. */
  readonly headline: string;
}

/** Which window to check, with which monitor. */
export interface CheckParams {
  readonly project: string;
  readonly monitor: string;
  /** The window, half-open, ISO. */
  readonly start: string;
  readonly end: string;
  readonly rule?: Rule | undefined;
}

/** Which windows to compare. */
export interface CompareParams {
  /** What is taken for normal. */
  readonly baseline: ComparedSide;
  readonly current: ComparedSide;
  /** Default: `significant`. */
  readonly rule?: Rule | undefined;
}

/** One of two windows; the two may be of different projects. */
export interface ComparedSide {
  readonly project: string;
  readonly endpoint: string;
  /** Default: all variants. */
  readonly variant?: string | undefined;
  /** The window, half-open, ISO. */
  readonly start: string;
  readonly end: string;
}

/** Whose records to read, and which of them. */
export interface RecordsParams {
  readonly project: string;
  readonly monitor: string;
  /** ISO: the execution whose report has the violation. */
  readonly scheduledTime?: string | undefined;
  /** Instead of `scheduledTime`: the window of a `check`. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly rule?: Rule | undefined;
  /** `Violation.id`. */
  readonly violation?: string | undefined;
  /** Instead of `violation`: a place in the report's `modelQuality.segments`. */
  readonly segment?: number | undefined;
  /** The first row of the page; default 0. */
  readonly offset?: number | undefined;
  /** Rows of the page, at most 1,000; default 50. */
  readonly limit?: number | undefined;
  /** Default: the order of the capture. Ascending: numbers, then texts; missing values come last in either direction. */
  readonly sort?: RecordsSort | undefined;
  /** All hold; columns by their places in `RecordsResult.columns`. */
  readonly filters?: readonly RowFilter[] | undefined;
}

/** By which column records are sorted. */
export interface RecordsSort {
  /** A place in `RecordsResult.columns`. */
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** One page of records. */
export interface RecordsResult {
  /** `time`, `eventId`, `inferenceId`, `file` and `line` of part `record` come first, those that any row has. */
  readonly columns: readonly RecordsColumn[];
  /** The page; one text a column, null where the value is missing. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Rows that meet the filters. */
  readonly total: number;
  /** Rows behind the violation, at most {@link RecordsResult.cap}. */
  readonly matching: number;
  /** Whether there are more rows than were read: sorting and filters then are those of the first `cap` rows. */
  readonly capped: boolean;
  /** How many rows are read at most. */
  readonly cap: number;
}

/** A column of records. */
export interface RecordsColumn {
  readonly name: string;
  /** Where its values stand; `record` is the request's own data. Absent where that is not known. */
  readonly part?: 'record' | 'output' | 'input' | 'ground-truth' | 'file' | 'hook';
}

/** Which file to read. */
export interface ReadParams {
  readonly project: string;
  /** A file below the project's folder, or below a folder of results or a baseline that it names; relative to the project. */
  readonly uri: string;
  /** At most 4,000,000; default 1,000,000. */
  readonly maxBytes?: number | undefined;
}

/** The whole file. */
export interface ReadResult {
  readonly text: string;
  readonly sizeBytes: number;
}
