import { describe, expect, it } from 'vitest';
import {
  binomialDraw,
  fillPoisson,
  hypergeometricDraw,
  multinomialDraw,
} from '../../../../kernel-lib/src/metrics/model/random-counts.js';
import { binomialPmf, chiSquaredSf } from '../../../../kernel-lib/src/stats/distributions.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

const DRAWS = 20_000;

/** p-value of Pearson's test that draws have these probabilities; rare numbers are put together. */
function fitOf(draws: readonly number[], probability: (x: number) => number): number {
  const counts = new Map<number, number>();
  for (const x of draws) counts.set(x, (counts.get(x) ?? 0) + 1);
  let [statistic, cells, left, countLeft] = [0, 0, 1, draws.length];
  for (const [x, count] of counts) {
    const expected = probability(x) * draws.length;
    if (expected < 10) continue;
    statistic += (count - expected) ** 2 / expected;
    left -= expected / draws.length;
    countLeft -= count;
    cells++;
  }
  const rest = Math.max(0, left) * draws.length;
  if (rest >= 5) statistic += (countLeft - rest) ** 2 / rest;
  return chiSquaredSf(statistic, rest >= 5 ? cells : cells - 1);
}

function drawsOf(draw: (random: Random) => number): number[] {
  const random = new Random(42);
  return Array.from({ length: DRAWS }, () => draw(random));
}

/** Mean and variance of numbers. */
function momentsOf(values: ArrayLike<number>): [mean: number, variance: number] {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return [mean, squares / (values.length - 1)];
}

// Seeded, so that nothing is left to chance: p-values above 0.001 hold for these seeds.
describe('random counts', () => {
  for (const [n, p] of [
    [1, 0.3],
    [20, 0.05],
    [100, 0.5],
    [5000, 0.999],
  ] as const) {
    it(`binomialDraw() has the binomial distribution for n = ${n}, p = ${p}`, () => {
      const draws = drawsOf((random) => binomialDraw(random, n, p));
      expect(Math.max(...draws)).toBeLessThanOrEqual(n);
      expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
      expect(fitOf(draws, (x) => binomialPmf(x, n, p))).toBeGreaterThan(0.001);
    });
  }

  it('binomialDraw() has certain answers at the ends', () => {
    const random = new Random(1);
    expect([binomialDraw(random, 0, 0.5), binomialDraw(random, 9, 0), binomialDraw(random, 9, 1)]).toEqual([0, 0, 9]);
  });

  it('hypergeometricDraw() has the hypergeometric distribution', () => {
    for (const [good, bad, drawn] of [
      [5, 7, 6],
      [300, 20, 256],
      [3, 1000, 800],
    ] as const) {
      const draws = drawsOf((random) => hypergeometricDraw(random, good, bad, drawn));
      const p = drawn / (good + bad);
      const scale = binomialPmf(drawn, good + bad, p);
      const probability = (x: number): number =>
        drawn - x < 0 || drawn - x > bad ? 0 : (binomialPmf(x, good, p) * binomialPmf(drawn - x, bad, p)) / scale;
      expect(fitOf(draws, probability), `${good} ${bad} ${drawn}`).toBeGreaterThan(0.001);
    }
    expect(hypergeometricDraw(new Random(1), 4, 0, 3)).toBe(3);
    expect(hypergeometricDraw(new Random(1), 0, 4, 3)).toBe(0);
  });

  // Standard errors: of the mean sqrt(mean / 20,000), of the variance about variance * sqrt(2 / 20,000); five of them.
  it('fillPoisson() has the mean and variance of its distribution', () => {
    for (const mean of [0.01, 0.7, 1, 12, 350, 40_000]) {
      const drawn = new Float64Array(DRAWS);
      fillPoisson(new Random(3), mean, drawn);
      const [found, variance] = momentsOf(drawn);
      expect(Math.abs(found - mean), `mean ${mean}`).toBeLessThan(5 * Math.sqrt(mean / DRAWS));
      const error = Math.sqrt((2 + 1 / mean) / DRAWS) * mean;
      expect(Math.abs(variance - mean), `variance ${mean}`).toBeLessThan(5 * error);
      expect(drawn.every((x) => Number.isInteger(x) && x >= 0)).toBe(true);
    }
  });

  it('multinomialDraw() divides all draws, none to cells without a share', () => {
    const random = new Random(5);
    const counts = new Float64Array(4);
    const sums = new Float64Array(4);
    for (let i = 0; i < 1000; i++) {
      multinomialDraw(random, 100, Float64Array.of(6, 0, 3, 1), counts);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
      counts.forEach((count, cell) => {
        sums[cell]! += count;
      });
    }
    expect(sums[1]).toBe(0);
    // Standard errors of the means of 1,000: at most 0.16.
    expect(Math.abs(sums[0]! / 1000 - 60)).toBeLessThan(0.7);
    expect(Math.abs(sums[3]! / 1000 - 10)).toBeLessThan(0.5);
    multinomialDraw(random, 10, Float64Array.of(1, 1, 0, 0), counts);
    expect(counts[0]! + counts[1]!).toBe(10);
  });
});
