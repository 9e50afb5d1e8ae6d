import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { readRecords } from '../../../kernel-lib/src/capture/records.js';
import { captureLine } from './capture-line.js';

let root: string;
const plan: ReadPlan = { parts: ['output', 'input'], names: { output: ['p'], input: ['age', 'job'] } };

const line = (minute: number, rows: string, output: string) =>
  captureLine({
    output: { data: output, encoding: 'CSV' },
    input: { data: rows, encoding: 'CSV' },
    metadata: { eventId: `e-${minute}`, inferenceTime: `2026-03-05T07:${String(minute).padStart(2, '0')}:00Z` },
  });

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'driftline-records-'));
  const folder = path.join(root, 'census/AllTraffic/2026/03/05/07');
  await mkdir(folder, { recursive: true });
  const first = [line(0, '41,clerk', '0.1'), '{"half', '', line(1, '42,\n430,Gig', '0.2\n0.3')];
  await writeFile(path.join(folder, '00-00-000-a.jsonl'), `${first.join('\n')}\n`);
  await writeFile(
    path.join(folder, '30-00-000-b.jsonl'),
    `${line(30, '440,Gig', '0.4')}\n${line(31, '45,Gig', '0.5').slice(0, 90)}`,
  );
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

const window = { start: '2026-03-05T07:00:00Z', end: '2026-03-05T08:00:00Z' };
const above = { kind: 'range', feature: 'age', above: 99 } as const;

describe('readRecords()', () => {
  test('gives the rows that meet the condition, with their file, line and ids', async () => {
    const rows = await readRecords({ source: root, window, condition: above }, plan);
    expect(rows.map(({ file, ...row }) => ({ file: path.basename(file), ...row }))).toEqual([
      {
        file: '00-00-000-a.jsonl',
        line: 4,
        eventId: 'e-1',
        inferenceTime: '2026-03-05T07:01:00Z',
        values: { p: '0.3', age: '430', job: 'Gig' },
      },
      {
        file: '30-00-000-b.jsonl',
        line: 1,
        eventId: 'e-30',
        inferenceTime: '2026-03-05T07:30:00Z',
        values: { p: '0.4', age: '440', job: 'Gig' },
      },
    ]);
  });

  test('finds missing values, and everything where the feature is missing altogether', async () => {
    const missing = (feature: string) => readRecords({ source: root, condition: { kind: 'missing', feature } }, plan);
    expect((await missing('job')).map(({ values }) => values['age'])).toEqual(['42']);
    expect(await missing('nowhere')).toHaveLength(4);
  });

  test('stops at the limit', async () => {
    expect(await readRecords({ source: root, condition: above }, plan, { limit: 1 })).toHaveLength(1);
    expect(await readRecords({ source: root, condition: above }, plan, { limit: 0 })).toEqual([]);
  });

  test('cuts hours by the time of each record', async () => {
    const half = { ...window, start: '2026-03-05T07:15:00Z' };
    const rows = await readRecords({ source: root, window: half, condition: above }, plan);
    expect(rows.map(({ eventId }) => eventId)).toEqual(['e-30']);
  });

  test("applies the plan's hook", async () => {
    const recordHook = path.join(root, 'hook.js');
    await writeFile(
      recordHook,
      'export default ({ input }) => input.rows.map(({ age }) => ({ age: Number(age) * 10 }));',
    );
    const rows = await readRecords({ source: path.join(root, 'census'), condition: above }, { ...plan, recordHook });
    expect(rows.map(({ values }) => values)).toEqual([
      { age: '410' },
      { age: '420' },
      { age: '4300' },
      { age: '4400' },
    ]);
  });

  test('stops when it is aborted', async () => {
    const signal = AbortSignal.abort();
    await expect(readRecords({ source: root, condition: above }, plan, { signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });
});
