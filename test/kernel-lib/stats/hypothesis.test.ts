import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoricalLInfinity, kolmogorovSmirnov } from '../../../kernel-lib/src/stats/distance.js';
import {
  benjaminiHochberg,
  binomialChangePoint,
  categoricalLowerBound,
  chiSquaredTest,
  deequChiSquared,
  ksLowerBound,
  ksTest,
  minimumDetectableDistance,
} from '../../../kernel-lib/src/stats/hypothesis.js';
import { oneSampleSf } from '../../../kernel-lib/src/stats/kolmogorov-smirnov.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { sampleOf, sampleOfCounts } from '../../../kernel-lib/src/stats/weighted.js';
import { expectClose, readGolden } from './golden.js';

type Counts = Record<string, number>;
type Weighted = [values: number[], weights: number[]];
const golden = readGolden<{
  numerical: {
    name: string;
    baseline: number[];
    current: number[];
    ks: number;
    pValue: number;
    asymptoticPValue: number;
  }[];
  weighted: { baseline: Weighted; current: Weighted; pValue: number };
  categorical: {
    name: string;
    baseline: Counts;
    current: Counts;
    statistic: number;
    degreesOfFreedom: number;
    pValue: number;
  }[];
  fisher: [number, number, number, number, number][];
  deequ: { baseline: Counts; current: Counts; statistic: number; pValue: number; categories: number }[];
  benjaminiHochberg: [number[], number[]][];
  changePoint: {
    successes: number[];
    totals: number[];
    p0: number;
    index: number;
    p1: number;
    logLikelihoodRatio: number;
  };
}>('drift/drift.json');

const mapOf = (counts: Counts): Map<string, number> => new Map(Object.entries(counts));

describe('ksTest()', () => {
  for (const { name, baseline, current, ks, pValue, asymptoticPValue } of golden.numerical) {
    it(`equals SciPy for "${name}"`, () => {
      const test = ksTest(sampleOf(baseline), sampleOf(current));
      expectClose(test?.statistic, ks, 1e-12, 'statistic');
      // Below 1e-4 SciPy subtracts its exact probability from 1 and has only 1e-16 absolute.
      if (pValue > 1e-4) expectClose(test?.pValue, pValue, 1e-11, 'p');
      else expect(Math.abs((test?.pValue ?? 1) - pValue)).toBeLessThan(pValue * 1e-11 + 1e-15);
      const [n, m] = [baseline.length, current.length];
      const rounded = Math.round((n * m) / (n + m));
      if (n * m > 200) expectClose(oneSampleSf(ks, rounded), asymptoticPValue, 1e-11, 'asymptotic p');
    });
  }

  it('equals SciPy for weighted samples', () => {
    const [a, b] = [golden.weighted.baseline, golden.weighted.current].map(([values, weights]) =>
      sampleOfCounts(Float64Array.from(values), Float64Array.from(weights)),
    );
    expectClose(ksTest(a!, b!)?.pValue, golden.weighted.pValue, 1e-11, 'p');
  });

  it('has p 1 on equal samples and one value, and no answer on empty ones', () => {
    expect(ksTest(sampleOf([1, 2, 3]), sampleOf([1, 2, 3]))).toEqual({ statistic: 0, pValue: 1 });
    expect(ksTest(sampleOf([1]), sampleOf([2]))).toEqual({ statistic: 1, pValue: 1 });
    expect(ksTest(sampleOf([]), sampleOf([2]))).toBeUndefined();
    const many = sampleOf(new Float64Array(20_000).fill(1));
    expect(ksTest(many, many)?.pValue).toBe(1);
  });

  it('keeps its level: at most 5 % of samples of one source have p below 0.05', () => {
    const random = new Random(12);
    for (const [n, m] of [
      [40, 60],
      [150, 400],
    ] as const) {
      let rejected = 0;
      for (let i = 0; i < 1000; i++) {
        const a = sampleOf(Array.from({ length: n }, () => random.normal()));
        const b = sampleOf(Array.from({ length: m }, () => random.normal()));
        if (ksTest(a, b)!.pValue < 0.05) rejected++;
      }
      // 50 expected at most; 3 standard errors of 1,000 trials are 21.
      expect(rejected).toBeLessThan(71);
      expect(rejected).toBeGreaterThan(15);
    }
  });
});

describe('chiSquaredTest()', () => {
  for (const { name, baseline, current, ...expected } of golden.categorical) {
    it(`equals SciPy for "${name}"`, () => {
      const test = chiSquaredTest(mapOf(baseline), mapOf(current));
      expect(test?.degreesOfFreedom).toBe(expected.degreesOfFreedom);
      expectClose(test?.statistic, expected.statistic, 1e-12, 'statistic');
      if (expected.pValue > 0) expectClose(test?.pValue, expected.pValue, 1e-11, 'p');
      else expect(test?.pValue).toBeLessThan(1e-300);
    });
  }

  it("is Fisher's exact test where only a rare category is left to compare", () => {
    for (const [a, b, c, d, pValue] of golden.fisher) {
      const test = chiSquaredTest(
        new Map([
          ['main', a],
          ['rare', b],
        ]),
        new Map([
          ['main', c],
          ['rare', d],
        ]),
      );
      expectClose(test?.pValue, pValue, 1e-11, `${a} ${b} ${c} ${d}`);
      expect(test?.degreesOfFreedom).toBe(0);
    }
  });

  it('does not overlook a new category in a small sample beside regular ones', () => {
    const baseline = new Map([
      ['a', 5000],
      ['b', 5000],
    ]);
    const test = chiSquaredTest(
      baseline,
      new Map([
        ['a', 20],
        ['new', 20],
      ]),
    );
    expect(test?.pValue).toBeLessThan(1e-20);
    const harmless = chiSquaredTest(
      baseline,
      new Map([
        ['a', 20],
        ['b', 19],
        ['new', 0],
      ]),
    );
    expect(harmless?.pValue).toBeGreaterThan(0.5);
  });

  it('pools rare categories into one', () => {
    const baseline = new Map([
      ['a', 500],
      ['b', 500],
      ['c', 5],
      ['d', 6],
    ]);
    const current = new Map([
      ['a', 480],
      ['b', 520],
      ['c', 4],
      ['e', 5],
    ]);
    const pooled = new Map([
      ['a', 500],
      ['b', 500],
      ['rest', 11],
    ]);
    const pooledCurrent = new Map([
      ['a', 480],
      ['b', 520],
      ['rest', 9],
    ]);
    expect(chiSquaredTest(baseline, current)).toEqual(chiSquaredTest(pooled, pooledCurrent));
    expect(chiSquaredTest(baseline, current)?.degreesOfFreedom).toBe(2);
  });

  it('has p 1 for one category and for equal shares, and no answer without observations', () => {
    expect(chiSquaredTest(new Map([['a', 9]]), new Map([['a', 4]]))).toEqual({
      statistic: 0,
      degreesOfFreedom: 0,
      pValue: 1,
    });
    expect(chiSquaredTest(new Map(), new Map([['a', 4]]))).toBeUndefined();
    const texts = new Map(Array.from({ length: 300 }, (_, i) => [`text ${i}`, 1]));
    expect(chiSquaredTest(texts, texts)?.pValue).toBe(1);
  });

  it('keeps its level with rare categories and unequal sizes', () => {
    const random = new Random(8);
    const shares = [0.5, 0.3, 0.15, 0.04, 0.008, 0.002];
    const draw = (size: number): Map<string, number> => {
      const counts = new Map<string, number>();
      for (let i = 0; i < size; i++) {
        let left = random.uniform();
        const category = shares.findIndex((share) => {
          left -= share;
          return left < 0;
        });
        counts.set(String(category), (counts.get(String(category)) ?? 0) + 1);
      }
      return counts;
    };
    for (const size of [30, 100, 400]) {
      let rejected = 0;
      for (let i = 0; i < 400; i++) if (chiSquaredTest(draw(1000), draw(size))!.pValue < 0.05) rejected++;
      // 20 expected; 4 standard errors of 400 trials are 17.
      expect(rejected, String(size)).toBeLessThan(38);
    }
  });
});

describe('deequChiSquared()', () => {
  golden.deequ.forEach(({ baseline, current, ...expected }, i) => {
    it(`equals SciPy's goodness of fit on counts regrouped by hand, case ${i + 1}`, () => {
      const test = deequChiSquared(mapOf(baseline), mapOf(current));
      expect(test?.categories).toBe(expected.categories);
      expectClose(test?.statistic, expected.statistic, 1e-12, 'statistic');
      expectClose(test?.pValue, expected.pValue, 1e-11, 'p');
    });
  });

  it('has no answer where fewer than two categories remain', () => {
    expect(deequChiSquared(new Map([['a', 10]]), new Map([['a', 10]]))).toBeUndefined();
    expect(
      deequChiSquared(
        new Map([
          ['a', 95],
          ['b', 5],
        ]),
        new Map([
          ['a', 90],
          ['b', 10],
        ]),
      ),
    ).toBeUndefined();
    expect(
      deequChiSquared(
        new Map([
          ['a', 50],
          ['b', 50],
        ]),
        new Map([['new', 10]]),
      ),
    ).toBeUndefined();
    expect(deequChiSquared(new Map(), new Map())).toBeUndefined();
  });
});

describe('lower bounds', () => {
  it('ksLowerBound() subtracts the Kolmogorov quantile, down to 0', () => {
    expect(ksLowerBound(0.3, 1000, 1000)).toBeCloseTo(0.3 - 1.3581 * Math.sqrt(0.002), 5);
    expect(ksLowerBound(0.3, 1000, 1000, 0.99)).toBeCloseTo(0.3 - 1.6276 * Math.sqrt(0.002), 5);
    expect(ksLowerBound(0.05, 100, 100)).toBe(0);
  });

  it('ksLowerBound() is below the true distance in at least 95 % of samples', () => {
    const random = new Random(21);
    // Uniform on [0, 1] against uniform on [0.2, 1.2]: the true distance is 0.2.
    let above = 0;
    for (let i = 0; i < 1000; i++) {
      const a = sampleOf(Array.from({ length: 300 }, () => random.uniform()));
      const b = sampleOf(Array.from({ length: 200 }, () => random.uniform() + 0.2));
      if (ksLowerBound(kolmogorovSmirnov(a, b)!.distance, 300, 200) > 0.2) above++;
    }
    expect(above).toBeLessThanOrEqual(50);
  });

  it('categoricalLowerBound() is below the true difference in at least 95 % of samples', () => {
    const random = new Random(22);
    for (const [p, q, m] of [
      [0.5, 0.4, 100],
      [0.02, 0.1, 60],
      [0, 0.05, 40],
      [0.3, 0.3, 200],
    ] as const) {
      let above = 0;
      for (let i = 0; i < 1000; i++) {
        const draw = (share: number, size: number): Map<string, number> => {
          let hits = 0;
          for (let row = 0; row < size; row++) if (random.uniform() < share) hits++;
          return new Map([
            ['yes', hits],
            ['no', size - hits],
          ]);
        };
        if (categoricalLowerBound(draw(p, 500), draw(q, m))! > Math.abs(p - q)) above++;
      }
      expect(above, `${p} ${q}`).toBeLessThanOrEqual(50);
    }
  });

  it('categoricalLowerBound() claims nothing from a single row, and much from many', () => {
    expect(categoricalLowerBound(new Map([['a', 1]]), new Map([['b', 1]]))).toBe(0);
    expect(categoricalLowerBound(new Map([['a', 100_000]]), new Map([['b', 100_000]]))).toBeGreaterThan(0.9999);
    expect(categoricalLowerBound(new Map(), new Map([['b', 1]]))).toBeUndefined();
  });

  it('categoricalLowerBound() never passes the observed distance', () => {
    const counts = fc.dictionary(fc.string({ maxLength: 2 }), fc.integer({ min: 1, max: 300 }), {
      minKeys: 1,
      maxKeys: 6,
    });
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const [a, b] = [mapOf(first), mapOf(second)];
        expect(categoricalLowerBound(a, b)!).toBeLessThanOrEqual(categoricalLInfinity(a, b, 'Simple')!.distance);
      }),
    );
  });
});

describe('minimumDetectableDistance()', () => {
  it('is the distance at which the rule fires with at least the power asked for', () => {
    const random = new Random(31);
    const [n, m, threshold] = [2000, 800, 0.1];
    const distance = minimumDetectableDistance(n, m, threshold, 'numerical') as number;
    let fired = 0;
    for (let i = 0; i < 300; i++) {
      const a = sampleOf(Array.from({ length: n }, () => random.uniform()));
      const b = sampleOf(Array.from({ length: m }, () => random.uniform() + distance));
      if (ksLowerBound(kolmogorovSmirnov(a, b)!.distance, n, m) > threshold) fired++;
    }
    expect(fired / 300).toBeGreaterThan(0.8);

    const categorical = minimumDetectableDistance(n, m, threshold, { categories: 2 }) as number;
    let seen = 0;
    for (let i = 0; i < 1000; i++) {
      const draw = (share: number, size: number): Map<string, number> => {
        let hits = 0;
        for (let row = 0; row < size; row++) if (random.uniform() < share) hits++;
        return new Map([
          ['yes', hits],
          ['no', size - hits],
        ]);
      };
      if (categoricalLowerBound(draw(0.5 - categorical / 2, n), draw(0.5 + categorical / 2, m))! > threshold) seen++;
    }
    // Shares near 1/2, where the formula is tight: 80 %, with 3 standard errors of 1,000 trials below.
    expect(seen / 1000).toBeGreaterThan(0.76);
    expect(seen / 1000).toBeLessThan(0.9);
  });

  it('falls with more observations towards the threshold, and rises with power and categories', () => {
    expect(minimumDetectableDistance(1e9, 1e9, 0.1, 'numerical')).toBeCloseTo(0.1, 3);
    const at = (n: number, power?: number): number =>
      minimumDetectableDistance(n, 500, 0.1, 'numerical', power) as number;
    expect(at(1000)).toBeGreaterThan(at(5000));
    expect(at(1000, 0.95)).toBeGreaterThan(at(1000, 0.8));
    const categories = (k: number): number => minimumDetectableDistance(1000, 500, 0.1, { categories: k }) as number;
    expect(categories(20)).toBeGreaterThan(categories(2));
  });

  it('has no answer where nothing can be detected', () => {
    expect(minimumDetectableDistance(10_000, 2, 0.1, 'numerical')).toBeUndefined();
    expect(minimumDetectableDistance(0, 100, 0.1, 'numerical')).toBeUndefined();
  });
});

describe('benjaminiHochberg()', () => {
  it('equals SciPy to 1e-15 relative', () => {
    for (const [pValues, expected] of golden.benjaminiHochberg) {
      for (const [i, adjusted] of benjaminiHochberg(pValues).entries()) {
        expectClose(adjusted, expected[i] as number, 1e-15, String(i));
      }
    }
  });

  it('leaves out entries without a p-value', () => {
    expect(benjaminiHochberg([])).toEqual([]);
    expect(benjaminiHochberg([undefined, undefined])).toEqual([undefined, undefined]);
    expect(benjaminiHochberg([undefined, 0.02, undefined, 0.04])).toEqual([undefined, 0.04, undefined, 0.04]);
  });

  it('never lowers a p-value and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (pValues) => {
        const adjusted = benjaminiHochberg(pValues) as number[];
        pValues.forEach((p, i) => {
          expect(adjusted[i]!).toBeGreaterThanOrEqual(p * (1 - 1e-15));
          expect(adjusted[i]!).toBeLessThanOrEqual(1);
          pValues.forEach((other, j) => {
            if (other < p) expect(adjusted[j]!).toBeLessThanOrEqual(adjusted[i]!);
          });
        });
      }),
    );
  });
});

describe('binomialChangePoint()', () => {
  it('finds the start SciPy finds by trying every one', () => {
    const { successes, totals, p0, ...expected } = golden.changePoint;
    const found = binomialChangePoint(Float64Array.from(successes), Float64Array.from(totals), p0);
    expect(found?.index).toBe(expected.index);
    expectClose(found?.p1, expected.p1, 1e-15, 'p1');
    // Differences of log-probabilities near 1e3.
    expectClose(found?.logLikelihoodRatio, expected.logLikelihoodRatio, 1e-10, 'ratio');
  });

  it('finds the first entry with what never happened before', () => {
    const found = binomialChangePoint(Float64Array.of(0, 0, 0, 2, 5, 4), Float64Array.of(50, 50, 50, 50, 50, 50), 0);
    expect(found?.index).toBe(3);
    expect(found?.p1).toBeCloseTo(11 / 150, 15);
    expect(Number.isFinite(found?.logLikelihoodRatio)).toBe(true);
    const lost = binomialChangePoint(Float64Array.of(50, 50, 40), Float64Array.of(50, 50, 50), 1);
    expect(lost?.index).toBe(2);
  });

  it('skips entries without trials and has no answer without any', () => {
    expect(binomialChangePoint(Float64Array.of(0, 0, 9), Float64Array.of(0, 0, 10), 0.1)?.index).toBe(2);
    expect(binomialChangePoint(Float64Array.of(1, 0, 9, 0), Float64Array.of(10, 0, 10, 0), 0.1)?.index).toBe(2);
    expect(binomialChangePoint(new Float64Array(3), new Float64Array(3), 0.1)).toBeUndefined();
    expect(binomialChangePoint(new Float64Array(0), new Float64Array(0), 0.1)).toBeUndefined();
  });

  it('of a whole series that changed before it began is the first entry', () => {
    expect(binomialChangePoint(Float64Array.of(9, 9, 9), Float64Array.of(10, 10, 10), 0.1)?.index).toBe(0);
  });
});
