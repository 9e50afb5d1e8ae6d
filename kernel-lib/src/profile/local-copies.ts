import type { StoredObject } from '../storage/storage.js';

/** Fetches that run side by side. More gained nothing against a local S3 server; see the decision on S3 reads. */
const CONCURRENCY = 16;

/** Makes local copies of objects ahead of their readers: in the order given, a bounded number at a time. */
export class LocalCopies {
  readonly #waiting: StoredObject[];
  readonly #copy: (object: StoredObject) => Promise<string>;
  readonly #settle = new Map<StoredObject, { resolve: (path: string) => void; reject: (error: unknown) => void }>();
  readonly #paths = new Map<StoredObject, Promise<string>>();

  constructor(objects: readonly StoredObject[], copy: (object: StoredObject) => Promise<string>) {
    this.#waiting = [...objects].reverse();
    this.#copy = copy;
    for (const object of objects) {
      const path = new Promise<string>((resolve, reject) => this.#settle.set(object, { resolve, reject }));
      path.catch(() => undefined);
      this.#paths.set(object, path);
    }
    for (let i = 0; i < CONCURRENCY; i++) void this.#copyNext();
  }

  /** Where the copy of one of the objects lies, as soon as it is there. */
  path(object: StoredObject): Promise<string> {
    return this.#paths.get(object)!;
  }

  /** Begins no more copies. */
  stop(): void {
    this.#waiting.length = 0;
  }

  async #copyNext(): Promise<void> {
    for (let object = this.#waiting.pop(); object !== undefined; object = this.#waiting.pop()) {
      const { resolve, reject } = this.#settle.get(object)!;
      try {
        resolve(await this.#copy(object));
      } catch (error) {
        reject(error);
        this.stop();
      }
    }
  }
}
