/** Cells as written; null: missing. */
export type Cells = readonly (string | null)[];

/**
 * The rows of comma-separated text without a header: lines end with `\n` or `\r\n`, the last one may do without; an
 * empty cell, quoted or not, is missing; nothing is trimmed. A blank line is a row of one missing cell where all
 * rows have one cell, and is skipped otherwise. Empty text has no rows.
 *
 * @returns a reason where a quote is not closed or something follows a closing quote.
 */
export function csvRows(text: string): readonly Cells[] | { readonly reason: string } {
  if (text === '') return [];
  const rows = text.includes('"') ? quotedRows(text) : plainRows(text);
  if ('reason' in rows) return rows;
  return rows.some((row) => row.length > 1) ? rows.filter((row) => row.length > 1 || row[0] !== null) : rows;
}

function plainRows(text: string): Cells[] {
  const end = text.endsWith('\n') ? text.length - 1 : text.length;
  return text
    .slice(0, end)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line).split(',').map(cell));
}

const cellEnd = /,|\r?\n/g;
/** The quote that ends a cell; blanks between it and the next comma or line end are let through. */
const closing = /"(?: *(?=,|\r?\n)|$)/y;

/** Line ends within quotes belong to their cell. */
function quotedRows(text: string): Cells[] | { readonly reason: string } {
  const body = text.replace(/\r?\n$/, '');
  const rows: Cells[] = [];
  let row: (string | null)[] = [];
  for (let at = 0; ; ) {
    const found = body[at] === '"' ? quotedCell(body, at + 1) : plainCell(body, at);
    if (found === undefined) return { reason: 'has a quote that is not closed' };
    row.push(cell(found.text));
    if (body[found.end] === ',') {
      at = found.end + 1;
      continue;
    }
    rows.push(row);
    if (found.end === body.length) return rows;
    row = [];
    at = found.end + (body[found.end] === '\r' ? 2 : 1);
  }
}

/** A cell's text, and where it ends: at a comma, a line end, or the end of all. */
interface FoundCell {
  readonly text: string;
  readonly end: number;
}

function plainCell(text: string, start: number): FoundCell {
  cellEnd.lastIndex = start;
  const end = cellEnd.exec(text)?.index ?? text.length;
  return { text: text.slice(start, end), end };
}

/** `start` is after the opening quote. Undefined where no quote closes the cell. */
function quotedCell(text: string, start: number): FoundCell | undefined {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] === '"') continue;
    closing.lastIndex = at;
    if (!closing.test(text)) return undefined;
    return { text: text.slice(start, at).replaceAll('""', '"'), end: closing.lastIndex };
  }
  return undefined;
}

function cell(text: string): string | null {
  return text === '' ? null : text;
}
