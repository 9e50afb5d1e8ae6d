/** What a long call reports while it runs; only `cli/progress.ts` draws it. */
export interface Progress {
  /** What is being done now, in plain words: "listing capture", "profiling". */
  readonly stage: string;
  /** How much of `total` is done, in `unit`s. */
  readonly done: number;
  /** Undefined while the total is not known yet. */
  readonly total?: number;
  readonly unit: 'files' | 'bytes' | 'rows' | 'steps';
}

/** Accepted by every front function of the library. */
export interface RunOptions {
  /** Aborts the call: it rejects with `MonitorError` code `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Called now and then while the call works. */
  readonly onProgress?: (progress: Progress) => void;
}

/** The run options among other ones, to hand on. */
export function runOptions({ signal, onProgress }: RunOptions): RunOptions {
  return { ...(signal && { signal }), ...(onProgress && { onProgress }) };
}
