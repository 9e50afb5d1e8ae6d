import { describe, expect, test } from 'vitest';
import type { CellColumn } from '../../../../kernel-lib/src/dataset/cell-batch.js';
import {
  binCells,
  binsOf,
  binTitle,
  MOST_BINS,
  planLayout,
  type ValueLayout,
} from '../../../../kernel-lib/src/metrics/attribution/value-layout.js';

const texts = (...values: (string | null)[]): CellColumn => ({ kind: 'text', values });
const numbers = (...values: number[]): CellColumn => ({
  kind: 'number',
  values: Float64Array.from(values),
  valid: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1)),
  integral: false,
});
const plan = (column: CellColumn): ValueLayout => planLayout([column], [column.values.length]);
const titles = (layout: ValueLayout): string[] =>
  Array.from({ length: binsOf(layout) }, (_, bin) => binTitle(layout, bin));

describe('planLayout()', () => {
  test('gives each of few numbers a bin, in order, and missing cells one', () => {
    const layout = plan(texts('3', '1', null, '2', '1', ' 3.0 '));
    expect(layout).toEqual({ kind: 'number', lower: [1, 2, 3], upper: [1, 2, 3], level: [0.2, 0.5, 0.8] });
    expect(titles(layout)).toEqual(['1', '2', '3', 'missing']);
  });

  test('divides many numbers into 20 bins of about equally many, and never one number between two', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 300 ? 0 : i));
    const layout = plan(numbers(...values));
    if (layout.kind !== 'number') throw new Error('not a number');
    expect(layout.upper.length).toBe(20);
    const bins = binCells(layout, numbers(...values), 1000);
    const counts = Array.from({ length: 20 }, (_, bin) => bins.filter((other) => other === bin).length);
    expect(counts[0]).toBe(300);
    expect(Math.min(...counts.slice(1))).toBeGreaterThanOrEqual(36);
    expect(Math.max(...counts.slice(1))).toBeLessThanOrEqual(37);
    expect(layout.level[0]).toBe(0.15);
    expect(binTitle(layout, 1)).toBe(`300 to ${layout.upper[1]}`);
  });

  test('keeps the 28 most frequent texts, the most frequent first, and has bins for others and for missing', () => {
    const values = Array.from({ length: 40 }, (_, i) => Array.from({ length: 41 - i }, () => `v${i}`)).flat();
    const layout = plan(texts(...values));
    expect(binsOf(layout)).toBe(MOST_BINS);
    expect(titles(layout)).toEqual([...Array.from({ length: 28 }, (_, i) => `v${i}`), 'other', 'missing']);
  });

  test('orders equally frequent texts by code point, whatever order they come in', () => {
    expect(plan(texts('b', 'a', 'Z'))).toEqual({ kind: 'category', categories: ['Z', 'a', 'b'] });
    expect(plan(texts('Z', 'b', 'a'))).toEqual({ kind: 'category', categories: ['Z', 'a', 'b'] });
  });

  test('takes a column with a single text among numbers for texts', () => {
    expect(plan(texts('1', '2', '1', 'unknown'))).toEqual({ kind: 'category', categories: ['1', '2', 'unknown'] });
  });

  test('of a column without a value has bins for all that may come', () => {
    expect(titles(plan(texts(null, null)))).toEqual(['other', 'missing']);
    expect(titles(planLayout([], []))).toEqual(['other', 'missing']);
  });

  test('reads all parts of a column', () => {
    const parts = planLayout([texts('1'), numbers(2, Number.NaN), texts('3')], [1, 2, 1]);
    expect(titles(parts)).toEqual(['1', '2', '3', 'missing']);
  });
});

describe('binCells()', () => {
  const layout = plan(numbers(10, 20, 30));

  test('puts numbers beyond the bins into the first and the last, and between two into the upper one', () => {
    expect([...binCells(layout, numbers(-5, 10, 15, 20.5, 30, 99), 6)]).toEqual([0, 0, 1, 2, 2, 2]);
  });

  test('takes text, NaN and infinities in a feature of numbers for missing', () => {
    expect([...binCells(layout, texts('x', null, '10'), 3)]).toEqual([3, 3, 0]);
    expect([...binCells(layout, numbers(Number.NaN, Number.POSITIVE_INFINITY, 10), 3)]).toEqual([3, 3, 0]);
  });

  test('puts texts that were not planned together', () => {
    expect([...binCells(plan(texts('a', 'b', 'a')), texts('b', 'new', null, 'a'), 4)]).toEqual([1, 2, 3, 0]);
  });
});

describe('binTitle()', () => {
  test('says of bins at the ends that what is beyond them belongs to them', () => {
    const layout = plan(numbers(...Array.from({ length: 400 }, (_, row) => row % 100)));
    expect([0, 1, 19, 20].map((bin) => binTitle(layout, bin))).toEqual(['up to 4', '5 to 9', '95 or more', 'missing']);
    const [below, above] = binCells(layout, numbers(-7, 2400), 2);
    expect([below, above].map((bin) => binTitle(layout, bin!))).toEqual(['up to 4', '95 or more']);
  });
});
