import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDistance,
  formatFraction,
  formatNumber,
  formatPValue,
} from '../../../jupyter-extension/src/format/number-format.js';

describe('formatNumber()', () => {
  it('keeps four significant digits and never rounds the whole part', () => {
    expect([189778, 38.5816, 0.00123456, 123456.78, -0.5].map((value) => formatNumber(value))).toEqual([
      '189,778',
      '38.58',
      '0.001235',
      '123,457',
      '-0.5',
    ]);
  });

  it('writes what is very large or small as a power of ten', () => {
    expect([1.234e-9, 5e15].map((value) => formatNumber(value))).toEqual(['1.23e-9', '5.00e15']);
  });

  it('shows a dash for no value and the word for no number', () => {
    expect(formatNumber(undefined)).toBe('–');
    expect(formatNumber(Number.NaN)).toBe('NaN');
  });
});

describe('formatFraction()', () => {
  it('never rounds to 0 or 100 what is neither', () => {
    expect([0, 0.00001, 0.0075, 0.749, 0.9923, 0.99999, 1].map(formatFraction)).toEqual([
      '0 %',
      '< 0.01 %',
      '0.75 %',
      '74.9 %',
      '99.23 %',
      '> 99.99 %',
      '100 %',
    ]);
  });
});

it('formatPValue() says that a p-value is small instead of printing zeros', () => {
  expect([0.03125, 1e-12, undefined].map(formatPValue)).toEqual(['0.0313', '< 0.0001', '–']);
});

it('formatDistance() has a fixed number of decimals, so that a column lines up', () => {
  expect([0.7491, 0.008, 1900].map(formatDistance)).toEqual(['0.749', '0.008', '1,900']);
});

it('formatBytes() counts in thousands', () => {
  expect([999, 961_000, 4.2e9].map(formatBytes)).toEqual(['999 B', '961 kB', '4.2 GB']);
});
