import { describe, expect, it } from 'vitest';
import type { BiasColumn } from '../../../../kernel-lib/src/monitor/model-bias/bias-column.js';
import {
  categoriesOf,
  type Grouping,
  groupingsOf,
  groupText,
  groupTitle,
  hasTruths,
  membersOf,
  missingOf,
  othersTitle,
  rangeOf,
} from '../../../../kernel-lib/src/monitor/model-bias/grouping.js';

function numbers(values: readonly number[], integral: boolean = true): BiasColumn {
  return { name: 'n', kind: 'numeric', values: Float64Array.from(values), integral };
}

function texts(values: readonly (string | null)[]): BiasColumn {
  return { name: 't', kind: 'categorical', values };
}

/** `count` whole numbers of which `different` are different: 0, 1, ..., 0, 1, ... */
const repeated = (count: number, different: number): number[] =>
  Array.from({ length: count }, (_, row) => row % different);

const grouped = (column: BiasColumn, ...values: string[]): readonly Grouping[] =>
  groupingsOf(column, values.length > 0 ? values : undefined, 'facet', 'data.csv');
const threshold = (...thresholds: number[]): Grouping => ({ kind: 'threshold', thresholds });
const values = (...named: string[]): Grouping => ({ kind: 'values', values: named });
const inside = (column: BiasColumn, grouping: Grouping): string => membersOf(column, grouping).join('');

describe('groupingsOf()', () => {
  it('takes whole numbers for continuous from 5 % of different values on, as smclarify does', () => {
    expect(grouped(numbers(repeated(100, 5)), '2')).toEqual([threshold(2)]);
    expect(grouped(numbers(repeated(101, 5)), '2')).toEqual([values('2')]);
  });

  it('counts only the rows that have a number', () => {
    const gaps = [...repeated(100, 5), ...Array.from({ length: 100 }, () => Number.NaN)];
    expect(grouped(numbers(gaps), '2')).toEqual([threshold(2)]);
  });

  it('takes fractions for continuous however few there are', () => {
    expect(grouped(numbers(repeated(1000, 3), false), '1')).toEqual([threshold(1)]);
  });

  it('takes texts and several values that are met for categories', () => {
    expect(grouped(texts(['a', 'b', '3']), '3')).toEqual([values('3')]);
    expect(grouped(numbers(repeated(20, 10)), '2', '3')).toEqual([values('2', '3')]);
  });

  it('takes several numbers that are never met for thresholds', () => {
    expect(grouped(numbers(repeated(20, 10)), '2.5', '5.5')).toEqual([threshold(2.5, 5.5)]);
  });

  it('takes the greatest of few numbers for a category: nobody is above it', () => {
    expect(grouped(numbers([0, 1, 1, 0]), '1')).toEqual([values('1')]);
    expect(grouped(numbers([0, 1, 1, 0]), '0')).toEqual([threshold(0)]);
    expect(grouped(numbers(repeated(22, 11)), '10')).toEqual([threshold(10)]);
  });

  it('makes a group of every value in the order in which they are met', () => {
    expect(grouped(texts(['b', 'a', null, 'b', 'c']))).toEqual([values('b'), values('a'), values('c')]);
    expect(grouped(numbers(repeated(100, 3)))).toEqual([values('0'), values('1'), values('2')]);
  });

  it('keeps that a threshold was given as a fraction', () => {
    expect(groupingsOf(numbers(repeated(20, 10)), ['2.0'], 'facet', 'data.csv', true)).toEqual([
      { kind: 'threshold', thresholds: [2], fraction: true },
    ]);
  });

  it('says what, where and how to fix for a continuous column without a threshold', () => {
    expect(() => grouped(numbers([3, 1, 4]))).toThrow(
      [
        'The facet "n" is continuous, and no threshold is given for it.',
        '  at: data.csv',
        '  fix: give a number as its value_or_threshold (the data go from 1 to 4)',
      ].join('\n'),
    );
    expect(() => grouped(numbers([3, 1, 4]), 'old')).toThrow('"n" is continuous, and "old" is no threshold.');
  });
});

describe('membersOf()', () => {
  it.each([
    ['1', '101100'],
    ['1.0', '101100'],
    ['+1', '101100'],
    ['01', '101100'],
    ['2', '010000'],
    ['one', '000010'],
  ])('compares %s with texts as a number where both are', (value, expected) => {
    expect(inside(texts(['1', '2', '1.0', ' 1 ', 'one', null]), values(value))).toBe(expected);
  });

  it.each(['1', 'true', 'True', 'TRUE', '1.0'])('takes %s for true in a column of truths', (value) => {
    expect(inside(texts(['true', 'False', null, 'TRUE']), values(value))).toBe('1001');
  });

  it('does not take 1 for true in a column of other texts', () => {
    expect(inside(texts(['true', 'perhaps', '1']), values('1'))).toBe('001');
  });

  it('takes true for 1 in a column of numbers', () => {
    expect(inside(numbers([1, 0, 2]), values('True'))).toBe('100');
    expect(inside(numbers([1, 0, 2]), values('true', '2'))).toBe('101');
  });

  it('leaves the threshold itself and missing numbers outside', () => {
    expect(inside(numbers([39, 40, 41, Number.NaN, 90]), threshold(40))).toBe('00101');
  });

  it('joins several intervals, and has none above the greatest number', () => {
    expect(inside(numbers([1, 2, 3, 4]), threshold(3, 1))).toBe('0111');
    expect(inside(numbers([1, 2, 3, 4]), threshold(4))).toBe('0000');
  });

  it('ends an interval with its upper bound, which is in it', () => {
    expect(inside(numbers([25, 26, 40, 41]), { kind: 'threshold', thresholds: [25], upTo: 40 })).toBe('0110');
  });

  it('finds the numbers above a threshold among texts', () => {
    expect(inside(texts(['39', '41', 'unknown', null, ' 50 ']), threshold(40))).toBe('01001');
  });
});

describe('the words of a group', () => {
  const age = numbers([20, 40, 75]);

  it('are the values, or the interval with the greatest number of the data', () => {
    expect(groupText(texts(['a', 'b']), values('a', 'b'))).toBe('a,b');
    expect(groupText(age, threshold(40))).toBe('(40, 75]');
    expect(groupText(age, threshold(40, 30))).toBe('(30, 40],(40, 75]');
    expect(groupText(age, { kind: 'threshold', thresholds: [25], upTo: 40 })).toBe('(25, 40]');
  });

  it('have bounds as fractions where the column, the threshold or its writing has them', () => {
    expect(groupText(age, threshold(40.5))).toBe('(40.5, 75.0]');
    expect(groupText(age, { kind: 'threshold', thresholds: [40], fraction: true })).toBe('(40.0, 75.0]');
    expect(groupText(numbers([0.00001, 1e16], false), threshold(0))).toBe('(0.0, 1e+16]');
  });

  it('are a title for people', () => {
    expect(groupTitle('sex', values('Female'))).toBe('sex = Female');
    expect(groupTitle('marital', values('Single', 'Divorced'))).toBe('marital in Single, Divorced');
    expect(groupTitle('age', threshold(60, 40))).toBe('age > 40');
    expect(groupTitle('age', { kind: 'threshold', thresholds: [25], upTo: 40 })).toBe('25 < age <= 40');
  });

  it('name the others where there is one other value only', () => {
    expect(othersTitle(texts(['a', 'b', null]), values('a'))).toBe('t = b');
    expect(othersTitle(texts(['a', 'b', 'c']), values('a'))).toBe('all others');
    expect(othersTitle(numbers([1, 2]), values('1.0'))).toBe('n = 2');
    expect(othersTitle(texts(['true', 'false']), values('1'))).toBe('t = False');
    expect(othersTitle(age, threshold(40))).toBe('n <= 40');
    expect(othersTitle(age, { kind: 'threshold', thresholds: [25], upTo: 40 })).toBe('all others');
  });
});

describe('what a column holds', () => {
  it('is told as categories; truths as Python writes them', () => {
    expect(categoriesOf(texts(['TRUE', 'false', null, 'true']))).toEqual(['True', 'False']);
    expect(categoriesOf(numbers([2, Number.NaN, 1, 2]))).toEqual(['2', '1']);
  });

  it('is truths only where no other text is met', () => {
    expect([texts(['true']), texts(['true', 'no']), texts([null]), numbers([1])].map(hasTruths)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is counted and bounded without the cells that are missing', () => {
    expect([missingOf(texts(['a', null])), missingOf(numbers([1, Number.NaN]))]).toEqual([1, 1]);
    expect(rangeOf(numbers([3, Number.NaN, -1]))).toEqual([-1, 3]);
    expect([rangeOf(numbers([Number.NaN])), rangeOf(texts(['1']))]).toEqual([undefined, undefined]);
  });
});
