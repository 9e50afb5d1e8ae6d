import { describe, expect, test } from 'vitest';
import { cellNumber, cellType, fitsType } from '../../../kernel-lib/src/capture/cell-type.js';

describe('cellType()', () => {
  test.each([
    ['integral', ['0', '-12', '+3', '+ 3', ' 3', '00', '123456789012345678901234567890']],
    ['fractional', ['3.0', '-0.5', '1e5', '1E-5', '2.5e+10', '- 1.5']],
    ['boolean', ['true', 'false']],
    ['text', ['', 'a', 'NaN', 'inf', 'True', '.5', '5.', '3 ', '1,000', '0x10', '１', '1e', '--1']],
  ])('tells %s as deequ does', (type, texts) => {
    expect(texts.map((text) => [text, cellType(text)])).toEqual(texts.map((text) => [text, type]));
  });
});

describe('cellNumber()', () => {
  test('gives the number of integral and fractional cells only', () => {
    expect(['- 3', '1e3', '-0.50', 'NaN', ' ', ''].map(cellNumber)).toEqual([
      -3,
      1000,
      -0.5,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('fitsType()', () => {
  test('lets whole numbers be fractional, and no number be text', () => {
    expect(['3', '3.0', 'x', 'true'].map((text) => fitsType(text, 'Integral'))).toEqual([true, false, false, false]);
    expect(['3', '3.0', 'x', 'true'].map((text) => fitsType(text, 'Fractional'))).toEqual([true, true, false, false]);
    expect(['3', '3.0', 'x', 'true'].map((text) => fitsType(text, 'String'))).toEqual([false, false, true, true]);
  });
});
