import { describe, expect, it } from 'vitest';
import { GrowingBytes, GrowingIntegers, GrowingNumbers } from '../../../kernel-lib/src/monitor/growing.js';

describe.each([
  ['GrowingNumbers', () => new GrowingNumbers(2), Float64Array, [0.5, Number.NaN, -1e300, 3, 4]],
  ['GrowingIntegers', () => new GrowingIntegers(2), Int32Array, [-2, 2 ** 31 - 1, -(2 ** 31), 3, 4]],
  ['GrowingBytes', () => new GrowingBytes(2), Uint8Array, [0, 255, 1, 254, 7]],
] as const)('%s', (_, make, kind, values) => {
  it('keeps what is added, in order, beyond the room it began with', () => {
    const growing = make();
    for (const value of values) growing.add(value);
    expect(growing.values()).toEqual(new kind(values));
  });

  it('is empty before', () => {
    expect(make().values()).toEqual(new kind(0));
  });
});
