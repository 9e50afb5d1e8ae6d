import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { MonitorType, Rule } from '../../report/report.js';

/** What is decided differently from what was found. Whatever is left out is as found. */
export interface SetupChoices {
  readonly endpoint?: string | undefined;
  /** Adds monitors to an endpoint that is there; by default that is refused. */
  readonly extend?: boolean | undefined;
  /** Columns of the training file; null: there is none. */
  readonly label?: string | null | undefined;
  readonly prediction?: string | null | undefined;
  readonly probability?: string | null | undefined;
  readonly problemType?: ProblemType | undefined;
  readonly positiveLabel?: string | undefined;
  /** Names of the captured columns, in order; those that the capture names stay as they are. */
  readonly output?: readonly string[] | undefined;
  readonly input?: readonly string[] | undefined;
  /** Columns whose groups are compared. */
  readonly facets?: readonly string[] | undefined;
  /** Default: all that are possible. */
  readonly monitors?: readonly MonitorType[] | undefined;
  /** Default: daily, `cron(0 0 ? * * *)`. */
  readonly schedule?: string | undefined;
  readonly rule?: Rule | undefined;
}
