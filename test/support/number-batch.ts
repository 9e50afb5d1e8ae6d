import type { CellBatch } from '../../kernel-lib/src/dataset/cell-batch.js';

/** Rows of numbers, null where one is missing, as a batch. */
export function numberBatch(rows: readonly (readonly (number | null)[])[]): CellBatch {
  return {
    rowCount: rows.length,
    columns: (rows[0] ?? []).map((_, column) => ({
      kind: 'number' as const,
      values: Float64Array.from(rows, (row) => row[column] ?? Number.NaN),
      valid: Uint8Array.from(rows, (row) => (row[column] === null ? 0 : 1)),
      integral: false,
    })),
  };
}
