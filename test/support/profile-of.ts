import type { ColumnProfile, Profile } from '../../kernel-lib/src/profile/profile.js';
import { ProfileBuilder } from '../../kernel-lib/src/profile/profile-builder.js';

/** The cells of each column, equally many; null is missing. */
export type Columns = Readonly<Record<string, readonly (string | number | null)[]>>;

/** The profile of a table given by columns. */
export function profileOf(columns: Columns): Profile {
  const names = Object.keys(columns);
  const builder = new ProfileBuilder();
  const rows = names.length === 0 ? 0 : columns[names[0]!]!.length;
  builder.columnsFor(names);
  for (let row = 0; row < rows; row++) {
    builder.addRow(
      names,
      names.map((name) => {
        const cell = columns[name]![row] ?? null;
        return cell === null ? null : String(cell);
      }),
    );
  }
  return builder.finish();
}

/** The one column of a profile of these cells. */
export function columnOf(cells: readonly (string | number | null)[], name: string = 'x'): ColumnProfile {
  return profileOf({ [name]: cells }).columns[0]!;
}

/** `count` cells made from their index. */
export function repeat<T>(count: number, cell: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => cell(index));
}
