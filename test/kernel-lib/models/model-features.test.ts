import { describe, expect, it } from 'vitest';
import type { CellBatch, CellColumn } from '../../../kernel-lib/src/dataset/cell-batch.js';
import { encodeBatch, encodeRows, type ModelFeature } from '../../../kernel-lib/src/models/model-features.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { errorOf } from '../../support/error-of.js';

const features: readonly ModelFeature[] = [
  { name: 'age', kind: 'number' },
  {
    name: 'colour',
    kind: 'category',
    categories: new Map([
      ['blue', 0],
      ['red', 1],
      ['7', 2],
    ]),
  },
  {
    name: 'shop',
    kind: 'category',
    categories: new Map([
      [3, 0],
      [-5, 1],
    ]),
  },
  { name: 'code', kind: 'code' },
];

const numbers = (...values: readonly (number | null)[]): CellColumn => ({
  kind: 'number',
  values: Float64Array.from(values, (value) => value ?? 0),
  valid: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
  integral: false,
});
const texts = (...values: readonly (string | null)[]): CellColumn => ({ kind: 'text', values });
const batch = (...columns: readonly CellColumn[]): CellBatch => ({ rowCount: 3, columns });

const rows: readonly (readonly ModelCell[])[] = [
  [0.1, 'red', 3, 2],
  [null, 'green', -5, null],
  [2, '7', 8, 0],
];
const encoded = [0.1, 1, 0, 2, Number.NaN, Number.NaN, 1, Number.NaN, 2, 2, Number.NaN, 0];

describe('encodeBatch()', () => {
  it.each([
    ['numbers', batch(numbers(0.1, null, 2), texts('red', 'green', '7'), numbers(3, -5, 8), numbers(2, null, 0))],
    ['texts', batch(texts('0.1', null, ' 2 '), texts('red', null, '7'), texts('3', '-5', '8'), texts('2', '', '0'))],
    [
      'NaN',
      batch(numbers(0.1, Number.NaN, 2), texts('red', '', '7'), numbers(3, -5, Number.NaN), texts('2', 'nan', '0')),
    ],
  ])('gives what encodeRows() gives, of columns of %s', (_, columns) => {
    expect([...encodeBatch(columns, features, 'double', 0)]).toEqual(encoded);
    expect(encodeRows(rows, features, 'double', 0)).toEqual(Float64Array.from(encoded));
  });

  it('finds categories written as numbers by number and by text', () => {
    const columns = batch(numbers(1, 1, 1), numbers(7, 7, 8), texts('3', '3.0', 'x'), numbers(1, 1, 1));
    const found = encodeBatch(columns, features, 'double', 0);
    expect([found[1], found[5], found[9]]).toEqual([2, 2, Number.NaN]);
    expect([found[2], found[6], found[10]]).toEqual([0, 0, Number.NaN]);
  });

  it('rounds to single precision where the library does', () => {
    const columns = batch(numbers(0.1, null, 2), texts('red', null, '7'), numbers(3, -5, 8), numbers(2, null, 0));
    expect(encodeBatch(columns, features, 'single', 0)[0]).toBe(Math.fround(0.1));
    expect(encodeRows(rows, features, 'single', 0)[0]).toBe(Math.fround(0.1));
  });

  it('names the row, counted from the first batch, and the column of a text where a number belongs', () => {
    const columns = batch(texts('1', 'old', '2'), texts(null, null, null), texts('3', '3', '3'), texts('1', '1', '1'));
    const error = errorOf(() => encodeBatch(columns, features, 'double', 100));
    expect(error.code).toBe('MODEL');
    expect(error.where).toBe('row 102, column "age"');
    expect(error.what).toContain('"old"');
  });

  it('refuses a batch of another width, with the names that belong there', () => {
    const error = errorOf(() => encodeBatch(batch(numbers(1, 2, 3)), features, 'double', 0));
    expect(error.code).toBe('COLUMN_COUNT');
    expect(error.fix).toContain('age, colour, shop, code');
  });
});
