import type { Report } from 'driftline';
import type { BackTestedExecution, OtherLimits } from 'driftline/browser';
import type { ProjectStore } from '../../project/project-store.js';

type Library = typeof import('driftline/browser');

/** An execution whose report is at hand. */
export interface PastExecution {
  readonly scheduledTime: string;
  readonly report: Report;
}

/** Reports that are fetched at the same time. */
const AT_ONCE = 6;

/** The latest executions of a monitor that have a report, the oldest first. */
export async function pastExecutions(
  store: ProjectStore,
  monitor: string,
  count: number,
  closed: AbortSignal,
): Promise<PastExecution[]> {
  const all = await store.executions(monitor, { from: new Date(0), to: new Date('9999-12-31T00:00:00Z') });
  const finished = all.filter(({ outcome }) => outcome === 'ok' || outcome === 'violations').slice(-count);
  const found: PastExecution[] = [];
  for (let start = 0; start < finished.length && !closed.aborted; start += AT_ONCE) {
    const part = finished.slice(start, start + AT_ONCE);
    const reports = await Promise.all(part.map((record) => store.report(monitor, record)));
    reports.forEach((read, index) => {
      if ('report' in read) found.push({ scheduledTime: part[index]!.scheduledTime, report: read.report });
    });
  }
  return found;
}

/** What a back-test came to, for the sentence above it. */
export interface BackTestSums {
  readonly executions: number;
  readonly before: number;
  readonly after: number;
  readonly raised: number;
  readonly cleared: number;
}

/** Counts of alerts over all executions, or of one subject's alone. */
export function sumsOf(
  tested: readonly BackTestedExecution[],
  of: (alert: { readonly id: string }) => boolean = () => true,
): BackTestSums {
  const sum = (alerts: (execution: BackTestedExecution) => readonly { readonly id: string }[]): number =>
    tested.reduce((all, execution) => all + alerts(execution).filter(of).length, 0);
  return {
    executions: tested.length,
    before: sum(({ before }) => before),
    after: sum(({ after }) => after),
    raised: sum(({ raised }) => raised),
    cleared: sum(({ cleared }) => cleared),
  };
}

/** The back-test of limits as they are now; kept until they change. */
export class BackTester {
  readonly #library: Library;
  #past: readonly PastExecution[] = [];
  #limits: OtherLimits | undefined;
  #result: readonly BackTestedExecution[] | undefined;

  constructor(library: Library) {
    this.#library = library;
  }

  get past(): readonly PastExecution[] {
    return this.#past;
  }

  setPast(past: readonly PastExecution[]): void {
    this.#past = past;
    this.#result = undefined;
  }

  test(limits: OtherLimits): readonly BackTestedExecution[] {
    if (this.#result === undefined || limits !== this.#limits) {
      this.#limits = limits;
      this.#result = this.#library.backTest(this.#past, limits);
    }
    return this.#result;
  }
}
