import { describe, expect, it } from 'vitest';
import { histogramBins } from '../../../../jupyter-extension/src/charts/histogram.js';
import { overlaidDistribution } from '../../../../jupyter-extension/src/panels/compare/overlaid-distribution.js';
import type { CategoricalDistribution, FeatureReport } from '../../../../kernel-lib/src/report/report.js';

const feature = (distribution: FeatureReport['distribution']): FeatureReport =>
  ({ name: 'x', status: 'ok', distances: [], distribution }) as FeatureReport;

const numeric = (current: number[], edges = [0, 1, 2], below = 0, above = 0): FeatureReport =>
  feature({ kind: 'numeric', edges, baseline: [50, 50], current, currentBelow: below, currentAbove: above });

const categorical = (counts: Record<string, number>, other?: CategoricalDistribution['other']): FeatureReport =>
  feature({
    kind: 'categorical',
    categories: Object.keys(counts),
    baseline: Object.keys(counts).map(() => 10),
    current: Object.values(counts),
    unseen: [],
    ...(other && { other }),
  });

describe('overlaidDistribution()', () => {
  it('lays the current values of both reports over one another, those outside the bins too', () => {
    const overlaid = overlaidDistribution(numeric([1, 2], [0, 1, 2], 0, 7), numeric([4, 4], [0, 1, 2], 2));
    if (typeof overlaid === 'string' || overlaid.kind !== 'numeric') throw new Error('not numeric');
    const bins = histogramBins(overlaid);
    expect(bins.map(({ baseline, current, outside }) => [baseline, current, outside])).toEqual([
      [0, 2, 'below'],
      [1, 4, undefined],
      [2, 4, undefined],
      [7, 0, 'above'],
    ]);
    expect(bins.map(({ baselineShare }) => baselineShare)).toEqual([0, 0.1, 0.2, 0.7]);
    expect(bins.map(({ currentShare }) => currentShare)).toEqual([0.2, 0.4, 0.4, 0]);
  });

  it('refuses other bins, other kinds, and what was not counted', () => {
    expect(overlaidDistribution(numeric([1, 2]), numeric([1, 2], [0, 1, 3]))).toBe('other-bins');
    expect(overlaidDistribution(numeric([1, 2]), categorical({ a: 1 }))).toBe('other-kinds');
    expect(overlaidDistribution(numeric([1, 2]), undefined)).toBe('not-counted');
  });

  it('joins categories, the most frequent first, and marks those that came', () => {
    expect(overlaidDistribution(categorical({ a: 1, b: 5, gone: 2 }), categorical({ a: 3, b: 1, came: 4 }))).toEqual({
      kind: 'categorical',
      categories: ['b', 'gone', 'a', 'came'],
      baseline: [5, 2, 1, 0],
      current: [1, 0, 3, 4],
      unseen: [3],
    });
  });

  it('keeps what was summed up where both name the same categories, and refuses where they name others', () => {
    const rest = { categories: 3, baseline: 9, current: 6 };
    expect(overlaidDistribution(categorical({ a: 1 }, rest), categorical({ a: 2 }))).toMatchObject({
      other: { categories: 3, baseline: 6, current: 0 },
    });
    expect(overlaidDistribution(categorical({ a: 1 }, rest), categorical({ b: 2 }))).toBe('other-categories');
  });
});
