import { EndpointFailure } from './endpoint-failure.js';

/**
 * Runs a request with a signal that fires at the caller's abort or after `timeoutMs`.
 *
 * @throws EndpointFailure that passes, when the time is over; else what the request throws.
 */
export async function withinTime<T>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let late = false;
  const stop = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  try {
    return await request(controller.signal);
  } catch (error) {
    if (!late || signal?.aborted) throw error;
    throw new EndpointFailure(`The endpoint did not answer within ${timeoutMs / 1000} s`, {
      passing: true,
      fix: 'check that it runs, raise DRIFTLINE_MODEL_TIMEOUT_MS, or lower DRIFTLINE_MODEL_BATCH_ROWS; then run again',
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
