// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { trendLine } from '../../../jupyter-extension/src/widgets/trend-line.js';

const path = (values: readonly (number | undefined)[]): string | null | undefined =>
  trendLine(values, [], 66, 18).querySelector('path')?.getAttribute('d');

it('goes from the least to the greatest value, broken where one is missing', () => {
  expect(path([0, 1, undefined, 0.5])).toBe('M3 15L23 3M63 9');
});

it('is a line in the middle where nothing changes, a dot for one value, and empty for none', () => {
  expect(path([2, 2])).toBe('M3 9L63 9');
  expect(path([2])).toBe('M33 9h0.1');
  expect(path([undefined])).toBeUndefined();
});

it('marks values as dots, and is no content for screen readers', () => {
  const line = trendLine([0, 1, 2], [false, true, false], 66, 18);
  expect([...line.querySelectorAll('circle')].map((dot) => dot.getAttribute('cx'))).toEqual(['33']);
  expect(line.getAttribute('aria-hidden')).toBe('true');
});
