import { Worker } from 'node:worker_threads';
import type { ReadPlan } from '../capture/read-plan.js';
import { MonitorError, type MonitorErrorCode } from '../errors.js';
import type { CaptureTask, TaskResult } from './capture-task.js';
import { openTaskProfiler } from './open-task-profiler.js';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker-messages.js';

/** Where tasks are done: worker threads, or this one. */
export interface TaskThreads {
  /** Does a task as soon as a thread is free; tasks begin in the order of the calls. */
  run(task: CaptureTask): Promise<TaskResult>;
  /** Ends all threads. Tasks not done yet fail with `ABORTED`. */
  close(): Promise<void>;
}

/**
 * @param threads - worker threads to start; 0 does tasks in this thread, which starts faster and blocks meanwhile.
 * @param onBytes - called with the bytes read since its last call.
 */
export function openTaskThreads(plan: ReadPlan, threads: number, onBytes: (bytes: number) => void): TaskThreads {
  return threads === 0 ? thisThread(plan, onBytes) : workerThreads(plan, threads, onBytes);
}

function thisThread(plan: ReadPlan, onBytes: (bytes: number) => void): TaskThreads {
  const profiler = openTaskProfiler(plan);
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const run = async (task: CaptureTask, before: Promise<unknown>): Promise<TaskResult> => {
    await before;
    await new Promise((resolve) => setImmediate(resolve));
    if (closed) throw aborted();
    return (await profiler).run(task, onBytes);
  };
  return {
    run: (task) => {
      const result = run(task, last);
      last = result.catch(() => undefined);
      return result;
    },
    close: async () => {
      closed = true;
      await profiler.catch(() => undefined);
    },
  };
}

interface Job {
  readonly task: CaptureTask;
  readonly resolve: (result: TaskResult) => void;
  readonly reject: (error: Error) => void;
}

function workerThreads(plan: ReadPlan, threads: number, onBytes: (bytes: number) => void): TaskThreads {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const running = new Map<Worker, Job>();
  let failure: Error | undefined;

  const next = (worker: Worker): void => {
    running.delete(worker);
    const job = waiting.shift();
    if (job === undefined) {
      idle.push(worker);
      return;
    }
    running.set(worker, job);
    worker.postMessage({ task: job.task } satisfies WorkerRequest);
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const job of [...running.values(), ...waiting.splice(0)]) job.reject(failure);
    running.clear();
  };
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { plan } satisfies WorkerStart,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'bytes') {
        onBytes(answer.bytes);
        return;
      }
      const job = running.get(worker);
      if (answer.kind === 'result') job?.resolve(answer.result);
      else job?.reject(new MonitorError(answer.code as MonitorErrorCode, answer.what, answer.options));
      next(worker);
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(aborted()));
    return worker;
  });
  idle.push(...workers);

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        waiting.push({ task, resolve, reject });
        const worker = idle.shift();
        if (worker !== undefined) next(worker);
      }),
    close: async () => {
      fail(aborted());
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function aborted(): MonitorError {
  return new MonitorError('ABORTED', 'Profiling was stopped before it was done.');
}
