import { Worker } from 'node:worker_threads';
import type { ReadPlan } from '../capture/read-plan.js';
import { MonitorError, type MonitorErrorCode } from '../errors.js';
import type { CaptureTask, TaskResult } from './capture-task.js';
import { openTaskProfiler } from './open-task-profiler.js';
import type { TaskProfiler } from './profile-task.js';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker-messages.js';

/** Where tasks are done: worker threads, this one, or both. */
export interface TaskThreads {
  /** Does a task as soon as a thread is free. */
  run(task: CaptureTask): Promise<TaskResult>;
  /** Ends all threads. Tasks not done yet fail with `ABORTED`. */
  close(): Promise<void>;
}

/**
 * Each thread costs some 0.3 s of CPU until its code is fast, and 25 MB: this thread is there already.
 *
 * @param threads - all together, 1 or more; with 1 no worker is started.
 * @param here - whether this thread does tasks, too, and blocks meanwhile; else it serves the workers alone.
 * @param onBytes - called with the bytes read since its last call.
 */
export function openTaskThreads(
  plan: ReadPlan,
  threads: number,
  here: boolean,
  onBytes: (bytes: number) => void,
): TaskThreads {
  if (threads <= 1) return thisThread(plan, onBytes);
  return severalThreads(plan, here ? threads - 1 : threads, here, onBytes);
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

/** Worker threads and, with `here`, this one. */
function severalThreads(
  plan: ReadPlan,
  workerCount: number,
  here: boolean,
  onBytes: (bytes: number) => void,
): TaskThreads {
  const waiting: Job[] = [];
  const given = new Map<Worker, Job[]>();
  const profiler = here ? openTaskProfiler(plan) : undefined;
  profiler?.catch(() => undefined);
  let workingHere = false;
  let failure: Error | undefined;

  /** Gives out tasks until each worker has so many. */
  const give = (most: number): void => {
    for (const [worker, jobs] of given) {
      while (jobs.length < most && waiting.length > 0) {
        const job = waiting.shift()!;
        jobs.push(job);
        worker.postMessage({ task: job.task } satisfies WorkerRequest);
      }
    }
  };
  const workHere = async (opened: Promise<TaskProfiler>): Promise<void> => {
    if (workingHere) return;
    workingHere = true;
    for (;;) {
      // What the workers have answered meanwhile comes first.
      await new Promise((resolve) => setImmediate(resolve));
      const job = waiting.shift();
      if (job === undefined) break;
      // They go on while this thread is busy.
      give(2);
      try {
        job.resolve((await opened).run(job.task, onBytes));
      } catch (error) {
        job.reject(error as Error);
      }
    }
    workingHere = false;
  };
  const fail = (error: Error): void => {
    failure ??= error;
    for (const job of [...[...given.values()].flat(), ...waiting.splice(0)]) job.reject(failure);
    for (const jobs of given.values()) jobs.length = 0;
  };
  const workers = Array.from({ length: workerCount }, () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { plan } satisfies WorkerStart,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer.kind === 'bytes') {
        onBytes(answer.bytes);
        return;
      }
      const job = given.get(worker)!.shift();
      if (answer.kind === 'result') job?.resolve(answer.result);
      else job?.reject(new MonitorError(answer.code as MonitorErrorCode, answer.what, answer.options));
      give(1);
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(aborted()));
    given.set(worker, []);
    return worker;
  });

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        waiting.push({ task, resolve, reject });
        give(1);
        if (profiler !== undefined && waiting.length > 0) void workHere(profiler);
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
