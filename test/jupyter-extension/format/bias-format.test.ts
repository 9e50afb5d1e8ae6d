import { describe, expect, it } from 'vitest';
import {
  biasBounds,
  formatBias,
  formatBiasAndLimit,
  formatBiasChange,
  formatBiasInterval,
  formatBiasRange,
  formatBiasValue,
  formatPoints,
} from '../../../jupyter-extension/src/format/bias-format.js';

describe('formatBias()', () => {
  it('writes fractions with three decimals, other numbers with three digits, and a minus sign', () => {
    expect([0.1444, -0.1444, -0.0001].map((value) => formatBias(value, 'fraction'))).toEqual([
      '0.144',
      '−0.144',
      '0.000',
    ]);
    expect([1.2512, -1234.5, 0].map((value) => formatBias(value, 'value'))).toEqual(['1.25', '−1,235', '0']);
    expect(formatBias(undefined, 'ratio')).toBe('–');
  });

  it('writes infinite values as signs', () => {
    expect(formatBiasValue({ infinite: 'positive' }, 'value')).toBe('∞');
    expect(formatBiasValue({ infinite: 'negative' }, 'ratio')).toBe('−∞');
    expect(formatBiasValue(undefined, 'ratio')).toBe('–');
  });
});

describe('formatBiasInterval()', () => {
  it('takes an absent end for an infinite one, and nothing for none', () => {
    expect(formatBiasInterval({ lower: -0.1, upper: 0.2 }, 'fraction')).toBe('−0.100 to 0.200');
    expect(formatBiasInterval({ lower: 2, method: 'log' }, 'ratio')).toBe('2 to ∞');
    expect(biasBounds({ upper: 2, method: 'log' })).toEqual([-Infinity, 2]);
    expect(biasBounds({ lower: 2 })).toBeUndefined();
    expect(formatBiasInterval({ method: 'log' }, 'ratio')).toBeUndefined();
    expect(formatBiasInterval(undefined, 'ratio')).toBeUndefined();
  });
});

it('formatBiasRange() says which bounds there are', () => {
  expect(formatBiasRange({ lower: 0.8, upper: 1.25 }, 'ratio')).toBe('0.8 to 1.25');
  expect(formatBiasRange({ lower: 0.8 }, 'ratio')).toBe('≥ 0.8');
  expect(formatBiasRange({ upper: 0.1 }, 'fraction')).toBe('≤ 0.100');
  expect(formatBiasRange({}, 'fraction')).toBeUndefined();
});

it('formatBiasChange() has a sign, unless the change rounds to nothing', () => {
  expect([0.05, -0.05, 0.0001, 0].map((value) => formatBiasChange(value, 'fraction'))).toEqual([
    '+0.050',
    '−0.050',
    '0.000',
    '0.000',
  ]);
});

it('formatBiasAndLimit() takes as many digits as it needs to tell both apart', () => {
  expect(formatBiasAndLimit(0.10004, 0.1, 0.07, 'fraction')).toEqual(['0.10004', '0.10000', '0.07000']);
  expect(formatBiasAndLimit(0.1, 0.1, undefined, 'fraction')).toEqual(['0.100', '0.100', '–']);
  expect(formatBiasAndLimit(Infinity, 4.1, 4.1, 'value')).toEqual(['∞', '4.1', '4.1']);
});

it('formatPoints() writes a share as percentage points', () => {
  expect([0.1444, -0.02].map(formatPoints)).toEqual(['14.4', '−2.0']);
});
