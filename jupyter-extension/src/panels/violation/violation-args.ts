/** Which violation is shown. */
export type ViolationArgs = {
  /** The folder of the project below the server's root. */
  readonly project: string;
  readonly monitor: string;
  /** ISO; names the execution. */
  readonly scheduledTime: string;
  /** `Violation.id`. */
  readonly violation: string;
};
