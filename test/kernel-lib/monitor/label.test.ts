import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalLabel, numberOf } from '../../../kernel-lib/src/monitor/label.js';

describe('canonicalLabel()', () => {
  it.each([
    ['1', '1'],
    ['1.0', '1'],
    [' 1 ', '1'],
    ['+1', '1'],
    ['1e0', '1'],
    ['-0', '0'],
    ['0.0', '0'],
    ['0.50', '0.5'],
    ['True', 'True'],
    ['>50K', '>50K'],
    ['12345678901234567890', '12345678901234567890'],
    ['', ''],
    ['0x10', '0x10'],
    ['Infinity', 'Infinity'],
  ])('makes %j into %j', (text, expected) => {
    expect(canonicalLabel(text)).toBe(expected);
  });

  it('is the same when it is done twice, and for every way to write a number', () => {
    fc.assert(fc.property(fc.string(), (text) => canonicalLabel(canonicalLabel(text)) === canonicalLabel(text)));
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), (value) => {
        expect(canonicalLabel(`${value}.0`)).toBe(canonicalLabel(String(value)));
      }),
    );
  });
});

describe('numberOf()', () => {
  it('reads finite numbers alone', () => {
    expect(['1', ' -2.5 ', '1e3', '.5'].map(numberOf)).toEqual([1, -2.5, 1000, 0.5]);
    expect(['', 'a', 'NaN', 'Infinity', '1e999', '0x10'].map(numberOf)).toEqual(new Array(6).fill(undefined));
  });
});
