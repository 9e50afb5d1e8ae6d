import { describe, expect, it } from 'vitest';
import { hourlyDistanceFigure } from '../../../jupyter-extension/src/charts/hourly-distance.js';
import { chartStyle } from '../support/chart-style.js';

const series = [
  { hour: '2026-03-05T00:00:00Z', rows: 90, distance: 0.04 },
  { hour: '2026-03-05T01:00:00Z', rows: 0, distance: 0 },
  { hour: '2026-03-05T02:00:00Z', rows: 80, distance: 0.6 },
];
const lines = (layout: Readonly<Record<string, unknown>>): unknown[] =>
  (layout['shapes'] as { x0: unknown; y0: unknown }[]).map(({ x0, y0 }) => [x0, y0]);

describe('hourlyDistanceFigure()', () => {
  it('leaves a gap in hours without rows, and shows UTC whatever the reader’s zone', () => {
    const { data } = hourlyDistanceFigure({ series }, chartStyle());
    expect(data[0]).toMatchObject({
      x: ['2026-03-05 00:00', '2026-03-05 01:00', '2026-03-05 02:00'],
      y: [0.04, null, 0.6],
      connectgaps: false,
    });
  });

  it('marks the threshold and since when a violation holds', () => {
    const { layout } = hourlyDistanceFigure({ series, threshold: 0.1, since: '2026-03-05T02:00:00Z' }, chartStyle());
    expect(lines(layout)).toEqual([
      [0, 0.1],
      ['2026-03-05 02:00', 0],
    ]);
  });

  it('puts the mark at the left edge when the violation is older than the window', () => {
    const { layout } = hourlyDistanceFigure({ series, since: '2026-03-01T00:00:00Z' }, chartStyle());
    expect(lines(layout)).toEqual([['2026-03-05 00:00', 0]]);
  });

  it('draws no mark for a time after the window, and bears an empty series', () => {
    expect(lines(hourlyDistanceFigure({ series, since: '2026-04-01T00:00:00Z' }, chartStyle()).layout)).toEqual([]);
    expect(lines(hourlyDistanceFigure({ series: [], since: '2026-04-01T00:00:00Z' }, chartStyle()).layout)).toEqual([]);
  });
});
