import { describe, expect, it } from 'vitest';
import { changeOf, joinByKey, signed } from '../../../jupyter-extension/src/compare-files/side-by-side.js';

describe('a change', () => {
  const format = (value: number): string => value.toFixed(2);

  it('has its sign, and none where it is nothing', () => {
    expect(signed(0.126, format)).toBe('+0.13');
    expect(signed(-1.5, format)).toBe('−1.50');
    expect(signed(0.001, format)).toBe('0.00');
    expect(signed(undefined, format)).toBe('–');
  });

  it('is unknown where a side has no finite number', () => {
    expect(changeOf({ baseline: 1, current: 3 })).toBe(2);
    expect(changeOf({ baseline: undefined, current: 3 })).toBeUndefined();
    expect(changeOf({ baseline: 1, current: Number.POSITIVE_INFINITY })).toBeUndefined();
  });
});

describe('joinByKey()', () => {
  it('keeps what only one side has', () => {
    expect(joinByKey(['a', 'b'], ['c', 'b'], (item) => item)).toEqual([
      { baseline: 'a', current: undefined },
      { baseline: 'b', current: 'b' },
      { baseline: undefined, current: 'c' },
    ]);
  });
});
