import { describe, expect, it } from 'vitest';
import { driftGrid, driftRows, driftSlots, violatedRuns } from '../../../jupyter-extension/src/charts/drift-grid.js';
import { driftColours, driftHeatmapFigure, markCell } from '../../../jupyter-extension/src/charts/drift-heatmap.js';
import { rowsTimeFigure } from '../../../jupyter-extension/src/charts/rows-time.js';
import { chartStyle } from '../support/chart-style.js';
import { driftSeries, driftSpan } from '../support/measured-series.js';

const slots = driftSlots(driftSeries, driftSpan);
const rows = driftRows(driftSeries, slots);

describe('driftSlots()', () => {
  it('has hours where they are known, else windows', () => {
    expect(
      slots.map(({ start, end, hourly, rows: count }) => [start.slice(8, 13), end.slice(8, 13), hourly, count]),
    ).toEqual([
      ['02T00', '03T00', false, 300],
      ['03T00', '04T00', false, 400],
      ['04T00', '04T01', true, 40],
      ['04T01', '04T02', true, 50],
      ['04T03', '04T04', true, 410],
    ]);
  });

  it('leaves out what the span does not touch', () => {
    const span = { from: new Date('2026-03-04T01:00:00Z'), to: new Date('2026-03-04T03:00:00Z') };
    expect(driftSlots(driftSeries, span).map(({ start }) => start)).toEqual(['2026-03-04T01:00:00Z']);
  });
});

describe('driftRows()', () => {
  it('puts the worst feature first, with when it was worst', () => {
    expect(rows.map(({ name, violated, worst }) => [name, violated, worst?.slot.start])).toEqual([
      ['<b>b</b>', 2, '2026-03-03T00:00:00Z'],
      ['a', 0, '2026-03-03T00:00:00Z'],
    ]);
    expect(rows[0]?.worst?.ratio).toBeCloseTo(3, 12);
    expect(rows.map(({ severity }) => severity?.toFixed(2))).toEqual(['3.00', '0.40']);
  });
});

describe('driftGrid()', () => {
  it('has one column an hour where there is room', () => {
    const grid = driftGrid(slots, rows, driftSpan, 100);
    expect(grid.length).toBe(3_600_000);
    expect(grid.columns).toHaveLength(72);
    expect(grid.cells[0]?.[0]?.ratio).toBeCloseTo(0.5, 12);
    expect(grid.cells[0]?.[23]?.ratio).toBeCloseTo(0.5, 12);
    expect(grid.cells[0]?.[49]).toMatchObject({ distance: 0.5, ratio: 2.5 });
    expect(grid.cells[0]?.[50]).toBeUndefined();
  });

  it('puts hours together where there is none, and keeps the worst', () => {
    const grid = driftGrid(slots, rows, driftSpan, 12);
    expect(grid.length).toBe(6 * 3_600_000);
    expect(grid.cells[0]?.[8]).toMatchObject({ distance: 0.5, slot: { start: '2026-03-04T01:00:00Z' } });
  });

  it('has no column shorter than the windows', () => {
    const daily = driftSlots({ executions: driftSeries.executions.slice(0, 2) }, driftSpan);
    expect(driftGrid(daily, rows, driftSpan, 100).length).toBe(24 * 3_600_000);
  });
});

it('violatedRuns() joins windows that follow each other', () => {
  expect(violatedRuns(driftSeries, 1)).toEqual([{ start: '2026-03-03T00:00:00Z', end: '2026-03-05T00:00:00Z' }]);
  expect(violatedRuns(driftSeries, 0)).toEqual([]);
});

describe('driftHeatmapFigure()', () => {
  const figure = driftHeatmapFigure({ series: driftSeries, slots, rows, span: driftSpan, events: [] }, chartStyle());
  const [map, frames, marks] = figure.data;

  it('colours distances in units of their threshold, and a click gives feature and hour', () => {
    const z = map?.['z'] as (number | null)[][];
    expect(z).toHaveLength(2);
    expect(z[0]?.[49]).toBeCloseTo(2.5, 12);
    expect((map!['customdata'] as unknown[][])[0]?.[49]).toEqual([1, '2026-03-04T01:00:00Z']);
    expect((map!['hovertext'] as string[][])[0]?.[49]).toBe(
      '<b>&lt;b&gt;b&lt;/b&gt;</b><br>4 Mar 2026, 01:00 UTC<br>rows 50<br>distance 0.500, 2.5 times its threshold',
    );
  });

  it('frames the windows with a violation and puts a sign there, so that colour is not all', () => {
    expect(frames).toMatchObject({
      mode: 'lines',
      x: ['2026-03-03 00:00', '2026-03-05 00:00', '2026-03-05 00:00', '2026-03-03 00:00', '2026-03-03 00:00'],
    });
    expect(marks).toMatchObject({ marker: { symbol: 'triangle-up' }, x: ['2026-03-03 00:00'], y: [0] });
  });

  it('outlines the chosen cell, and keeps all else as it is', () => {
    const cell = { place: 1, start: '2026-03-04T01:00:00Z', end: '2026-03-04T02:00:00Z' };
    const marked = markCell(figure, rows, cell, chartStyle());
    expect(marked.layout['shapes']).toEqual([
      expect.objectContaining({ x0: '2026-03-04 01:00', x1: '2026-03-04 02:00', y0: -0.5, y1: 0.5 }),
    ]);
    expect(marked.data).toBe(figure.data);
    expect(markCell(figure, rows, { ...cell, place: 7 }, chartStyle()).layout['shapes']).toEqual([]);
  });

  it('changes from blue to red at the threshold, in one step', () => {
    const [, within, beyond] = driftColours(chartStyle());
    expect(within?.[0]).toBe(beyond?.[0]);
    expect(within?.[1]).not.toBe(beyond?.[1]);
  });
});

it('rowsTimeFigure() has a bar as wide as its hour or window', () => {
  const { data } = rowsTimeFigure({ slots, span: driftSpan, events: [] }, chartStyle());
  expect(data[0]).toMatchObject({ y: [300, 400, 40, 50, 410], x: expect.arrayContaining(['2026-03-02 12:00']) });
  expect((data[0]!['width'] as number[])[2]).toBeCloseTo(0.92 * 3_600_000, 6);
});
