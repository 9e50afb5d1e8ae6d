import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments, type MomentsState } from '../../../kernel-lib/src/stats/moments.js';
import { expectClose, readGolden } from './golden.js';

interface Case {
  readonly name: string;
  readonly values: number[];
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  readonly m2: number;
  readonly populationStd: number;
  readonly min: number;
  readonly max: number;
}
const golden = readGolden<{ moments: Case[] }>('sketch/sketch.json');

function momentsOf(values: readonly number[], cut = values.length): Moments {
  const whole = new Moments();
  for (let start = 0; start < values.length; start += Math.max(1, cut)) {
    const part = new Moments();
    part.addAll(Float64Array.from(values.slice(start, start + cut)));
    whole.merge(part);
  }
  return whole;
}

describe('Moments', () => {
  for (const { name, values, ...exact } of golden.moments) {
    for (const cut of [values.length, 17, 1]) {
      it(`equal exact rational arithmetic for "${name}" in parts of ${cut}`, () => {
        const moments = momentsOf(values, cut);
        expect(moments.count).toBe(exact.count);
        expect(moments.min).toBe(exact.min);
        expect(moments.max).toBe(exact.max);
        expectClose(moments.sum, exact.sum, 1e-15, 'sum');
        // A mean near 0 of values near 1e16 has the digits of the values: 1e-15 of the largest.
        const magnitude = Math.max(Math.abs(exact.min), Math.abs(exact.max));
        expect(Math.abs((moments.mean as number) - exact.mean)).toBeLessThanOrEqual(1e-15 * magnitude);
        expectClose(moments.m2, exact.m2, 1e-12, 'm2');
        expectClose(moments.populationStd(), exact.populationStd, 1e-12, 'populationStd');
      });
    }
  }

  it('has no mean, smallest or largest value and no deviation without values', () => {
    const moments = new Moments();
    expect(moments.toState()).toEqual({ count: 0, sum: 0, mean: null, m2: 0, min: null, max: null });
    expect(moments.populationStd()).toBeUndefined();
    moments.addAll(new Float64Array(0));
    moments.merge(new Moments());
    expect(moments.mean).toBeUndefined();
  });

  it('has deviation 0 exactly for a constant, however it is split', () => {
    for (const cut of [1, 3, 1000]) {
      const moments = momentsOf(new Array<number>(1000).fill(0.1), cut);
      expect(moments.m2).toBe(0);
      expect(moments.mean).toBe(0.1);
    }
  });

  it('reads only the first count values and leaves them as they are', () => {
    const values = Float64Array.of(3, 1, 2, 99);
    const moments = new Moments();
    moments.addAll(values, 3);
    expect(moments.sum).toBe(6);
    expect([...values]).toEqual([3, 1, 2, 99]);
  });

  it('says there is no deviation where squares overflow', () => {
    expect(momentsOf([1e200, -1e200]).populationStd()).toBeUndefined();
  });

  it('any split merges to the whole, also through JSON', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), fc.constantFrom(0, 1e9), (noise, cut, offset) => {
        const series = noise.map((value) => offset + value);
        const whole = momentsOf(series);
        const split = momentsOf(series, cut);
        const read = Moments.fromState(JSON.parse(JSON.stringify(split.toState())) as MomentsState);
        for (const moments of [split, read]) {
          expect(moments.count).toBe(whole.count);
          expect([moments.min, moments.max]).toEqual([whole.min, whole.max]);
          expectClose(moments.sum, whole.sum, 1e-15, 'sum');
          const spread = Math.sqrt(whole.m2 / whole.count);
          expect(Math.abs((moments.populationStd() as number) - spread)).toBeLessThanOrEqual(1e-12 * spread + 1e-300);
        }
      }),
    );
  });
});
