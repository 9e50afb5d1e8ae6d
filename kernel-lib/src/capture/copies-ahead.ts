import { localCopies } from '../storage/copy-all.js';
import { openStorage } from '../storage/open-storage.js';
import type { Storage, StoredObject } from '../storage/storage.js';
import type { CaptureHour } from './capture-hour.js';

/** The one that is read, and the fetches begun before their turn. */
const CONCURRENCY = 1 + 8;

/** An object, the hour it lies in, and where its local copy is. */
export interface CopiedObject {
  readonly hour: string | undefined;
  readonly object: StoredObject;
  readonly path: string;
}

const anyStorage: Pick<Storage, 'localCopy'> = {
  localCopy: (object, options) => openStorage(object.uri).localCopy(object, options),
};

/** The objects of hours in order, each with its local copy; the next ones are fetched while one is read. */
export async function* copiesAhead(
  hours: readonly CaptureHour[],
  signal: AbortSignal | undefined,
): AsyncGenerator<CopiedObject> {
  const hourOf = new Map(hours.flatMap(({ hour, objects }) => objects.map((object) => [object, hour] as const)));
  const options = { concurrency: CONCURRENCY, ...(signal && { signal }) };
  for await (const { object, path } of localCopies(anyStorage, hourOf.keys(), options)) {
    yield { hour: hourOf.get(object), object, path };
  }
}
