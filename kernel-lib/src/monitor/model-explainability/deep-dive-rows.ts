import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import { MonitorError } from '../../errors.js';
import type { RowBatch } from '../../explain/row-sample.js';
import type { SegmentCondition } from '../../report/model-quality-report.js';
import { numberOf } from '../label.js';

/** Some rows of a batch, in the given order. */
export function pickRows(batch: RowBatch, rows: readonly number[]): RowBatch {
  return {
    rowCount: rows.length,
    columns: batch.columns.map(
      (column): CellColumn =>
        column.kind === 'text'
          ? { kind: 'text', values: rows.map((row) => column.values[row] ?? null) }
          : {
              ...column,
              values: Float64Array.from(rows, (row) => column.values[row]!),
              valid: Uint8Array.from(rows, (row) => column.valid[row]!),
            },
    ),
    ...(batch.times && { times: Float64Array.from(rows, (row) => batch.times![row]!) }),
    ...(batch.eventIds && { eventIds: rows.map((row) => batch.eventIds![row] ?? null) }),
  };
}

/** A row as a caller writes it: cells by feature; left out, null and the empty text are missing. */
export type GivenRow = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Rows that a caller gives, as a batch of texts, and its columns: all names that any row has, in order of appearance. */
export function givenRows(rows: readonly GivenRow[]): { readonly names: readonly string[]; readonly batch: RowBatch } {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map(
    (name): CellColumn => ({
      kind: 'text',
      values: rows.map((row) => {
        const cell = row[name];
        return cell === undefined || cell === null || cell === '' || Number.isNaN(cell) ? null : String(cell);
      }),
    }),
  );
  return { names, batch: { rowCount: rows.length, columns } };
}

/**
 * Which rows of a batch meet all conditions.
 *
 * @param names - of the batch's columns.
 */
export function rowsMeeting(
  { rowCount, columns }: RowBatch,
  names: readonly string[],
  conditions: readonly SegmentCondition[],
): Uint8Array {
  const members = new Uint8Array(rowCount).fill(1);
  for (const condition of conditions) {
    const column = columns[names.indexOf(condition.feature)]!;
    for (let row = 0; row < rowCount; row++) if (!meets(condition, textOf(column, row))) members[row] = 0;
  }
  return members;
}

function meets(condition: SegmentCondition, cell: string | null): boolean {
  const missing = cell === null || cell === '';
  if (condition.kind === 'missing') return missing;
  if (missing) return false;
  if (condition.kind === 'equals') return cell === condition.value;
  const number = numberOf(cell);
  if (number === undefined) return false;
  return number >= (condition.from ?? Number.NEGATIVE_INFINITY) && number < (condition.to ?? Number.POSITIVE_INFINITY);
}

/** Checks that conditions can be met. @throws MonitorError `USAGE` without any; `COLUMN_NOT_FOUND`. */
export function checkConditions(
  conditions: readonly SegmentCondition[],
  names: readonly string[],
  where: string,
): void {
  if (conditions.length === 0) {
    throw new MonitorError('USAGE', 'A segment without conditions is everybody.', {
      fix: 'give at least one: { feature: "age", kind: "range", from: 40 }',
    });
  }
  for (const { feature } of conditions) checkColumn(feature, names, where);
}

/** @throws MonitorError `COLUMN_NOT_FOUND` with the names there are. */
export function checkColumn(name: string, names: readonly string[], where: string): void {
  if (names.includes(name)) return;
  throw new MonitorError('COLUMN_NOT_FOUND', `No column "${name}".`, { where, fix: `use one of: ${names.join(', ')}` });
}
