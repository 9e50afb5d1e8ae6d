import type { Child } from '../widgets/element.js';
import type { ShownTable } from '../widgets/table-export.js';
import { cellText } from './cell-text.js';
import { type CsvTable, csvText } from './csv.js';
import { download } from './download.js';
import { fileName } from './file-name.js';

/** Gives the user a table as CSV. `titles` name the file. */
export function downloadTable(table: ShownTable, titles: readonly string[]): void {
  const name = fileName([...titles, table.caption], 'csv');
  download(name, new Blob([csvText(csvTable(table))], { type: 'text/csv;charset=utf-8' }));
}

/** What a table shows as texts: numbers in full, everything else as it stands there. */
export function csvTable({ header, rows, verbatim }: ShownTable): CsvTable {
  const text = (cell: Child): string => (verbatim && typeof cell === 'string' ? cell : cellText(cell));
  return {
    header,
    rows: rows.map((cells) => cells.map((cell) => (typeof cell === 'number' ? String(cell) : text(cell)))),
  };
}
