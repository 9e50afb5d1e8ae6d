import { describe, expect, it } from 'vitest';
import {
  formatChange,
  formatHours,
  formatInterval,
  formatMetric,
  formatMetricAndLimit,
} from '../../../jupyter-extension/src/format/metric-format.js';

describe('formatMetric()', () => {
  it('writes a fraction with three decimals and a value with four digits', () => {
    expect(formatMetric(0.7, 'fraction')).toBe('0.700');
    expect(formatMetric(189_778.4, 'value')).toBe('189,778');
    expect(formatMetric(undefined, 'fraction')).toBe('–');
    expect(formatMetric(Number.NaN, 'value')).toBe('–');
  });
});

describe('formatMetricAndLimit()', () => {
  it('takes as many digits as it needs to tell them apart', () => {
    expect(formatMetricAndLimit(0.70001, 0.7, 'fraction')).toEqual(['0.70001', '0.70000']);
    expect(formatMetricAndLimit(0.7, 0.7, 'fraction')).toEqual(['0.700', '0.700']);
    expect(formatMetricAndLimit(0.7, undefined, 'fraction')).toEqual(['0.700', '–']);
    expect(formatMetricAndLimit(0.1 + 0.2, 0.3, 'fraction')).toEqual(['0.30000000000000004', '0.3']);
  });
});

describe('formatInterval()', () => {
  it('needs both bounds', () => {
    expect(formatInterval({ lower: 0.7, upper: 0.75 }, 'fraction')).toBe('0.700 to 0.750');
    expect(formatInterval({ lower: 0.7 }, 'fraction')).toBeUndefined();
  });
});

describe('formatChange()', () => {
  it('says the direction', () => {
    expect([0.031, -12.4, 0].map((value) => formatChange(value, 'value'))).toEqual(['+0.031', '−12.4', '0']);
  });
});

describe('formatHours()', () => {
  it('says hours in the unit of people', () => {
    expect([0, 0.5, 6, 26.25, 72, 600].map(formatHours)).toEqual([
      '0 h',
      '30 min',
      '6 h',
      '26.3 h',
      '3 days',
      '25 days',
    ]);
  });
});
