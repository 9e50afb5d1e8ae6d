import { type CellCondition, conditionList, matches } from '../capture/condition.js';
import type { CapturedRow, ReadRecordsOptions } from '../capture/records.js';
import { type CellColumn, textOf } from './cell-batch.js';
import type { Dataset } from './dataset.js';

/**
 * The rows of a dataset that meet a condition, or several, in their order, at most `limit` of them; reading stops there. `line` is
 * the row's number, one-based, header and unreadable lines not counted; `file` is the dataset's location where it has
 * several files. Numbers of Parquet are written in JavaScript's shortest form; NaN and infinities are missing.
 *
 * @param names - what the columns are called in the profile, in the dataset's order.
 */
export async function readDatasetRecords(
  dataset: Dataset,
  names: readonly string[],
  condition: CellCondition | readonly CellCondition[],
  { limit = 50, signal }: ReadRecordsOptions = {},
): Promise<CapturedRow[]> {
  const found: CapturedRow[] = [];
  if (limit <= 0) return found;
  const [onlyFile = dataset.uri, ...otherFiles] = dataset.files;
  const file = otherFiles.length === 0 ? onlyFile : dataset.uri;
  const conditions = conditionList(condition);
  const places = conditions.map(({ feature }) => names.indexOf(feature));
  let before = 0;
  for await (const { rowCount, columns } of dataset.batches(signal ? { signal } : {})) {
    const judged = places.map((place) => columns[place]);
    for (let row = 0; row < rowCount; row++) {
      const meets = conditions.every((wanted, index) => {
        const column = judged[index];
        const cell = column === undefined ? null : textOf(column, row);
        return matches(wanted, typed(column, cell, wanted));
      });
      if (!meets) continue;
      const values = Object.fromEntries(names.map((name, index) => [name, textOf(columns[index]!, row)]));
      found.push({ file, line: before + row + 1, values });
      if (found.length >= limit) return found;
    }
    before += rowCount;
  }
  return found;
}

/** A whole number in a column of fractions is fractional, as it was counted: types are the column's, not the value's. */
function typed(column: CellColumn | undefined, cell: string | null, { kind }: CellCondition): string | null {
  if (kind !== 'not-type' || cell === null || column?.kind !== 'number' || column.integral) return cell;
  return /^-?\d+$/.test(cell) ? `${cell}.0` : cell;
}
