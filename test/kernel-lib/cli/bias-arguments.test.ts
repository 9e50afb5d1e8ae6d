import { describe, expect, it } from 'vitest';
import { biasOf, parseFacet, parseLimit } from '../../../kernel-lib/src/cli/bias-arguments.js';

describe('parseFacet()', () => {
  it('reads a value, several, a threshold, an interval, and a column alone', () => {
    expect(parseFacet('sex=Female')).toEqual({ name: 'sex', values: ['Female'] });
    expect(parseFacet(' marital = Single, Divorced ')).toEqual({ name: 'marital', values: ['Single', 'Divorced'] });
    expect(parseFacet('age>40')).toEqual({ name: 'age', above: 40 });
    expect(parseFacet('age > -1.5')).toEqual({ name: 'age', above: -1.5 });
    expect(parseFacet('age=25..40')).toEqual({ name: 'age', above: 25, upTo: 40 });
    expect(parseFacet('race')).toEqual({ name: 'race' });
  });

  it('takes a text that only looks like an interval for a value', () => {
    expect(parseFacet('group=a..b')).toEqual({ name: 'group', values: ['a..b'] });
  });

  it.each(['age>old', 'age=40..25', '=x', ''])('refuses %j', (text) => {
    expect(() => parseFacet(text)).toThrow();
  });
});

describe('parseLimit()', () => {
  it('reads ranges with one end or two, for all facets, one, or one group', () => {
    expect(parseLimit('DI=0.8..1.25')).toEqual({ metric: 'DI', lower: 0.8, upper: 1.25 });
    expect(parseLimit('DPPL=..0.1')).toEqual({ metric: 'DPPL', upper: 0.1 });
    expect(parseLimit('sex:DI=.8..')).toEqual({ metric: 'DI', facet: 'sex', lower: 0.8 });
    expect(parseLimit('sex=Female:DPPL=-1e-1..0.1')).toEqual({
      metric: 'DPPL',
      facet: 'sex',
      value: 'Female',
      lower: -0.1,
      upper: 0.1,
    });
  });

  it.each(['DI', 'DI=0.8', 'DI=..', 'di=0.8..1', 'DI=a..b'])('refuses %j', (text) => {
    expect(() => parseLimit(text)).toThrow('Write it as');
  });
});

describe('biasOf()', () => {
  it('hands on what was given, under the names of the library', () => {
    expect(
      biasOf({
        facet: [{ name: 'sex' }],
        labelValues: ['1'],
        limit: [],
        groupVariable: 'job',
        model: 'm.json',
        config: 'c.json',
      }),
    ).toEqual({
      facets: [{ name: 'sex' }],
      labelValues: ['1'],
      limits: [],
      groupVariable: 'job',
      model: 'm.json',
      config: 'c.json',
    });
    expect(biasOf({})).toEqual({});
  });
});
