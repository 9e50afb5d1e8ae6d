import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaptureHour } from '../../../kernel-lib/src/capture/capture-hour.js';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { mergeProfiles } from '../../../kernel-lib/src/profile/merge-profiles.js';
import { profileCapture } from '../../../kernel-lib/src/profile/profile-capture.js';
import { profileToJson } from '../../../kernel-lib/src/profile/profile-file.js';
import type { Progress } from '../../../kernel-lib/src/progress.js';
import { compiledLibrary } from '../../support/compiled-library.js';

const plan: ReadPlan = { parts: ['output', 'input'], names: { output: ['score'], input: ['a', 'b'] } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'profile-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function line(input: string, output: string): string {
  return JSON.stringify({
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: input, encoding: 'CSV' },
      endpointOutput: { observedContentType: 'text/csv', mode: 'OUTPUT', data: output, encoding: 'CSV' },
    },
    eventMetadata: { eventId: 'e', inferenceTime: '2026-03-05T00:00:00Z' },
    eventVersion: '0',
  });
}

function lines(count: number, first: number = 0): string[] {
  return Array.from({ length: count }, (_, i) => line(`${first + i},${(first + i) % 2 ? 'red' : 'blue'}`, `0.${i}`));
}

function write(hour: number, name: string, content: readonly string[]): string {
  const hourFolder = path.join(folder, 'capture', String(hour).padStart(2, '0'));
  mkdirSync(hourFolder, { recursive: true });
  const file = path.join(hourFolder, name);
  writeFileSync(file, `${content.join('\n')}\n`);
  return file;
}

function hours(): CaptureHour[] {
  const capture = path.join(folder, 'capture');
  return readdirSync(capture)
    .sort()
    .map((hour) => ({
      hour: `2026-03-05T${hour}:00:00Z`,
      objects: readdirSync(path.join(capture, hour))
        .sort()
        .map((name) => {
          const uri = path.join(capture, hour, name);
          const { size, mtimeMs } = statSync(uri);
          return { uri, sizeBytes: size, version: `${size}-${mtimeMs}` };
        }),
    }));
}

function cachedFiles(): string[] {
  return readdirSync(path.join(folder, 'cache'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
}

describe('profileCapture()', () => {
  test('profiles each hour, and the window as its hours merged', async () => {
    write(0, 'a.jsonl', lines(5));
    write(0, 'b.jsonl', lines(3, 5));
    write(1, 'a.jsonl', lines(4, 8));
    const { profile, hours: profiled, read } = await profileCapture(hours(), plan);
    expect(profiled.map((hour) => [hour.hour, hour.profile.rowCount, hour.reused])).toEqual([
      ['2026-03-05T00:00:00Z', 8, false],
      ['2026-03-05T01:00:00Z', 4, false],
    ]);
    expect(profile.columns.map(({ name, inferredType, present }) => [name, inferredType, present])).toEqual([
      ['score', 'Fractional', 12],
      ['a', 'Integral', 12],
      ['b', 'String', 12],
    ]);
    expect(profile.columns[1]!.numeric!.moments.sum).toBe(66);
    expect(profileToJson(profile)).toBe(profileToJson(mergeProfiles(profiled.map((hour) => hour.profile))));
    expect(read).toMatchObject({ files: 3, records: 12, rows: 12, dropped: 0, quarantined: 0, examples: [] });
    expect(read.bytes).toBe(
      hours()
        .flatMap(({ objects }) => objects)
        .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    );
  });

  test('gives an empty profile for no hours, and for an hour without lines', async () => {
    expect((await profileCapture([], plan)).profile).toEqual({ rowCount: 0, columns: [] });
    write(0, 'empty.jsonl', []);
    const { profile, read } = await profileCapture(hours(), plan);
    expect(profile).toEqual({ rowCount: 0, columns: [] });
    expect(read).toMatchObject({ files: 1, records: 0, rows: 0 });
  });

  test('says of lines that cannot be read which file, line and why', async () => {
    const first = write(0, 'a.jsonl', [
      ...lines(3),
      '',
      '{"captureData":{"endpointIn',
      line('1,2,3', '1'),
      ...lines(2),
    ]);
    const second = write(1, 'a.jsonl', ['nothing', ...lines(2)]);
    const { read } = await profileCapture(hours(), plan);
    expect(read).toMatchObject({ records: 7, rows: 7, quarantined: 3 });
    expect(read.examples.map(({ file, line: number, reason }) => [file, number, reason])).toEqual([
      [first, 5, 'not JSON'],
      [first, 6, 'input has 3 columns, expected 2'],
      [second, 1, 'not JSON'],
    ]);
    expect(read.reasons).toEqual([
      { reason: 'not JSON', count: 2 },
      { reason: 'input has 3 columns, expected 2', count: 1 },
    ]);
    expect(read.examples[0]!.excerpt).toBe('{"captureData":{"endpointIn');
  });

  test('applies the pre-processing hook to every record', async () => {
    write(0, 'a.jsonl', lines(6));
    const recordHook = path.join(folder, 'hook.mjs');
    writeFileSync(
      recordHook,
      'export default (r) => (r.input.rows[0].b === "red" ? null : { twice: 2 * r.input.rows[0].a });',
    );
    const { profile, read } = await profileCapture(hours(), { ...plan, recordHook });
    expect(profile.columns.map(({ name, present }) => [name, present])).toEqual([['twice', 3]]);
    expect(read).toMatchObject({ records: 6, rows: 3, dropped: 3 });
  });

  test('reports bytes up to all of them', async () => {
    write(0, 'a.jsonl', lines(50));
    const seen: Progress[] = [];
    const { read } = await profileCapture(hours(), plan, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ stage: 'profiling', done: read.bytes, total: read.bytes, unit: 'bytes' });
  });

  test('stops when it is told to', async () => {
    write(0, 'a.jsonl', lines(5));
    const signal = AbortSignal.abort();
    await expect(profileCapture(hours(), plan, { signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('the cache of hourly profiles', () => {
  const options = (): { profileCache: string } => ({ profileCache: path.join(folder, 'cache') });

  test('gives kept hours back unread, with the same window to the digit', async () => {
    write(0, 'a.jsonl', [...lines(2000), 'broken']);
    write(1, 'a.jsonl', lines(3000, 7));
    const fresh = await profileCapture(hours(), plan, options());
    expect(cachedFiles()).toHaveLength(2);
    expect(cachedFiles()[0]).toMatch(/^2026.03.05.00.[0-9a-f-]+\.json$/);
    const kept = await profileCapture(hours(), plan, options());
    expect(kept.hours.map(({ reused }) => reused)).toEqual([true, true]);
    expect(profileToJson(kept.profile)).toBe(profileToJson(fresh.profile));
    expect(kept.read).toEqual(fresh.read);

    rmSync(path.join(folder, 'cache', '2026/03/05/00'), { recursive: true });
    const half = await profileCapture(hours(), plan, options());
    expect(half.hours.map(({ reused }) => reused)).toEqual([false, true]);
    expect(profileToJson(half.profile)).toBe(profileToJson(fresh.profile));
  });

  test('reads an hour again when a file of it was added or has changed, and drops what it kept', async () => {
    const file = write(0, 'a.jsonl', lines(5));
    write(1, 'a.jsonl', lines(5));
    await profileCapture(hours(), plan, options());
    appendFileSync(file, `${lines(1).join('')}\n`);
    const changed = await profileCapture(hours(), plan, options());
    expect(changed.hours.map(({ reused }) => reused)).toEqual([false, true]);
    expect(changed.profile.rowCount).toBe(11);
    write(1, 'b.jsonl', lines(2));
    const added = await profileCapture(hours(), plan, options());
    expect(added.hours.map(({ reused }) => reused)).toEqual([true, false]);
    expect(cachedFiles()).toHaveLength(2);
  });

  test('keeps hours apart by column names, and by the hook as it is written now', async () => {
    write(0, 'a.jsonl', lines(5));
    const hook = path.join(folder, 'hook.ts');
    const plans = [plan, { ...plan, names: {} }, { ...plan, recordHook: hook }];
    writeFileSync(hook, 'export default () => ({ x: 1 });');
    for (const used of plans) await profileCapture(hours(), used, options());
    expect(cachedFiles()).toHaveLength(3);
    for (const used of plans) expect((await profileCapture(hours(), used, options())).hours[0]!.reused).toBe(true);
    writeFileSync(hook, 'export default () => ({ y: 1 });');
    const again = await profileCapture(hours(), plans[2]!, options());
    expect(again.hours[0]).toMatchObject({ reused: false, profile: { columns: [{ name: 'y' }] } });
  });

  test('goes on where hours cannot be kept, and says why', async () => {
    write(0, 'a.jsonl', lines(5));
    writeFileSync(path.join(folder, 'cache'), 'a file where the folder should be');
    const { read, notKept } = await profileCapture(hours(), plan, options());
    expect(read.rows).toBe(5);
    expect(notKept).toBeTypeOf('string');
  });

  test('does not keep hours that a window cuts', async () => {
    write(0, 'a.jsonl', lines(5));
    const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-05T00:30:00Z' };
    const { read } = await profileCapture(hours(), { ...plan, window }, options());
    expect(read.rows).toBe(5);
    expect(() => cachedFiles()).toThrow('ENOENT');
  });

  test.each(['', '{"schema":', '{"schema":"driftline.hour","version":1}', '[]'])(
    'reads an hour whose kept profile is %j again',
    async (content) => {
      write(0, 'a.jsonl', lines(5));
      const fresh = await profileCapture(hours(), plan, options());
      writeFileSync(path.join(folder, 'cache', cachedFiles()[0]!), content);
      const again = await profileCapture(hours(), plan, options());
      expect(again.hours[0]!.reused).toBe(false);
      expect(profileToJson(again.profile)).toBe(profileToJson(fresh.profile));
      expect((await profileCapture(hours(), plan, options())).hours[0]!.reused).toBe(true);
    },
  );
});

describe('worker threads', () => {
  test('give the same profile, line numbers and errors as one thread', async () => {
    const many = lines(24_000);
    many[20_000] = 'broken';
    write(0, 'a.jsonl', many);
    write(1, 'a.jsonl', lines(15_000, 24_000));
    write(1, 'b.jsonl', lines(100, 5));
    write(2, 'a.jsonl', lines(10));
    const { dist, remove } = compiledLibrary();
    try {
      const compiled = (await import(path.join(dist, 'profile/profile-capture.js'))) as {
        profileCapture: typeof profileCapture;
      };
      const results = [];
      for (const threads of [1, 2, 3]) results.push(await compiled.profileCapture(hours(), plan, { threads }));
      const [one, ...others] = results.map(({ profile, read, hours: profiled }) => ({
        json: [profile, ...profiled.map((hour) => hour.profile)].map(profileToJson),
        read,
      }));
      expect(one!.read).toMatchObject({
        rows: 39_109,
        quarantined: 1,
        examples: [{ line: 20_001, reason: 'not JSON' }],
      });
      for (const other of others) expect(other).toEqual(one);

      const recordHook = path.join(folder, 'missing.mjs');
      const failing = compiled.profileCapture(hours(), { ...plan, recordHook }, { threads: 2 });
      await expect(failing).rejects.toMatchObject({ code: 'HOOK', where: recordHook });

      const controller = new AbortController();
      const onProgress = (): void => controller.abort();
      const stopped = compiled.profileCapture(hours(), plan, { threads: 2, signal: controller.signal, onProgress });
      await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    } finally {
      remove();
    }
  });
});
