/** Some consecutive rows of a dataset, one entry a column. */
export interface CellBatch {
  readonly rowCount: number;
  readonly columns: readonly CellColumn[];
}

/** Typed numbers, `valid[i] === 0` where there is none, or the cells' text as it was written. */
export type CellColumn =
  | {
      readonly kind: 'number';
      /** NaN and infinities are handed out as they are. */
      readonly values: Float64Array;
      readonly valid: Uint8Array;
      /** Whether the column's type is one of whole numbers. */
      readonly integral: boolean;
    }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] };

/** A cell as text; null where it is missing, and where a number is none. */
export function textOf(column: CellColumn, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null;
  const value = column.values[row]!;
  return column.valid[row] === 1 && Number.isFinite(value) ? String(value) : null;
}

/** Collects rows of texts for the next batch. */
export class TextRows {
  readonly #width: number;
  #columns: (string | null)[][];
  rowCount = 0;

  constructor(width: number) {
    this.#width = width;
    this.#columns = this.#empty();
  }

  /** As many cells as columns; `''` is missing. */
  add(cells: readonly (string | null)[]): void {
    for (let i = 0; i < this.#width; i++) this.#columns[i]!.push(cells[i] || null);
    this.rowCount++;
  }

  /** The rows since the last call; undefined when there are none. */
  take(): CellBatch | undefined {
    if (this.rowCount === 0) return undefined;
    const columns = this.#columns.map((values): CellColumn => ({ kind: 'text', values }));
    const batch: CellBatch = { rowCount: this.rowCount, columns };
    this.#columns = this.#empty();
    this.rowCount = 0;
    return batch;
  }

  #empty(): (string | null)[][] {
    return Array.from({ length: this.#width }, () => []);
  }
}
