/** A table as it leaves the page: texts as they are shown, numbers in full. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[Ee][-+]?\d+)?$/;

/**
 * A table as CSV (RFC 4180): a header, lines that end with CR LF, quotes where a cell needs them. A cell that a spreadsheet
 * would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return and is no number) gets an
 * apostrophe before it.
 */
export function csvText({ header, rows }: CsvTable): string {
  return [header, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
