import { setMaxListeners } from 'node:events';
import { MonitorError } from '../errors.js';

/** Throws `MonitorError` code `ABORTED` once the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MonitorError('ABORTED', 'Stopped before it was finished.', { cause: signal.reason });
}

/** Lets any number of requests listen to one signal; Node prints a warning at the eleventh otherwise. */
export function allowManyListeners(signal: AbortSignal | undefined): void {
  if (signal) setMaxListeners(0, signal);
}
