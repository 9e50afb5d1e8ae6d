/**
 * The text of a file in the service's format: keys in the order they have, two spaces of indent, a final newline. A list
 * of plain values takes one line, so that a sketch is a few lines long and two files compare with `diff`. Numbers that
 * JSON does not have are written as the texts `"NaN"`, `"Infinity"` and `"-Infinity"`, as the service writes a standard
 * deviation without a value; what Driftline itself puts into these files is finite.
 */
export function stringifyServiceJson(value: unknown): string {
  return `${write(value, '')}\n`;
}

function write(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return writePlain(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object' || item === null))
      return `[${value.map(writePlain).join(', ')}]`;
    return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function writePlain(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  return JSON.stringify(value) ?? 'null';
}
