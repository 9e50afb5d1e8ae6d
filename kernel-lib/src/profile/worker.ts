import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { MonitorError } from '../errors.js';
import { openTaskProfiler } from './open-task-profiler.js';
import { transferables } from './profile-file.js';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker-messages.js';

/** Does tasks for `TaskThreads`. The module of a worker thread: it exports nothing. */
function serve(port: MessagePort): void {
  const { plan } = workerData as WorkerStart;
  const answer = (message: WorkerAnswer): void => port.postMessage(message);
  const opened = openTaskProfiler(plan);
  port.on('message', async ({ task }: WorkerRequest) => {
    try {
      const profiler = await opened;
      const result = profiler.run(task, (bytes) => answer({ kind: 'bytes', bytes }));
      port.postMessage({ kind: 'result', result } satisfies WorkerAnswer, transferables(result.profile));
    } catch (error) {
      const { code, what, where, fix } =
        error instanceof MonitorError
          ? error
          : {
              code: 'FILE_NOT_READABLE',
              what: String((error as Error).stack ?? error),
              where: undefined,
              fix: undefined,
            };
      answer({ kind: 'failed', code, what, options: { ...(where && { where }), ...(fix && { fix }) } });
    }
  });
}

if (parentPort !== null) serve(parentPort);
