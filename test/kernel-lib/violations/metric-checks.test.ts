import { describe, expect, it } from 'vitest';
import { checkMetric, falseAlarmChance } from '../../../kernel-lib/src/violations/metric-checks.js';
import { metricSince } from '../../../kernel-lib/src/violations/metric-since.js';

const less = { threshold: 0.8, comparison_operator: 'LessThanThreshold' } as const;
const greater = { threshold: 2, comparison_operator: 'GreaterThanThreshold' } as const;

describe('checkMetric()', () => {
  it('is broken for the service when the value is beyond, and significantly when the whole interval is', () => {
    expect(checkMetric('f2', { value: 0.79, lower: 0.77, upper: 0.81 }, less).rules).toEqual(['threshold']);
    expect(checkMetric('f2', { value: 0.7, lower: 0.68, upper: 0.72 }, less).rules).toEqual([
      'significant',
      'threshold',
    ]);
    expect(checkMetric('f2', { value: 0.8, lower: 0.7, upper: 0.9 }, less).rules).toEqual([]);
    expect(checkMetric('rmse', { value: 2.1, lower: 2.05, upper: 2.2 }, greater).rules).toEqual([
      'significant',
      'threshold',
    ]);
    expect(checkMetric('rmse', { value: 1.9, lower: 1.8, upper: 2.1 }, greater).rules).toEqual([]);
  });

  it('does not judge by an interval that is not there', () => {
    expect(checkMetric('f2', { value: 0.1 }, less).rules).toEqual(['threshold']);
  });

  it("has the service's wording", () => {
    const { description } = checkMetric('f2', { value: 0.7, standardDeviation: 0.01 }, less);
    expect(description).toBe("Metric f2 with 0.7 +/- 0.01 was LessThanThreshold '0.8'");
    expect(checkMetric('f2', { value: 0.7 }, less).description).toBe(
      "Metric f2 with 0.7 +/- NaN was LessThanThreshold '0.8'",
    );
  });
});

describe('falseAlarmChance()', () => {
  it("is one half where the limit is the baseline's own value, and small where there is room", () => {
    const current = { value: 0.7, lower: 0.76, upper: 0.84 };
    expect(falseAlarmChance(current, 0.8, less)).toBeCloseTo(0.5, 12);
    // scipy.stats.norm.cdf(-0.04 / (0.08 / (2 * 1.959963984540054))) = 0.025
    expect(falseAlarmChance(current, 0.84, less)).toBeCloseTo(0.025, 10);
    expect(falseAlarmChance({ value: 2, lower: 1.9, upper: 2.1 }, 1.9, greater)).toBeCloseTo(0.025, 10);
    expect(falseAlarmChance({ value: 0.7 }, 0.8, less)).toBeUndefined();
    expect(falseAlarmChance(current, undefined, less)).toBeUndefined();
  });
});

describe('metricSince()', () => {
  const series = (values: readonly number[]) =>
    values.map((value, hour) => ({
      start: `2026-03-05T${String(hour).padStart(2, '0')}:00:00Z`,
      rows: 100,
      value,
      lower: value - 0.05,
      upper: value + 0.05,
    }));

  it('finds the hour from which the metric is another', () => {
    const found = metricSince(
      'auc/LessThanThreshold',
      series([0.9, 0.91, 0.89, 0.7, 0.72, 0.69]),
      0.9,
      'lower',
      undefined,
    );
    expect(found).toMatchObject({ hour: '2026-03-05T03:00:00Z', orEarlier: false });
    expect(found?.before).toBeCloseTo(0.9, 12);
    expect(found?.after).toBeCloseTo((0.7 + 0.72 + 0.69) / 3, 12);
  });

  it('says that it may be older where the window begins with it, unless the window before was without', () => {
    const low = series([0.7, 0.71, 0.69]);
    expect(metricSince('a', low, 0.9, 'lower', undefined)).toMatchObject({
      hour: '2026-03-05T00:00:00Z',
      orEarlier: true,
    });
    expect(metricSince('a', low, 0.9, 'lower', {})).toMatchObject({ hour: '2026-03-05T00:00:00Z', orEarlier: false });
    const earlier = { hour: '2026-03-04T07:00:00Z', orEarlier: false, before: 0.9, after: 0.7 };
    expect(metricSince('a', low, 0.9, 'lower', { a: earlier })).toEqual(earlier);
  });

  it('does not take a change for the better for the beginning', () => {
    const found = metricSince('a', series([0.6, 0.61, 0.6, 0.99, 0.98]), 0.9, 'lower', {});
    expect(found).toMatchObject({ hour: '2026-03-05T00:00:00Z' });
  });

  it('has no answer without intervals', () => {
    expect(metricSince('a', [{ start: 'x', rows: 1, value: 1 }], 0.9, 'lower', undefined)).toBeUndefined();
  });
});
