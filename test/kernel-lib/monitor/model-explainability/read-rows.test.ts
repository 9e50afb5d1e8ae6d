import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../../../../kernel-lib/src/dataset/cell-batch.js';
import {
  openRows,
  type RowReader,
  type RowsOptions,
} from '../../../../kernel-lib/src/monitor/model-explainability/read-rows.js';
import { collect } from '../../../support/collect.js';
import { temporaryFolder } from '../../../support/driftline.js';

let folder = '';
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Captured {
  readonly input: { readonly data: string; readonly encoding: 'CSV' | 'JSON' };
  readonly time?: string;
  readonly id?: string;
}

function line({ input, time = '2026-03-05T07:10:00Z', id }: Captured): string {
  return JSON.stringify({
    captureData: {
      endpointInput: { mode: 'INPUT', observedContentType: 'text/plain', ...input },
      endpointOutput: { mode: 'OUTPUT', observedContentType: 'text/csv', data: '0.5', encoding: 'CSV' },
    },
    eventMetadata: { ...(id !== undefined && { eventId: id }), inferenceTime: time },
    eventVersion: '0',
  });
}

function writeHour(name: string, hour: string, lines: readonly string[]): string {
  const file = path.join(folder, name, 'endpoint/AllTraffic', hour, 'part.jsonl');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return path.join(folder, name);
}

const csv = (data: string): Captured['input'] => ({ data, encoding: 'CSV' });
const json = (value: unknown): Captured['input'] => ({ data: JSON.stringify(value), encoding: 'JSON' });

interface Rows {
  readonly names: readonly string[];
  readonly cells: readonly (readonly (string | null)[])[];
  readonly times: readonly (number | undefined)[];
  readonly ids: readonly (string | null | undefined)[];
  readonly reader: RowReader;
}

async function rowsOf(uri: string, options: RowsOptions = {}): Promise<Rows> {
  const reader = await openRows(uri, options);
  const batches = await collect(reader.batches());
  await reader.close();
  const all = batches.flatMap((batch) => Array.from({ length: batch.rowCount }, (_, row) => ({ batch, row })));
  return {
    reader,
    names: reader.names,
    cells: all.map(({ batch, row }) => batch.columns.map((column) => textOf(column, row))),
    times: all.map(({ batch, row }) => batch.times?.[row]),
    ids: all.map(({ batch, row }) => batch.eventIds?.[row]),
  };
}

describe('captured rows', () => {
  it('of CSV go by the names of the configuration, else of the model, by position', async () => {
    const uri = writeHour('csv', '2026/03/05/07', [line({ input: csv('39,State-gov\n,Private'), id: 'a' })]);
    const configured = await rowsOf(uri, { columns: { input: ['age', 'workclass'] } });
    expect(configured.names).toEqual(['age', 'workclass']);
    expect(configured.cells).toEqual([
      ['39', 'State-gov'],
      [null, 'Private'],
    ]);
    expect((await rowsOf(uri, { featureNames: ['years', 'work'] })).names).toEqual(['years', 'work']);
    expect((await rowsOf(uri)).names).toEqual(['_c0', '_c1']);
  });

  it('bear the time and the event id of their record, and are counted by hour', async () => {
    writeHour('hours', '2026/03/05/07', [
      line({ input: csv('1,2'), time: '2026-03-05T07:59:59Z', id: 'first' }),
      line({ input: csv('3,4') }),
    ]);
    const uri = writeHour('hours', '2026/03/05/08', [
      line({ input: csv('5,6'), time: '2026-03-05T08:00:00Z', id: 'c' }),
    ]);
    const { times, ids, reader } = await rowsOf(uri);
    expect(times).toEqual(['07:59:59', '07:10:00', '08:00:00'].map((time) => Date.parse(`2026-03-05T${time}Z`)));
    expect(ids).toEqual(['first', null, 'c']);
    expect(reader.hours()).toEqual([
      { hour: '2026-03-05T07:00:00Z', rows: 2 },
      { hour: '2026-03-05T08:00:00Z', rows: 1 },
    ]);
    expect(reader.endpoint).toBe('endpoint');
    expect(reader.read()).toMatchObject({ files: 2, records: 3, rows: 3, quarantined: 0 });
  });

  it('of objects come under their names, in whatever order the keys are, with what a record lacks missing', async () => {
    const uri = writeHour('objects', '2026/03/05/07', [
      line({ input: json({ age: 39, work: 'Private' }) }),
      line({ input: json({ work: 'Gig', age: 20 }) }),
      line({ input: json({ age: 51 }) }),
    ]);
    const { names, cells } = await rowsOf(uri);
    expect(names).toEqual(['age', 'work']);
    expect(cells).toEqual([
      ['39', 'Private'],
      ['20', 'Gig'],
      ['51', null],
    ]);
  });

  it('that an expression finds go by the headers, and only those of the window are read', async () => {
    const record = (features: readonly unknown[], time: string): string =>
      line({ input: json({ instances: [{ features }] }), time });
    const uri = writeHour('listed', '2026/03/05/07', [
      record([39, 'Private'], '2026-03-05T07:10:00Z'),
      record([40, null], '2026-03-05T07:20:00Z'),
      record([41, 'Gig'], '2026-03-05T07:40:00Z'),
      record([42], '2026-03-05T07:25:00Z'),
    ]);
    const { names, cells, reader } = await rowsOf(uri, {
      featuresAttribute: 'instances[*].features',
      headers: ['age', 'work', 'label'],
      start: '2026-03-05T07:15:00Z',
      end: '2026-03-05T07:30:00Z',
    });
    expect(names).toEqual(['age', 'work']);
    expect(cells).toEqual([['40', null]]);
    expect(reader.read().reasons).toEqual([{ reason: 'the input has 1 features where others have 2', count: 1 }]);
  });

  it('that cannot be read are counted with file, line and reason', async () => {
    const uri = writeHour('broken', '2026/03/05/07', [
      line({ input: csv('1,2') }),
      '{"half',
      line({ input: csv('1,2,3') }),
    ]);
    const { cells, reader } = await rowsOf(uri, { columns: { input: ['a', 'b'] } });
    expect(cells).toEqual([['1', '2']]);
    const { quarantined, examples } = reader.read();
    expect(quarantined).toBe(2);
    expect(examples.map(({ line: number, reason }) => [number, reason])).toEqual([
      [2, 'not JSON'],
      [3, 'input has 3 columns, expected 2'],
    ]);
  });

  it('can be a share of the lines, the same for the same seed', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => line({ input: csv(`${index}`) }));
    const uri = writeHour('share', '2026/03/05/07', lines);
    const some = await rowsOf(uri, { lineShare: 0.25, seed: 3 });
    // 500 expected, standard deviation 19.4.
    expect(Math.abs(some.cells.length - 500)).toBeLessThan(78);
    expect(some.reader.read()).toMatchObject({ rows: some.cells.length, quarantined: 0 });
    expect((await rowsOf(uri, { lineShare: 0.25, seed: 3 })).cells).toEqual(some.cells);
    expect((await rowsOf(uri, { lineShare: 0.25, seed: 4 })).cells).not.toEqual(some.cells);
  });

  it('of an empty window are none, and the newest hour is known', async () => {
    const uri = writeHour('early', '2026/03/05/07', [line({ input: csv('1,2') })]);
    const window = { start: '2026-03-06T00:00:00Z', end: '2026-03-07T00:00:00Z' };
    const { cells, reader } = await rowsOf(uri, window);
    expect(cells).toEqual([]);
    expect(reader.newestHour).toBe('2026-03-05T07:00:00Z');
    expect(reader.window()).toEqual(window);
  });
});

describe('rows of a dataset', () => {
  it('have all of its columns, and no times', async () => {
    const file = path.join(folder, 'data.csv');
    writeFileSync(file, 'age,income\n39,1\n,0\n1,2,3\n');
    const { names, cells, times, reader } = await rowsOf(file);
    expect(names).toEqual(['age', 'income']);
    expect(cells).toEqual([
      ['39', '1'],
      [null, '0'],
    ]);
    expect(times).toEqual([undefined, undefined]);
    expect(reader.read()).toMatchObject({ rows: 2, quarantined: 1 });
    expect(reader.hours()).toEqual([]);
  });

  it('take no pre-processing hook', async () => {
    const file = path.join(folder, 'data.csv');
    writeFileSync(file, 'age\n39\n');
    await expect(openRows(file, { recordHook: 'hook.js' })).rejects.toMatchObject({
      code: 'USAGE',
      what: 'A pre-processing hook takes captured records, and these data are a dataset.',
    });
  });
});
