import { availableParallelism } from 'node:os';
import type { CaptureHour } from '../capture/capture-hour.js';
import type { ReadPlan } from '../capture/read-plan.js';
import { ReadTally } from '../capture/read-tally.js';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { openStorage } from '../storage/open-storage.js';
import type { StorageOptions } from '../storage/storage.js';
import type { HourProfile, ProfileCapture, ProfileCaptureOptions } from './capture-profile.js';
import { planTasks } from './capture-task.js';
import { type HourCache, openHourCache } from './hour-cache.js';
import { HourMerger } from './hour-merger.js';
import { LocalCopies } from './local-copies.js';
import { mergeProfiles } from './merge-profiles.js';
import { openTaskThreads } from './task-threads.js';

/**
 * By default a thread is started for each of so many bytes: it takes 0.35 s of CPU until its code is fast, in which
 * 100 MB are read.
 */
const BYTES_PER_THREAD = 256 * 1024 * 1024;

/** By default no more threads than this, whatever the machine has: each of them takes some 25 MB. */
const MOST_THREADS = 8;

/**
 * Profiles the captured hours of a window: each hour by itself, in tasks of at most 64 MB spread over threads, and
 * the window as its hours merged. Hours found in the profile cache are not read.
 *
 * Tasks are cut by file sizes alone and merged in order, so that the result is the same for any number of threads, and
 * the same from the cache. Memory is bounded by threads, columns and hours, not by rows.
 *
 * Lines that cannot be read are counted, the first ones kept as examples. Throws `HOOK` for a hook that does not load,
 * `FILE_NOT_READABLE` and the storage's errors for files, and `ABORTED`. A cache that cannot be written is said (`notKept`).
 */
export const profileCapture: ProfileCapture = async (hours, plan, options = {}) => {
  const cache = await openHourCache(options.profileCache, plan);
  const kept = cache && (await loadKept(hours, cache, options));
  const unread = hours.filter((hour) => !kept?.has(hour));
  const { profiled: fresh, notKept } = await profileHours(unread, plan, cache, options);
  const made = new Map(fresh);
  const profiled = hours.map((hour) => (kept?.get(hour) ?? made.get(hour))!);

  const read = new ReadTally();
  for (const hour of profiled) read.add(hour.read);
  return {
    profile: mergeProfiles(profiled.map(({ profile }) => profile)),
    hours: profiled,
    read: read.toSummary(),
    ...(notKept !== undefined && { notKept }),
  };
};

async function loadKept(
  hours: readonly CaptureHour[],
  cache: HourCache,
  options: ProfileCaptureOptions,
): Promise<Map<CaptureHour, HourProfile>> {
  const kept = new Map<CaptureHour, HourProfile>();
  const found = runAhead(hours, 8, (hour) => cache.load(hour, storageOptions(options)));
  for (const hour of hours) {
    const { value } = await found.next();
    if (value) kept.set(hour, { hour: hour.hour, ...value, reused: true });
  }
  return kept;
}

async function profileHours(
  hours: readonly CaptureHour[],
  plan: ReadPlan,
  cache: HourCache | undefined,
  options: ProfileCaptureOptions,
): Promise<{ readonly profiled: (readonly [CaptureHour, HourProfile])[]; readonly notKept: string | undefined }> {
  const { signal } = options;
  const objects = hours.flatMap((hour) => hour.objects);
  const bytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const plans = hours.map((hour) => planTasks(hour.objects.map(({ sizeBytes }) => sizeBytes)));
  const tasks = plans.flatMap((plan, index) => plan.map((pieces) => ({ hour: hours[index]!, pieces })));

  const worthwhile = Math.min(MOST_THREADS, availableParallelism(), Math.floor(bytes / BYTES_PER_THREAD));
  const threads = Math.min(options.threads ?? worthwhile, tasks.length);
  // While files come over the network, this thread is kept free for them.
  const here = !objects.some(({ uri }) => uri.startsWith('s3://'));
  const pool = openTaskThreads(plan, threads, here, reportBytes(bytes, options));
  const copies = new LocalCopies(objects, (object) =>
    openStorage(object.uri).localCopy(object, storageOptions(options)),
  );
  const stop = (): void => void pool.close();
  signal?.addEventListener('abort', stop);
  try {
    if (signal?.aborted) throw aborted();
    const results = runAhead(tasks, 2 * Math.max(1, threads), async ({ hour, pieces }) => {
      const located = pieces.map(async ({ object, start, end }) => {
        const { uri } = hour.objects[object]!;
        return { path: await copies.path(hour.objects[object]!), uri, start, end };
      });
      return pool.run({ pieces: await Promise.all(located) });
    });
    const profiled: (readonly [CaptureHour, HourProfile])[] = [];
    const saved: Promise<void>[] = [];
    for (const [index, hour] of hours.entries()) {
      const merger = new HourMerger();
      for (const pieces of plans[index]!) merger.add(pieces, (await results.next()).value!);
      const { profile, read } = merger.finish();
      profiled.push([hour, { hour: hour.hour, profile, read, reused: false }]);
      const keeping = cache?.save(hour, profile, read, storageOptions(options));
      keeping?.catch(() => undefined);
      if (keeping) saved.push(keeping);
    }
    return { profiled, notKept: await firstFailure(saved) };
  } catch (error) {
    throw signal?.aborted ? aborted() : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    copies.stop();
    await pool.close();
  }
}

/** What the first of them failed with: a profile that cannot be kept costs time later, and is no reason to stop now. */
async function firstFailure(tasks: readonly Promise<void>[]): Promise<string | undefined> {
  const outcomes = await Promise.allSettled(tasks);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  return failed && String((failed.reason as Error).message ?? failed.reason).split('\n')[0];
}

/** Starts `start` for each item, at most `ahead` at a time, and yields what they come to in the order of the items. */
async function* runAhead<Item, Result>(
  items: readonly Item[],
  ahead: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, undefined> {
  const pending: Promise<Result>[] = [];
  for (const item of items) {
    const result = start(item);
    result.catch(() => undefined);
    pending.push(result);
    if (pending.length >= ahead) yield await pending.shift()!;
  }
  for (const result of pending) yield await result;
  return undefined;
}

function reportBytes(total: number, { onProgress }: RunOptions): (bytes: number) => void {
  let done = 0;
  return (bytes) => {
    done = Math.min(total, done + bytes);
    onProgress?.({ stage: 'profiling', done, total, unit: 'bytes' });
  };
}

function storageOptions({ signal }: RunOptions): StorageOptions {
  return signal ? { signal } : {};
}

function aborted(): MonitorError {
  return new MonitorError('ABORTED', 'Profiling was stopped before it was done.');
}
