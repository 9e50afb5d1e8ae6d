import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinctNumbers } from '../../../../kernel-lib/src/monitor/model-bias/distinct-numbers.js';

test('distinctNumbers() names numbers once, in the order in which they are met, and leaves out NaN', () => {
  const cells = [3, -0, 0.5, Number.NaN, 0, 32_767, 32_768, -32_768, -32_769, 3, Infinity, 0.5, -Infinity, 32_768];
  expect(distinctNumbers(Float64Array.from(cells)).map(String)).toEqual([
    '3',
    '0',
    '0.5',
    '32767',
    '32768',
    '-32768',
    '-32769',
    'Infinity',
    '-Infinity',
  ]);
});

test('distinctNumbers() equals a set of any numbers', () => {
  const number = fc.oneof(fc.double(), fc.integer({ min: -40_000, max: 40_000 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(fc.array(number), (cells) => {
      const expected = [...new Set(cells)].filter((cell) => !Number.isNaN(cell));
      expect(distinctNumbers(Float64Array.from(cells)).map((cell) => cell + 0)).toEqual(
        expected.map((cell) => cell + 0),
      );
    }),
    { seed: 6 },
  );
});
