import type { Violation } from 'driftline';
import type { ViolationState } from 'driftline/browser';

/** The project that a report belongs to: what people decided about its violations, and where each of them is followed. */
export interface ReportProject {
  /** The project's folder, from the server's root. */
  readonly path: string;
  stateOf(violation: Violation): ViolationState;
  /** Opens the view of the violation. */
  open(violation: Violation): void;
  /** Calls back when decisions have changed, for as long as the report is shown. */
  watch(changed: () => void): void;
}
