import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';

/** A column of rows that are clustered. */
export type ClusterColumn =
  | {
      readonly kind: 'number';
      /** Less the mean, in standard deviations; NaN where missing. */
      readonly values: Float64Array;
      readonly mean: number;
      /** 1 where all numbers are the same. */
      readonly deviation: number;
    }
  | {
      readonly kind: 'category';
      /** By row: the place among `categories`. */
      readonly codes: Int32Array;
      /** As they are written; null where missing. */
      readonly categories: readonly (string | number | null)[];
    };

/**
 * @param isCategory - by column: whether it holds categories although they are numbers. Text is one of numbers where every
 *   cell that is not missing is a finite number.
 */
export function clusterColumns(
  { columns, rowCount }: CellBatch,
  isCategory: (column: number) => boolean,
): ClusterColumn[] {
  return columns.map((column, index) => {
    const numbers = isCategory(index) ? undefined : numbersOf(column, rowCount);
    return numbers === undefined ? categoriesOf(column, rowCount) : standardise(numbers);
  });
}

function numbersOf(column: CellColumn, rows: number): Float64Array | undefined {
  const numbers = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    const cell = cellOf(column, row);
    if (cell === null) continue;
    const value = typeof cell === 'string' && cell.trim() === '' ? Number.NaN : Number(cell);
    if (!Number.isFinite(value)) return undefined;
    numbers[row] = value;
  }
  return numbers;
}

function standardise(numbers: Float64Array): ClusterColumn {
  const present = numbers.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((sum, value) => sum + value / present.length, 0);
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2 / present.length, 0);
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  return { kind: 'number', values: numbers.map((value) => (value - mean) / deviation), mean, deviation };
}

function categoriesOf(column: CellColumn, rows: number): ClusterColumn {
  const codes = new Int32Array(rows);
  const known = new Map<string | number | null, number>();
  for (let row = 0; row < rows; row++) {
    const cell = cellOf(column, row);
    const code = known.get(cell) ?? known.size;
    known.set(cell, code);
    codes[row] = code;
  }
  return { kind: 'category', codes, categories: [...known.keys()] };
}

function cellOf(column: CellColumn, row: number): string | number | null {
  if (column.kind === 'text') return column.values[row] ?? null;
  const value = column.values[row]!;
  return column.valid[row] === 1 && Number.isFinite(value) ? value : null;
}
