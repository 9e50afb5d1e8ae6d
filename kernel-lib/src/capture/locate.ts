import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { openStorage } from '../storage/open-storage.js';
import type { Storage, StoredObject } from '../storage/storage.js';
import { batchHours } from './batch.js';
import type { CaptureHour } from './capture-hour.js';
import { type CaptureWindow, hourOfFile, hourOverlaps } from './hour-path.js';
import { type CaptureLayout, findLayout } from './layout.js';
import { extremeHour, type ListOptions, listFiles, listHours } from './list-hours.js';

/** The captured files of a window. */
export interface CaptureFiles {
  readonly uri: string;
  /** Ascending; only hours that have files. Files outside hour folders come last, without an hour. */
  readonly hours: readonly CaptureHour[];
  /** ISO; the newest and oldest captured hour there is, in the window or not. Absent without hour folders. */
  readonly newestHour?: string;
  readonly oldestHour?: string;
  readonly layout: 'endpoint' | 'batch' | 'merged' | 'files';
  /** For merged batch records the schedule. */
  readonly endpoint?: string;
  readonly variants?: readonly string[];
}

/**
 * Finds the captured files of a window, half-open; of everything there is without one. Hours that overlap the window are
 * listed, each by its own prefix (whole days by theirs), so that a window costs its own hours only.
 *
 * `uri` may be the capture's destination, `{endpoint}`, `{endpoint}/{variant}`, a date folder of these, the output of a
 * merge job, the destination of batch-transform capture (whose manifests are followed), a folder of capture files
 * without hour folders, or one file. Files outside hour folders belong to every window: their records' own times tell.
 * Names that begin with `.` or `_`, and extensions that capture does not have, are skipped.
 *
 * @throws MonitorError `NO_DATA` where there is nothing at all, `USAGE` where several endpoints lie below, `FORMAT` for
 * compressed files. An empty window is a result: no hours, with `newestHour`.
 */
export async function locateCapture(
  uri: string,
  window?: CaptureWindow,
  options: RunOptions = {},
): Promise<CaptureFiles> {
  const storage = openStorage(uri);
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const listing: ListOptions = {
    ...signal,
    onListed: (done, total) => options.onProgress?.({ stage: 'listing capture', done, total, unit: 'steps' }),
  };
  const place = absolute(uri);
  const noFile = uri.endsWith('/') || /^s3:\/\/[^/]*$/.test(place);
  const object = noFile ? undefined : await storage.stat(place, signal);
  if (object !== undefined) return filesOnly(uri, [object], window);

  const layout = await findLayout(storage, place, signal);
  if (layout.kind === 'files') {
    const objects = await listFiles(storage, place, listing);
    if (objects.length === 0) {
      throw new MonitorError('NO_DATA', 'There is no capture here.', {
        where: uri,
        fix: 'check the address, and that data capture is on; it is the destination, an endpoint, a variant or a date folder',
      });
    }
    return filesOnly(uri, objects, window);
  }
  const asked = intersect(window, layout.window);
  const hours = await hoursOf(storage, layout, asked, listing);
  const newest = await extremes(storage, layout, 'newest', listing);
  const oldest = await extremes(storage, layout, 'oldest', listing);
  return {
    uri,
    hours,
    ...(newest !== undefined && { newestHour: newest }),
    ...(oldest !== undefined && { oldestHour: oldest }),
    layout: layout.kind,
    ...(layout.endpoint !== undefined && { endpoint: layout.endpoint }),
    ...(layout.variants.length > 0 && { variants: layout.variants }),
  };
}

/** Listings give absolute paths, so places are compared as such. */
function absolute(uri: string): string {
  if (uri.startsWith('file://')) return path.resolve(fileURLToPath(uri));
  return uri.includes('://') ? uri.replace(/\/+$/, '') : path.resolve(uri);
}

async function hoursOf(
  storage: Storage,
  layout: CaptureLayout,
  window: CaptureWindow | undefined,
  options: ListOptions,
): Promise<CaptureHour[]> {
  if (window !== undefined && Date.parse(window.start) >= Date.parse(window.end)) return [];
  if (layout.kind === 'batch') return batchHours(storage, layout.roots[0]!, window, options);
  const byHour = new Map<string, StoredObject[]>();
  for (const root of layout.roots) {
    for (const [hour, objects] of await listHours(storage, root, window, options)) {
      byHour.set(hour, [...(byHour.get(hour) ?? []), ...objects]);
    }
  }
  return ascending(byHour);
}

async function extremes(
  storage: Storage,
  layout: CaptureLayout,
  which: 'newest' | 'oldest',
  options: ListOptions,
): Promise<string | undefined> {
  const roots = layout.kind === 'batch' ? layout.roots.map((root) => `${root}/output`) : layout.roots;
  const found = await Promise.all(roots.map((root) => extremeHour(storage, root, which, options)));
  const hours = found.filter((hour) => hour !== undefined).sort();
  return which === 'newest' ? hours.at(-1) : hours[0];
}

function filesOnly(uri: string, objects: readonly StoredObject[], window: CaptureWindow | undefined): CaptureFiles {
  const byHour = new Map<string, StoredObject[]>();
  for (const object of objects) {
    const hour = hourOfFile(object.uri);
    if (hour !== undefined && window !== undefined && !hourOverlaps(hour, window)) continue;
    byHour.set(hour ?? '', [...(byHour.get(hour ?? '') ?? []), object]);
  }
  const known = objects
    .map((object) => hourOfFile(object.uri))
    .filter((hour) => hour !== undefined)
    .sort();
  return {
    uri,
    hours: ascending(byHour),
    ...(known.length > 0 && { newestHour: known.at(-1)!, oldestHour: known[0]! }),
    layout: 'files',
  };
}

function ascending(byHour: ReadonlyMap<string, readonly StoredObject[]>): CaptureHour[] {
  const hours = [...byHour].map(([hour, objects]) => ({
    hour: hour === '' ? undefined : hour,
    objects: [...objects].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0)),
  }));
  return hours.sort((a, b) => ((a.hour ?? '~') < (b.hour ?? '~') ? -1 : 1));
}

/** Date.parse of both bounds, because ISO times may be written with and without milliseconds. */
function intersect(one: CaptureWindow | undefined, other: CaptureWindow | undefined): CaptureWindow | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    start: Date.parse(one.start) > Date.parse(other.start) ? one.start : other.start,
    end: Date.parse(one.end) < Date.parse(other.end) ? one.end : other.end,
  };
}
