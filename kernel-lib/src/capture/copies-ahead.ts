import { openStorage } from '../storage/open-storage.js';
import type { StoredObject } from '../storage/storage.js';
import type { CaptureHour } from './capture-hour.js';

/** Fetches begun before their turn. */
const AHEAD = 8;

/** An object, the hour it lies in, and where its local copy is. */
export interface CopiedObject {
  readonly hour: string | undefined;
  readonly object: StoredObject;
  readonly path: string;
}

/** The objects of hours in order, each with its local copy; the next ones are fetched while one is read. */
export async function* copiesAhead(
  hours: readonly CaptureHour[],
  signal: AbortSignal | undefined,
): AsyncGenerator<CopiedObject> {
  const objects = hours.flatMap(({ hour, objects: found }) => found.map((object) => ({ hour, object })));
  const begun: Promise<string>[] = [];
  for (const [index, { hour, object }] of objects.entries()) {
    while (begun.length < objects.length && begun.length <= index + AHEAD) {
      const next = objects[begun.length]!.object;
      const copy = openStorage(next.uri).localCopy(next, signal ? { signal } : {});
      // A fetch that fails is told in its turn, or never where reading stopped before.
      copy.catch(() => undefined);
      begun.push(copy);
    }
    yield { hour, object, path: await begun[index]! };
  }
}
