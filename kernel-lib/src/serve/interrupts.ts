/** What emits interrupts: the process. */
export interface InterruptSource {
  listeners(event: 'SIGINT'): readonly unknown[];
  on(event: 'SIGINT', listener: () => void): unknown;
  off(event: 'SIGINT', listener: () => void): unknown;
}

/**
 * Takes interrupts over for the time of a call: the first one aborts `signal`, so that the call itself stops and then answers;
 * a later one goes to the listeners that were there before. The tslab kernel's own listener would only stop waiting for the
 * call, and leave it running.
 *
 * @returns with `release`, which gives the interrupts back.
 */
export function takeInterrupts(source: InterruptSource): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const others = source.listeners('SIGINT') as (() => void)[];
  const interrupted = (): void => {
    if (controller.signal.aborted) for (const other of others) other();
    else controller.abort();
  };
  // Never without a listener: Node would end the process.
  source.on('SIGINT', interrupted);
  for (const other of others) source.off('SIGINT', other);
  return {
    signal: controller.signal,
    release: () => {
      for (const other of others) source.on('SIGINT', other);
      source.off('SIGINT', interrupted);
    },
  };
}
