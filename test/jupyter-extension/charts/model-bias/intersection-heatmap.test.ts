import { describe, expect, it } from 'vitest';
import {
  cellMetrics,
  cellValue,
  intersectionFigure,
} from '../../../../jupyter-extension/src/charts/model-bias/intersection-heatmap.js';
import type { Intersection, IntersectionCell } from '../../../../kernel-lib/src/report/model-bias-report.js';
import { chartStyle } from '../../support/chart-style.js';

const cell = (row: number, column: number, values: IntersectionCell['values'] = {}): IntersectionCell => ({
  row,
  column,
  size: { baseline: 1000, current: 1200 },
  values,
});
const intersection: Intersection = {
  facets: ['race', 'sex'],
  rows: ['race = A', 'race = <b>'],
  columns: ['sex = Female', 'sex = Male'],
  cells: [
    cell(0, 0, {
      DPPL: { baseline: { value: 0.1, lower: 0.07, upper: 0.13 }, current: { value: 0.3, lower: 0.26, upper: 0.34 } },
    }),
    cell(0, 1, { DPPL: { current: { value: -0.2, lower: -0.3, upper: -0.1 } } }),
    cell(1, 0, { DPPL: { current: { value: 0.25, lower: -0.1, upper: 0.5 } } }),
  ],
};
const figure = (view: 'baseline' | 'current' | 'change', width?: number) =>
  intersectionFigure(intersection, 'DPPL', view, chartStyle(width));

describe('cellValue()', () => {
  it('gives a sample’s number, or the change with the interval that follows from both', () => {
    const [first, second] = intersection.cells as [IntersectionCell, IntersectionCell];
    expect(cellValue(first, 'DPPL', 'baseline')?.value).toBe(0.1);
    const change = cellValue(first, 'DPPL', 'change')!;
    expect(change.value).toBeCloseTo(0.2);
    expect(change.lower).toBeCloseTo(0.2 - 0.05);
    expect(change.upper).toBeCloseTo(0.2 + 0.05);
    expect(cellValue(second, 'DPPL', 'change')).toBeUndefined();
    expect(cellValue(first, 'RD', 'current')).toBeUndefined();
    expect(cellMetrics(intersection)).toEqual(['DPPL']);
  });
});

describe('intersectionFigure()', () => {
  const map = (made = figure('current')) => made.data[0] as Readonly<Record<string, unknown>>;

  it('colours a cell by its metric, symmetrically around equal treatment', () => {
    expect([map()['zmin'], map()['zmax']]).toEqual([-0.3, 0.3]);
    expect((map()['z'] as number[][])[0]).toEqual([0.3, -0.2]);
  });

  it('leaves without colour what chance may explain, and empty where no rows meet', () => {
    expect((map()['z'] as unknown[][])[1]).toEqual([0, null]);
    const texts = map()['text'] as string[][];
    expect(texts[0]![0]).toContain('<b>0.300</b>');
    expect(texts[1]![0]).toContain('0.250');
    expect(texts[1]![0]).not.toContain('<b>');
    expect(texts[1]![1]).toBe('');
  });

  it('colours all cells where no interval is known', () => {
    const cells = intersection.cells.map(({ row, column }) => cell(row, column, { RD: { current: { value: 0.1 } } }));
    const { data } = intersectionFigure({ ...intersection, cells }, 'RD', 'current', chartStyle());
    expect(data[0]!['z']).toEqual([
      [0.1, 0.1],
      [0.1, null],
    ]);
  });

  it('writes value and rows into a cell, less where it is small', () => {
    expect((map()['text'] as string[][])[0]![0]).toContain('1,200 rows');
    expect((map(figure('change'))['text'] as string[][])[0]![0]).toContain('+0.200');
    expect((map(figure('current', 180))['text'] as string[][])[0]![0]).not.toContain('rows');
    expect((map(figure('current', 100))['text'] as string[][])[0]![0]).toBe('');
  });

  it('names the facet once, as the title of its edge, and takes names as text', () => {
    const { xaxis, yaxis } = figure('current').layout as unknown as Record<
      string,
      { title: { text: string }; ticktext: string[] }
    >;
    expect([xaxis!.title.text, yaxis!.title.text]).toEqual(['sex', 'race']);
    expect(xaxis!.ticktext).toEqual(['Female', 'Male']);
    expect(yaxis!.ticktext).toEqual(['A ', '&lt;b&gt; ']);
    const others = { ...intersection, rows: ['age > 40', 'age <= 40'] };
    const made = intersectionFigure(others, 'DPPL', 'current', chartStyle());
    expect((made.layout['yaxis'] as { ticktext: string[] }).ticktext[0]).toBe('age &gt; 40 ');
  });
});
