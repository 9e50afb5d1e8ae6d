import { expect, it } from 'vitest';
import { bucketFigure, categoryFigure, categoryLimit } from '../../../jupyter-extension/src/charts/bucket-bars.js';
import { chartStyle } from '../support/chart-style.js';

it('bucketFigure() draws each bucket over its range', () => {
  const buckets = [
    { lower: 0, upper: 5, count: 3 },
    { lower: 5, upper: 10, count: 1 },
  ];
  expect(bucketFigure(buckets, 'age', chartStyle()).data[0]).toMatchObject({ x: [2.5, 7.5], width: [5, 5], y: [3, 1] });
});

it('bucketFigure() leaves the width of a constant column to the chart', () => {
  const [trace] = bucketFigure([{ lower: 4, upper: 4, count: 9 }], 'k', chartStyle()).data;
  expect(trace).toMatchObject({ x: [4], width: undefined });
});

it('categoryFigure() shows the most frequent categories, and says no more than a page bears', () => {
  const categories = Array.from({ length: 90 }, (_, index) => ({ value: `c${index}`, count: index }));
  const { data, layout } = categoryFigure(categories, 'city', chartStyle());
  expect((data[0] as unknown as { x: number[] }).x[0]).toBe(89);
  expect((layout['yaxis'] as { tickvals: number[] }).tickvals).toHaveLength(categoryLimit);
});
