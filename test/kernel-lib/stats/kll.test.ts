import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketCounts, equalWidthEdges, KllSketch, type KllState } from '../../../kernel-lib/src/stats/kll.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { sampleOf, type WeightedSample } from '../../../kernel-lib/src/stats/weighted.js';
import { readGolden } from './golden.js';

const golden = readGolden<{
  moments: { name: string; values: number[] }[];
  buckets: { series: string; edges: number[]; counts: number[] }[];
  datasketches: { kllNormalizedRankError: number; kllWorstRankError: number };
}>('sketch/sketch.json');

function normals(count: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: count }, () => random.normal());
}

/** The largest difference of a sketch's rank from the true one, over all values, as a fraction. */
function worstRankError(sample: WeightedSample, values: Float64Array): number {
  const sorted = values.slice().sort();
  let worst = 0;
  let rank = 0;
  let item = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i + 1 < sorted.length && sorted[i + 1] === sorted[i]) continue;
    while (item < sample.values.length && sample.values[item]! <= sorted[i]!) rank += sample.weights[item++]!;
    worst = Math.max(worst, Math.abs(rank - (i + 1)) / sorted.length);
  }
  return worst;
}

function weightSum(levels: readonly (readonly number[])[]): number {
  return levels.reduce((sum, level, height) => sum + level.length * 2 ** height, 0);
}

describe('KllSketch', () => {
  it('is exact up to k values, with all of them in level 0', () => {
    const values = normals(2048, 5);
    const sketch = new KllSketch();
    sketch.addAll(values);
    expect(sketch.levels()).toEqual([[...values.slice().sort()]]);
    expect(sketch.rankErrorBound()).toBe(0);
    expect(sketch.quantile(0.5)).toBe(values.slice().sort()[1023]);
    sketch.add(0);
    expect(sketch.levels().length).toBe(2);
    expect(weightSum(sketch.levels())).toBe(2049);
  });

  it('has no quantile and no levels filled without values', () => {
    const sketch = new KllSketch();
    expect(sketch.quantile(0.5)).toBeUndefined();
    expect(sketch.toState()).toEqual({ k: 2048, c: 0.64, count: 0, levels: [[]] });
    expect(sketch.weighted().count).toBe(0);
    expect(sketch.rankErrorBound()).toBe(0);
  });

  it('ranks within its bound for sorted, reversed, repeated and random streams of 200,000 values', () => {
    const random = normals(200_000, 1);
    const streams: Record<string, Float64Array> = {
      random,
      ascending: random.slice().sort(),
      descending: random.slice().sort().reverse(),
      repeated: random.map((value) => Math.round(value)),
      alternating: random
        .slice()
        .sort()
        .map((_, i, sorted) => sorted[i % 2 === 0 ? i / 2 : 199_999 - (i - 1) / 2]!),
    };
    for (const [name, values] of Object.entries(streams)) {
      const sketch = new KllSketch();
      sketch.addAll(values);
      expect(weightSum(sketch.levels()), name).toBe(200_000);
      const worst = worstRankError(sketch.weighted(), values);
      expect(worst, name).toBeLessThan(sketch.rankErrorBound());
      expect(sketch.rankErrorBound()).toBeLessThan(2.5e-3);
      // As good as what Apache DataSketches promises for the same k.
      expect(worst, name).toBeLessThan(golden.datasketches.kllNormalizedRankError);
    }
  });

  it('holds a few thousand items whatever the count', () => {
    const sketch = new KllSketch();
    const values = normals(50_000, 9);
    for (let i = 0; i < 40; i++) sketch.addAll(values);
    expect(sketch.count).toBe(2_000_000);
    expect(weightSum(sketch.levels())).toBe(2_000_000);
    expect(sketch.weighted().values.length).toBeLessThan(7_000);
  });

  it('gives the same levels however the values are cut into calls, for the same seed', () => {
    const values = normals(30_000, 2);
    const whole = new KllSketch({ seed: 4 });
    whole.addAll(values);
    const single = new KllSketch({ seed: 4 });
    for (const value of values) single.add(value);
    const cut = new KllSketch({ seed: 4 });
    for (let i = 0; i < values.length; i += 777) cut.addAll(values.subarray(i), Math.min(777, values.length - i));
    expect(single.toState()).toEqual(whole.toState());
    expect(cut.toState()).toEqual(whole.toState());
    const other = new KllSketch({ seed: 5 });
    other.addAll(values);
    expect(other.toState()).not.toEqual(whole.toState());
  });

  it('sketches of parts merge within the bound of the whole', () => {
    const values = normals(240_000, 3);
    const merged = new KllSketch();
    for (let hour = 0; hour < 24; hour++) {
      const part = new KllSketch({ seed: hour });
      part.addAll(values.subarray(hour * 10_000), 10_000);
      merged.merge(part);
    }
    expect(merged.count).toBe(240_000);
    expect(weightSum(merged.levels())).toBe(240_000);
    expect(worstRankError(merged.weighted(), values)).toBeLessThan(merged.rankErrorBound());
    expect(merged.rankErrorBound()).toBeLessThan(2.5e-3);
  });

  it('any split merges to the right count within the bound, and exactly up to k', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer(), (parts, seed) => {
        const random = new Random(seed);
        const all: number[] = [];
        const merged = new KllSketch({ k: 200 });
        for (const size of parts) {
          const values = Float64Array.from({ length: size }, () => random.integer(1000) - 500);
          const part = new KllSketch({ k: 200, seed });
          part.addAll(values);
          const before = part.toState();
          merged.merge(part);
          expect(part.toState()).toEqual(before);
          all.push(...values);
        }
        expect(merged.count).toBe(all.length);
        expect(weightSum(merged.levels())).toBe(all.length);
        if (all.length === 0) return;
        const worst = worstRankError(merged.weighted(), Float64Array.from(all));
        if (all.length <= 200) expect(worst).toBe(0);
        // The bound is for one rank with 99 %; over all ranks of many sketches it is doubled.
        else expect(worst).toBeLessThanOrEqual(2 * merged.rankErrorBound());
      }),
    );
  });

  it('survives JSON, and goes on', () => {
    const values = normals(10_000, 6);
    const sketch = new KllSketch();
    sketch.addAll(values, 7_000);
    const read = KllSketch.fromState(JSON.parse(JSON.stringify(sketch.toState())) as KllState);
    expect(read.toState()).toEqual(sketch.toState());
    expect(read.weighted()).toEqual(sketch.weighted());
    read.addAll(values.subarray(7_000));
    expect(read.count).toBe(10_000);
    expect(worstRankError(read.weighted(), values)).toBeLessThan(read.rankErrorBound());
  });

  it("reads a service file's levels, unsorted and with empty ones, and merges into them", () => {
    const sketch = KllSketch.fromLevels([[3, 1], [], [7, 5]], { k: 2048, c: 0.64 });
    expect(sketch.count).toBe(10);
    expect(sketch.weighted()).toEqual({
      values: Float64Array.of(1, 3, 5, 7),
      weights: Float64Array.of(1, 1, 4, 4),
      count: 10,
    });
    sketch.add(6);
    expect(sketch.levels()).toEqual([[1, 3, 6], [], [5, 7]]);
    const other = new KllSketch();
    other.addAll(Float64Array.of(2));
    other.merge(sketch);
    expect(other.levels()).toEqual([[1, 2, 3, 6], [], [5, 7]]);
  });

  it('takes levels larger than its own, as other implementations leave them', () => {
    const levels = [[...normals(5_000, 1)], [...normals(5_000, 2)]];
    const sketch = KllSketch.fromLevels(levels);
    expect(sketch.count).toBe(15_000);
    sketch.add(1);
    expect(weightSum(sketch.levels())).toBe(15_001);
  });

  it('keeps huge integers and -0 as they are', () => {
    const sketch = new KllSketch();
    sketch.addAll(Float64Array.of(2 ** 60, -0, -(2 ** 60)));
    expect(sketch.levels()).toEqual([[-(2 ** 60), -0, 2 ** 60]]);
  });
});

describe('equalWidthEdges() and bucketCounts()', () => {
  for (const { series, edges, counts } of golden.buckets) {
    it(`equal NumPy's histogram on the service's edges for "${series}"`, () => {
      const values = golden.moments.find(({ name }) => name === series)!.values;
      const ours = equalWidthEdges(Math.min(...values), Math.max(...values));
      expect([...ours]).toEqual(edges);
      expect([...bucketCounts(sampleOf(values), ours)]).toEqual(counts);
    });
  }

  it('close the last bucket only, and leave out what is outside', () => {
    const edges = Float64Array.of(0, 1, 2);
    expect([...bucketCounts(sampleOf([-1, 0, 0.5, 1, 1.5, 2, 2.5]), edges)]).toEqual([2, 3]);
    expect([...bucketCounts(sampleOf([]), edges)]).toEqual([0, 0]);
    expect([...bucketCounts(sampleOf([1]), new Float64Array(0))]).toEqual([]);
  });

  it('count everything between infinite ends', () => {
    const edges = Float64Array.of(Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY);
    expect([...bucketCounts(sampleOf([-1e300, -1, 0, 1e300]), edges)]).toEqual([2, 2]);
  });

  it('stay finite over the whole range of doubles and end at the largest value', () => {
    const edges = equalWidthEdges(-Number.MAX_VALUE, Number.MAX_VALUE, 2);
    expect([...edges]).toEqual([-Number.MAX_VALUE, 0, Number.MAX_VALUE]);
    expect([...equalWidthEdges(0, 1e308)].every(Number.isFinite)).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const sample = sampleOf(values);
        const own = equalWidthEdges(sample.values[0]!, sample.values.at(-1)!);
        expect(bucketCounts(sample, own).reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});
