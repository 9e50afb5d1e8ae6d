import { describe, expect, it } from 'vitest';
import { recordsPage, recordsTable } from '../../../kernel-lib/src/serve/records-page.js';

const rows = [
  ['10', 'b'],
  ['9', null],
  ['x', 'a'],
  [null, 'B'],
  ['2', 'c'],
  ['1e1', 'd'],
] as const;
const table = { columns: [{ name: 'n' }, { name: 't' }], rows };
const all = { offset: 0, limit: 100 };

describe('recordsTable()', () => {
  it('puts what is known of the request first, only as far as any row has it', () => {
    const found = {
      columns: [{ name: 'age', part: 'input' as const }, { name: 'time' }],
      rows: [
        { file: 'a.csv', line: 1, values: { age: '30', time: 'noon' } },
        { file: 'a.csv', line: 7, inferenceTime: '2026-03-05T00:00:00Z', values: { age: null } },
      ],
      capped: false,
    };
    expect(recordsTable(found)).toEqual({
      columns: [
        { name: 'time', part: 'record' },
        { name: 'file', part: 'record' },
        { name: 'line', part: 'record' },
        { name: 'age', part: 'input' },
        { name: 'time' },
      ],
      rows: [
        [null, 'a.csv', '1', '30', 'noon'],
        ['2026-03-05T00:00:00Z', 'a.csv', '7', null, null],
      ],
    });
  });
});

describe('recordsPage()', () => {
  it('keeps the order of the rows, and cuts the page out of it', () => {
    expect(recordsPage(table, { offset: 1, limit: 2 })).toEqual({ rows: [rows[1], rows[2]], total: 6 });
    expect(recordsPage(table, { offset: 9, limit: 2 })).toEqual({ rows: [], total: 6 });
  });

  it('sorts numbers as numbers and before texts, missing values last, equal ones in their order', () => {
    const page = recordsPage(table, { ...all, sort: { column: 0, direction: 'ascending' } });
    expect(page.rows.map(([n]) => n)).toEqual(['2', '9', '10', '1e1', 'x', null]);
  });

  it('sorts downwards with missing values last, too', () => {
    const page = recordsPage(table, { ...all, sort: { column: 0, direction: 'descending' } });
    expect(page.rows.map(([n]) => n)).toEqual(['x', '10', '1e1', '9', '2', null]);
  });

  it('has nothing to sort by in a column that is not there', () => {
    expect(recordsPage(table, { ...all, sort: { column: 7, direction: 'ascending' } }).rows).toEqual(rows);
  });

  it('finds texts in one column or in any, whatever their case; all filters hold', () => {
    const having = (...filters: { column?: number; value: string }[]): unknown =>
      recordsPage(table, { ...all, filters: filters.map((filter) => ({ ...filter, operator: 'contains' })) }).rows;
    expect(having({ column: 1, value: 'b' })).toEqual([rows[0], rows[3]]);
    expect(having({ value: '1' })).toEqual([rows[0], rows[5]]);
    expect(having({ value: '1' }, { column: 1, value: 'D' })).toEqual([rows[5]]);
    expect(having({ column: 7, value: '' })).toEqual([]);
  });
});
