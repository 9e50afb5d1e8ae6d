import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnPair, pairColumns } from '../../../kernel-lib/src/metrics/column-pair.js';
import type { DistanceName } from '../../../kernel-lib/src/metrics/metric.js';
import { driftMetrics } from '../../../kernel-lib/src/metrics/registry.js';
import { columnOf, repeat } from '../../support/profile-of.js';
import { expectClose, readGolden } from '../stats/golden.js';

type Cells = readonly (string | number | null)[];

function pairOf(baseline: Cells, current: Cells): ColumnPair {
  const pair = pairColumns(columnOf(baseline), columnOf(current));
  if (pair.kind === 'none') throw new Error(pair.reason);
  return pair;
}

function measure(name: DistanceName, pair: ColumnPair) {
  return driftMetrics.find((metric) => metric.name === name)!.compute(pair);
}

const golden = readGolden<{
  numerical: {
    name: string;
    baseline: number[];
    current: number[];
    ks: number;
    pValue: number;
    wasserstein: number;
    psi: number | null;
    js2: number | null;
  }[];
  categorical: {
    name: string;
    baseline: Record<string, number>;
    current: Record<string, number>;
    statistic: number;
    pValue: number;
  }[];
}>('drift/drift.json');

/** Cells as often as their counts say. */
function cellsOf(counts: Record<string, number>): string[] {
  return Object.entries(counts).flatMap(([text, count]) => repeat(count, () => text));
}

describe('driftMetrics', () => {
  test('have unique names and titles, and each says what it is', () => {
    expect(new Set(driftMetrics.map(({ name }) => name)).size).toBe(driftMetrics.length);
    expect(new Set(driftMetrics.map(({ title }) => title)).size).toBe(driftMetrics.length);
    for (const { definition, source, range, kinds } of driftMetrics) {
      expect(definition).toMatch(/^[A-Z].{40,}\.$/);
      expect(source).not.toBe('');
      expect(range).not.toBe('');
      expect(kinds.length).toBeGreaterThan(0);
    }
  });

  const numbers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });
  const texts = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 40 });
  const pairs = {
    numeric: fc.tuple(numbers, numbers),
    categorical: fc.tuple(
      texts.map((cells) => [...cells, 'a']),
      texts,
    ),
  } as const;

  for (const metric of driftMetrics) {
    for (const kind of metric.kinds) {
      test(`${metric.name} of ${kind} columns is in its range, 0 for equal ones, and a p-value is a probability`, () => {
        fc.assert(
          fc.property(pairs[kind], ([baseline, current]) => {
            const found = metric.compute(pairOf(baseline, current))!;
            expect(Number.isFinite(found.value)).toBe(true);
            expect(found.value).toBeGreaterThanOrEqual(0);
            // 1e-12: rounding of logarithms.
            if (metric.range === '0 to 1') expect(found.value).toBeLessThanOrEqual(1 + 1e-12);
            if (found.pValue !== undefined) {
              expect(found.pValue).toBeGreaterThanOrEqual(0);
              expect(found.pValue).toBeLessThanOrEqual(1);
            }
            const same = metric.compute(pairOf(baseline, [...baseline].reverse()))!;
            expect(same.value).toBe(0);
            if (same.pValue !== undefined) expect(same.pValue).toBeCloseTo(1, 12);
          }),
        );
      });

      test(`${metric.name} of ${kind} columns has a value for one row and for a constant`, () => {
        const one = kind === 'numeric' ? [5] : ['a'];
        const other = kind === 'numeric' ? [7, 7, 7] : ['b', 'b', 'b'];
        for (const pair of [pairOf(one, one), pairOf(one, other), pairOf(other, one), pairOf(other, other)]) {
          expect(Number.isFinite(metric.compute(pair)!.value)).toBe(true);
        }
      });
    }
  }

  for (const { name, baseline, current, ks, pValue, wasserstein, psi, js2 } of golden.numerical) {
    test(`equal SciPy and NumPy on numbers: ${name}`, () => {
      const pair = pairOf(baseline, current);
      // 1e-12 relative: sums of a few hundred terms. 1e-10 for p-values far in the tail.
      expectClose(measure('kolmogorov_smirnov', pair)?.value, ks, 1e-12, 'ks');
      expectClose(measure('kolmogorov_smirnov', pair)?.pValue, pValue, 1e-10, 'p-value');
      expectClose(measure('linf_simple', pair)?.value, ks, 1e-12, 'simple');
      const [n, m] = [baseline.length, current.length];
      const robust = Math.max(0, ks - 1.8 * Math.sqrt((n + m) / (n * m)));
      expect(measure('linf_robust', pair)?.value).toBeCloseTo(robust, 12);
      expectClose(measure('wasserstein', pair)?.value, wasserstein, 1e-12, 'wasserstein');
      if (psi !== null) expectClose(measure('psi', pair)?.value, psi, 1e-12, 'psi');
      if (js2 !== null) expectClose(measure('jensen_shannon', pair)?.value, js2, 1e-12, 'jensen-shannon');
    });
  }

  for (const { name, baseline, current, statistic, pValue } of golden.categorical) {
    test(`equal SciPy on categories: ${name}`, () => {
      const found = measure('chi_squared', pairOf(cellsOf(baseline), cellsOf(current)));
      expectClose(found?.value, statistic, 1e-12, 'statistic');
      expectClose(found?.pValue, pValue, 1e-10, 'p-value');
    });
  }

  test('take categories by name for psi and Jensen-Shannon, whatever their order', () => {
    const pair = pairOf(['a', 'b', 'b', 'c'], ['c', 'c', 'b', 'new']);
    // Shares 1/4 1/2 1/4 0 and 0 1/4 1/2 1/4; a share of 0 counts as 0.0001.
    const term = (p: number, q: number): number => (q - p) * Math.log(q / p);
    const psi = term(0.25, 1e-4) + term(0.5, 0.25) + term(0.25, 0.5) + term(1e-4, 0.25);
    expect(measure('psi', pair)?.value).toBeCloseTo(psi, 12);
    const half = (p: number, q: number): number => (p === 0 ? 0 : (p * Math.log2((2 * p) / (p + q))) / 2);
    const shares: [number, number][] = [
      [0.25, 0],
      [0.5, 0.25],
      [0.25, 0.5],
      [0, 0.25],
    ];
    const divergence = shares.reduce((sum, [p, q]) => sum + half(p, q) + half(q, p), 0);
    expect(measure('jensen_shannon', pair)?.value).toBeCloseTo(Math.sqrt(divergence), 12);
  });
});

describe('pairColumns()', () => {
  test('takes numbers exactly where values were counted one by one, and the sketches for the distance of the service', () => {
    const baseline = repeat(6000, (i) => i % 50);
    const pair = pairOf(baseline, [1, 2, '3.0', null]);
    if (pair.kind !== 'numeric') throw new Error('not numeric');
    expect([pair.baseline.values.length, pair.baseline.count]).toEqual([50, 6000]);
    expect([...pair.baseline.weights]).toEqual(repeat(50, () => 120));
    expect([...pair.current.values]).toEqual([1, 2, 3]);
    expect(pair.sketches.baseline.count).toBe(6000);
    expect(pair.sketches.baseline.values.length).toBeGreaterThan(50);
  });

  test('takes the sketch beyond 1,024 different values', () => {
    const pair = pairOf(
      repeat(3000, (i) => i),
      [1],
    );
    if (pair.kind !== 'numeric') throw new Error('not numeric');
    expect(pair.baseline).toBe(pair.sketches.baseline);
  });

  test('adds up different texts of one number', () => {
    const pair = pairOf(['1.0', '1.00', '+1', '2'], ['1']);
    if (pair.kind !== 'numeric') throw new Error('not numeric');
    expect(measure('kolmogorov_smirnov', pair)?.value).toBe(0.25);
    expect(pair.baseline.count).toBe(4);
  });

  test('leaves out the cells of a numeric feature that are no numbers', () => {
    const pair = pairOf([1, 2, 3], ['x', '2', 'NaN', '0x10']);
    if (pair.kind !== 'numeric') throw new Error('not numeric');
    expect([...pair.current.values]).toEqual([2]);
  });

  test.each<[string, Cells, Cells]>([
    ['the baseline has no values', [null], [1]],
    ['there are no values now', [1], [null]],
    ['there are no numbers now', [1], ['x']],
    ['more than 120 different texts', repeat(121, (i) => `t${i}`), ['x']],
    ['more than 120 different texts', ['x'], repeat(121, (i) => `t${i}`)],
  ])('says why there is nothing to compare: %s', (reason, baseline, current) => {
    expect(pairColumns(columnOf(baseline), columnOf(current))).toEqual({ kind: 'none', reason });
  });
});
