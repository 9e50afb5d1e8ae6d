/** Arguments of `driftline:open-execution`; a type, since JSON objects have an index signature. */
export type ExecutionArgs = {
  /** The project's folder below the server's root. */
  project: string;
  monitor: string;
  /** ISO; names the execution. */
  scheduledTime: string;
};
