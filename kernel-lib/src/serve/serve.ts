import { MonitorError } from '../errors.js';
import type { Progress } from '../progress.js';
import { notebookDisplay, type SendBundle, surroundings } from '../report/display.js';
import { type InterruptSource, takeInterrupts } from './interrupts.js';
import {
  REPLY_MIME_TYPE,
  type ServeError,
  type ServeProgress,
  type ServeReply,
  type ServeRequest,
} from './protocol.js';
import { SpacedProgress } from './spaced-progress.js';

const REPLY_LIMIT_BYTES = 32_000_000;

/**
 * Fulfils a request of the JupyterLab panels in a notebook kernel: a {@link ServeRequest}, or its JSON. The answer is sent
 * as an output of the running cell under `REPLY_MIME_TYPE`, progress before it. Requests are fulfilled one after the other.
 * An interrupt of the kernel aborts the request, which then answers with the code `ABORTED`.
 *
 * @throws MonitorError `USAGE` outside a notebook, and for what is no request. Failures of the method itself are answers.
 */
export async function serve(request: unknown): Promise<void> {
  const send = notebookDisplay(surroundings());
  if (send === undefined) {
    throw new MonitorError('USAGE', 'serve() answers the panels from a notebook kernel, and this is none.', {
      fix: 'call the functions of the library instead',
    });
  }
  await serveWith(request, send, process);
}

let running: Promise<void> = Promise.resolve();

/** {@link serve}, told where to send answers and where interrupts come from. */
export function serveWith(request: unknown, send: SendBundle, interrupts: InterruptSource): Promise<void> {
  const served = running.then(() => answer(parseRequest(request), send, interrupts));
  running = served.catch(() => {});
  return served;
}

async function answer(
  { id, method, params }: ServeRequest,
  send: SendBundle,
  interrupts: InterruptSource,
): Promise<void> {
  const post = (message: ServeReply | ServeProgress): void =>
    send({ [REPLY_MIME_TYPE]: message }, { single: REPLY_MIME_TYPE });
  const { signal, release } = takeInterrupts(interrupts);
  const progress = new SpacedProgress((latest) => post({ id, progress: latest }));
  const onProgress = (latest: Progress): void => progress.add(latest);
  try {
    // Loaded late: notebooks that only import the library do without.
    const { callMethod } = await import('./methods/registry.js');
    const result = await callMethod(method, params, { signal, onProgress });
    checkSize(result);
    progress.stop();
    post({ id, ok: true, result });
  } catch (error) {
    progress.stop();
    post({ id, ok: false, error: errorOf(error, signal) });
  } finally {
    release();
  }
}

function parseRequest(request: unknown): ServeRequest {
  const { id, method, params } = (
    typeof request === 'string' ? JSON.parse(request) : (request ?? {})
  ) as Partial<ServeRequest>;
  if (typeof id === 'string' && typeof method === 'string') return { id, method, params };
  throw new MonitorError('USAGE', 'This is no request: it has no id, or no method.', {
    fix: 'send {"id": "1", "method": "about", "params": {}}',
  });
}

function checkSize(result: unknown): void {
  const size = JSON.stringify(result).length;
  if (size <= REPLY_LIMIT_BYTES) return;
  throw new MonitorError(
    'LIMIT',
    `The answer is too large to send: ${size} bytes, the limit is ${REPLY_LIMIT_BYTES}.`,
    {
      fix: 'ask for fewer rows',
    },
  );
}

function errorOf(error: unknown, signal: AbortSignal): ServeError {
  if (error instanceof MonitorError) {
    const { code, what, where, fix } = error;
    return { code, what, ...(where !== undefined && { where }), ...(fix !== undefined && { fix }) };
  }
  if (signal.aborted) return { code: 'ABORTED', what: 'Stopped before it was finished.' };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'FAULT', what: `driftline met a fault of its own: ${text}` };
}
