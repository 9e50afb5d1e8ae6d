import { describe, expect, it } from 'vitest';
import type { BiasLimit } from '../../../../kernel-lib/src/monitor/model-bias/bias-options.js';
import { checkLimits, type LimitedGroup, limitOf } from '../../../../kernel-lib/src/monitor/model-bias/limits.js';

const women: LimitedGroup = { facet: 'sex', grouping: { kind: 'values', values: ['Female'] }, value: 'Female' };
const older: LimitedGroup = { facet: 'age', grouping: { kind: 'threshold', thresholds: [40] }, value: '(40, 75]' };
const middle: LimitedGroup = { facet: 'age', grouping: { kind: 'threshold', thresholds: [25], upTo: 40 } };
const two: LimitedGroup = { facet: 'race', grouping: { kind: 'values', values: ['1', '2'] } };

describe('limitOf()', () => {
  it('takes the narrowest limit of a metric: of the group, of its facet, of all', () => {
    const limits: readonly BiasLimit[] = [
      { metric: 'DI', lower: 0.8, upper: 1.25 },
      { metric: 'DI', facet: 'sex', lower: 0.7 },
      { metric: 'DI', facet: 'sex', value: 'Female', upper: 2 },
      { metric: 'DI', value: 'Female', upper: 9 },
    ];
    expect(limitOf('DI', women, limits)).toEqual({ upper: 2 });
    expect(limitOf('DI', women, limits.slice(0, 2))).toEqual({ lower: 0.7 });
    expect(limitOf('DI', older, limits)).toEqual({ lower: 0.8, upper: 1.25 });
    expect(limitOf('AD', women, limits)).toBeUndefined();
  });

  it('knows a group above a threshold by where its interval begins, as that ends with the greatest number of each sample', () => {
    const limits = (value: string): readonly BiasLimit[] => [{ metric: 'CI', facet: 'age', value, upper: 0.5 }];
    expect(limitOf('CI', older, limits('(40, 75]'))).toEqual({ upper: 0.5 });
    expect(limitOf('CI', older, limits('(40.0, 68.0]'))).toEqual({ upper: 0.5 });
    expect(limitOf('CI', older, limits('(41, 75]'))).toBeUndefined();
    expect(limitOf('CI', older, limits('40'))).toBeUndefined();
    expect(limitOf('CI', middle, limits('(25, 40]'))).toEqual({ upper: 0.5 });
    expect(limitOf('CI', middle, limits('(25, 60]'))).toBeUndefined();
  });

  it('knows values in any way of writing numbers', () => {
    const one: LimitedGroup = { facet: 'race', grouping: { kind: 'values', values: ['1'] } };
    expect(limitOf('CI', one, [{ metric: 'CI', value: '1.0', upper: 0 }])).toEqual({ upper: 0 });
    expect(limitOf('CI', two, [{ metric: 'CI', value: '1,2', upper: 0 }])).toEqual({ upper: 0 });
    expect(limitOf('CI', two, [{ metric: 'CI', value: '1', upper: 0 }])).toBeUndefined();
  });
});

describe('checkLimits()', () => {
  it('lets limits through that are about a group', () => {
    const limits = [
      { metric: 'DI', lower: 0.8 },
      { metric: 'AD', facet: 'age', lower: 0 },
      { metric: 'CI', value: 'Female', upper: 0 },
    ];
    expect(() => checkLimits(limits, [women, older], 'data.csv')).not.toThrow();
  });

  it.each<[Omit<BiasLimit, 'metric'>, string, string]>([
    [{ facet: 'gender', lower: 0 }, '"gender"', 'sex; age'],
    [{ facet: 'sex', value: 'Male', lower: 0 }, '"sex=Male"', 'Female'],
    [{ facet: 'age', value: '(30, 75]', lower: 0 }, '"age=(30, 75]"', '(40, 75]; (25, 40]'],
    [{ value: 'Male', lower: 0 }, '"Male"', 'sex; age'],
  ])('refuses %j, which would never be broken', (limit, whom, known) => {
    expect(() => checkLimits([{ metric: 'DI', ...limit }], [women, older, middle], 'data.csv')).toThrow(
      `A limit of DI is for ${whom}, which is compared with nobody.\n  at: data.csv\n  fix: use one of: ${known}`,
    );
  });
});
