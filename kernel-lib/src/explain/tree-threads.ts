import { Worker } from 'node:worker_threads';
import { MonitorError } from '../errors.js';
import type { Attributions } from './explainer.js';
import { attributeRows, type PreparedTrees } from './tree-shap.js';
import type { TreeAnswer, TreeTask } from './tree-worker.js';

/** Explains encoded rows on several threads. */
export interface TreeThreads {
  /**
   * @param encoded - rows as `TreeModel.encode` makes them.
   * @returns the same to the last bit whatever the number of threads.
   * @throws MonitorError `ABORTED` once the signal is, or after `close`.
   */
  explain(encoded: Float64Array, signal?: AbortSignal): Promise<Attributions>;
  /** Ends all threads. */
  close(): Promise<void>;
}

/** A thread costs some 0.1 s until its code is fast: so many rows are explained on this one before others are started. */
const ROWS_ALONE = 8_192;
/** Rows that a thread is given at once. */
const BLOCK_ROWS = 1_024;
/** Blocks that a thread has at most, one in work and one waiting. */
const BLOCKS_AHEAD = 2;

/** @param threads - worker threads, 1 or more; with 1 no worker is started. */
export function openTreeThreads(prepared: PreparedTrees, threads: number): TreeThreads {
  const { width } = prepared.sum;
  let alone = 0;
  let pool: WorkerPool | undefined;
  let closed = false;
  return {
    async explain(encoded, signal) {
      if (closed || signal?.aborted) throw aborted();
      const rows = width === 0 ? 0 : encoded.length / width;
      if (threads <= 1 || alone + rows <= ROWS_ALONE) {
        alone += rows;
        return attributeRows(prepared, encoded);
      }
      pool ??= new WorkerPool(prepared, threads);
      return pool.explain(encoded, signal);
    },
    async close() {
      closed = true;
      await pool?.close();
    },
  };
}

interface Job {
  readonly encoded: Float64Array;
  readonly done: (answer: TreeAnswer) => void;
  readonly failed: (error: Error) => void;
}

class WorkerPool {
  readonly #prepared: PreparedTrees;
  readonly #workers = new Map<Worker, Job[]>();
  readonly #waiting: Job[] = [];
  #failure: Error | undefined;

  constructor(prepared: PreparedTrees, threads: number) {
    this.#prepared = prepared;
    for (let thread = 0; thread < threads; thread++) {
      const worker = new Worker(new URL('./tree-worker.js', import.meta.url), {
        workerData: prepared,
        // Node's own options, such as `--input-type`, are of the main script.
        execArgv: [],
      });
      // A process whose work is done does not wait for threads that have nothing to do.
      worker.unref();
      this.#workers.set(worker, []);
      worker.on('message', (answer: TreeAnswer) => {
        this.#workers.get(worker)!.shift()?.done(answer);
        this.#give();
      });
      worker.on('error', (error) => this.#fail(error));
      worker.on('exit', () => this.#fail(aborted()));
    }
  }

  async explain(encoded: Float64Array, signal?: AbortSignal): Promise<Attributions> {
    const { width, baseMargins } = this.#prepared.sum;
    const outputs = baseMargins.length;
    const rows = encoded.length / width;
    const values = new Float64Array(rows * outputs * width);
    const answers = new Float64Array(rows * outputs);
    const blocks = Array.from({ length: Math.ceil(rows / BLOCK_ROWS) }, async (_, block) => {
      const first = block * BLOCK_ROWS;
      // A copy: what is handed over is no longer this thread's.
      const answer = await this.#run(encoded.slice(first * width, (first + BLOCK_ROWS) * width));
      values.set(answer.values, first * outputs * width);
      answers.set(answer.answers, first * outputs);
    });
    await orAborted(Promise.all(blocks), signal);
    return { rows, values, answers };
  }

  async close(): Promise<void> {
    this.#fail(aborted());
    await Promise.all([...this.#workers.keys()].map((worker) => worker.terminate()));
  }

  #run(encoded: Float64Array): Promise<TreeAnswer> {
    return new Promise((done, failed) => {
      if (this.#failure !== undefined) {
        failed(this.#failure);
        return;
      }
      this.#waiting.push({ encoded, done, failed });
      this.#give();
    });
  }

  #give(): void {
    for (let ahead = 1; ahead <= BLOCKS_AHEAD; ahead++) {
      for (const [worker, jobs] of this.#workers) {
        if (jobs.length >= ahead) continue;
        const job = this.#waiting.shift();
        if (job === undefined) {
          if (jobs.length === 0) worker.unref();
          continue;
        }
        jobs.push(job);
        worker.ref();
        const { encoded } = job;
        worker.postMessage({ encoded } satisfies TreeTask, [encoded.buffer as ArrayBuffer]);
      }
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const job of [...[...this.#workers.values()].flat(), ...this.#waiting.splice(0)]) job.failed(this.#failure);
    for (const jobs of this.#workers.values()) jobs.length = 0;
  }
}

/** What is waited for, unless the signal comes first. */
async function orAborted(work: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await work;
    return;
  }
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, failed) => {
    stop = () => failed(aborted());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function aborted(): MonitorError {
  return new MonitorError('ABORTED', 'Explaining was stopped before it was done.');
}
