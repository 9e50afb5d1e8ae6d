import { describe, expect, it } from 'vitest';
import { categoryBarsFigure, categoryRows } from '../../../jupyter-extension/src/charts/category-bars.js';
import { chartStyle } from '../support/chart-style.js';

const distribution = {
  kind: 'categorical',
  categories: ['<=50K', '', 'Gig'],
  baseline: [60, 20, 0],
  current: [30, 10, 50],
  unseen: [2],
  other: { categories: 7, baseline: 20, current: 10 },
} as const;

describe('categoryRows()', () => {
  it('puts what the baseline does not have first, and the summed rest last', () => {
    expect(categoryRows(distribution, chartStyle()).map(({ title }) => title)).toEqual([
      'Gig',
      '<=50K',
      '(empty text)',
      '7 other categories',
    ]);
  });

  it('gives shares of all values, the rest included', () => {
    const rows = categoryRows(distribution, chartStyle());
    expect(rows.map(({ baselineShare }) => baselineShare)).toEqual([0, 0.6, 0.2, 0.2]);
    expect(rows.map(({ currentShare }) => currentShare)).toEqual([0.5, 0.3, 0.1, 0.1]);
  });
});

describe('categoryBarsFigure()', () => {
  const { data, layout } = categoryBarsFigure(distribution, 'class', chartStyle());

  it('marks unseen categories by a pattern', () => {
    expect(data[1]).toMatchObject({
      name: 'current',
      marker: { pattern: { shape: ['/', '', '', ''] } },
    });
  });

  it('says so beside the name as well', () => {
    expect((layout['yaxis'] as { ticktext: string[] }).ticktext[0]).toBe('Gig (new) ');
  });

  it('escapes names that look like markup', () => {
    expect((layout['yaxis'] as { ticktext: string[] }).ticktext[1]).toBe('&lt;=50K ');
  });

  it('grows with the number of categories', () => {
    const wide = { ...distribution, categories: Array.from({ length: 30 }, (_, i) => `c${i}`) };
    expect(categoryBarsFigure(wide, 'class', chartStyle()).layout.height).toBeGreaterThan(layout.height);
  });
});
