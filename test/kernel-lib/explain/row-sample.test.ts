import { describe, expect, it } from 'vitest';
import type { CellBatch } from '../../../kernel-lib/src/dataset/cell-batch.js';
import type { RowBatch } from '../../../kernel-lib/src/explain/row-sample.js';
import { RowSample, rowsOf } from '../../../kernel-lib/src/explain/row-sample.js';

/** Rows `first` to `end`, whose cells, times and event ids tell their number. */
function batch(first: number, end: number): RowBatch {
  const numbers = Array.from({ length: end - first }, (_, index) => first + index);
  return {
    rowCount: numbers.length,
    columns: [
      { kind: 'text', values: numbers.map(() => 'left out') },
      {
        kind: 'number',
        values: Float64Array.from(numbers),
        valid: Uint8Array.from(numbers, (n) => n % 2),
        integral: true,
      },
      { kind: 'text', values: numbers.map((n) => (n === 3 ? null : `row ${n}`)) },
    ],
    times: Float64Array.from(numbers, (n) => n * 1000),
    eventIds: numbers.map((n) => (n === 4 ? null : `event ${n}`)),
  };
}

const texts = ({ columns }: CellBatch, place: number): readonly (string | null)[] => {
  const column = columns[place]!;
  return column.kind === 'text' ? column.values : [];
};

describe('a sample of rows', () => {
  it('has all rows, in order, where there are no more than asked for', () => {
    const sample = new RowSample([2, 1], 10, 0);
    sample.add(batch(0, 4));
    sample.add(batch(4, 7));
    const rows = sample.finish();
    expect(sample.seen).toBe(7);
    expect(rows.rowCount).toBe(7);
    expect(texts(rows, 0)).toEqual(['row 0', 'row 1', 'row 2', null, 'row 4', 'row 5', 'row 6']);
    expect(rows.columns[1]).toEqual({
      kind: 'number',
      values: Float64Array.of(Number.NaN, 1, Number.NaN, 3, Number.NaN, 5, Number.NaN),
      valid: Uint8Array.of(0, 1, 0, 1, 0, 1, 0),
      integral: false,
    });
    expect([...rows.times!]).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000]);
    expect(rows.eventIds![4]).toBeNull();
  });

  it('keeps the cells, time and event id of a row together, and rows in their order', () => {
    const sample = new RowSample([2], 50, 7);
    for (let first = 5; first < 2_005; first += 100) sample.add(batch(first, first + 100));
    const rows = sample.finish();
    expect(sample.seen).toBe(2_000);
    const numbers = [...rows.times!].map((time) => time / 1000);
    expect(numbers).toHaveLength(50);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(texts(rows, 0)).toEqual(numbers.map((n) => `row ${n}`));
    expect(rows.eventIds).toEqual(numbers.map((n) => `event ${n}`));
  });

  it('draws every row equally often', () => {
    const drawn = new Float64Array(40);
    for (let seed = 0; seed < 2_000; seed++) {
      const sample = new RowSample([1], 10, seed);
      sample.add(batch(0, 25));
      sample.add(batch(25, 40));
      for (const time of sample.finish().times!) drawn[time / 1000]!++;
    }
    // 500 expected of each, standard deviation 19.4: four of them.
    expect(Math.min(...drawn)).toBeGreaterThan(422);
    expect(Math.max(...drawn)).toBeLessThan(578);
  });

  it('has no times and no event ids where the rows have none', () => {
    const sample = new RowSample([0], 10, 0);
    sample.add({ rowCount: 1, columns: [{ kind: 'text', values: ['a'] }] });
    expect(Object.keys(sample.finish())).toEqual(['rowCount', 'columns']);
  });
});

it('some rows of a batch are those of all its columns', () => {
  const some = rowsOf(batch(0, 9), 2, 4);
  expect(some).toEqual({
    rowCount: 2,
    columns: [
      { kind: 'text', values: ['left out', 'left out'] },
      { kind: 'number', values: Float64Array.of(2, 3), valid: Uint8Array.of(0, 1), integral: true },
      { kind: 'text', values: ['row 2', null] },
    ],
  });
});
