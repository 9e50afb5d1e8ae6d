import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { locateCapture } from '../../../kernel-lib/src/capture/locate.js';
import { fileStorage } from '../../../kernel-lib/src/storage/file.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'driftline-locate-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

async function put(...files: string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), '{}\n');
  }
}

async function found(uri: string, window?: { start: string; end: string }) {
  const { hours, ...rest } = await locateCapture(uri, window);
  const files = hours.map(({ hour, objects }) => [hour, objects.map(({ uri }) => path.relative(root, uri))]);
  return { ...rest, uri: path.relative(root, rest.uri), files };
}

const day = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' };

describe('locateCapture()', () => {
  const capture = [
    'census/AllTraffic/2026/03/04/23/58-00-000-a.jsonl',
    'census/AllTraffic/2026/03/05/00/00-01-000-b.jsonl',
    'census/AllTraffic/2026/03/05/07/10-00-000-d.jsonl',
    'census/AllTraffic/2026/03/05/07/00-00-000-c.jsonl',
    'census/AllTraffic/2026/03/06/00/00-00-000-e.jsonl',
    'census/Canary/2026/03/05/07/05-00-000-f.jsonl',
  ];
  const ofTheDay = [
    ['2026-03-05T00:00:00Z', [capture[1]]],
    ['2026-03-05T07:00:00Z', [capture[3], capture[2], capture[5]]],
  ];

  test.each(['', 'census', 'census/'])('finds the hours of a window from %j below the destination', async (at) => {
    await put(...capture);
    expect(await found(`${root}/${at}`, day)).toEqual({
      uri: path.normalize(at).replace(/^\.$|\/$/, ''),
      layout: 'endpoint',
      endpoint: 'census',
      variants: ['AllTraffic', 'Canary'],
      newestHour: '2026-03-06T00:00:00Z',
      oldestHour: '2026-03-04T23:00:00Z',
      files: ofTheDay,
    });
  });

  test('finds everything without a window, in ascending hours', async () => {
    await put(...capture);
    expect((await found(root)).files.map(([hour]) => hour)).toEqual([
      '2026-03-04T23:00:00Z',
      '2026-03-05T00:00:00Z',
      '2026-03-05T07:00:00Z',
      '2026-03-06T00:00:00Z',
    ]);
  });

  test('takes a variant, a date folder of it, and one file', async () => {
    await put(...capture);
    const variant = await found(path.join(root, 'census/Canary'), day);
    expect(variant).toMatchObject({
      endpoint: 'census',
      variants: ['Canary'],
      files: [['2026-03-05T07:00:00Z', [capture[5]]]],
    });
    const date = await found(path.join(root, 'census/AllTraffic/2026/03/05'));
    expect(date.files).toEqual([ofTheDay[0], ['2026-03-05T07:00:00Z', [capture[3], capture[2]]]]);
    const hour = await found(path.join(root, 'census/AllTraffic/2026/03/05/00'), day);
    expect(hour.files).toEqual([ofTheDay[0]]);
    const file = await found(path.join(root, capture[1]!));
    expect(file).toMatchObject({ layout: 'files', files: [ofTheDay[0]] });
    const other = await found(path.join(root, capture[0]!), day);
    expect(other).toMatchObject({ files: [], newestHour: '2026-03-04T23:00:00Z' });
  });

  test('takes paths from the working folder and file URLs', async () => {
    await put(...capture);
    const relative = path.relative(process.cwd(), root);
    expect((await found(relative, day)).files).toEqual(ofTheDay);
    expect((await found(`file://${root}`, day)).files).toEqual(ofTheDay);
  });

  test('lists a whole day at once and otherwise only the hours that overlap the window', async () => {
    await put(...capture);
    const list = vi.spyOn(fileStorage, 'list');
    const listed = async (start: string, end: string) => {
      list.mockClear();
      await locateCapture(path.join(root, 'census/Canary'), { start, end });
      return list.mock.calls.map(([uri]) => path.relative(path.join(root, 'census/Canary'), uri)).sort();
    };
    expect(await listed('2026-03-05T00:00:00Z', '2026-03-06T00:00:00Z')).toEqual(['2026/03/05']);
    expect(await listed('2026-03-04T22:30:00Z', '2026-03-06T01:00:00Z')).toEqual([
      '2026/03/04/22',
      '2026/03/04/23',
      '2026/03/05',
      '2026/03/06/00',
    ]);
  });

  test('walks the folders that exist when the window is years long', async () => {
    await put(...capture);
    const all = await found(root, { start: '0001-01-01T00:00:00Z', end: '9999-12-31T23:00:00Z' });
    expect(all.files).toEqual((await found(root)).files);
    const since = await found(root, { start: '2026-03-05T05:00:00Z', end: '9999-12-31T23:00:00Z' });
    expect(since.files.map(([hour]) => hour)).toEqual(['2026-03-05T07:00:00Z', '2026-03-06T00:00:00Z']);
  });

  test('gives no hours, and the newest there is, for a window without capture', async () => {
    await put(...capture);
    const empty = await found(root, { start: '2026-04-01T00:00:00Z', end: '2026-04-02T00:00:00Z' });
    expect(empty).toMatchObject({ files: [], newestHour: '2026-03-06T00:00:00Z', oldestHour: '2026-03-04T23:00:00Z' });
  });

  test('skips hidden and temporary files, and extensions that capture does not have', async () => {
    const folder = 'e/v/2026/03/05/00';
    await put(
      ...['a.jsonl', 'b.json', 'c.out', 'part-0', '_SUCCESS', '.part-0.crc', 'd.txt', '_tmp/x.jsonl', '.g/y.jsonl'].map(
        (name) => `${folder}/${name}`,
      ),
    );
    expect((await found(root)).files).toEqual([
      ['2026-03-05T00:00:00Z', ['a.jsonl', 'b.json', 'c.out', 'part-0'].map((name) => `${folder}/${name}`)],
    ]);
  });

  test('takes a folder of files without hour folders', async () => {
    await put('b.jsonl', 'a.jsonl', 'deeper/c.jsonl');
    expect(await found(root, day)).toEqual({
      uri: '',
      layout: 'files',
      files: [[undefined, ['a.jsonl', 'b.jsonl', 'deeper/c.jsonl']]],
    });
  });

  test('finds merged records of endpoints and of batch schedules', async () => {
    await put(
      'out/merge/census/AllTraffic/2026/03/05/07/part-00000-a.c000.jsonl',
      'batch/merge/nightly/2026/03/05/07/part-00000-b.c000.jsonl',
    );
    for (const at of ['out', 'out/merge', 'out/merge/census']) {
      expect(await found(path.join(root, at), day)).toMatchObject({
        layout: 'merged',
        endpoint: 'census',
        variants: ['AllTraffic'],
      });
    }
    for (const at of ['batch', 'batch/merge', 'batch/merge/nightly']) {
      const merged = await found(path.join(root, at), day);
      expect(merged).toMatchObject({ layout: 'merged', endpoint: 'nightly' });
      expect(merged.files).toHaveLength(1);
    }
  });

  test('names the endpoints when several lie below', async () => {
    await put('churn/AllTraffic/2026/03/05/00/a.jsonl', 'census/AllTraffic/2026/03/05/00/a.jsonl');
    await expect(locateCapture(root)).rejects.toMatchObject({
      code: 'USAGE',
      fix: 'name the folder of one of: census, churn',
    });
  });

  test('says that there is nothing, and that compressed files are not read', async () => {
    await expect(locateCapture(path.join(root, 'nowhere'))).rejects.toMatchObject({ code: 'NO_DATA' });
    await put('e/v/2026/03/05/00/a.jsonl.gz');
    await expect(locateCapture(root)).rejects.toMatchObject({ code: 'FORMAT' });
  });
});
