import type { ExecutionRecord } from 'driftline';
import { type HoursFile, parseHours } from 'driftline/browser';
import type { ProjectStore } from '../../project/project-store.js';

/** Files that are kept in memory: going back and forth between hours does not fetch them again. */
const KEPT = 24;

/** The distributions by captured hour of a project's executions. */
export class HoursFiles {
  readonly #store: ProjectStore;
  readonly #files = new Map<string, Promise<HoursFile | undefined>>();

  constructor(store: ProjectStore) {
    this.#store = store;
  }

  /** Those of an execution; undefined where they were not kept. Never throws. */
  read(monitor: string, execution: ExecutionRecord): Promise<HoursFile | undefined> {
    const key = `${monitor} ${execution.scheduledTime} ${execution.endedAt}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    const file = this.#store.executionFile(monitor, execution, 'hours.json').then(
      (text) => parseHours(text, `${execution.folder}/hours.json`),
      () => {
        this.#files.delete(key);
        return undefined;
      },
    );
    this.#files.set(key, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > KEPT && oldest !== undefined) this.#files.delete(oldest);
    return file;
  }
}
