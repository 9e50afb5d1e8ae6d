import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Dataset, type OpenDatasetOptions, openDataset } from '../../../kernel-lib/src/dataset/dataset.js';
import { openDuckDb } from '../../../kernel-lib/src/engine/duckdb.js';
import type { Engine } from '../../../kernel-lib/src/engine/engine.js';
import type { Progress } from '../../../kernel-lib/src/progress.js';
import { openStorage } from '../../../kernel-lib/src/storage/open-storage.js';
import { collect } from '../../support/collect.js';
import { startS3Server } from '../../support/s3-server.js';

let folder: string;
let engine: Engine;

beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 });
});

afterAll(() => engine.close());

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'driftline-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function parquet(name: string, select: string): Promise<string> {
  const file = path.join(folder, name);
  await engine.query(`copy (${select}) to ${engine.dialect.quoteString(file)} (format parquet)`);
  return file;
}

interface Read {
  readonly names: readonly string[];
  readonly rows: (string | number | null)[][];
  readonly rejected: ReturnType<Dataset['rejected']>;
}

async function read(uri: string, options: OpenDatasetOptions = {}): Promise<Read> {
  const dataset = await openDataset(uri, { engine, ...options });
  try {
    const rows: (string | number | null)[][] = [];
    for await (const batch of dataset.batches()) {
      for (let row = 0; row < batch.rowCount; row++) {
        rows.push(
          batch.columns.map((column) =>
            column.kind === 'text' ? column.values[row]! : column.valid[row] ? column.values[row]! : null,
          ),
        );
      }
    }
    return { names: dataset.columns.map(({ name }) => name), rows, rejected: dataset.rejected() };
  } finally {
    await dataset.close();
  }
}

describe('CSV', () => {
  test('keeps text as written; an empty cell is missing, quoted or not', async () => {
    const file = put('a.csv', 'age,name,note\n3.0,"Ann, B.",""\n3,,"two\nlines"\n');

    expect(await read(file)).toEqual({
      names: ['age', 'name', 'note'],
      rows: [
        ['3.0', 'Ann, B.', null],
        ['3', null, 'two\nlines'],
      ],
      rejected: [],
    });
  });

  test('drops a byte order mark and carriage returns', async () => {
    const { names, rows } = await read(put('a.csv', '\ufeffä,b\r\n1,2\r\n'));

    expect([names, rows]).toEqual([['ä', 'b'], [['1', '2']]]);
  });

  test('names the columns of a file without a header by position', async () => {
    const { names, rows } = await read(put('a.csv', '1,x\n2,y\n'));

    expect([names, rows.length]).toEqual([['_c0', '_c1'], 2]);
  });

  test('believes what it is told about the header rather than its guess', async () => {
    const texts = put('texts.csv', 'name,city\nAnn,Rome\n');
    const numbers = put('numbers.csv', '2024,2025\n1,2\n');

    expect((await read(texts, { header: false })).rows).toHaveLength(2);
    expect((await read(numbers, { header: true })).names).toEqual(['2024', '2025']);
    expect(await read(numbers, { header: true, columns: ['x', 'y'] })).toMatchObject({
      names: ['x', 'y'],
      rows: [['1', '2']],
    });
  });

  test('takes a first line equal to the given names for a header, and any other for data', async () => {
    put('part-0.csv', 'a,b\n1,2\n');
    put('part-1.csv', 'x,y\n3,4\n');

    expect((await read(folder, { columns: ['a', 'b'] })).rows).toEqual([
      ['1', '2'],
      ['x', 'y'],
      ['3', '4'],
    ]);
  });

  test('says when the given names do not fit', async () => {
    await expect(read(put('a.csv', '1,2\n'), { columns: ['a'] })).rejects.toMatchObject({ code: 'COLUMN_COUNT' });
  });

  test('keeps bad lines with their place and reason, and reads all others', async () => {
    const file = put('a.csv', `a,b\n1,"x\ny"\nonly one\n2,3\n4,"open\n5,6,7\n8,9\n${'1'.repeat(300)}`);
    const { rows, rejected } = await read(file);

    expect(rows).toEqual([
      ['1', 'x\ny'],
      ['2', '3'],
      ['8', '9'],
    ]);
    expect(rejected).toEqual([
      { file, line: 4, reason: 'has 1 column, expected 2', excerpt: 'only one' },
      { file, line: 6, reason: 'has a quote that is not closed', excerpt: '4,"open' },
      { file, line: 7, reason: 'has 3 columns, expected 2', excerpt: '5,6,7' },
      { file, line: 9, reason: 'half-written last line', excerpt: '1'.repeat(200) },
    ]);
  });

  test('may be read twice, with the same rejected lines', async () => {
    const dataset = await openDataset(put('a.csv', 'a,b\n1,2\n3\n'));
    await collect(dataset.batches());
    const [batch] = await collect(dataset.batches());

    expect(batch?.rowCount).toBe(1);
    expect(dataset.rejected()).toHaveLength(1);
  });

  test('refuses names that are empty or come twice, all in one message', async () => {
    const file = put('a.csv', ',age,age\n0,1,2\n');

    await expect(read(file)).rejects.toMatchObject({
      code: 'FORMAT',
      what: 'The names of the columns cannot be used: column 1 has no name, columns 2 and 3 are both named "age".',
      where: file,
    });
  });

  test('refuses a file whose header differs from the first, and says in what', async () => {
    put('1.csv', 'a,b\n1,2\n');
    const second = put('2.csv', 'a,c\n1,2\n');

    await expect(read(folder)).rejects.toMatchObject({
      code: 'FORMAT',
      what: expect.stringContaining('"c" instead of "b"'),
      where: second,
    });
  });

  test.each([
    ['semicolons', 'a;b\n1;2\n'],
    ['tabs', 'a\tb\n1\t2\n'],
    ['carriage returns', 'a,b\r1,2\r'],
  ])('says that %s are not what CSV has', async (name, content) => {
    await expect(read(put('a.csv', content))).rejects.toMatchObject({
      code: 'FORMAT',
      what: expect.stringContaining(name),
    });
  });

  test('a header alone is a dataset without rows', async () => {
    expect(await read(put('a.csv', 'a,b\n'))).toEqual({ names: ['a', 'b'], rows: [], rejected: [] });
  });

  test('reads 100,000 rows in batches, and tells how far it is in bytes', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index},text number ${index}`);
    const file = put('a.csv', `n,text\n${lines.join('\n')}\n`);
    const progress: Progress[] = [];
    const dataset = await openDataset(file);
    let rows = 0;
    let batches = 0;
    for await (const { rowCount, columns } of dataset.batches({ onProgress: (step) => progress.push(step) })) {
      if (columns[0]?.kind === 'text') expect(columns[0].values[0]).toBe(String(rows));
      rows += rowCount;
      batches++;
    }

    expect(rows).toBe(100_000);
    expect(batches).toBeGreaterThan(5);
    expect(progress.at(-1)).toEqual({
      stage: 'reading',
      done: dataset.sizeBytes,
      total: dataset.sizeBytes,
      unit: 'bytes',
    });
  });
});

describe('JSON Lines', () => {
  test('gives all names there are, in the order they are first met', async () => {
    const file = put('a.jsonl', '{"a":3.0,"b":{"x":1}}\n\n{"c":"late","a":null}\r\n{"b":{"x":2}}\n');

    expect(await read(file)).toEqual({
      names: ['a', 'b.x', 'c'],
      rows: [
        ['3.0', '1', null],
        [null, null, 'late'],
        [null, '2', null],
      ],
      rejected: [],
    });
  });

  test('keeps bad lines with their place and reason, a half-written last one among them', async () => {
    const file = put('a.jsonl', '{"a":1}\nbroken\n3\n{"a":2}\n{"a":');
    const { rows, rejected } = await read(file);

    expect(rows).toEqual([['1'], ['2']]);
    expect(rejected).toEqual([
      { file, line: 2, reason: 'not JSON', excerpt: 'broken' },
      { file, line: 3, reason: 'not a JSON object', excerpt: '3' },
      { file, line: 5, reason: 'half-written last line', excerpt: '{"a":' },
    ]);
  });

  test('a whole last line needs no line end', async () => {
    expect((await read(put('a.jsonl', '{"a":1}\n{"a":2}'))).rows).toEqual([['1'], ['2']]);
  });

  test('refuses a file without any object', async () => {
    await expect(read(put('a.jsonl', '{\n"a": 1\n}\n'))).rejects.toMatchObject({ code: 'FORMAT' });
  });
});

describe('Parquet', () => {
  test('gives numbers as numbers and all else as text', async () => {
    const file = await parquet(
      'a.parquet',
      `select 1::tinyint as i, 9007199254740993::bigint as big, 0.5::float as f, 1.25::decimal(9,2) as d, 7::decimal(9,0) as w,
        true as b, date '2026-03-05' as day, timestamp '2026-03-05 01:02:03' as t,
        timestamptz '2026-03-05 01:02:03+02' as tz, [1, 2] as list, {'a': 'x'} as struct, '' as empty, null::int as none`,
    );
    const dataset = await openDataset(file, { engine });
    const [batch] = await collect(dataset.batches());

    expect(dataset.columns.map(({ declared }) => declared)).toEqual([
      'integer',
      'integer',
      'number',
      'number',
      'integer',
      ...Array(7).fill('text'),
      'integer',
    ]);
    expect((await read(file)).rows).toEqual([
      [
        1,
        9007199254740992,
        0.5,
        1.25,
        7,
        'true',
        '2026-03-05',
        '2026-03-05 01:02:03',
        '2026-03-04 23:02:03',
        '[1,2]',
        '{"a":"x"}',
        '',
        null,
      ],
    ]);
    expect(batch?.columns.slice(0, 3).map((column) => column.kind === 'number' && column.integral)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('hands out NaN and infinities as they are', async () => {
    const file = await parquet('a.parquet', `select unnest(['NaN', 'inf', '-inf', null])::double as d`);

    expect((await read(file)).rows).toEqual([[Number.NaN], [Infinity], [-Infinity], [null]]);
  });

  test('reads the files of a folder in their order, matched by name', async () => {
    await parquet('1.parquet', 'select 1 as a, 2 as b');
    await parquet('2.parquet', 'select 3 as b, 4 as c');

    expect(await read(folder)).toMatchObject({
      names: ['a', 'b', 'c'],
      rows: [
        [1, 2, null],
        [null, 3, 4],
      ],
    });
  });

  test('takes no columns from the names of folders', async () => {
    mkdirSync(path.join(folder, 'year=2026'));
    await parquet('year=2026/1.parquet', 'select 1 as a');

    expect((await read(folder)).names).toEqual(['a']);
  });

  test('names the file that is no Parquet, or not whole', async () => {
    const text = put('a.parquet', 'a,b\n1,2\n3,4\n');
    const cut = put('b.parquet', 'PAR1 and then nothing');

    await expect(read(text)).rejects.toMatchObject({ code: 'FORMAT', what: 'This is no Parquet file.', where: text });
    await expect(read(cut)).rejects.toMatchObject({
      code: 'FORMAT',
      what: 'The Parquet file is not whole.',
      where: cut,
    });
  });

  test('tells how far it is in rows', async () => {
    const progress: Progress[] = [];
    const dataset = await openDataset(await parquet('a.parquet', 'select range as n from range(5000)'), { engine });
    await collect(dataset.batches({ onProgress: (step) => progress.push(step) }));

    expect(progress.at(-1)).toEqual({ stage: 'reading', done: 5000, total: 5000, unit: 'rows' });
  });
});

describe('openDataset()', () => {
  test('reads the data of a folder and of folders below, in order, and passes over marks and empty files', async () => {
    put('_SUCCESS', '');
    put('.part-0.csv.crc', 'x');
    put('README.md', '# data');
    put('b/part-1.csv', 'a\n2\n');
    put('a/part-0.csv', 'a\n1\n');
    put('c/part-2.csv', '');

    expect((await read(folder)).rows).toEqual([['1'], ['2']]);
  });

  test('unpacks .gz', async () => {
    expect((await read(put('a.csv.gz', gzipSync('a,b\n1,2\n')))).rows).toEqual([['1', '2']]);
    await expect(read(put('b.csv.gz', 'a,b\n'))).rejects.toMatchObject({ code: 'FORMAT' });
  });

  test('takes the format it is told, for names that tell nothing', async () => {
    expect((await read(put('part-00000', '1,2\n'), { format: 'csv' })).rows).toEqual([['1', '2']]);
    await expect(read(put('unknown', '1'))).rejects.toMatchObject({ code: 'FORMAT' });
  });

  test('refuses kinds that are mixed', async () => {
    put('a.csv', 'a\n1\n');
    put('b.jsonl', '{"a":1}\n');

    await expect(read(folder)).rejects.toMatchObject({ code: 'FORMAT', what: expect.stringContaining('b.jsonl') });
  });

  test('names what is empty or missing', async () => {
    const empty = put('a.csv', '');

    await expect(read(empty)).rejects.toMatchObject({ code: 'NO_DATA', where: empty });
    await expect(read(folder)).rejects.toMatchObject({ code: 'NO_DATA', where: empty });
    await expect(read(path.join(folder, 'no'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(read(put('blank.csv', '\n\n'))).rejects.toMatchObject({ code: 'NO_DATA' });
  });

  test.each(['a.csv', 'a.jsonl', 'a.parquet'])('stops when aborted: %s', async (name) => {
    const file = name.endsWith('parquet')
      ? await parquet(name, 'select 1 as a')
      : put(name, name.endsWith('csv') ? 'a\n1\n' : '{"a":1}\n');
    const dataset = await openDataset(file, { engine });
    const signal = AbortSignal.abort();

    await expect(collect(dataset.batches({ signal }))).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(openDataset(file, { engine, signal })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('query()', () => {
  test('sees the rows that batches() gives, bad lines left out and text as written', async () => {
    vi.stubEnv('TMPDIR', folder);
    const dataset = await openDataset(put('a.csv', 'a,"b""c"\n3.0,"x,\n""y"""\nbad\n,é\n'));
    const rows = await dataset.query('select * from dataset');
    const counts = await dataset.query('select count(*) as n, count(a) as present from dataset');
    await dataset.close();

    expect(rows).toEqual([
      { a: '3.0', 'b"c': 'x,\n"y"' },
      { a: null, 'b"c': 'é' },
    ]);
    expect(counts).toEqual([{ n: 2, present: 1 }]);
    expect(readdirSync(folder)).toEqual(['a.csv']);
    vi.unstubAllEnvs();
  });

  test('keeps a missing cell of a single column', async () => {
    const dataset = await openDataset(put('a.jsonl', '{"a":1}\n{"a":null}\n{"a":2}\n'));
    const rows = await dataset.query('select a from dataset');
    await dataset.close();

    expect(rows).toEqual([{ a: '1' }, { a: null }, { a: '2' }]);
  });

  test('asks Parquet as it is', async () => {
    const dataset = await openDataset(await parquet('a.parquet', 'select range as n from range(10)'));
    const rows = await dataset.query('select sum(n) as s from dataset where n > 5');
    await dataset.close();

    expect(rows).toEqual([{ s: 30 }]);
  });
});

test('a dataset on S3 reads as the same files on disk do', async () => {
  const server = await startS3Server();
  try {
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
    vi.stubEnv('DRIFTLINE_CACHE', path.join(folder, 'cache'));
    const local = path.join(folder, 'local');
    const files = Array.from({ length: 40 }, (_, index) => [`part-${index + 10}.csv`, `a,b\n${index},x\n`] as const);
    mkdirSync(local);
    for (const [name, content] of files) writeFileSync(path.join(local, name), content);
    const storage = openStorage('s3://readable');
    await Promise.all(files.map(([name, content]) => storage.write(`s3://readable/data/${name}`, content)));

    expect(await read('s3://readable/data')).toEqual(await read(local));
  } finally {
    vi.unstubAllEnvs();
    await server.stop();
  }
});
