import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';
import { throwIfAborted } from './abort.js';
import { withFileLock } from './file-lock.js';
import type { Storage, StorageContent, StorageOptions, StoredObject } from './storage.js';

const STATS_AT_ONCE = 64;
const unfinished = /^\.driftline-[0-9a-f]{12}\.(tmp|lock|taken)$/;

/**
 * Files on the local disk. Listings follow links to files and folders and leave nothing out but files that this storage is
 * still writing: a link to nothing is listed with size 0, and fails when it is read.
 */
class FileStorage implements Storage {
  async *list(uri: string, options: StorageOptions = {}): AsyncGenerator<StoredObject> {
    const file = toPath(uri);
    const single = await this.stat(file, options);
    if (single) yield single;
    else yield* below(file, [], options);
  }

  async listFolders(uri: string, options: StorageOptions = {}): Promise<string[]> {
    throwIfAborted(options.signal);
    const folder = toPath(uri);
    const entries = await entriesOf(folder);
    const names = await Promise.all(
      entries.map(async (entry) => {
        if (entry.isDirectory()) return entry.name;
        if (!entry.isSymbolicLink()) return undefined;
        return (await statOf(path.join(folder, entry.name)))?.isDirectory() ? entry.name : undefined;
      }),
    );
    return names.filter((name) => name !== undefined).sort();
  }

  async stat(uri: string, options: StorageOptions = {}): Promise<StoredObject | undefined> {
    throwIfAborted(options.signal);
    const file = toPath(uri);
    const stats = await statOf(file);
    return stats === undefined || stats.isDirectory() ? undefined : describe(file, stats);
  }

  async read(uri: string, options: StorageOptions = {}): Promise<Uint8Array> {
    throwIfAborted(options.signal);
    const file = toPath(uri);
    try {
      return await readFile(file);
    } catch (error) {
      throw readError(file, error);
    }
  }

  async localCopy(object: StoredObject, options: StorageOptions = {}): Promise<string> {
    throwIfAborted(options.signal);
    const file = toPath(object.uri);
    if ((await statOf(file)) === undefined) throw notFound(file);
    return file;
  }

  async write(uri: string, content: StorageContent, options: StorageOptions = {}): Promise<void> {
    throwIfAborted(options.signal);
    let file = toPath(uri);
    let temporary: string | undefined;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      file = await realpath(file).catch(() => file);
      const there = await statOf(file);
      // A pipe or device (/dev/stdout, /dev/null) would be replaced by a file.
      if (there !== undefined && !there.isFile() && !there.isDirectory()) return await writeFile(file, content);
      temporary = path.join(path.dirname(file), `.driftline-${randomBytes(6).toString('hex')}.tmp`);
      const handle = await open(temporary, 'wx');
      try {
        await writeFile(handle, content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      throwIfAborted(options.signal);
      await rename(temporary, file);
    } catch (error) {
      if (temporary !== undefined) await rm(temporary, { force: true });
      throw error instanceof MonitorError ? error : writeError(file, error);
    }
  }

  async update(uri: string, change: (text: string | undefined) => string, options: StorageOptions = {}): Promise<void> {
    const file = toPath(uri);
    await withFileLock(file, options, async () => {
      const text = (await statOf(file)) === undefined ? undefined : await readFile(file, 'utf8');
      await this.write(file, change(text), options);
    });
  }

  async remove(uri: string, options: StorageOptions = {}): Promise<void> {
    throwIfAborted(options.signal);
    const file = toPath(uri);
    try {
      await rm(file, { force: true });
    } catch (error) {
      throw writeError(file, error);
    }
  }
}

/** The one local disk. */
export const fileStorage: Storage = new FileStorage();

/** Depth first, with a slash behind a folder's name when names are compared: then whole paths ascend, as on S3. */
async function* below(
  folder: string,
  parents: readonly string[],
  options: StorageOptions,
): AsyncGenerator<StoredObject> {
  throwIfAborted(options.signal);
  const entries = await entriesOf(folder);
  if (entries.length === 0) return;
  const real = await realpath(folder);
  if (parents.includes(real)) {
    throw new MonitorError('FILE_NOT_READABLE', 'A link leads back to a folder above it.', {
      where: folder,
      fix: 'remove the link',
    });
  }
  const found: { sortName: string; file: string; stats: BigIntStats | undefined }[] = [];
  for (let i = 0; i < entries.length; i += STATS_AT_ONCE) {
    throwIfAborted(options.signal);
    const part = entries.slice(i, i + STATS_AT_ONCE).map(async (entry) => {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) return { sortName: `${entry.name}/`, file, stats: undefined };
      const stats = await statOf(file);
      if (stats?.isDirectory()) return { sortName: `${entry.name}/`, file, stats: undefined };
      return stats || entry.isSymbolicLink() ? { sortName: entry.name, file, stats } : undefined;
    });
    found.push(...(await Promise.all(part)).filter((entry) => entry !== undefined));
  }
  found.sort((a, b) => (a.sortName < b.sortName ? -1 : 1));
  for (const { sortName, file, stats } of found) {
    if (sortName.endsWith('/')) yield* below(file, [...parents, real], options);
    else yield stats ? describe(file, stats) : { uri: file, sizeBytes: 0, version: 'missing' };
  }
}

async function entriesOf(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !unfinished.test(name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw readError(folder, error);
  }
}

async function statOf(file: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(file, { bigint: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw readError(file, error);
  }
}

function describe(file: string, stats: BigIntStats): StoredObject {
  return { uri: file, sizeBytes: Number(stats.size), version: `${stats.size}-${stats.mtimeNs}` };
}

function toPath(uri: string): string {
  return path.resolve(/^file:\/\//i.test(uri) ? fileURLToPath(uri) : uri);
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function notFound(file: string, cause?: unknown): MonitorError {
  return new MonitorError('FILE_NOT_FOUND', 'There is no such file.', { where: file, fix: 'check the path', cause });
}

function readError(file: string, error: unknown): MonitorError {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return notFound(file, error);
  const [what, fix] =
    code === 'EISDIR'
      ? ['This is a folder, and a file was expected.', 'name a file in it']
      : code === 'EACCES' || code === 'EPERM'
        ? ['This may not be read.', 'give yourself the permission to read it']
        : [`This cannot be read (${code ?? String(error)}).`, 'check the file and its disk'];
  return new MonitorError('FILE_NOT_READABLE', what!, { where: file, fix: fix!, cause: error });
}

function writeError(file: string, error: unknown): MonitorError {
  const code = codeOf(error) ?? String(error);
  const fix =
    code === 'ENOSPC'
      ? 'make room on the disk'
      : code === 'EISDIR' || code === 'ENOTDIR' || code === 'EEXIST'
        ? 'choose another name: a file and a folder are in each other’s way'
        : 'choose a place where you may write';
  return new MonitorError('FILE_NOT_WRITABLE', `This cannot be written (${code}).`, { where: file, fix, cause: error });
}
