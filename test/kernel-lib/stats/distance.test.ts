import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categoricalLInfinity,
  type DistanceMethod,
  jensenShannonDistance,
  kolmogorovSmirnov,
  lInfinity,
  populationStabilityIndex,
  psiEdges,
  wasserstein,
} from '../../../kernel-lib/src/stats/distance.js';
import { bucketCounts, KllSketch } from '../../../kernel-lib/src/stats/kll.js';
import { sampleOf, sampleOfCounts } from '../../../kernel-lib/src/stats/weighted.js';
import { expectClose, readGolden } from './golden.js';

interface NumericalCase {
  readonly name: string;
  readonly baseline: number[];
  readonly current: number[];
  readonly ks: number;
  readonly wasserstein: number;
  readonly psiInteriorEdges: number[] | null;
  readonly psiCounts: [number[], number[]] | null;
  readonly psi: number;
  readonly js2: number;
  readonly jsE: number;
}
type Weighted = [values: number[], weights: number[]];
const golden = readGolden<{
  numerical: NumericalCase[];
  weighted: { baseline: Weighted; current: Weighted; ks: number; wasserstein: number };
}>('drift/drift.json');

type DeequCase = { readonly id: string; readonly method: DistanceMethod; readonly expected: number } & (
  | { readonly kind: 'numerical'; readonly sample1_sketch: number[][]; readonly sample2_sketch: number[][] }
  | { readonly kind: 'categorical'; readonly sample1: Record<string, number>; readonly sample2: Record<string, number> }
);
const deequ = JSON.parse(
  readFileSync(new URL('../../conformance/data/deequ-vectors/linf-distance.json', import.meta.url), 'utf8'),
) as { cases: DeequCase[] };

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
const counts = fc.dictionary(fc.string({ maxLength: 3 }), fc.integer({ min: 1, max: 1000 }), {
  minKeys: 1,
  maxKeys: 8,
});
const countPairs = fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 12 });
const empty = sampleOf([]);

describe('distances of numerical samples', () => {
  for (const { name, baseline, current, ...expected } of golden.numerical) {
    // 1e-12 relative: sums of at most 1,200 terms; ratios of counts are exact to one rounding.
    it(`equal SciPy to 1e-12 relative for "${name}"`, () => {
      const a = sampleOf(baseline);
      const b = sampleOf(current);
      expectClose(kolmogorovSmirnov(a, b)?.distance, expected.ks, 1e-12, 'ks');
      expectClose(wasserstein(a, b), expected.wasserstein, 1e-12, 'wasserstein');
      if (expected.psiInteriorEdges === null || expected.psiCounts === null) return;
      const edges = psiEdges(a) as Float64Array;
      expect(edges.length).toBe(expected.psiInteriorEdges.length + 2);
      for (const [i, edge] of expected.psiInteriorEdges.entries()) expectClose(edges[i + 1], edge, 1e-12, 'edge');
      const p = bucketCounts(a, edges);
      const q = bucketCounts(b, edges);
      expect([[...p], [...q]]).toEqual(expected.psiCounts);
      expectClose(populationStabilityIndex(p, q), expected.psi, 1e-12, 'psi');
      expectClose(jensenShannonDistance(p, q), expected.js2, 1e-12, 'js base 2');
      expectClose(jensenShannonDistance(p, q, Math.E), expected.jsE, 1e-12, 'js base e');
    });
  }

  it('equal SciPy with weights', () => {
    const [a, b] = [golden.weighted.baseline, golden.weighted.current].map(([values, weights]) =>
      sampleOfCounts(Float64Array.from(values), Float64Array.from(weights)),
    );
    expectClose(kolmogorovSmirnov(a!, b!)?.distance, golden.weighted.ks, 1e-12, 'ks');
    expectClose(wasserstein(a!, b!), golden.weighted.wasserstein, 1e-12, 'wasserstein');
  });

  it('have no answer where a sample is empty', () => {
    const one = sampleOf([1]);
    for (const [a, b] of [
      [empty, one],
      [one, empty],
      [empty, empty],
    ] as const) {
      expect(kolmogorovSmirnov(a, b)).toBeUndefined();
      expect(lInfinity(a, b, 'Robust')).toBeUndefined();
      expect(wasserstein(a, b)).toBeUndefined();
    }
    expect(psiEdges(empty)).toBeUndefined();
  });

  it('take one value, a constant, -0 and 0 as they are', () => {
    expect(kolmogorovSmirnov(sampleOf([1]), sampleOf([2]))).toEqual({ distance: 1, at: 1 });
    expect(kolmogorovSmirnov(sampleOf([3, 3, 3]), sampleOf([3]))).toEqual({ distance: 0, at: 3 });
    expect(kolmogorovSmirnov(sampleOf([-0]), sampleOf([0]))?.distance).toBe(0);
    expect(wasserstein(sampleOf([-0]), sampleOf([0]))).toBe(0);
  });

  it('say where the largest gap is first reached', () => {
    expect(kolmogorovSmirnov(sampleOf([1, 2, 3, 4]), sampleOf([2, 3, 4, 5]))).toEqual({ distance: 0.25, at: 1 });
    expect(kolmogorovSmirnov(sampleOf([1, 2, 3, 9]), sampleOf([1, 7, 8, 9]))).toEqual({ distance: 0.5, at: 3 });
  });

  it('are 0 on equal samples, symmetric and in range', () => {
    fc.assert(
      fc.property(numbers, numbers, (first, second) => {
        const a = sampleOf(first);
        const b = sampleOf(second);
        expect(kolmogorovSmirnov(a, sampleOf(first))?.distance).toBe(0);
        expect(wasserstein(a, sampleOf(first))).toBe(0);
        const there = kolmogorovSmirnov(a, b);
        expect(there).toEqual(kolmogorovSmirnov(b, a));
        expect(there!.distance).toBeGreaterThanOrEqual(0);
        expect(there!.distance).toBeLessThanOrEqual(1);
        expect(first.includes(there!.at) || second.includes(there!.at)).toBe(true);
        expect(wasserstein(a, b)).toBe(wasserstein(b, a));
        expect(lInfinity(a, b, 'Robust')!.distance).toBeLessThanOrEqual(there!.distance);
      }),
    );
  });

  it('do not depend on whether equal values come singly or counted', () => {
    const single = sampleOf([1, 1, 1, 2, 5, 5]);
    const counted = sampleOfCounts(Float64Array.of(1, 2, 5), Float64Array.of(3, 1, 2));
    const other = sampleOf([0, 1, 2, 2, 7]);
    expect(kolmogorovSmirnov(single, other)).toEqual(kolmogorovSmirnov(counted, other));
    expectClose(wasserstein(single, other), wasserstein(counted, other) as number, 1e-15, 'wasserstein');
    expect(psiEdges(single)).toEqual(psiEdges(counted));
  });

  it('of a shift is the shift, in the unit of the values', () => {
    const values = Array.from({ length: 100 }, (_, i) => i * i);
    expectClose(wasserstein(sampleOf(values), sampleOf(values.map((value) => value + 8))), 8, 1e-12, 'shift');
  });

  it('lInfinity() takes the factor from alpha where one is given', () => {
    const a = sampleOf(Array.from({ length: 400 }, (_, i) => i));
    const b = sampleOf(Array.from({ length: 400 }, (_, i) => i + 200));
    expect(lInfinity(a, b, 'Simple')?.distance).toBe(0.5);
    expectClose(lInfinity(a, b, 'Robust')?.distance, 0.5 - 1.8 * Math.sqrt(800 / 160_000), 1e-15, 'default');
    // c(0.05) = 1.3581, the usual table value.
    expect(lInfinity(a, b, 'Robust', 0.05)?.distance).toBeCloseTo(0.5 - 1.3581 * Math.sqrt(0.005), 5);
    expect(lInfinity(a, b, 'Robust')?.at).toBe(199);
  });
});

describe("Deequ's test vectors", () => {
  for (const vector of deequ.cases) {
    it(`are met to the last digit: ${vector.id}`, () => {
      const found =
        vector.kind === 'numerical'
          ? lInfinity(
              KllSketch.fromLevels(vector.sample1_sketch).weighted(),
              KllSketch.fromLevels(vector.sample2_sketch).weighted(),
              vector.method,
            )
          : categoricalLInfinity(
              new Map(Object.entries(vector.sample1)),
              new Map(Object.entries(vector.sample2)),
              vector.method,
            );
      expect(found?.distance).toBe(vector.expected);
    });
  }
});

describe('categoricalLInfinity()', () => {
  it('names the category, a new one, the empty text and others included', () => {
    const baseline = new Map([
      ['a', 50],
      ['', 30],
      ['ä', 20],
    ]);
    expect(
      categoricalLInfinity(
        baseline,
        new Map([
          ['a', 50],
          ['neu', 50],
        ]),
        'Simple',
      ),
    ).toEqual({ distance: 0.5, at: 'neu' });
    expect(
      categoricalLInfinity(
        baseline,
        new Map([
          ['a', 50],
          ['', 50],
        ]),
        'Simple',
      ),
    ).toEqual({ distance: 0.2, at: '' });
    expect(categoricalLInfinity(new Map([['a\u0308', 1]]), new Map([['ä', 1]]), 'Simple')?.distance).toBe(1);
  });

  it('has no answer without observations, and 0 for one category on both sides', () => {
    expect(categoricalLInfinity(new Map(), new Map([['a', 1]]), 'Simple')).toBeUndefined();
    expect(categoricalLInfinity(new Map([['a', 1]]), new Map([['a', 0]]), 'Simple')).toBeUndefined();
    expect(categoricalLInfinity(new Map([['a', 9]]), new Map([['a', 2]]), 'Robust')).toEqual({ distance: 0, at: 'a' });
  });

  it('is 0 on equal shares, symmetric and in range', () => {
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const a = new Map(Object.entries(first));
        const b = new Map(Object.entries(second));
        expect(categoricalLInfinity(a, a, 'Simple')?.distance).toBe(0);
        const there = categoricalLInfinity(a, b, 'Simple')!.distance;
        expect(there).toBe(categoricalLInfinity(b, a, 'Simple')!.distance);
        expect(there >= 0 && there <= 1).toBe(true);
      }),
    );
  });
});

describe('populationStabilityIndex() and jensenShannonDistance()', () => {
  it('are 0 on equal shares, symmetric, and Jensen–Shannon base 2 at most 1', () => {
    fc.assert(
      fc.property(countPairs, (pairs) => {
        const p = Float64Array.from(pairs, ([count]) => count);
        const q = Float64Array.from(pairs, ([, count]) => count);
        fc.pre(p.some((count) => count > 0) && q.some((count) => count > 0));
        expect(populationStabilityIndex(p, p)).toBe(0);
        expect(jensenShannonDistance(p, p)).toBe(0);
        expect(populationStabilityIndex(p, q)).toBeGreaterThanOrEqual(0);
        expectClose(populationStabilityIndex(p, q), populationStabilityIndex(q, p) as number, 1e-12, 'psi');
        const distance = jensenShannonDistance(p, q) as number;
        expect(distance).toBe(jensenShannonDistance(q, p));
        expect(distance >= 0 && distance <= 1 + 1e-15).toBe(true);
      }),
    );
  });

  it('reach their ends on samples that share no bucket', () => {
    const p = Float64Array.of(5, 0);
    const q = Float64Array.of(0, 9);
    expectClose(jensenShannonDistance(p, q), 1, 1e-15, 'base 2');
    expectClose(jensenShannonDistance(p, q, Math.E), Math.sqrt(Math.LN2), 1e-15, 'base e');
    expectClose(populationStabilityIndex(p, q), 2 * (1 - 1e-4) * Math.log(1e4), 1e-14, 'psi');
  });

  it('have no answer where a side is empty', () => {
    const some = Float64Array.of(1, 2);
    const none = new Float64Array(2);
    expect(populationStabilityIndex(none, some)).toBeUndefined();
    expect(populationStabilityIndex(some, none)).toBeUndefined();
    expect(jensenShannonDistance(none, some)).toBeUndefined();
    expect(jensenShannonDistance(some, new Float64Array(0))).toBeUndefined();
  });

  it('keep the digits of a tiny difference', () => {
    const p = Float64Array.of(2 ** 31, 2 ** 31);
    const q = Float64Array.of(2 ** 31 + 1, 2 ** 31 - 1);
    // Shares differ by d = 2^-32, exactly; the divergence is d^2 / 2 nats but for terms of order d^4.
    expectClose(jensenShannonDistance(p, q, Math.E), 2 ** -32 / Math.SQRT2, 1e-12, 'tiny');
  });
});

describe('psiEdges()', () => {
  it('sees values leave a constant or nearly constant baseline, on either side', () => {
    for (const baseline of [[7, 7, 7], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [-1e-300, -1e-300], [0], [-0, -0]]) {
      const sample = sampleOf(baseline);
      const edges = psiEdges(sample) as Float64Array;
      expect(edges.length).toBe(4);
      expect([...edges]).toEqual([...edges].sort((a, b) => a - b));
      expect(edges[1]!).toBeLessThan(edges[2]!);
      const own = bucketCounts(sample, edges);
      const above = bucketCounts(sampleOf(baseline.map((value) => value + 3)), edges);
      const below = bucketCounts(sampleOf(baseline.map((value) => value - 3)), edges);
      expect(populationStabilityIndex(own, above)!).toBeGreaterThan(1);
      expect(populationStabilityIndex(own, below)!).toBeGreaterThan(1);
    }
  });

  it('has a bucket for every value of current', () => {
    fc.assert(
      fc.property(numbers, numbers, (baseline, current) => {
        const edges = psiEdges(sampleOf(baseline)) as Float64Array;
        expect(bucketCounts(sampleOf(current), edges).reduce((sum, count) => sum + count, 0)).toBe(current.length);
      }),
    );
  });
});
