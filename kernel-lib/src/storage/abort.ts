import { MonitorError } from '../errors.js';

/** Throws `MonitorError` code `ABORTED` once the signal is aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MonitorError('ABORTED', 'Stopped before it was finished.', { cause: signal.reason });
}
