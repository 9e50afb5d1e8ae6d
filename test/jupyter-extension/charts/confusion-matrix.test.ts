import { describe, expect, it } from 'vitest';
import {
  cellTextLimit,
  confusionMatrixFigure,
  confusionRows,
} from '../../../jupyter-extension/src/charts/confusion-matrix.js';
import { chartStyle } from '../support/chart-style.js';

const matrix = {
  classes: ['0', '<b>1</b>'],
  counts: [
    [90, 10],
    [0, 0],
  ],
};

describe('confusionRows()', () => {
  it('gives shares of the row, and none for a class that does not occur', () => {
    expect(confusionRows(matrix)).toEqual([
      { actual: '0', counts: [90, 10], total: 100, shares: [0.9, 0.1] },
      { actual: '<b>1</b>', counts: [0, 0], total: 0, shares: [undefined, undefined] },
    ]);
  });
});

describe('confusionMatrixFigure()', () => {
  it('has the first actual class at the top, and colours by share of the row', () => {
    const { data, layout } = confusionMatrixFigure(matrix, chartStyle());
    expect(data[0]).toMatchObject({
      type: 'heatmap',
      z: [
        [0.9, 0.1],
        [null, null],
      ],
      zmin: 0,
      zmax: 1,
    });
    expect(layout['yaxis']).toMatchObject({ range: [1.5, -0.5] });
  });

  it('writes counts and shares into the cells, and class names as text', () => {
    const { data, layout } = confusionMatrixFigure(matrix, chartStyle());
    const words = (data[0]!['text'] as string[][])[0]!.map((text) => text.replaceAll(/<\/?span[^>]*>/g, ''));
    expect(words).toEqual(['<b>90</b><br>90.0 %', '<b>10</b><br>10.0 %']);
    expect(layout['xaxis']).toMatchObject({ ticktext: ['0', '&lt;b&gt;1&lt;/b&gt;'] });
  });

  it('leaves text out of cells that are too narrow for it', () => {
    const classes = Array.from({ length: 8 }, (_, index) => `a class with a long name ${index}`);
    const wide = { classes, counts: classes.map(() => classes.map(() => 1)) };
    expect(confusionMatrixFigure(wide, chartStyle(800)).data[0]).toHaveProperty('text');
    expect(confusionMatrixFigure(wide, chartStyle(320)).data[0]).not.toHaveProperty('text');
  });

  it('writes bright on dark cells and dark on bright ones', () => {
    const style = chartStyle();
    const [full, slight] = (confusionMatrixFigure(matrix, style).data[0]!['text'] as string[][])[0]!;
    expect(full).toContain(`color:${style.colours.background}`);
    expect(slight).toContain(`color:${style.colours.text}`);
  });

  it('leaves the cells without text when there are many classes, and stays within a screen', () => {
    const classes = Array.from({ length: 100 }, (_, index) => String(index));
    const many = { classes, counts: classes.map(() => classes.map(() => 1)) };
    const { data, layout } = confusionMatrixFigure(many, chartStyle());
    expect(classes.length).toBeGreaterThan(cellTextLimit);
    expect(data[0]).not.toHaveProperty('text');
    expect(layout.height).toBeLessThan(640);
    const { tickvals } = layout['xaxis'] as { tickvals: number[] };
    expect(tickvals.slice(0, 3)).toEqual([0, 2, 4]);
  });
});
