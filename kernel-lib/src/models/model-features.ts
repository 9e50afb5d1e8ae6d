import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { MonitorError } from '../errors.js';
import type { ModelCell } from './tree-model.js';

/** How the model writes the categories of one feature as codes. */
export type CategoryTable = ReadonlyMap<string | number, number>;

export interface ModelFeature {
  readonly name: string;
  /** What the feature takes: numbers; categories named in a table; or category codes (a model trained on codes). */
  readonly kind: 'number' | 'category' | 'code';
  /** Present where `kind` is `category`. */
  readonly categories?: CategoryTable;
}

/** What a library adds up and compares in. */
export type Precision = 'single' | 'double';

/**
 * Rows as a model sees them, row after row: numbers of its precision and category codes, NaN for missing.
 *
 * null, NaN and empty text are missing; so is a category that is not in the model's table. Text is read as a number where
 * the feature is numeric.
 *
 * @param before - how many rows came before these, for the row's number in an error.
 * @throws MonitorError `COLUMN_COUNT` for a row of another length, `MODEL` for text where a number belongs.
 */
export function encodeRows(
  rows: readonly (readonly ModelCell[])[],
  features: readonly ModelFeature[],
  precision: Precision,
  before: number,
): Float64Array {
  const width = features.length;
  const encoded = new Float64Array(rows.length * width);
  for (const [index, row] of rows.entries()) {
    if (row.length !== width) throw wrongCount(features, row.length, `row ${before + index + 1}`);
    for (const [column, feature] of features.entries()) {
      encoded[index * width + column] = encodeCell(row[column] ?? null, feature, before + index);
    }
  }
  return rounded(encoded, precision);
}

/** As {@link encodeRows}, of a batch with its columns in the order of the features. */
export function encodeBatch(
  { rowCount, columns }: CellBatch,
  features: readonly ModelFeature[],
  precision: Precision,
  before: number,
): Float64Array {
  const width = features.length;
  if (columns.length !== width) throw wrongCount(features, columns.length, 'the rows');
  const encoded = new Float64Array(rowCount * width);
  for (const [place, feature] of features.entries()) {
    encodeColumn(columns[place]!, feature, encoded, place, width, rowCount, before);
  }
  return rounded(encoded, precision);
}

function encodeColumn(
  column: CellColumn,
  feature: ModelFeature,
  encoded: Float64Array,
  place: number,
  width: number,
  rows: number,
  before: number,
): void {
  if (column.kind === 'text') {
    const known = new Map<string, number>();
    for (let row = 0; row < rows; row++) {
      const cell = column.values[row] ?? '';
      let code = known.get(cell);
      if (code === undefined) {
        code = encodeCell(cell, feature, before + row);
        if (feature.categories !== undefined) known.set(cell, code);
      }
      encoded[row * width + place] = code;
    }
    return;
  }
  const { values, valid } = column;
  const plain = feature.categories === undefined;
  for (let row = 0; row < rows; row++) {
    const cell = valid[row] === 1 ? values[row]! : Number.NaN;
    encoded[row * width + place] = plain ? cell : encodeCell(cell, feature, before + row);
  }
}

function rounded(encoded: Float64Array, precision: Precision): Float64Array {
  if (precision === 'single') for (let i = 0; i < encoded.length; i++) encoded[i] = Math.fround(encoded[i]!);
  return encoded;
}

function encodeCell(cell: ModelCell, feature: ModelFeature, row: number): number {
  if (cell === null || cell === '') return Number.NaN;
  if (feature.categories !== undefined) return categoryCode(cell, feature.categories) ?? Number.NaN;
  if (typeof cell === 'number') return cell;
  const value = cell.trim() === '' ? Number.NaN : Number(cell);
  if (Number.isNaN(value) && cell.trim().toLowerCase() !== 'nan') {
    throw new MonitorError('MODEL', `The model takes a number for "${feature.name}", not "${cell}".`, {
      where: `row ${row + 1}, column "${feature.name}"`,
      fix: 'check that the columns are in the order of the model, or leave the value empty where it is missing',
    });
  }
  return value;
}

/** Text and number find each other: a table of whole numbers is asked with "3" as well as with 3. */
function categoryCode(cell: string | number, categories: CategoryTable): number | undefined {
  return categories.get(cell) ?? categories.get(typeof cell === 'number' ? String(cell) : Number(cell));
}

function wrongCount(features: readonly ModelFeature[], count: number, where: string): MonitorError {
  return new MonitorError('COLUMN_COUNT', `The model takes ${features.length} columns, a row has ${count}.`, {
    where,
    fix: `give the columns ${features.map(({ name }) => name).join(', ')}, in this order`,
  });
}
