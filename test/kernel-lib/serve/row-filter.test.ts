import { describe, expect, it } from 'vitest';
import { filterRows, type RowFilter } from '../../../kernel-lib/src/serve/row-filter.js';

const rows = [
  ['1.0', 'Private', '2026-03-05T06:00:00Z'],
  ['10', 'State-gov', '2026-03-05T07:00:00Z'],
  ['9', null, '2026-03-06T06:00:00Z'],
  [undefined, '', 'n/a'],
] as const;
const left = (...filters: RowFilter[]): number[] =>
  filterRows(rows, filters, 3, (row, column) => row[column]).map((row) => rows.indexOf(row as (typeof rows)[number]));
const on = (column: number | undefined, operator: RowFilter['operator'], value: string = ''): RowFilter => ({
  column,
  operator,
  value,
});

describe('filterRows()', () => {
  it('looks into one column or all, whatever the case', () => {
    expect(left(on(1, 'contains', 'PRI'))).toEqual([0]);
    expect(left(on(undefined, 'contains', 't'))).toEqual([0, 1, 2]);
    expect(left()).toEqual([0, 1, 2, 3]);
  });

  it('compares numbers as numbers and times as texts', () => {
    expect(left(on(0, 'above', '9'))).toEqual([1]);
    expect(left(on(0, 'below', '9.5'))).toEqual([0, 2]);
    expect(left(on(0, 'equals', '1'))).toEqual([0]);
    expect(left(on(0, 'differs', '1'))).toEqual([1, 2]);
    expect(left(on(2, 'above', '2026-03-05T06:30'))).toEqual([1, 2, 3]);
  });

  it('knows what is missing, and joins conditions', () => {
    expect(left(on(1, 'missing'))).toEqual([2, 3]);
    expect(left(on(1, 'present'))).toEqual([0, 1]);
    expect(left(on(1, 'missing'), on(0, 'equals', '9'))).toEqual([2]);
  });
});
