import { type CellColumn, textOf } from '../../dataset/cell-batch.js';
import { numberOf } from '../../monitor/label.js';
import { numberText } from '../../report/value-text.js';

/** How the values of a feature fall into bins; the last bin is that of missing cells. */
export type ValueLayout =
  | {
      readonly kind: 'number';
      /** Of the values met in each bin the least and the greatest; ascending, at most 20. */
      readonly lower: readonly number[];
      readonly upper: readonly number[];
      /** Mean rank of each bin's values among all, in [0, 1]. */
      readonly level: readonly number[];
    }
  /** By frequency, at most 28; the last bin but one is that of all others. */
  | { readonly kind: 'category'; readonly categories: readonly string[] };

const NUMBER_BINS = 20;
const MOST_CATEGORIES = 28;
/** No layout has more bins. */
export const MOST_BINS = 30;

/** How many bins a layout has, with that of missing cells. */
export function binsOf(layout: ValueLayout): number {
  return layout.kind === 'number' ? layout.upper.length + 1 : layout.categories.length + 2;
}

/**
 * The bins of a feature's values: of numbers about equally many in each of at most 20, a value never in two; of anything
 * else the 28 most frequent texts (of equally frequent ones the first by code point). A feature is a number where all of
 * its present cells are numbers.
 *
 * @param columns - the feature's cells, in parts.
 */
export function planLayout(columns: readonly CellColumn[], rows: readonly number[]): ValueLayout {
  const counts = new Map<string, number>();
  const numbers: number[] = [];
  let isNumber = true;
  columns.forEach((column, part) => {
    for (let row = 0; row < rows[part]!; row++) {
      const number = cellNumber(column, row);
      if (number !== undefined) numbers.push(number);
      const text = number !== undefined && isNumber ? undefined : textOf(column, row);
      if (text !== undefined && text !== null) isNumber = false;
    }
  });
  if (isNumber && numbers.length > 0) return numberLayout(Float64Array.from(numbers).sort());
  columns.forEach((column, part) => {
    for (let row = 0; row < rows[part]!; row++) {
      const text = textOf(column, row);
      if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  });
  const byCount = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
  return { kind: 'category', categories: byCount.slice(0, MOST_CATEGORIES).map(([text]) => text) };
}

function numberLayout(sorted: Float64Array): ValueLayout {
  const lower: number[] = [];
  const upper: number[] = [];
  const level: number[] = [];
  const distinct = distinctUpTo(sorted, NUMBER_BINS);
  let from = 0;
  while (from < sorted.length) {
    // With few distinct values each has a bin; else as many values as are left for each of the bins left.
    const wanted = distinct ? 1 : Math.ceil((sorted.length - from) / Math.max(1, NUMBER_BINS - lower.length));
    let end = from + wanted;
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end++;
    lower.push(sorted[from]! + 0);
    upper.push(sorted[end - 1]! + 0);
    level.push((from + end) / 2 / sorted.length);
    from = end;
  }
  return { kind: 'number', lower, upper, level };
}

function distinctUpTo(sorted: Float64Array, most: number): boolean {
  let distinct = 1;
  for (let i = 1; i < sorted.length && distinct <= most; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  return distinct <= most;
}

/**
 * The bin of each cell. Numbers below the first bin and above the last belong to them; a number between two bins belongs to
 * the upper one. Text in a feature of numbers counts as missing.
 */
export function binCells(layout: ValueLayout, column: CellColumn, rows: number): Uint8Array {
  const bins = new Uint8Array(rows);
  if (layout.kind === 'number') {
    const { upper } = layout;
    for (let row = 0; row < rows; row++) {
      const number = cellNumber(column, row);
      bins[row] = number === undefined ? upper.length : placeOf(upper, number);
    }
    return bins;
  }
  const places = new Map(layout.categories.map((text, place) => [text, place]));
  const other = layout.categories.length;
  for (let row = 0; row < rows; row++) {
    const text = textOf(column, row);
    bins[row] = text === null ? other + 1 : (places.get(text) ?? other);
  }
  return bins;
}

/** The first bin whose greatest value is no less; the last one where none is. */
function placeOf(upper: readonly number[], number: number): number {
  let [low, high] = [0, upper.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upper[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * "37 to 42", "91 or more", "Private", "other", "missing". What is beyond the ends belongs to the end bins, and their titles
 * say so, unless every value has a bin of its own.
 */
export function binTitle(layout: ValueLayout, bin: number): string {
  if (bin === binsOf(layout) - 1) return 'missing';
  if (layout.kind === 'category') return layout.categories[bin] ?? 'other';
  const [lower, upper] = [numberText(layout.lower[bin]!), numberText(layout.upper[bin]!)];
  const ranges = layout.lower.some((value, place) => value !== layout.upper[place]);
  if (ranges && layout.lower.length > 1) {
    if (bin === 0) return `up to ${upper}`;
    if (bin === layout.lower.length - 1) return `${lower} or more`;
  }
  return lower === upper ? lower : `${lower} to ${upper}`;
}

function cellNumber(column: CellColumn, row: number): number | undefined {
  if (column.kind === 'number') {
    const value = column.values[row]!;
    return column.valid[row] === 1 && Number.isFinite(value) ? value : undefined;
  }
  const text = column.values[row];
  return text === null || text === undefined ? undefined : numberOf(text);
}
