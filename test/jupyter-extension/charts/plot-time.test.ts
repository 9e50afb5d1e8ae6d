import { expect, it } from 'vitest';
import { fromPlotTime, plotTime } from '../../../jupyter-extension/src/charts/plot-time.js';

it('a place on a time axis, and the value of a date-time input, are times of UTC', () => {
  expect(fromPlotTime('2026-03-05 04:12:33.1234')).toBe('2026-03-05T04:12:33.000Z');
  expect(fromPlotTime('2026-03-05 04:12')).toBe('2026-03-05T04:12:00.000Z');
  expect(fromPlotTime('2026-03-05')).toBe('2026-03-05T00:00:00.000Z');
  expect(fromPlotTime('2026-03-05T04:12')).toBe('2026-03-05T04:12:00.000Z');
});

it('other text is no time', () => {
  for (const text of ['', 'yesterday', '2026-13-45', '2026-03-05 25:00']) expect(fromPlotTime(text)).toBeUndefined();
});

it('a time comes back from the axis as it went', () => {
  const time = '2026-03-05T04:12:00.000Z';
  expect(fromPlotTime(plotTime(time))).toBe(time);
});
