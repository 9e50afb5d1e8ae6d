import { createRequire } from 'node:module';

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

/** Loaded when the first quote is met: an import would search its whole text for exports in every thread, for 0.1 s. */
const require = createRequire(import.meta.url);

function quotedRows(text: string): Cells[] | { readonly reason: string } {
  const newline = text.replace(/"[^"]*"/g, '').includes('\r\n') ? '\r\n' : '\n';
  const Papa = require('papaparse') as typeof import('papaparse');
  const parsed = Papa.parse<string[]>(text.replace(/\r?\n$/, ''), { delimiter: ',', newline });
  if (parsed.errors.length > 0) return { reason: 'has a quote that is not closed' };
  return parsed.data.map((row) => row.map(cell));
}

function cell(text: string): string | null {
  return text === '' ? null : text;
}
