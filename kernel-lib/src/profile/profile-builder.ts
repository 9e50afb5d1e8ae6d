import { ColumnBuilder } from './column-builder.js';
import type { Profile } from './profile.js';

/** Accumulates rows into a profile. Columns appear as they are first seen; rows without one count as missing there. */
export class ProfileBuilder {
  #rowCount = 0;
  readonly #columns = new Map<string, ColumnBuilder>();
  #lastNames: readonly string[] = [];
  #lastColumns: readonly ColumnBuilder[] = [];

  /** The columns of these names, in their order; made where they are new. */
  columnsFor(names: readonly string[]): readonly ColumnBuilder[] {
    if (names === this.#lastNames) return this.#lastColumns;
    this.#lastNames = names;
    this.#lastColumns = names.map((name) => {
      let column = this.#columns.get(name);
      if (column === undefined) {
        column = new ColumnBuilder(name);
        this.#columns.set(name, column);
      }
      return column;
    });
    return this.#lastColumns;
  }

  /** Counts rows whose cells go to their columns directly. */
  countRows(count: number): void {
    this.#rowCount += count;
  }

  /** Adds one row of cell texts, aligned with `names`; null is missing. Fastest when `names` is the same array as before. */
  addRow(names: readonly string[], cells: readonly (string | null)[]): void {
    const columns = this.columnsFor(names);
    this.#rowCount++;
    for (let i = 0; i < columns.length; i++) columns[i]!.addText(cells[i] ?? null);
  }

  /** Nothing may be added afterwards. */
  finish(): Profile {
    const rowCount = this.#rowCount;
    return { rowCount, columns: [...this.#columns.values()].map((column) => column.finish(rowCount)) };
  }
}
