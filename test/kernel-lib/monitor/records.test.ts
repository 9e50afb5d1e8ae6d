import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBaseline } from '../../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../../../kernel-lib/src/monitor/check.js';

let folder: string;
const at = (...names: string[]): string => path.join(folder, ...names);
const trained = Array.from({ length: 500 }, (_, i) => ({ n: i % 50, x: i / 4, job: ['clerk', 'nurse'][i % 2]! }));
const current = trained.map((row, i) => ({ ...row, job: i % 100 === 7 ? 'gig' : i % 100 === 9 ? null : row.job }));

function csv(rows: readonly { n: number; x: number; job: string | null }[], header: string | undefined): string {
  const lines = rows.map(({ n, x, job }) => `${n},${x},${job ?? ''}`);
  return `${[...(header === undefined ? [] : [header]), ...lines].join('\n')}\n`;
}

async function recordsOf(report: CheckedReport, check: string, options?: { limit: number }) {
  const violation = report.violations.find((found) => found.check === check);
  return violation?.records(options);
}

function checked(file: string, options: Partial<CheckOptions> = {}): Promise<CheckedReport> {
  return check('data-quality', { current: at(file), baseline: at('baseline'), ...options });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'driftline-records-'));
  await writeFile(at('trained.csv'), csv(trained, 'n,x,job'));
  await makeBaseline('data-quality', { dataset: at('trained.csv'), output: at('baseline') });
  await writeFile(at('current.csv'), csv(current, 'n,x,job'));
  await writeFile(at('headless.csv'), csv(current, undefined));
  await writeFile(at('current.jsonl'), current.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const engine = await (await DuckDBInstance.create()).connect();
  const source = `read_json('${at('current.jsonl')}', columns = {n: 'DOUBLE', x: 'DOUBLE', job: 'VARCHAR'})`;
  await engine.run(`COPY (SELECT * FROM ${source}) TO '${at('current.parquet')}' (FORMAT parquet)`);
  engine.closeSync();
});

afterAll(() => rm(folder, { recursive: true }));

describe('records() of a violation in a dataset', () => {
  test.each(['current.csv', 'headless.csv', 'current.jsonl', 'current.parquet'])(
    'gives the rows behind it, with their number: %s',
    async (file) => {
      const report = await checked(file);
      const unseen = await recordsOf(report, 'categorical_values_check');
      expect(unseen?.map(({ line }) => line)).toEqual([8, 108, 208, 308, 408]);
      expect(unseen?.[1]).toEqual({ file: at(file), line: 108, values: { n: '7', x: '26.75', job: 'gig' } });
      const missing = await recordsOf(report, 'completeness_check', { limit: 2 });
      expect(missing?.map(({ line, values }) => [line, values['job']])).toEqual([
        [10, null],
        [110, null],
      ]);
    },
  );

  test('gives as many rows as were counted, whole numbers of a column of fractions among them', async () => {
    const report = await checked('current.parquet');
    const violation = report.violations.find((found) => found.check === 'data_type_check');
    expect(violation).toMatchObject({ feature: 'n', rows: 500 });
    expect(await violation?.records({ limit: 1000 })).toHaveLength(500);
  });

  test('is empty for columns that are missing, and for a limit of none', async () => {
    await writeFile(at('narrow.csv'), 'n,x\n1,2\n');
    const report = await checked('narrow.csv');
    expect(await recordsOf(report, 'missing_column_check')).toEqual([]);
    expect(await recordsOf(await checked('current.csv'), 'categorical_values_check', { limit: 0 })).toEqual([]);
  });
});

describe('a window with one end', () => {
  beforeAll(async () => {
    for (const hour of ['05', '06', '07']) {
      const place = at('capture', 'ep', 'AllTraffic', '2026', '03', '02', hour);
      await mkdir(place, { recursive: true });
      const lines = Array.from({ length: 20 }, (_, i) =>
        JSON.stringify({
          captureData: {
            endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: `${i},1.5,gig`, encoding: 'CSV' },
          },
          eventMetadata: { eventId: `${hour}-${i}`, inferenceTime: `2026-03-02T${hour}:${10 + i}:00Z` },
          eventVersion: '0',
        }),
      );
      await writeFile(path.join(place, '10-00-000-a.jsonl'), `${lines.join('\n')}\n`);
    }
  });

  test('is that of the captured hours in the report, and its records come from no other hour', async () => {
    const after = await checked('capture', { start: '2026-03-02T06:00:00Z' });
    expect(after.window).toEqual({ start: '2026-03-02T06:00:00Z', end: '2026-03-02T08:00:00Z' });
    const rows = await recordsOf(after, 'categorical_values_check', { limit: 100 });
    expect(rows?.map(({ eventId }) => eventId?.slice(0, 2))).toEqual([
      ...Array(20).fill('06'),
      ...Array(20).fill('07'),
    ]);

    const before = await checked('capture', { end: '2026-03-02T06:00:00Z' });
    expect(before.window).toEqual({ start: '2026-03-02T05:00:00Z', end: '2026-03-02T06:00:00Z' });
    expect(await recordsOf(before, 'categorical_values_check', { limit: 100 })).toHaveLength(20);
  });
});
