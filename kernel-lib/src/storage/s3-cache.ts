import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MonitorError } from '../errors.js';
import type { StoredObject } from './storage.js';

const IN_USE_MS = 5 * 60_000;

/**
 * Local copies of S3 objects. A name is made of the address and the ETag, so that a copy is never stale. When the folder
 * grows past its limit the copies unused for longest are removed, except those of the last five minutes, which a reader
 * may not have opened yet.
 */
export class S3Cache {
  readonly #folder: string;
  readonly #limitBytes: number;
  #sizeBytes: number | undefined;
  #tidying: Promise<void> | undefined;

  constructor(folder: string, limitBytes: number) {
    this.#folder = folder;
    this.#limitBytes = limitBytes;
  }

  /** Where the copy of an object lies or would lie. The object's extension is kept. */
  pathOf(object: StoredObject, endpoint: string | undefined): string {
    const address = endpoint === undefined ? object.uri : `${endpoint} ${object.uri}`;
    const name = createHash('sha256').update(address).digest('hex');
    const version = object.version.replace(/[^0-9a-zA-Z-]/g, '');
    const extension = /(\.[a-z0-9]{1,10}){1,2}$/i.exec(object.uri.slice(object.uri.lastIndexOf('/') + 1))?.[0] ?? '';
    return path.join(this.#folder, name.slice(0, 2), `${name}-${version}${extension}`);
  }

  /** Whether the whole copy is there; it then counts as used now. */
  async has(file: string, sizeBytes: number): Promise<boolean> {
    const size = await sizeOf(file);
    if (size !== sizeBytes) return false;
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    return true;
  }

  /**
   * Keeps what a body holds as `file`, streaming; nothing is left when it breaks off.
   *
   * @returns how many bytes came. The file is kept only when they are `sizeBytes`.
   * @throws MonitorError `FILE_NOT_WRITABLE` for the cache itself; the body's own errors as they are.
   */
  async keep(file: string, body: Readable, sizeBytes: number, signal: AbortSignal | undefined): Promise<number> {
    const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(path.dirname(file), { recursive: true });
      const out = createWriteStream(temporary, { flags: 'wx' });
      await pipeline(body, out, signal ? { signal } : {});
      if (out.bytesWritten !== sizeBytes) {
        await rm(temporary, { force: true });
        return out.bytesWritten;
      }
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw isDiskError(error) ? notWritable(this.#folder, error) : error;
    }
    await this.#grew(sizeBytes);
    return sizeBytes;
  }

  async #grew(bytes: number): Promise<void> {
    if (this.#sizeBytes === undefined) {
      this.#sizeBytes = 0;
      const files = await this.#files();
      this.#sizeBytes += files.reduce((sum, file) => sum + file.sizeBytes, 0);
    } else {
      this.#sizeBytes += bytes;
    }
    if (this.#sizeBytes <= this.#limitBytes) return;
    this.#tidying ??= this.#tidy().finally(() => {
      this.#tidying = undefined;
    });
    await this.#tidying;
  }

  async #tidy(): Promise<void> {
    const files = (await this.#files()).sort((a, b) => a.usedMs - b.usedMs);
    let left = files.reduce((sum, file) => sum + file.sizeBytes, 0);
    const removable = Date.now() - IN_USE_MS;
    for (const file of files) {
      if (left <= this.#limitBytes * 0.9 || file.usedMs > removable) break;
      await rm(file.path, { force: true });
      left -= file.sizeBytes;
    }
    this.#sizeBytes = left;
  }

  async #files(): Promise<{ path: string; sizeBytes: number; usedMs: number }[]> {
    const names = await readdir(this.#folder, { recursive: true }).catch(() => []);
    const files: { path: string; sizeBytes: number; usedMs: number }[] = [];
    for (const name of names) {
      const file = path.join(this.#folder, name);
      const stats = await stat(file).catch(() => undefined);
      if (stats?.isFile()) files.push({ path: file, sizeBytes: stats.size, usedMs: stats.mtimeMs });
    }
    return files;
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}

function isDiskError(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return ['mkdir', 'open', 'write', 'rename'].includes(syscall ?? '') && code !== 'ECONNRESET' && code !== 'EPIPE';
}

function notWritable(folder: string, error: unknown): MonitorError {
  return new MonitorError('FILE_NOT_WRITABLE', 'The cache for S3 objects cannot be written.', {
    where: folder,
    fix: 'make room there, or name another folder in DRIFTLINE_CACHE',
    cause: error,
  });
}
