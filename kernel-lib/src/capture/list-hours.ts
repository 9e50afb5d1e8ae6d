import { MonitorError } from '../errors.js';
import { joinUri } from '../storage/open-storage.js';
import type { Storage, StoredObject } from '../storage/storage.js';
import {
  type CaptureWindow,
  HOUR_MS,
  hourOfFile,
  hourOverlaps,
  hourPath,
  isDateFolder,
  isoHour,
  type Span,
  spanOfFolders,
  spanOfWindow,
} from './hour-path.js';

const DAY_MS = 24 * HOUR_MS;

/** Up to this many days of a window are listed by name; beyond it the folders that exist are walked. */
const DAYS_BY_NAME = 62;

const listingsAtOnce = 8;

/** What a listing needs besides the place: the signal that aborts it, and who to tell how far it is. */
export interface ListOptions {
  readonly signal?: AbortSignal;
  readonly onListed?: (done: number, total: number) => void;
}

/**
 * The files below hour folders (`root/yyyy/mm/dd/hh/`), by ISO hour, for each hour that overlaps the window; everything
 * without a window. A whole day costs one listing, any other hour its own.
 */
export async function listHours(
  storage: Storage,
  root: string,
  window: CaptureWindow | undefined,
  options: ListOptions = {},
): Promise<Map<string, StoredObject[]>> {
  const span = window === undefined ? undefined : spanOfWindow(window);
  const prefixes = span === undefined ? [root] : await prefixesOf(storage, root, span, options);
  const byHour = new Map<string, StoredObject[]>();
  let done = 0;
  await eachAtOnce(prefixes, async (prefix) => {
    for (const object of await listFiles(storage, prefix, options)) {
      const hour = hourOfFile(object.uri);
      if (hour === undefined || (window !== undefined && !hourOverlaps(hour, window))) continue;
      const objects = byHour.get(hour);
      if (objects === undefined) byHour.set(hour, [object]);
      else objects.push(object);
    }
    done += 1;
    options.onListed?.(done, prefixes.length);
  });
  return byHour;
}

/** The files below a prefix that hold data; none where there is no such prefix. */
export async function listFiles(storage: Storage, uri: string, options: ListOptions = {}): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  try {
    for await (const object of storage.list(uri, signalOf(options))) {
      if (isDataFile(object.uri, uri)) objects.push(object);
    }
  } catch (error) {
    if (!(error instanceof MonitorError) || error.code !== 'FILE_NOT_FOUND') throw error;
  }
  return objects;
}

/** The newest or oldest hour folder below a root, found by walking the greatest or least names. */
export async function extremeHour(
  storage: Storage,
  root: string,
  which: 'newest' | 'oldest',
  options: ListOptions = {},
): Promise<string | undefined> {
  return walk(root, []);

  async function walk(uri: string, folders: readonly string[]): Promise<string | undefined> {
    if (folders.length === 4) return isoHour(spanOfFolders(folders).startMs);
    const names = (await storage.listFolders(uri, signalOf(options))).filter((name) =>
      isDateFolder(name, folders.length),
    );
    for (const name of which === 'newest' ? names.reverse() : names) {
      const found = await walk(joinUri(uri, name), [...folders, name]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

async function prefixesOf(storage: Storage, root: string, span: Span, options: ListOptions): Promise<string[]> {
  const { startMs, endMs } = span;
  if ((endMs - startMs) / DAY_MS > DAYS_BY_NAME) return existingPrefixes(storage, root, span, options);
  const prefixes: string[] = [];
  for (let timeMs = startMs; timeMs < endMs; ) {
    const wholeDay = timeMs % DAY_MS === 0 && timeMs + DAY_MS <= endMs;
    prefixes.push(joinUri(root, wholeDay ? hourPath(timeMs).slice(0, 10) : hourPath(timeMs)));
    timeMs += wholeDay ? DAY_MS : HOUR_MS;
  }
  return prefixes;
}

async function existingPrefixes(storage: Storage, root: string, span: Span, options: ListOptions): Promise<string[]> {
  let level: (readonly string[])[] = [[]];
  for (let depth = 0; depth < 3; depth++) {
    const next: (readonly string[])[] = [];
    await eachAtOnce(level, async (folders) => {
      for (const name of await storage.listFolders(joinUri(root, ...folders), signalOf(options))) {
        if (!isDateFolder(name, depth)) continue;
        const { startMs, endMs } = spanOfFolders([...folders, name]);
        if (startMs < span.endMs && endMs > span.startMs) next.push([...folders, name]);
      }
    });
    level = next;
  }
  return level.map((folders) => joinUri(root, ...folders)).sort();
}

function isDataFile(uri: string, root: string): boolean {
  const below = uri.slice(root.length).split('/');
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  if (below.some((part) => part.startsWith('.') || part.startsWith('_')) || /^[._]/.test(name)) return false;
  if (/\.gz$/i.test(name)) {
    throw new MonitorError('FORMAT', 'Compressed capture files are not read.', {
      where: uri,
      fix: 'unpack the .gz files; the service writes capture uncompressed',
    });
  }
  return !name.includes('.') || /\.(jsonl|json|out|ndjson)$/i.test(name);
}

function signalOf({ signal }: ListOptions): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

async function eachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const workers = Array.from({ length: Math.min(listingsAtOnce, items.length) }, async () => {
    while (next < items.length) await act(items[next++]!);
  });
  await Promise.all(workers);
}
