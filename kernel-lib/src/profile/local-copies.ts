import type { StoredObject } from '../storage/storage.js';

/** Fetches that run side by side. More gained nothing against a local S3 server; see the decision on S3 reads. */
const CONCURRENCY = 16;
/** Copies begun that no reader has asked for yet: a slow reader bounds what lies in the cache before it is read. */
const AHEAD = 64;

/**
 * Makes local copies of objects ahead of their readers: in the order given, which is the readers' order, a bounded
 * number at a time and ahead.
 */
export class LocalCopies {
  readonly #waiting: StoredObject[];
  readonly #copy: (object: StoredObject) => Promise<string>;
  readonly #settle = new Map<StoredObject, { resolve: (path: string) => void; reject: (error: unknown) => void }>();
  readonly #paths = new Map<StoredObject, Promise<string>>();
  readonly #asked = new Set<StoredObject>();
  #begun = 0;
  #running = 0;

  constructor(objects: readonly StoredObject[], copy: (object: StoredObject) => Promise<string>) {
    this.#waiting = [...objects].reverse();
    this.#copy = copy;
    for (const object of objects) {
      const path = new Promise<string>((resolve, reject) => this.#settle.set(object, { resolve, reject }));
      path.catch(() => undefined);
      this.#paths.set(object, path);
    }
    this.#goOn();
  }

  /** Where the copy of one of the objects lies, as soon as it is there. */
  path(object: StoredObject): Promise<string> {
    this.#asked.add(object);
    this.#goOn();
    return this.#paths.get(object)!;
  }

  /** Begins no more copies. */
  stop(): void {
    this.#waiting.length = 0;
  }

  #goOn(): void {
    while (this.#running < CONCURRENCY && this.#begun - this.#asked.size < AHEAD) {
      const object = this.#waiting.pop();
      if (object === undefined) return;
      this.#begun++;
      this.#running++;
      void this.#copyOne(object);
    }
  }

  async #copyOne(object: StoredObject): Promise<void> {
    const { resolve, reject } = this.#settle.get(object)!;
    try {
      resolve(await this.#copy(object));
    } catch (error) {
      reject(error);
      this.stop();
    } finally {
      this.#running--;
    }
    this.#goOn();
  }
}
