import { describe, expect, it } from 'vitest';
import {
  attributionNumbers,
  formatAttribution,
  formatBounds,
  formatNdcg,
  formatNdcgAndLimit,
  formatPoints,
  formatShare,
  formatStep,
  probabilityOf,
} from '../../../jupyter-extension/src/format/attribution-format.js';

describe('attributionNumbers()', () => {
  it('has as many decimals as give the largest number three digits', () => {
    const texts = (largest: number): string[] => [largest, -largest / 100].map(attributionNumbers(largest).value);
    expect(texts(0.88)).toEqual(['0.880', '−0.009']);
    expect(texts(12.34)).toEqual(['12.3', '−0.1']);
    expect(texts(0.00421)).toEqual(['0.00421', '−0.00004']);
    expect(texts(189_778)).toEqual(['189,778', '−1,898']);
  });

  it('writes a sign for steps, and none for what rounds to 0', () => {
    const { step, value } = attributionNumbers(0.5);
    expect([0.2, -0.2, 0.0001, -0.0001, 0].map(step)).toEqual(['+0.200', '−0.200', '0.000', '0.000', '0.000']);
    expect([value(undefined), step(undefined)]).toEqual(['–', '–']);
  });

  it('bears a largest number of 0 and one that is no number', () => {
    expect(attributionNumbers(0).value(0)).toBe('0.000');
    expect(attributionNumbers(Number.NaN).value(0.5)).toBe('0.500');
  });
});

describe('the other formats of attribution', () => {
  it('write attributions and steps of any size', () => {
    expect([0.4123, -1.25, 0, undefined].map(formatAttribution)).toEqual(['0.412', '−1.25', '0', '–']);
    expect([0.4123, -1.25, 0, undefined].map(formatStep)).toEqual(['+0.412', '−1.25', '0', '–']);
  });

  it('write shares as percentages and their changes as points', () => {
    expect([0.312, -0.0016, undefined].map(formatShare)).toEqual(['31.2 %', '−0.16 %', '–']);
    expect([0.121, -0.004, 0.0001, undefined].map(formatPoints)).toEqual(['+12.1', '−0.4', '0.0', '–']);
  });

  it('never round an nDCG to 1, nor to its threshold', () => {
    expect([0.8421, 0.99961, 1].map((value) => formatNdcg(value))).toEqual(['0.842', '0.9996', '1.000']);
    expect(formatNdcgAndLimit(0.8421, 0.9)).toEqual(['0.842', '0.900']);
    expect(formatNdcgAndLimit(0.89961, 0.9)).toEqual(['0.8996', '0.9000']);
    expect(formatNdcgAndLimit(0.9, 0.9)).toEqual(['0.900', '0.900']);
  });

  it('write an interval that has both bounds', () => {
    expect(formatBounds({ lower: 0.1, upper: 0.2 }, formatShare)).toBe('10.0 % to 20.0 %');
    expect(formatBounds({ lower: 0.1 }, formatShare)).toBeUndefined();
    expect(formatBounds(undefined, formatShare)).toBeUndefined();
  });

  it('turn log-odds into a probability', () => {
    expect(probabilityOf(0)).toBe(0.5);
    expect(probabilityOf(Math.log(3))).toBeCloseTo(0.75, 12);
    expect(probabilityOf(-800)).toBe(0);
  });
});
