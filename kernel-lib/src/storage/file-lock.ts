import { createHash } from 'node:crypto';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MonitorError } from '../errors.js';
import type { StorageOptions } from './storage.js';

/** A lock this old belongs to a process that ended: what is done under it takes milliseconds. */
const STALE_MS = 10_000;
const WAIT_MS = 20_000;

/**
 * Runs `action` while no other process that asks for the same file's lock runs its own. The lock is a file beside it,
 * made exclusively; one that a killed process left behind is taken over after 10 seconds.
 *
 * @throws MonitorError `FILE_NOT_WRITABLE` when the lock is not free within 20 seconds, or cannot be made.
 */
export async function withFileLock<T>(file: string, { signal }: StorageOptions, action: () => Promise<T>): Promise<T> {
  const name = createHash('sha256').update(path.basename(file)).digest('hex').slice(0, 12);
  const lock = path.join(path.dirname(file), `.driftline-${name}.lock`);
  const begun = Date.now();
  await mkdir(path.dirname(file), { recursive: true }).catch((error: unknown) => {
    throw notWritable(file, error);
  });
  while (!(await madeAlone(lock))) {
    await takeAway(lock);
    if (Date.now() - begun > WAIT_MS) {
      throw new MonitorError('FILE_NOT_WRITABLE', 'Another process has been writing this file for 20 seconds.', {
        where: file,
        fix: `end the other process; if there is none, delete ${lock}`,
      });
    }
    await pause(5 + 20 * Math.random(), undefined, signal ? { signal } : {}).catch(() => {
      throw new MonitorError('ABORTED', 'Writing was stopped.', { where: file });
    });
  }
  try {
    return await action();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Makes the file; false when it is there. */
async function madeAlone(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw notWritable(lock, error);
  }
}

/** Removes a lock that was left behind; only one process at a time does, and looks again before it does. */
async function takeAway(lock: string): Promise<void> {
  if (!(await isStale(lock))) return;
  const taken = lock.replace(/lock$/, 'taken');
  if (!(await madeAlone(taken))) {
    if (await isStale(taken)) await rm(taken, { force: true });
    return;
  }
  try {
    if (await isStale(lock)) await rm(lock, { force: true });
  } finally {
    await rm(taken, { force: true });
  }
}

async function isStale(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > STALE_MS;
}

function notWritable(file: string, cause: unknown): MonitorError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new MonitorError('FILE_NOT_WRITABLE', `This cannot be written (${code}).`, {
    where: file,
    fix: 'choose a place where you may write',
    cause,
  });
}
