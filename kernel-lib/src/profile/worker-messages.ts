import type { ReadPlan } from '../capture/read-plan.js';
import type { MonitorErrorOptions } from '../errors.js';
import type { CaptureTask, TaskResult } from './capture-task.js';

/** What a worker thread is started with. */
export interface WorkerStart {
  readonly plan: ReadPlan;
}

/** To a worker: a task to do. It does one at a time. */
export interface WorkerRequest {
  readonly task: CaptureTask;
}

/** From a worker: bytes read since the last message, or how the task ended. */
export type WorkerAnswer =
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'result'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly code: string; readonly what: string; readonly options: MonitorErrorOptions };
