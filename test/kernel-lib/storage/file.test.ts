import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { fileStorage } from '../../../kernel-lib/src/storage/file.js';
import type { StoredObject } from '../../../kernel-lib/src/storage/storage.js';
import { collect } from '../../support/collect.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'driftline-file-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content = name): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function list(uri: string): Promise<StoredObject[]> {
  return collect(fileStorage.list(uri));
}

async function names(uri: string = folder): Promise<string[]> {
  return (await list(uri)).map((object) => path.relative(folder, object.uri));
}

describe('list()', () => {
  test('ascends by whole path, so that a dash sorts before the slash of a folder', async () => {
    for (const name of ['b.csv', 'a/2.csv', 'a/10.csv', 'a-b.csv', 'a.csv', 'a/b/1.csv']) put(name);

    const found = await names();

    expect(found).toEqual(['a-b.csv', 'a.csv', 'a/10.csv', 'a/2.csv', 'a/b/1.csv', 'b.csv']);
    expect(found).toEqual([...found].sort());
  });

  test('leaves out nothing but files that are still being written', async () => {
    for (const name of ['.hidden', '_SUCCESS', '.driftline-0123456789ab.tmp', 'empty']) put(name, '');

    expect(await names()).toEqual(['.hidden', '_SUCCESS', 'empty']);
  });

  test('follows links to files and to folders', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'driftline-outside-'));
    writeFileSync(path.join(outside, 'x.csv'), '12345');
    symlinkSync(outside, path.join(folder, 'linked'));
    symlinkSync(path.join(outside, 'x.csv'), path.join(folder, 'one.csv'));

    const found = await list(folder);
    rmSync(outside, { recursive: true });

    expect(found.map(({ uri, sizeBytes }) => [path.relative(folder, uri), sizeBytes])).toEqual([
      ['linked/x.csv', 5],
      ['one.csv', 5],
    ]);
  });

  test('lists a link to nothing, which fails when it is read', async () => {
    symlinkSync(path.join(folder, 'gone'), path.join(folder, 'link.csv'));

    const [object] = await list(folder);

    expect(object).toMatchObject({ sizeBytes: 0, version: 'missing' });
    await expect(fileStorage.localCopy(object!)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  test('refuses a link that leads in a circle instead of listing for ever', async () => {
    put('a/x.csv');
    symlinkSync(folder, path.join(folder, 'a/up'));

    await expect(list(folder)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  });

  test('gives the file itself for a file, and nothing for a place that does not exist', async () => {
    const file = put('a.csv');

    expect((await list(file)).map(({ uri }) => uri)).toEqual([file]);
    expect((await list(pathToFileURL(file).href)).map(({ uri }) => uri)).toEqual([file]);
    expect(await list(path.join(folder, 'missing'))).toEqual([]);
  });
});

test('listFolders() gives the folders directly below, links included, ascending', async () => {
  put('b/x');
  put('a/deep/x');
  put('file');
  symlinkSync(path.join(folder, 'b'), path.join(folder, 'c'));

  expect(await fileStorage.listFolders(folder)).toEqual(['a', 'b', 'c']);
  expect(await fileStorage.listFolders(path.join(folder, 'missing'))).toEqual([]);
});

describe('stat()', () => {
  test('gives a version that changes with the content', async () => {
    const file = put('a.csv', 'one');
    const before = await fileStorage.stat(file);
    await fileStorage.write(file, 'two');
    const after = await fileStorage.stat(file);

    expect(before?.sizeBytes).toBe(3);
    expect(after?.sizeBytes).toBe(3);
    expect(after?.version).not.toBe(before?.version);
  });

  test('is undefined for a folder and for nothing', async () => {
    expect(await fileStorage.stat(folder)).toBeUndefined();
    expect(await fileStorage.stat(path.join(folder, 'missing'))).toBeUndefined();
    expect(await fileStorage.stat(path.join(put('file'), 'below'))).toBeUndefined();
  });
});

describe('read()', () => {
  test('names the file that does not exist', async () => {
    const file = path.join(folder, 'missing.csv');

    await expect(fileStorage.read(file)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND', where: file });
  });

  test('says when a folder was named for a file', async () => {
    await expect(fileStorage.read(folder)).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  });

  test('stops when aborted', async () => {
    const signal = AbortSignal.abort();

    await expect(fileStorage.read(put('a.csv'), { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(collect(fileStorage.list(folder, { signal }))).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('write()', () => {
  test('makes missing folders, replaces what was there and leaves nothing else behind', async () => {
    const file = path.join(folder, 'a/b/c.json');
    await fileStorage.write(file, 'one');
    await fileStorage.write(file, new TextEncoder().encode('two'));

    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(path.dirname(file))).toEqual(['c.json']);
    expect(Buffer.from(await fileStorage.read(file)).toString()).toBe('two');
  });

  test('writes through a link', async () => {
    const file = put('real.json', 'old');
    symlinkSync(file, path.join(folder, 'link.json'));
    await fileStorage.write(path.join(folder, 'link.json'), 'new');

    expect(readFileSync(file, 'utf8')).toBe('new');
  });

  test('leaves what was there when it fails, and says so', async () => {
    const file = put('taken', 'kept');
    const inFile = path.join(file, 'below.json');

    await expect(fileStorage.write(inFile, 'x')).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE', where: inFile });
    await expect(fileStorage.write(folder, 'x')).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('takes chunks one after the other', async () => {
    const file = path.join(folder, 'chunks.csv');
    await fileStorage.write(file, chunks('a\n', 'ä\n', ''));

    expect(readFileSync(file, 'utf8')).toBe('a\nä\n');
  });

  test('leaves what was there when the chunks end in an error, which is thrown as it is', async () => {
    const file = put('kept.csv', 'kept');
    const fault = new MonitorError('MODEL', 'half-way');

    await expect(fileStorage.write(file, failing(fault))).rejects.toBe(fault);
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect(readdirSync(folder)).toEqual(['kept.csv']);
  });

  test.skipIf(process.platform === 'win32')('writes into a pipe, and does not put a file in its place', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const reading = readFile(pipe, 'utf8');
    await fileStorage.write(pipe, chunks('one ', 'two'));

    expect(await reading).toBe('one two');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});

async function* chunks(...texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

async function* failing(error: Error): AsyncGenerator<string> {
  yield 'begun';
  throw error;
}

test('remove() deletes a file and is content when there is none', async () => {
  const file = put('a.csv');
  await fileStorage.remove(file);
  await fileStorage.remove(file);

  expect(await names()).toEqual([]);
});

test('localCopy() is the file itself', async () => {
  const file = put('a.csv');
  const [object] = await list(file);

  expect(await fileStorage.localCopy(object!)).toBe(file);
});

describe('update()', () => {
  const increase = (text: string | undefined): string => String(Number(text ?? '0') + 1);

  test('loses no change of forty at once', async () => {
    const file = path.join(folder, 'deep', 'count');
    await Promise.all(Array.from({ length: 40 }, () => fileStorage.update(file, increase)));

    expect(readFileSync(file, 'utf8')).toBe('40');
    expect(readdirSync(path.join(folder, 'deep'))).toEqual(['count']);
  });

  test('takes over the lock of a process that ended, and waits for one that is held', async () => {
    const file = put('count', '7');
    const lock = path.join(
      folder,
      `.driftline-${createHash('sha256').update('count').digest('hex').slice(0, 12)}.lock`,
    );
    writeFileSync(lock, '');
    let done = false;
    const waiting = fileStorage.update(file, increase).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(done).toBe(false);

    utimesSync(lock, new Date(0), new Date(0));
    await waiting;
    expect(readFileSync(file, 'utf8')).toBe('8');
    expect(readdirSync(folder)).toEqual(['count']);
  });

  test('leaves the file as it was when the change throws, and the lock free', async () => {
    const file = put('count', '7');
    const broken = fileStorage.update(file, () => {
      throw new MonitorError('FORMAT', 'broken');
    });
    await expect(broken).rejects.toMatchObject({ code: 'FORMAT' });
    await fileStorage.update(file, increase);

    expect(readFileSync(file, 'utf8')).toBe('8');
  });
});
