import { cellType } from '../capture/cell-type.js';

const notAName = /^(nan|null|none|na|n\/a|nil|true|false|inf|-inf|infinity|-infinity|\?)$/i;

/**
 * Whether the first line of a CSV file names its columns: none of its cells is a number, and below one of its texts all
 * that is there are numbers. Where no column is numeric it does when each of its texts is different and none of them comes
 * again in its column. Spaces around cells count for nothing here.
 *
 * @param following - some of the records behind it.
 */
export function looksLikeHeader(first: readonly string[], following: readonly (readonly string[])[]): boolean {
  const names = first.map((cell) => cell.trim());
  if (names.every((name) => name === '') || names.some(isNumber)) return false;
  let numeric = 0;
  let named = 0;
  for (const [index, name] of names.entries()) {
    const cells = following.map((row) => (row[index] ?? '').trim()).filter((cell) => cell !== '');
    if (cells.length === 0 || !cells.every(isNumber)) continue;
    numeric++;
    if (name !== '' && !notAName.test(name)) named++;
  }
  if (numeric > 0) return named > 0;
  if (names.some((name) => name === '' || notAName.test(name)) || new Set(names).size < names.length) return false;
  return names.every((name, index) => following.every((row) => (row[index] ?? '').trim() !== name));
}

function isNumber(cell: string): boolean {
  const type = cellType(cell);
  return type === 'integral' || type === 'fractional';
}
