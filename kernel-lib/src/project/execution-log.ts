import type { Measured } from './add-measures.js';
import type { ExecutionRecord } from './execution-record.js';
import { recordExecution } from './history.js';
import type { HistoryOf } from './history-files.js';
import type { MonitorStatus } from './status.js';
import { monitorStatus, updateStatus } from './status-file.js';

/** How long states of monitors wait to be written together. */
const FLUSH_MS = 3000;

/** What a run tells the history, and the status file beside the project's: each execution at once, states of monitors together. */
export class ExecutionLog {
  readonly #location: string;
  readonly #states = new Map<string, MonitorStatus>();
  #flushed = Date.now();

  constructor(location: string) {
    this.#location = location;
  }

  async record(folder: string, of: HistoryOf, record: ExecutionRecord, measured?: Measured): Promise<void> {
    await recordExecution(folder, of, record, measured);
  }

  /** The monitor has no more executions in this run. */
  async finish(folder: string, { monitor, endpoint }: HistoryOf): Promise<void> {
    const state = await monitorStatus(folder, endpoint);
    if (state !== undefined) this.#states.set(monitor, state);
    if (Date.now() - this.#flushed > FLUSH_MS) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#states.size === 0) return;
    await updateStatus(this.#location, this.#states, new Date());
    this.#states.clear();
    this.#flushed = Date.now();
  }
}
