import { MonitorError } from '../errors.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import type { Storage, StoredObject } from '../storage/storage.js';
import type { CaptureHour } from './capture-hour.js';
import type { CaptureWindow } from './hour-path.js';
import { type ListOptions, listFiles, listHours } from './list-hours.js';
import { transformRecords } from './transform-records.js';

/**
 * The hours of batch-transform capture: `{root}/input/yyyy/mm/dd/hh/*.json` and `{root}/output/...` hold manifests, the
 * hour being that of the job's start. Each output file the manifests name is paired with the input file it was made
 * from (`name` and `name.out`) and read as capture lines (`transformRecords`); with input manifests alone, the inputs are.
 *
 * A prefix in a manifest is an S3 URI, an absolute path, or a path from `root`.
 */
export async function batchHours(
  storage: Storage,
  root: string,
  window: CaptureWindow | undefined,
  options: ListOptions,
): Promise<CaptureHour[]> {
  const inputs = await listHours(storage, joinUri(root, 'input'), window, options);
  const outputs = await listHours(storage, joinUri(root, 'output'), window, options);
  const hours: CaptureHour[] = [];
  for (const hour of [...new Set([...inputs.keys(), ...outputs.keys()])].sort()) {
    const given = await namedFiles(storage, root, inputs.get(hour) ?? [], options);
    const made = await namedFiles(storage, root, outputs.get(hour) ?? [], options);
    const objects: StoredObject[] = [];
    for (const output of made) {
      const source = given.find(({ uri }) => baseName(output.uri) === `${baseName(uri)}.out`);
      objects.push(await transformRecords(output, source, options));
    }
    if (made.length === 0) {
      for (const input of given) objects.push(await transformRecords(undefined, input, options));
    }
    if (objects.length > 0) hours.push({ hour, objects });
  }
  return hours;
}

async function namedFiles(
  storage: Storage,
  root: string,
  manifests: readonly StoredObject[],
  options: ListOptions,
): Promise<StoredObject[]> {
  const files = new Map<string, StoredObject>();
  for (const manifest of manifests) {
    const entries = parseManifest(new TextDecoder().decode(await storage.read(manifest.uri)), manifest.uri);
    for (const { prefix, name } of entries) {
      const place = prefix.includes('://') || prefix.startsWith('/') ? prefix : joinUri(root, prefix);
      const found = await filesAt(place, prefix.endsWith('/') ? `${place.replace(/\/$/, '')}/` : place, name, options);
      if (found.length === 0) {
        throw new MonitorError('FILE_NOT_FOUND', `A batch manifest names "${prefix}${name}", which is not there.`, {
          where: manifest.uri,
          fix: 'restore the file, or choose a window without this transform job',
        });
      }
      for (const file of found) files.set(file.uri, file);
    }
  }
  return [...files.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
}

/** A name is appended to its prefix as it is; a prefix without a slash at its end may also be a folder. */
async function filesAt(place: string, prefix: string, name: string, options: ListOptions): Promise<StoredObject[]> {
  const storage = openStorage(place);
  for (const uri of name === '' ? [place] : [prefix + name, joinUri(place, name)]) {
    const object = uri.endsWith('/') ? undefined : await storage.stat(uri);
    if (object !== undefined) return [object];
  }
  return name === '' ? listFiles(storage, place, options) : [];
}

/** A manifest: a JSON list in which an object with a prefix comes before the names it belongs to. */
export function parseManifest(text: string, where: string): { readonly prefix: string; readonly name: string }[] {
  const fail = (cause?: unknown): MonitorError =>
    new MonitorError('FORMAT', 'This is not a batch capture manifest.', {
      where,
      fix: 'a manifest is a JSON list such as [{"prefix": "s3://bucket/output/"}, "part-1.out"]',
      cause,
    });
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw fail(cause);
  }
  if (!Array.isArray(list)) throw fail();
  const entries: { prefix: string; name: string }[] = [];
  let prefix: string | undefined;
  for (const item of list as unknown[]) {
    if (typeof item === 'string' && prefix !== undefined) entries.push({ prefix, name: item });
    else if (isPrefix(item)) prefix = item.prefix;
    else throw fail();
  }
  return entries;
}

function isPrefix(item: unknown): item is { readonly prefix: string } {
  return typeof item === 'object' && item !== null && 'prefix' in item && typeof item.prefix === 'string';
}

function baseName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
