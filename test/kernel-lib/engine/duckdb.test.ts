import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../../kernel-lib/src/engine/duckdb.js';
import type { Chunk, Engine } from '../../../kernel-lib/src/engine/engine.js';
import { quoteIdentifier, quoteString } from '../../../kernel-lib/src/engine/sql.js';
import { collect } from '../../support/collect.js';

let engine: Engine;

beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 });
});

afterAll(() => engine.close());

async function stream(sql: string): Promise<Chunk[]> {
  return collect(engine.stream(sql));
}

describe('query()', () => {
  test('gives plain values for every type', async () => {
    const [row] = await engine.query(`select
      1::tinyint as tiny, 2::bigint as big, 3::hugeint as huge, 1.5::float as single, 0.1::double as double,
      1234567890.1234::decimal(18,4) as decimal, true as boolean, 'é,"' as text, null as nothing,
      date '2026-03-05' as day, timestamp '2026-03-05 01:02:03' as time,
      '00000000-0000-0000-0000-000000000001'::uuid as uuid, [1, 2] as list, {'a': 1, 'b': [null, 'x']} as struct`);

    expect(row).toEqual({
      tiny: 1,
      big: 2,
      huge: 3,
      single: 1.5,
      double: 0.1,
      decimal: 1234567890.1234,
      boolean: true,
      text: 'é,"',
      nothing: null,
      day: '2026-03-05',
      time: '2026-03-05 01:02:03',
      uuid: '00000000-0000-0000-0000-000000000001',
      list: '[1,2]',
      struct: '{"a":1,"b":[null,"x"]}',
    });
  });

  test('gives counts up to 2^53 exactly and throws beyond', async () => {
    expect(await engine.query('select 9007199254740991::bigint as n')).toEqual([{ n: Number.MAX_SAFE_INTEGER }]);
    await expect(engine.query('select 9007199254740993::bigint as n')).rejects.toMatchObject({ code: 'LIMIT' });
  });

  test('gives no rows for no rows', async () => {
    expect(await engine.query('select 1 as a where false')).toEqual([]);
  });

  test('says which query failed and why', async () => {
    const sql = 'select missing from (select 1 as present)';
    const error = await engine.query(sql).catch((caught: unknown) => caught);

    expect(error).toMatchObject({ code: 'ENGINE', where: sql });
    expect((error as Error).message).toContain('missing');
    expect((error as Error).cause).toBeInstanceOf(Error);
  });

  test('stops at once when aborted, and the engine goes on working', async () => {
    const controller = new AbortController();
    const sql = 'select sum(sqrt(a.range + b.range)) as s from range(1000000) a, range(1000000) b';
    const running = engine.query(sql, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);

    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(engine.query('select 1', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await engine.query('select 1 as a')).toEqual([{ a: 1 }]);
  });
});

describe('stream()', () => {
  test('gives numbers as doubles with their validity, whatever their SQL type', async () => {
    const types = [
      'tinyint',
      'usmallint',
      'integer',
      'bigint',
      'ubigint',
      'hugeint',
      'float',
      'double',
      'decimal(9,2)',
    ];
    const columns = types.map(
      (type, index) => `(case when range = 1 then null else range * 10 end)::${type} as c${index}`,
    );
    const [chunk] = await stream(`select ${columns.join(', ')} from range(3)`);

    expect(chunk?.rowCount).toBe(3);
    for (const column of chunk!.columns) {
      expect(column).toEqual({
        kind: 'number',
        values: Float64Array.of(0, 0, 20),
        valid: Uint8Array.of(1, 0, 1),
      });
    }
  });

  test('gives NaN, infinities, negative zero and the nearest double of huge integers', async () => {
    const [chunk] = await stream(
      `select unnest(['NaN', 'Infinity', '-Infinity', '-0'])::double as d, 9007199254740993 as n`,
    );
    const [doubles, integers] = chunk!.columns;

    expect(doubles?.kind === 'number' && [...doubles.values]).toEqual([Number.NaN, Infinity, -Infinity, -0]);
    expect(integers?.kind === 'number' && integers.values[0]).toBe(9007199254740992);
  });

  test('gives texts and all that is no number as text', async () => {
    const [chunk] = await stream(
      `select unnest(['a', null, 'längerer Text über zwölf Bytes 🎉']) as t, true as b, date '2026-03-05' as d, [1] as l`,
    );

    expect(chunk?.columns.map((column) => [...column.values])).toEqual([
      ['a', null, 'längerer Text über zwölf Bytes 🎉'],
      ['true', 'true', 'true'],
      ['2026-03-05', '2026-03-05', '2026-03-05'],
      ['[1]', '[1]', '[1]'],
    ]);
  });

  test('gives all rows in order over many chunks, and calls may overlap', async () => {
    const count = async (rows: number): Promise<number[]> => {
      const values: number[] = [];
      for await (const chunk of engine.stream(`select range as n from range(${rows})`)) {
        if (chunk.columns[0]?.kind === 'number') values.push(...chunk.columns[0].values);
      }
      return values;
    };
    const [long, short] = await Promise.all([count(50_000), count(10)]);

    expect(long).toEqual(Array.from({ length: 50_000 }, (_, index) => index));
    expect(short).toHaveLength(10);
  });

  test('ends the query when its reader stops early', async () => {
    for await (const chunk of engine.stream('select range from range(100000000)')) {
      expect(chunk.rowCount).toBeGreaterThan(0);
      break;
    }
    expect(await engine.query('select 1 as a')).toEqual([{ a: 1 }]);
  });
});

test('a closed engine refuses queries and may be closed again', async () => {
  const closed = await openDuckDb({ threads: 1, memoryLimitMb: 256 });
  await closed.close();
  await closed.close();

  await expect(closed.query('select 1')).rejects.toMatchObject({ code: 'ENGINE' });
});

test('names and strings survive quoting', async () => {
  const name = 'we "quote" \'it\', é; --';
  const [row] = await engine.query(`select ${quoteString(name)} as ${quoteIdentifier(name)}`);

  expect(row).toEqual({ [name]: name });
});
