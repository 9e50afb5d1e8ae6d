/** What was written, and when the first check is due. */
export interface CreatedMonitors {
  readonly endpoint: string;
  readonly monitors: readonly string[];
  /** ISO: the scheduled time of the first check; left out where none was scheduled yet. */
  readonly at?: string;
}
