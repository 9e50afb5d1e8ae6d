import { type ISignal, Signal } from '@lumino/signaling';

/** Which monitors are being run from this page. */
export class RunTracker {
  readonly #running = new Map<string, number>();
  readonly #changed = new Signal<this, void>(this);

  /** Emitted when a run begins or ends. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  isRunning(project: string, monitor: string): boolean {
    return this.#running.has(`${project}\n${monitor}`);
  }

  /** @returns what ends the run. */
  begin(project: string, monitors: readonly string[]): () => void {
    const keys = monitors.map((monitor) => `${project}\n${monitor}`);
    this.#add(keys, 1);
    return () => this.#add(keys, -1);
  }

  #add(keys: readonly string[], change: 1 | -1): void {
    for (const key of keys) {
      const count = (this.#running.get(key) ?? 0) + change;
      if (count > 0) this.#running.set(key, count);
      else this.#running.delete(key);
    }
    this.#changed.emit();
  }
}
