import { throwIfAborted } from './abort.js';

/** Lets a bounded number of callers in at a time, in the order they came. */
export class Gate {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place. The result gives it back; call it once. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    throwIfAborted(signal);
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const leave = (): void => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
    if (signal?.aborted) {
      leave();
      throwIfAborted(signal);
    }
    return leave;
  }
}
