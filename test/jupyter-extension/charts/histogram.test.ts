import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binTitle, histogramBins, histogramFigure } from '../../../jupyter-extension/src/charts/histogram.js';
import { chartStyle } from '../support/chart-style.js';

const distribution = {
  kind: 'numeric',
  edges: [0, 10, 20, 40],
  baseline: [50, 30, 20],
  current: [10, 10, 20],
  currentBelow: 0,
  currentAbove: 60,
} as const;

describe('histogramBins()', () => {
  it('gives shares of the values that each sample has, those outside included', () => {
    const bins = histogramBins(distribution);
    expect(bins.map(({ baselineShare }) => baselineShare)).toEqual([0.5, 0.3, 0.2, 0]);
    expect(bins.map(({ currentShare }) => currentShare)).toEqual([0.1, 0.1, 0.2, 0.6]);
  });

  it('puts what is outside beside the range, never over it', () => {
    const [below, ...rest] = histogramBins({ ...distribution, currentBelow: 3 });
    expect(below).toMatchObject({ outside: 'below', current: 3, baseline: 0 });
    expect(below!.upper).toBeLessThan(0);
    expect(rest.at(-1)!.lower).toBeGreaterThan(40);
  });

  it('has shares that sum to 1 for any counts that are not all zero', () => {
    const counts = fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, fc.nat(50), fc.nat(50), (baseline, current, currentBelow, currentAbove) => {
        const edges = [-2, -1, 0, 1, 2];
        const bins = histogramBins({ kind: 'numeric', edges, baseline, current, currentBelow, currentAbove });
        const sum = (key: 'baselineShare' | 'currentShare'): number => bins.reduce((total, bin) => total + bin[key], 0);
        expect(sum('baselineShare')).toBeCloseTo(baseline.some((count) => count > 0) ? 1 : 0, 9);
        expect(sum('currentShare')).toBeCloseTo(
          [...current, currentBelow, currentAbove].some((count) => count > 0) ? 1 : 0,
          9,
        );
      }),
    );
  });

  it('bears a constant column and an empty one', () => {
    const constant = { ...distribution, edges: [5, 5], baseline: [9], current: [0], currentAbove: 4 };
    expect(histogramBins(constant).map(({ outside }) => outside)).toEqual([undefined, 'above']);
    expect(histogramBins({ ...distribution, edges: [], baseline: [], current: [], currentAbove: 0 })).toEqual([]);
  });
});

it('binTitle() names bins and what is outside by the bounds of the baseline', () => {
  const bins = histogramBins({ ...distribution, currentBelow: 3 });
  expect(bins.map((bin) => binTitle(bin, bins, chartStyle()))).toEqual([
    'below 0',
    '0 to 10',
    '10 to 20',
    '20 to 40',
    'above 40',
  ]);
});

describe('histogramFigure()', () => {
  const { data, layout } = histogramFigure(distribution, 'hours', chartStyle());

  it('overlays baseline and current, in this order and in the colours of the theme', () => {
    expect(data.map(({ name }) => name)).toEqual(['baseline', 'current']);
    expect(layout['barmode']).toBe('overlay');
    expect(data[0]).toMatchObject({ marker: { color: '#a9b4c2' } });
    expect(data[1]).toMatchObject({ marker: { line: { color: '#1b64b4' } } });
  });

  it('makes bars as wide as their bins', () => {
    expect((data[0] as unknown as { width: number[] }).width.slice(0, 3)).toEqual([10, 10, 20]);
  });

  it('hatches and labels what is outside the range', () => {
    expect(data[1]).toMatchObject({ marker: { pattern: { shape: ['', '', '', '/'] } } });
    expect(layout['annotations']).toMatchObject([{ text: 'above 40', y: 0.6 }]);
  });
});
