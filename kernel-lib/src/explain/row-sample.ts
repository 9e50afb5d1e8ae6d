import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { Random } from '../stats/random.js';

/** Some rows, and of captured ones when they came and what they are called. */
export interface RowBatch extends CellBatch {
  /** Milliseconds since 1970; NaN where a record does not say. Absent for datasets. */
  readonly times?: Float64Array;
  /** `eventId` of the record; null where it has none. Absent for datasets. */
  readonly eventIds?: readonly (string | null)[];
}

/** Rows that were drawn, in the order in which they came. */
export interface SampledRows extends CellBatch {
  /** Milliseconds since 1970, NaN where unknown; absent for datasets. */
  readonly times?: Float64Array;
  readonly eventIds?: readonly (string | null)[];
}

/**
 * Draws rows without replacement, each equally likely, while they pass; all where there are no more than `limit`. Memory:
 * the drawn rows' cells.
 *
 * @see Source: Vitter 1985, "Random sampling with a reservoir", algorithm R.
 */
export class RowSample {
  readonly #limit: number;
  readonly #places: readonly number[];
  readonly #random: Random;
  readonly #columns: (string | number | null)[][];
  readonly #order: number[] = [];
  #numeric: boolean[] = [];
  #times: number[] | undefined;
  #eventIds: (string | null)[] | undefined;
  /** Rows that came by. */
  seen = 0;

  /** @param places - of the columns that are kept, in their order, among those of the batches. */
  constructor(places: readonly number[], limit: number, seed: number) {
    this.#places = places;
    this.#limit = limit;
    this.#random = new Random(seed);
    this.#columns = places.map(() => []);
  }

  add(batch: RowBatch): void {
    const columns = this.#places.map((place) => batch.columns[place]!);
    this.#numeric = columns.map(({ kind }) => kind === 'number');
    if (batch.times !== undefined) this.#times ??= [];
    if (batch.eventIds !== undefined) this.#eventIds ??= [];
    for (let row = 0; row < batch.rowCount; row++) {
      const slot = this.seen < this.#limit ? this.seen : this.#random.integer(this.seen + 1);
      if (slot < this.#limit) {
        this.#order[slot] = this.seen;
        for (const [index, column] of columns.entries()) this.#columns[index]![slot] = cellOf(column, row);
        if (this.#times !== undefined) this.#times[slot] = batch.times![row]!;
        if (this.#eventIds !== undefined) this.#eventIds[slot] = batch.eventIds![row]!;
      }
      this.seen++;
    }
  }

  finish(): SampledRows {
    const order = this.#order.map((_, slot) => slot).sort((a, b) => this.#order[a]! - this.#order[b]!);
    return {
      rowCount: order.length,
      columns: this.#columns.map((cells, index) =>
        columnOf(
          order.map((slot) => cells[slot]!),
          this.#numeric[index] === true,
        ),
      ),
      ...(this.#times && { times: Float64Array.from(order, (slot) => this.#times![slot]!) }),
      ...(this.#eventIds && { eventIds: order.map((slot) => this.#eventIds![slot]!) }),
    };
  }
}

/** Some rows of a batch. */
export function rowsOf(batch: CellBatch, first: number, end: number): CellBatch {
  return {
    rowCount: end - first,
    columns: batch.columns.map(
      (column): CellColumn =>
        column.kind === 'text'
          ? { kind: 'text', values: column.values.slice(first, end) }
          : { ...column, values: column.values.subarray(first, end), valid: column.valid.subarray(first, end) },
    ),
  };
}

function cellOf(column: CellColumn, row: number): string | number | null {
  if (column.kind === 'text') return column.values[row] ?? null;
  return column.valid[row] === 1 ? column.values[row]! : null;
}

function columnOf(cells: readonly (string | number | null)[], numeric: boolean): CellColumn {
  if (!numeric) return { kind: 'text', values: cells.map((cell) => (cell === null ? null : String(cell))) };
  return {
    kind: 'number',
    values: Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell))),
    valid: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)),
    integral: false,
  };
}
