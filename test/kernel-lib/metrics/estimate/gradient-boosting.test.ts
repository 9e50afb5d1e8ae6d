import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boostedValues, fitBoostedTrees } from '../../../../kernel-lib/src/metrics/estimate/gradient-boosting.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

function uniforms(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => random.uniform());
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaredError(values: Float64Array, wanted: Float64Array): number {
  return meanOf(values.map((value, row) => (value - wanted[row]!) ** 2));
}

/** A noisy target of three columns, the last of which says nothing; a tenth of the first is missing. */
function sample(seed: number, count: number): { columns: Float64Array[]; targets: Float64Array; clean: Float64Array } {
  const random = new Random(seed);
  const columns = [uniforms(random, count), uniforms(random, count), uniforms(random, count)];
  for (let row = 0; row < count; row += 10) columns[0]![row] = Number.NaN;
  const clean = Float64Array.from({ length: count }, (_, row) => {
    const [first, second] = [columns[0]![row]!, columns[1]![row]!];
    return Number.isNaN(first) ? 5 : (first > 0.5 ? 2 : 0) + (second > 0.3 ? 1 : 3 * second);
  });
  return { columns, targets: clean.map((value) => value + 0.3 * random.normal()), clean };
}

describe('fitBoostedTrees()', () => {
  it('finds steps, slopes and missing values behind noise', () => {
    const { columns, targets } = sample(1, 4000);
    const other = sample(2, 4000);
    const found = boostedValues(fitBoostedTrees(columns, targets), other.columns);
    const mean = new Float64Array(4000).fill(meanOf(targets));
    // Measured: 1.88 and 0.0073. What is left is the noise, of variance 0.09, that the trees took for signal.
    expect(squaredError(mean, other.clean)).toBeGreaterThan(1.8);
    expect(squaredError(found, other.clean)).toBeLessThan(0.01);
  });

  it('keeps the mean of the targets, and predicts nothing beyond them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 40, max: 400 }), (seed, count) => {
        const { columns, targets } = sample(seed, count);
        const values = boostedValues(fitBoostedTrees(columns, targets, { trees: 20 }), columns);
        // Leaves are rounded to six digits.
        expect(meanOf(values)).toBeCloseTo(meanOf(targets), 4);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(Math.min(...targets) - 1e-4);
        expect(Math.max(...values)).toBeLessThanOrEqual(Math.max(...targets) + 1e-4);
      }),
      { numRuns: 30 },
    );
  });

  it('sees the order of a column and not its scale', () => {
    const { columns, targets } = sample(3, 1000);
    const scaled = columns.map((column) => column.map((value) => Math.exp(5 * value) - 100));
    const plain = fitBoostedTrees(columns, targets);
    const values = boostedValues(plain, columns);
    expect(boostedValues(fitBoostedTrees(scaled, targets), scaled)).toEqual(values);
    // And so a value beyond those seen is taken for the nearest.
    const ends = (value: number): number =>
      boostedValues(
        plain,
        columns.map(() => Float64Array.of(value)),
      )[0]!;
    expect(ends(1e9)).toBe(ends(1));
    expect(ends(Number.POSITIVE_INFINITY)).toBe(ends(1));
    expect(ends(-1e9)).toBe(ends(0));
  });

  it('does not depend on the columns that say nothing, nor on their number', () => {
    const { columns, targets } = sample(4, 600);
    const constant = new Float64Array(600).fill(7);
    const missing = new Float64Array(600).fill(Number.NaN);
    const values = boostedValues(fitBoostedTrees(columns, targets), columns);
    const more = [constant, ...columns, missing];
    expect(boostedValues(fitBoostedTrees(more, targets), more)).toEqual(values);
  });

  it('respects the least number of rows of a leaf', () => {
    const column = Float64Array.from({ length: 100 }, (_, row) => row);
    const targets = column.map((value) => (value < 5 ? 100 : 0));
    const { trees } = fitBoostedTrees([column], targets, { trees: 1, learningRate: 1, depth: 1, leastRows: 20 });
    // The five rows apart are fewer than a leaf may have: with 15 others, they differ by 25 from the others' 0.
    expect(boostedValues({ edges: [[20]], start: 0, trees }, [column])[0]).toBeCloseTo(20);
    expect(fitBoostedTrees([column], targets, { leastRows: 51 }).trees).toEqual([]);
    expect(fitBoostedTrees([column.slice(0, 39)], targets.slice(0, 39)).trees).toEqual([]);
  });

  it('is the mean where there is nothing to learn', () => {
    const column = Float64Array.from({ length: 100 }, (_, row) => row);
    expect(fitBoostedTrees([column], new Float64Array(100).fill(0.1)).trees).toEqual([]);
    expect(fitBoostedTrees([], Float64Array.of(1, 2, 6))).toEqual({ edges: [], start: 3, trees: [] });
    expect(fitBoostedTrees([new Float64Array(0)], new Float64Array(0)).start).toBe(0);
  });

  it('survives JSON, infinite values included, and keeps only the edges that trees ask about', () => {
    const { columns, targets } = sample(5, 800);
    for (let row = 0; row < 800; row += 4) columns[1]![row] = row % 8 === 0 ? Infinity : -Infinity;
    const state = fitBoostedTrees(columns, targets);
    const text = JSON.stringify(state);
    expect(text).not.toContain('null');
    expect(boostedValues(JSON.parse(text), columns)).toEqual(boostedValues(state, columns));
    const questions = state.trees.reduce((sum, { columns: asked }) => sum + asked.filter((at) => at >= 0).length, 0);
    const edges = state.edges.reduce((sum, { length }) => sum + length, 0);
    expect(edges).toBeLessThanOrEqual(questions);
    // 100 trees of 16 leaves.
    expect(text.length).toBeLessThan(50_000);
  });

  it('learns the same from the same seed, and from no more rows than it may', () => {
    const { columns, targets, clean } = sample(6, 3000);
    const learned = (seed: number): Float64Array =>
      boostedValues(fitBoostedTrees(columns, targets, { mostRows: 1000, seed }), columns);
    expect(learned(1)).toEqual(learned(1));
    expect(learned(1)).not.toEqual(learned(2));
    // Measured: 0.015.
    expect(squaredError(learned(1), clean)).toBeLessThan(0.02);
  });
});
