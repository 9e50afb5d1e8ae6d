import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { attributeRows, type PreparedTrees } from './tree-shap.js';

/** Rows for a worker thread. */
export interface TreeTask {
  readonly encoded: Float64Array;
}

/** What it answers: see `Attributions`. */
export interface TreeAnswer {
  readonly values: Float64Array;
  readonly answers: Float64Array;
}

/** Explains rows for `TreeThreads`. The module of a worker thread. */
function serve(port: MessagePort): void {
  const prepared = workerData as PreparedTrees;
  port.on('message', ({ encoded }: TreeTask) => {
    const { values, answers } = attributeRows(prepared, encoded);
    const answer: TreeAnswer = { values, answers };
    port.postMessage(answer, [values.buffer as ArrayBuffer, answers.buffer as ArrayBuffer]);
  });
}

if (parentPort !== null) serve(parentPort);
