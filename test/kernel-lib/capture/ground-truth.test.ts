import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readLabels } from '../../../kernel-lib/src/capture/ground-truth.js';
import { LabelTable } from '../../../kernel-lib/src/capture/label-table.js';
import { temporaryFolder } from '../../support/driftline.js';
import { labelLine, writeLines } from './label-files.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function label(labels: LabelTable, id: string): string | undefined {
  const index = labels.find(id);
  return index < 0 ? undefined : labels.data(index).data;
}

describe('LabelTable', () => {
  const csv = (data: string) => ({ data, encoding: 'CSV', contentType: undefined });

  test('holds what a map would hold', () => {
    const entry = fc.tuple(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), fc.array(fc.string()), (entries, others) => {
        const [table, map] = [new LabelTable(), new Map<string, string>()];
        for (const [id, data] of entries) {
          table.set(id, csv(data), undefined);
          map.set(id, data);
        }
        expect([table.size, table.repeated]).toEqual([map.size, entries.length - map.size]);
        for (const id of [...map.keys(), ...others]) expect(label(table, id)).toBe(map.get(id));
      }),
    );
  });

  test('keeps more texts than there are classes, their encodings, and the last of a label that comes again', () => {
    const table = new LabelTable();
    const part = (i: number) =>
      i % 2 === 0 ? csv(`${i}.5`) : { data: `{"y":\n${i}, "ü": "医者"}`, encoding: 'JSON', contentType: undefined };
    for (let i = 0; i < 20_000; i++) table.set(`id-${i}`, part(i), undefined);
    for (let i = 0; i < 20_000; i += 7) table.set(`id-${i}`, part(i + 3), undefined);
    for (let i = 0; i < 20_000; i++) {
      expect(table.data(table.find(`id-${i}`))).toEqual(part(i % 7 === 0 ? i + 3 : i));
    }
    expect([table.size, table.repeated, table.find('id-20000')]).toEqual([20_000, 2858, -1]);
  });

  test('keeps texts that are longer than a block', () => {
    const table = new LabelTable();
    const long = 'é'.repeat(2_000_000);
    for (let i = 0; i < 5000; i++) table.set(`${i}`, csv(`v${i}`), undefined);
    table.set('long', csv(long), undefined);
    table.set('after', csv('v-after'), undefined);
    expect([label(table, 'long') === long, label(table, 'after'), label(table, '4999')]).toEqual([
      true,
      'v-after',
      'v4999',
    ]);
  });

  test('takes 50 bytes or less for each of 200,000 classes', () => {
    const before = process.memoryUsage().arrayBuffers;
    const table = new LabelTable();
    for (let i = 0; i < 200_000; i++) table.set(`inference-${i}`, csv(String(i % 2)), '2026-03-05T00:00:00Z');
    // Arrays that were outgrown may not be collected yet: together at most as large as those in use.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 50 * 200_000);
    expect(table.size).toBe(200_000);
  });
});

describe('readLabels()', () => {
  const root = path.join(folder, 'service');
  writeLines(root, '2026/03/05/10/b.jsonl', [labelLine('a', 'ten-b'), labelLine('b', '1'), labelLine('b', '2')]);
  writeLines(root, '2026/03/05/10/a.jsonl', [labelLine('a', 'ten-a'), labelLine('c', '{"label": 3}', 'JSON')]);
  writeLines(root, '2026/03/07/00/a.jsonl', [labelLine('c', 'late'), labelLine('d', 'late')]);

  test('lets the last label of an id count: by hour folder, then file, then line', async () => {
    const { labels, read, newestHour } = await readLabels(root);
    expect(['a', 'b', 'c', 'd', 'e'].map((id) => label(labels, id))).toEqual(['ten-b', '2', 'late', 'late', undefined]);
    expect([labels.size, labels.repeated]).toEqual([4, 3]);
    expect(['a', 'c'].map((id) => labels.hour(labels.find(id)))).toEqual([
      '2026-03-05T10:00:00Z',
      '2026-03-07T00:00:00Z',
    ]);
    expect(labels.hours).toEqual(['2026-03-05T10:00:00Z', '2026-03-07T00:00:00Z']);
    expect(newestHour).toBe('2026-03-07T00:00:00Z');
    expect(read).toMatchObject({ files: 3, records: 7, quarantined: 0 });
  });

  test('reads the hour folders of a window only', async () => {
    const window = { start: '2026-03-05T10:30:00Z', end: '2026-03-06T00:00:00Z' };
    const { labels, newestHour } = await readLabels(root, { window });
    expect(label(labels, 'c')).toBe('{"label": 3}');
    expect(labels.data(labels.find('c'))).toEqual({ data: '{"label": 3}', encoding: 'JSON', contentType: undefined });
    expect([labels.size, newestHour]).toEqual([3, '2026-03-07T00:00:00Z']);
    const none = await readLabels(root, { window: { start: '2026-04-01T00:00:00Z', end: '2026-04-02T00:00:00Z' } });
    expect([none.labels.size, none.read.files, none.newestHour]).toEqual([0, 0, '2026-03-07T00:00:00Z']);
  });

  test.each([
    ['an endpoint', 'census'],
    ['endpoint and variant', 'census/AllTraffic'],
  ])('finds labels below %s', async (_, below) => {
    const at = path.join(folder, below.replace('/', '-'));
    writeLines(at, `${below}/2026/03/05/10/labels.jsonl`, [labelLine('x', '1')]);
    expect((await readLabels(at)).labels.size).toBe(1);
    expect((await readLabels(path.join(at, 'census'))).labels.size).toBe(1);
  });

  test('reads one file, and a folder without hour folders', async () => {
    const file = writeLines(folder, 'plain/labels.jsonl', [labelLine('x', '1')]);
    const one = await readLabels(file);
    expect([one.labels.size, one.labels.hour(0), one.newestHour]).toEqual([1, undefined, undefined]);
    expect((await readLabels(path.dirname(file))).labels.size).toBe(1);
  });

  test('quarantines lines that hold no label, with their place', async () => {
    const lines = [
      labelLine('good', '1'),
      'nonsense',
      '',
      '{"eventMetadata":{"eventId":"e"},"eventVersion":"0"}',
      '{"captureData":{"endpointOutput":{"data":"1"}},"eventMetadata":{"eventId":"e"}}',
      '{"groundTruthData":{"data":1,"encoding":"CSV"},"eventMetadata":{"eventId":"e"}}',
      '{"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":""}}',
      labelLine('cut', '1').slice(0, 40),
    ];
    const file = writeLines(folder, 'broken/2026/03/05/10/labels.jsonl', lines, '');
    const { labels, read } = await readLabels(path.join(folder, 'broken'));
    expect(labels.size).toBe(1);
    expect(read).toMatchObject({ records: 1, quarantined: 6 });
    expect(read.examples.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'not JSON'],
      [4, 'not a capture record'],
      [5, 'no ground truth in the record'],
      [6, 'data is not text'],
      [7, 'no eventId in the record'],
      [8, 'half-written last line'],
    ]);
    expect(read.examples[0]).toMatchObject({ file, excerpt: 'nonsense' });
  });

  test('takes a last line without a newline that is whole', async () => {
    writeLines(folder, 'unended/labels.jsonl', [labelLine('a', '1'), labelLine('b', '0')], '');
    expect((await readLabels(path.join(folder, 'unended'))).labels.size).toBe(2);
  });

  test('takes the eventId for the id, and an inferenceId where that is all there is', async () => {
    const line = (eventMetadata: object) =>
      JSON.stringify({ groundTruthData: { data: '1', encoding: 'CSV' }, eventMetadata, eventVersion: '0' });
    const lines = [
      line({ eventId: 'both', inferenceId: 'other' }),
      line({ inferenceId: 'alone' }),
      line({ eventId: 7 }),
    ];
    writeLines(folder, 'ids/labels.jsonl', lines);
    const { labels } = await readLabels(path.join(folder, 'ids'));
    expect(['both', 'other', 'alone', '7'].map((id) => labels.find(id) >= 0)).toEqual([true, false, true, true]);
  });

  test('says where there is no ground truth at all, and stops when it is aborted', async () => {
    await expect(readLabels(path.join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'NO_DATA',
      message: expect.stringContaining('There is no ground truth here.'),
    });
    await expect(readLabels(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('tells how far it is', async () => {
    const stages: [number, number | undefined][] = [];
    await readLabels(root, {
      onProgress: ({ stage, done, total }) => {
        if (stage === 'reading ground truth') stages.push([done, total]);
      },
    });
    expect(stages).toHaveLength(3);
    expect(stages.at(-1)![0]).toBe(stages.at(-1)![1]);
  });
});
