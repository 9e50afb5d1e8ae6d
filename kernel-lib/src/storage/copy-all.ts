import type { Progress } from '../progress.js';
import type { Storage, StoredObject } from './storage.js';

export interface LocalCopiesOptions {
  /** Copies under way or waiting to be read. Default 32. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface LocalCopy {
  readonly object: StoredObject;
  /** Of a local file with the object's content. */
  readonly path: string;
}

/**
 * Local copies of many objects, in their order, fetched in parallel: never more than `concurrency` are ahead of the
 * reader, so that a slow reader bounds what lies on disk. A failed copy throws when its turn comes; no more are begun.
 */
export async function* localCopies(
  storage: Pick<Storage, 'localCopy'>,
  objects: Iterable<StoredObject> | AsyncIterable<StoredObject>,
  options: LocalCopiesOptions = {},
): AsyncGenerator<LocalCopy> {
  const { concurrency = 32, signal, onProgress } = options;
  const ahead: Promise<LocalCopy>[] = [];
  let done = 0;
  const first = async (): Promise<LocalCopy> => {
    const copy = await ahead.shift()!;
    onProgress?.({ stage: 'reading files', done: ++done, unit: 'files' });
    return copy;
  };
  for await (const object of objects) {
    const copy = storage.localCopy(object, signal ? { signal } : {}).then((path) => ({ object, path }));
    copy.catch(() => undefined);
    ahead.push(copy);
    if (ahead.length >= concurrency) yield await first();
  }
  while (ahead.length > 0) yield await first();
}
