import type { Progress } from '../progress.js';

const SPACING_MS = 200;

/** Hands progress on, at most five times a second; the latest is never lost to the spacing. */
export class SpacedProgress {
  readonly #send: (progress: Progress) => void;
  #latest: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (progress: Progress) => void) {
    this.#send = send;
  }

  add(progress: Progress): void {
    if (this.#timer !== undefined) {
      this.#latest = progress;
      return;
    }
    this.#send(progress);
    this.#timer = setTimeout(() => this.#next(), SPACING_MS);
    this.#timer.unref();
  }

  /** Nothing is sent any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#latest = undefined;
  }

  #next(): void {
    const latest = this.#latest;
    this.stop();
    if (latest !== undefined) this.add(latest);
  }
}
