import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionOf, summaryOf } from '../../../kernel-lib/src/report/distributions.js';
import type { CategoricalDistribution, NumericDistribution } from '../../../kernel-lib/src/report/report.js';
import { columnOf, repeat } from '../../support/profile-of.js';

type Cells = readonly (string | number | null)[];

function numeric(baseline: Cells, current: Cells): NumericDistribution {
  const shape = distributionOf(columnOf(baseline), columnOf(current));
  if (shape?.kind !== 'numeric') throw new Error('not numeric');
  return shape;
}

function categorical(baseline: Cells, current: Cells): CategoricalDistribution {
  const shape = distributionOf(columnOf(baseline), columnOf(current));
  if (shape?.kind !== 'categorical') throw new Error('not categorical');
  return shape;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

describe('distributionOf() numbers', () => {
  test('gives each whole number a bin where there are few', () => {
    expect(numeric([1, 2, 2, 4], [2, 4, 4])).toEqual({
      kind: 'numeric',
      edges: [1, 2, 3, 4, 5],
      baseline: [1, 2, 0, 1],
      current: [0, 1, 0, 2],
      currentBelow: 0,
      currentAbove: 0,
    });
  });

  test('counts what is beyond the range of the baseline outside, though the last bin reaches further', () => {
    const shape = numeric([0, 100], [-1, 0, 100, 101, 200]);
    expect(shape.edges.at(-1)).toBeGreaterThan(101);
    expect([sum(shape.current), shape.currentBelow, shape.currentAbove]).toEqual([2, 1, 2]);
  });

  test('gives a constant one bin around it', () => {
    expect(numeric(['0.5', '0.5'], ['0.5', '0.7', '0.1'])).toEqual({
      kind: 'numeric',
      edges: [0, 1],
      baseline: [2],
      current: [1],
      currentBelow: 1,
      currentAbove: 1,
    });
    const [low, high] = numeric(['1e20', '1.0e20'], []).edges;
    expect(low).toBeLessThan(high!);
  });

  test('has ascending finite edges and counts every number once, whatever they are', () => {
    const numbers = fc.array(
      fc.oneof(
        fc.integer({ min: -3, max: 90 }).map(String),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
        fc.constantFrom('1.7e308', '-1.7e308', '5e-324'),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(numbers, numbers, (baseline, current) => {
        const shape = distributionOf(columnOf(baseline), columnOf(current));
        if (shape?.kind !== 'numeric') return;
        shape.edges.forEach((edge, i) => {
          expect(Number.isFinite(edge)).toBe(true);
          if (i > 0) expect(edge).toBeGreaterThan(shape.edges[i - 1]!);
        });
        expect(shape.edges.length).toBeLessThanOrEqual(32);
        expect(sum(shape.baseline)).toBe(columnOf(baseline).numeric!.moments.count);
        const counted = columnOf(current).numeric?.moments.count ?? 0;
        expect(sum(shape.current) + shape.currentBelow + shape.currentAbove).toBe(counted);
      }),
    );
  });
});

describe('distributionOf() categories', () => {
  test('lists the most frequent of the baseline first, then what it has not seen', () => {
    expect(categorical(['b', 'a', 'b', 'c'], ['x', 'a', 'x', 'w'])).toEqual({
      kind: 'categorical',
      categories: ['b', 'a', 'c', 'x', 'w'],
      baseline: [2, 1, 1, 0, 0],
      current: [0, 1, 0, 2, 1],
      unseen: [3, 4],
    });
  });

  test('sums up what is beyond thirty categories, and keeps room for the unseen', () => {
    const known = repeat(200, (i) => `k${i % 50}`);
    const shape = categorical(known, [...known, ...repeat(40, (i) => `new${i}`)]);
    expect(shape.categories).toHaveLength(30);
    expect(shape.unseen).toEqual(repeat(10, (i) => 20 + i));
    expect(shape.other).toEqual({ categories: 60, baseline: 120, current: 150 });
    expect(sum(shape.baseline) + shape.other!.baseline).toBe(200);
    expect(sum(shape.current) + shape.other!.current).toBe(240);
  });
});

describe('summaryOf()', () => {
  test('gives the quantiles of numbers exactly where there are few different ones', () => {
    expect(summaryOf(columnOf([...repeat(100, (i) => i + 1), null]))).toMatchObject({
      inferredType: 'Integral',
      present: 100,
      missing: 1,
      completeness: 100 / 101,
      distinct: 100,
      distinctExact: true,
      mean: 50.5,
      min: 1,
      max: 100,
      quantiles: [5, 25, 50, 75, 95],
    });
  });

  test('has no numbers for texts, even those with some numbers among them', () => {
    expect(summaryOf(columnOf(['1', 'a']))).toEqual({
      inferredType: 'String',
      present: 2,
      missing: 0,
      completeness: 1,
      distinct: 2,
      distinctExact: true,
    });
  });

  test('has no completeness without rows', () => {
    expect(summaryOf(columnOf([]))).not.toHaveProperty('completeness');
  });
});
