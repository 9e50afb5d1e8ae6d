/** A name as SQL writes it: in double quotes, inner ones doubled. The same in DuckDB and Trino. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it: in single quotes, inner ones doubled. Backslashes mean themselves. */
export function quoteString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
