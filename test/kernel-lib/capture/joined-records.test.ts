import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CaptureWindow } from '../../../kernel-lib/src/capture/hour-path.js';
import { forEachJoined, type JoinedRecord } from '../../../kernel-lib/src/capture/joined-records.js';
import { LabelTable } from '../../../kernel-lib/src/capture/label-table.js';
import { locateCapture } from '../../../kernel-lib/src/capture/locate.js';
import type { ReadSummary } from '../../../kernel-lib/src/capture/summary.js';
import { temporaryFolder } from '../../support/driftline.js';
import { captureLine } from './capture-line.js';
import { writeLines } from './label-files.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const record = (metadata: object, groundTruth?: object): string =>
  captureLine({ output: { data: '0.5', encoding: 'CSV' }, groundTruth, metadata });

function tableOf(...ids: readonly string[]): LabelTable {
  const table = new LabelTable();
  for (const id of ids) table.set(id, { data: `label of ${id}`, encoding: 'CSV', contentType: undefined }, undefined);
  return table;
}

async function joined(
  uri: string,
  labels: LabelTable | undefined,
  window?: CaptureWindow,
): Promise<{ readonly records: readonly JoinedRecord[]; readonly read: ReadSummary }> {
  const records: JoinedRecord[] = [];
  const files = await locateCapture(uri, window);
  const read = await forEachJoined(files, labels, (each) => void records.push(each), { ...(window && { window }) });
  return { records, read };
}

describe('forEachJoined()', () => {
  test('joins by inferenceId where there is one, else by eventId', async () => {
    const root = path.join(folder, 'ids');
    writeLines(root, 'c/v/2026/03/05/10/a.jsonl', [
      record({ eventId: 'e1', inferenceId: 'i1' }),
      record({ eventId: 'e2' }),
      record({ eventId: 'e3', inferenceId: 'i3' }),
      record({ eventId: 'e4', inferenceId: '' }),
      record({ eventId: null }),
    ]);
    const labels = tableOf('i1', 'e2', 'e3', 'e4');
    const { records } = await joined(root, labels);
    expect(records.map(({ label }) => (label < 0 ? undefined : labels.data(label).data))).toEqual([
      'label of i1',
      'label of e2',
      undefined,
      'label of e4',
      undefined,
    ]);
  });

  test('says where a record stands, and gives its line as it was captured', async () => {
    const root = path.join(folder, 'places');
    const line = record({ eventId: 'e1', more: 1.0 }).replace('"more":1', '"more":1.0');
    const file = writeLines(root, 'c/v/2026/03/05/10/b.jsonl', ['', line]);
    writeLines(root, 'c/v/2026/03/05/09/a.jsonl', [record({ eventId: 'e0' })]);
    const { records, read } = await joined(root, tableOf('e1'));
    expect(records.map(({ record: { eventId } }) => eventId)).toEqual(['e0', 'e1']);
    expect(records[1]).toMatchObject({ hour: '2026-03-05T10:00:00Z', file, line: 2, text: line, label: 0 });
    expect(read).toMatchObject({ files: 2, records: 2, quarantined: 0 });
  });

  test('gives merged records with their own ground truth, without a table', async () => {
    const root = path.join(folder, 'merged');
    writeLines(root, 'merge/c/v/2026/03/05/10/a.jsonl', [record({}, { data: '1', encoding: 'CSV' })]);
    const { records } = await joined(root, undefined);
    expect(records.map(({ label, record: { groundTruth } }) => [label, groundTruth?.data])).toEqual([[-1, '1']]);
  });

  test('takes the records of the hour folders for a window on whole hours, whatever their own times', async () => {
    const root = path.join(folder, 'whole');
    writeLines(root, 'c/v/2026/03/05/10/a.jsonl', [
      record({ eventId: 'before', inferenceTime: '2026-03-05T09:59:59Z' }),
      record({ eventId: 'inside', inferenceTime: '2026-03-05T10:59:59Z' }),
      record({ eventId: 'after', inferenceTime: '2026-03-05T11:00:00Z' }),
    ]);
    const { records, read } = await joined(root, undefined, {
      start: '2026-03-05T10:00:00Z',
      end: '2026-03-05T11:00:00.000Z',
    });
    expect(records.map(({ record: { eventId } }) => eventId)).toEqual(['before', 'inside', 'after']);
    expect(read.records).toBe(3);
  });

  test("cuts hours by the records' own times for any other window, half-open", async () => {
    const root = path.join(folder, 'cut');
    writeLines(root, 'c/v/2026/03/05/10/a.jsonl', [
      record({ eventId: 'a', inferenceTime: '2026-03-05T10:29:59Z' }),
      record({ eventId: 'b', inferenceTime: '2026-03-05T10:30:00Z' }),
      record({ eventId: 'c', inferenceTime: '2026-03-05T10:45:00Z' }),
      record({ eventId: 'timeless', inferenceTime: undefined }),
      record({ eventId: 'when', inferenceTime: 'yesterday' }),
    ]);
    const { records, read } = await joined(root, undefined, {
      start: '2026-03-05T10:30:00Z',
      end: '2026-03-05T10:45:00Z',
    });
    expect(records.map(({ record: { eventId } }) => eventId)).toEqual(['b', 'timeless']);
    expect(read).toMatchObject({
      records: 2,
      quarantined: 1,
      reasons: [{ reason: 'inferenceTime is not a time', count: 1 }],
    });
  });

  test('cuts files outside hour folders by time for every window', async () => {
    const root = path.join(folder, 'plain');
    const times = ['2026-03-05T09:59:59Z', '2026-03-05T10:00:00Z', '2026-03-05T11:00:00Z'];
    writeLines(
      root,
      'a.jsonl',
      times.map((inferenceTime) => record({ inferenceTime })),
    );
    const window = { start: '2026-03-05T10:00:00Z', end: '2026-03-05T11:00:00Z' };
    const { records } = await joined(root, undefined, window);
    expect(records.map(({ record: { inferenceTime } }) => inferenceTime)).toEqual([times[1]]);
  });

  test('quarantines what is no record, and tells half-written last lines', async () => {
    const root = path.join(folder, 'broken');
    writeLines(root, 'c/v/2026/03/05/10/a.jsonl', ['{"half', '[]', record({}), record({}).slice(0, 50)], '');
    const { records, read } = await joined(root, undefined);
    expect(records).toHaveLength(1);
    expect(read.examples.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'not JSON'],
      [2, 'not a JSON object'],
      [4, 'half-written last line'],
    ]);
  });

  test('waits for a visit that takes time, and hands on what it throws', async () => {
    const root = path.join(folder, 'slow');
    writeLines(root, 'c/v/2026/03/05/10/a.jsonl', [record({ eventId: 'a' }), record({ eventId: 'b' })]);
    const files = await locateCapture(root);
    const order: string[] = [];
    await forEachJoined(files, undefined, async ({ record: { eventId } }) => {
      order.push(`${eventId} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`${eventId} ends`);
    });
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    const failing = forEachJoined(files, undefined, () => Promise.reject(new Error('full')));
    await expect(failing).rejects.toThrow('full');
    const aborted = forEachJoined(files, undefined, () => undefined, { signal: AbortSignal.abort() });
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
