import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellType, cellNumber as textNumber } from '../../../kernel-lib/src/capture/cell-type.js';
import {
  BOOLEAN,
  cellNumber,
  classifyCell,
  FRACTIONAL,
  INTEGRAL,
  TEXT,
} from '../../../kernel-lib/src/profile/cell-class.js';
import { ColumnBuilder } from '../../../kernel-lib/src/profile/column-builder.js';
import type { ColumnProfile } from '../../../kernel-lib/src/profile/profile.js';

function column(cells: readonly (string | null)[]): ColumnProfile {
  const builder = new ColumnBuilder('x');
  for (const cell of cells) builder.addText(cell);
  return builder.finish(cells.length);
}

describe('classifyCell()', () => {
  const CLASSES = { integral: INTEGRAL, fractional: FRACTIONAL, boolean: BOOLEAN, text: TEXT };
  const cell = fc.oneof(
    fc.stringMatching(/^[-+]? ?\d{0,20}\.?\d{0,20}([eE][-+]?\d{0,3})?$/),
    fc.string({ unit: 'binary' }),
    fc.double().map(String),
    fc.constantFrom('true', 'false', 'True', 'NaN', 'inf', '-Infinity', '.5', '5.', '- 5', ' 5', '5 ', '0x10', '1_000'),
  );

  test('tells the same class, and reads the same number, as the regular expressions', () => {
    fc.assert(
      fc.property(
        cell.filter((text) => text !== '' && text.isWellFormed()),
        (text) => {
          const bytes = Buffer.from(`7${text}7`);
          const found = classifyCell(bytes, 1, bytes.length - 1);
          const number = textNumber(text);
          if (number !== undefined && !Number.isFinite(number)) {
            expect(found).toBe(TEXT);
            return;
          }
          expect(found).toBe(CLASSES[cellType(text)]);
          if (number !== undefined) expect(cellNumber[0]).toBe(number);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('ColumnBuilder', () => {
  test.each([
    ['nothing but missing cells', [null, null], 'Unknown'],
    ['no rows', [], 'Unknown'],
    ['whole numbers', ['1', '-2', '+3', null], 'Integral'],
    ['one fraction among whole numbers', ['1', '2.0'], 'Fractional'],
    ['an exponent', ['1e-5'], 'Fractional'],
    ['one text among numbers', ['1', '2.5', 'x'], 'String'],
    ['NaN among numbers', ['1', 'NaN'], 'String'],
    ['booleans among numbers', ['1', 'true'], 'String'],
    ['nothing but booleans', ['true', 'false'], 'String'],
    ['an empty text', [''], 'String'],
    ['a number beyond the range of doubles', ['1', '1e999'], 'String'],
  ] as const)('infers the type of %s', (_, cells, type) => {
    expect(column(cells).inferredType).toBe(type);
  });

  test('counts present, missing and lexical classes', () => {
    const profile = column(['1', '2.0', 'true', 'x', '', null, null]);
    expect(profile).toMatchObject({
      present: 5,
      missing: 2,
      nonFinite: 0,
      types: { integral: 1, fractional: 1, boolean: 1, text: 2 },
      distinctEstimate: 5,
    });
  });

  test('keeps texts as written, the empty and the far ones included', () => {
    const profile = column(['1', '01', '1.0', '', 'grün', '紅', 'grün', null]);
    expect([...profile.values!]).toEqual([
      ['1', 1],
      ['01', 1],
      ['1.0', 1],
      ['', 1],
      ['grün', 2],
      ['紅', 1],
    ]);
    expect(profile.distinctEstimate).toBe(6);
  });

  test('counts distinct numbers by value, not by text', () => {
    expect(column(['1', '1.0', '1e0', '-0', '0']).distinctEstimate).toBe(2);
  });

  test('has numbers of a text column at hand, and no numbers where there are none', () => {
    expect(column(['x', '3', '5']).numeric?.moments.sum).toBe(8);
    expect(column(['x', 'true', null]).numeric).toBeUndefined();
  });

  test('drops value counts for good beyond 1,024 texts and goes on counting distinct ones', () => {
    const numbers = Array.from({ length: 3000 }, (_, i) => String(i % 1500));
    expect(column(numbers)).toMatchObject({ values: undefined, distinctEstimate: 1500 });
    const texts = numbers.map((number) => `t${number}`);
    expect(column(texts)).toMatchObject({ values: undefined, distinctEstimate: 1500 });
    expect(column(numbers.slice(0, 1024)).values?.size).toBe(1024);
    expect(column(numbers.slice(0, 1025)).values).toBeUndefined();
  });

  test('drops value counts when the texts are long', () => {
    const texts = Array.from({ length: 30 }, (_, i) => String(i).padStart(10_000, 'x'));
    expect(column(texts)).toMatchObject({ values: undefined, distinctEstimate: 30 });
  });

  test('takes typed numbers in batches, with NaN and infinities counted apart', () => {
    const builder = new ColumnBuilder('x');
    const values = Float64Array.of(1, 2.5, Number.NaN, Number.POSITIVE_INFINITY, 7, 9);
    builder.addNumbers(values, Uint8Array.of(1, 1, 1, 1, 0, 1), 5, false);
    const profile = builder.finish(5);
    expect(profile).toMatchObject({ inferredType: 'Fractional', present: 2, missing: 3, nonFinite: 2 });
    expect([...profile.values!]).toEqual([
      ['1', 1],
      ['2.5', 1],
    ]);
    expect(profile.numeric!.moments.sum).toBe(3.5);
  });

  test('gives the same whether numbers come one by one or in batches', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i * 7919) % 5003);
    const batches = new ColumnBuilder('x');
    const valid = new Uint8Array(values.length).fill(1);
    batches.addNumbers(values.slice(0, 3333), valid, 3333, true);
    batches.addNumbers(values.slice(3333), valid, 6667, true);
    const single = column(Array.from(values, String));
    const typed = batches.finish(values.length);
    expect(typed.numeric!.moments.toState()).toEqual(single.numeric!.moments.toState());
    expect(typed.numeric!.sketch.toState()).toEqual(single.numeric!.sketch.toState());
    expect(typed.distinct!.toState()).toEqual(single.distinct!.toState());
    expect(typed.types).toEqual(single.types);
  });
});
