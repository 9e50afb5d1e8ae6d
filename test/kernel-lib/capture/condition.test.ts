import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CellCondition, conditionSql, matches } from '../../../kernel-lib/src/capture/condition.js';
import { openDuckDb } from '../../../kernel-lib/src/engine/duckdb.js';
import type { Engine } from '../../../kernel-lib/src/engine/engine.js';
import { quoteString } from '../../../kernel-lib/src/engine/sql.js';

const feature = 'say "x"';
const cells = [null, '3', '-3', '3.0', '1e3', '+7', '- 4', 'true', 'NaN', "o'clock", 'a', '100', '99', '98.5', '3 '];

const conditions: readonly [CellCondition, readonly (string | null)[], string][] = [
  [{ kind: 'missing', feature }, [null], '"say ""x""" IS NULL'],
  [
    { kind: 'not-type', feature, expected: 'Integral' },
    ['3.0', '1e3', 'true', 'NaN', "o'clock", 'a', '98.5', '3 '],
    `NOT regexp_full_match("say ""x""", '[-+]? ?\\d+')`,
  ],
  [
    { kind: 'not-type', feature, expected: 'Fractional' },
    ['true', 'NaN', "o'clock", 'a', '3 '],
    `NOT regexp_full_match("say ""x""", '[-+]? ?\\d+(\\.\\d+)?([Ee][-+]?\\d+)?')`,
  ],
  [
    { kind: 'not-type', feature, expected: 'String' },
    ['3', '-3', '3.0', '1e3', '+7', '- 4', '100', '99', '98.5'],
    `regexp_full_match("say ""x""", '[-+]? ?\\d+(\\.\\d+)?([Ee][-+]?\\d+)?')`,
  ],
  [{ kind: 'not-type', feature, expected: 'Unknown' }, cells.slice(1), '"say ""x""" IS NOT NULL'],
  [{ kind: 'in', feature, values: ["o'clock", 'a'] }, ["o'clock", 'a'], `"say ""x""" IN ('o''clock', 'a')`],
  [{ kind: 'in', feature, values: [] }, [], 'FALSE'],
  [{ kind: 'not-in', feature, values: cells.slice(1, 10) as string[] }, ['a', '100', '99', '98.5', '3 '], ''],
  [{ kind: 'not-in', feature, values: [] }, cells.slice(1), '"say ""x""" IS NOT NULL'],
  [{ kind: 'range', feature, above: 99 }, ['1e3', '100'], 'TRY_CAST("say ""x""" AS DOUBLE) > 99'],
  [
    { kind: 'range', feature, above: 3, atMost: 99 },
    ['+7', '99', '98.5'],
    'TRY_CAST("say ""x""" AS DOUBLE) > 3 AND TRY_CAST("say ""x""" AS DOUBLE) <= 99',
  ],
];

describe('matches()', () => {
  test.each(conditions)('picks the cells of %j', (condition, picked) => {
    expect(cells.filter((cell) => matches(condition, cell))).toEqual(picked);
  });
});

describe('conditionSql()', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openDuckDb();
  });
  afterAll(async () => {
    await engine.close();
  });

  test.each(conditions)('says %j in SQL', (condition, _, where) => {
    expect(conditionSql(condition)).toContain(`SELECT * FROM current WHERE ${where}`);
  });

  test('picks the same cells in DuckDB', async () => {
    // Texts that DuckDB casts to numbers and deequ does not see as numbers are left out: " 3", "3 ", ".5", "NaN".
    const texts = fc.constantFrom(...cells.filter((cell) => cell !== '- 4' && cell !== '3 ' && cell !== 'NaN'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(texts, { minLength: 1 }),
        fc.constantFrom(...conditions),
        async (column, [condition]) => {
          const values = column.map((cell) => `(${cell === null ? 'NULL' : quoteString(cell)})`).join(', ');
          const rows = await engine.query(
            `WITH current("say ""x""") AS (SELECT CAST(v AS VARCHAR) FROM (VALUES ${values}) t(v)) ${conditionSql(condition)}`,
          );
          expect(rows.map((row) => row[feature]).sort()).toEqual(
            column.filter((cell) => matches(condition, cell)).sort(),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
