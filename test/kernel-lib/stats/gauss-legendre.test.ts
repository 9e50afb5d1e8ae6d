import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../kernel-lib/src/stats/gauss-legendre.js';

interface Golden {
  readonly rules: readonly {
    readonly count: number;
    readonly points: readonly number[];
    readonly weights: readonly number[];
  }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/explain/gauss-legendre.json', import.meta.url), 'utf8'),
) as Golden;

describe('gaussLegendre()', () => {
  it.each(golden.rules.map((rule) => [rule.count, rule] as const))(
    'gives the rule of %d points of NumPy',
    (count, rule) => {
      const { points, weights } = gaussLegendre(count);
      // 1e-14 absolute: NumPy takes its points from eigenvalues and improves them by one step of Newton.
      for (const [index, point] of rule.points.entries()) expect(Math.abs(points[index]! - point)).toBeLessThan(1e-14);
      for (const [index, weight] of rule.weights.entries())
        expect(Math.abs(weights[index]! - weight)).toBeLessThan(1e-14);
    },
  );

  it('integrates powers up to twice the number of points, less one', () => {
    for (const count of [1, 2, 3, 7, 20]) {
      const { points, weights } = gaussLegendre(count);
      for (let power = 0; power < 2 * count; power++) {
        const sum = points.reduce((total, point, index) => total + weights[index]! * point ** power, 0);
        expect(Math.abs(sum - 1 / (power + 1))).toBeLessThan(1e-14);
      }
    }
  });

  it('is off for the next power', () => {
    const { points, weights } = gaussLegendre(2);
    const sum = points.reduce((total, point, index) => total + weights[index]! * point ** 4, 0);
    expect(Math.abs(sum - 1 / 5)).toBeGreaterThan(1e-3);
  });
});
