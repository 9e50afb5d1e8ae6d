import type { ShownTable } from '../widgets/data-table.js';
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
export function csvTable({ header, rows }: ShownTable): CsvTable {
  return {
    header,
    rows: rows.map((cells) => cells.map((cell) => (typeof cell === 'number' ? String(cell) : cellText(cell)))),
  };
}
