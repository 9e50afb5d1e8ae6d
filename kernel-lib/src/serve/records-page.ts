import { cellNumber } from '../capture/cell-type.js';
import type { CapturedRow } from '../capture/records.js';
import type { FoundRecords } from '../monitor/report-records.js';
import type { RecordsColumn, RecordsSort } from './contract.js';
import { filterRows, type RowFilter } from './row-filter.js';

/** Records as a table of texts. */
export interface RecordsTable {
  readonly columns: readonly RecordsColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Which rows of a table are wanted. */
export interface PageOptions {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: RecordsSort | undefined;
  readonly filters?: readonly RowFilter[] | undefined;
}

const own: readonly (readonly [name: string, text: (row: CapturedRow) => string | undefined])[] = [
  ['time', ({ inferenceTime }) => inferenceTime],
  ['eventId', ({ eventId }) => eventId],
  ['inferenceId', ({ inferenceId }) => inferenceId],
  ['file', ({ file }) => file],
  ['line', ({ line }) => String(line)],
];

/** The request's own data first, as far as any row has them, then the columns of the data. */
export function recordsTable({ columns, rows }: FoundRecords): RecordsTable {
  const present = own.filter(([, text]) => rows.some((row) => text(row) !== undefined));
  return {
    columns: [...present.map(([name]): RecordsColumn => ({ name, part: 'record' })), ...columns],
    rows: rows.map((row) => [
      ...present.map(([, text]) => text(row) ?? null),
      ...columns.map(({ name }) => row.values[name] ?? null),
    ]),
  };
}

/** One page of the rows that meet the filters, in the order asked for; rows that are equal in it stay in theirs. */
export function recordsPage(
  { columns, rows }: RecordsTable,
  { offset, limit, sort, filters = [] }: PageOptions,
): { readonly rows: RecordsTable['rows']; readonly total: number } {
  const found = [...filterRows(rows, filters, columns.length, (row, column) => row[column])];
  if (sort !== undefined) {
    const { column, direction } = sort;
    const sign = direction === 'ascending' ? 1 : -1;
    found.sort((a, b) => compareCells(a[column] ?? null, b[column] ?? null, sign));
  }
  return { rows: found.slice(offset, offset + limit), total: found.length };
}

function compareCells(a: string | null, b: string | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [numberA, numberB] = [cellNumber(a), cellNumber(b)];
  if (numberA !== undefined && numberB !== undefined) return sign * (numberA - numberB);
  if (numberA !== undefined || numberB !== undefined) return sign * (numberA === undefined ? 1 : -1);
  return sign * (a < b ? -1 : Number(a > b));
}
