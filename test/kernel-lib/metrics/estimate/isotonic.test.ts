import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitIsotonic, isotonicValues } from '../../../../kernel-lib/src/metrics/estimate/isotonic.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface GoldenCase {
  readonly name: string;
  readonly x: number[];
  readonly targets: number[];
  readonly weights?: number[];
  readonly at: number[];
  readonly values: number[];
}

const golden = readGolden<{ cases: GoldenCase[] }>('model/isotonic.json');

const points = fc.array(
  fc.record({
    x: fc.integer({ min: -5, max: 5 }),
    target: fc.double({ min: -10, max: 10, noNaN: true }),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('fitIsotonic()', () => {
  // Both add the same doubles in another order: 1e-12 is a thousand times the rounding of a few hundred additions.
  it.each(golden.cases)('equals scikit-learn to 1e-12 relative: $name', ({ x, targets, weights, at, values }) => {
    const found = isotonicValues(fitIsotonic(Float64Array.from(x), targets, weights), Float64Array.from(at));
    at.forEach((value, place) => {
      expectClose(found[place], values[place]!, 1e-12, `at ${value}`);
    });
  });

  it('never falls, and keeps the weighted mean of the targets', () => {
    fc.assert(
      fc.property(points, (rows) => {
        const x = Float64Array.from(rows, (row) => row.x);
        const weights = rows.map((row) => row.weight);
        const state = fitIsotonic(
          x,
          rows.map((row) => row.target),
          weights,
        );
        for (let i = 1; i < state.x.length; i++) {
          expect(state.x[i]!).toBeGreaterThan(state.x[i - 1]!);
          expect(state.y[i]!).toBeGreaterThanOrEqual(state.y[i - 1]!);
        }
        const values = isotonicValues(state, x);
        const [fitted, wanted] = [values, rows.map((row) => row.target)].map((numbers) =>
          rows.reduce((sum, { weight }, place) => sum + weight * numbers[place]!, 0),
        );
        expect(fitted).toBeCloseTo(wanted!, 9);
      }),
    );
  });

  // Robertson, Wright and Dykstra 1988: the largest of the smallest means of the runs that hold the point.
  it('equals the largest of the smallest means over all runs of points', () => {
    const targets = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(targets, (list) => {
        const x = Float64Array.from(list, (_, place) => place);
        const mean = (from: number, to: number): number =>
          list.slice(from, to + 1).reduce((sum, target) => sum + target, 0) / (to + 1 - from);
        isotonicValues(fitIsotonic(x, list), x).forEach((value, place) => {
          const ends = list.map((_, end) => end).slice(place);
          const best = Math.max(
            ...Array.from({ length: place + 1 }, (_, from) => Math.min(...ends.map((end) => mean(from, end)))),
          );
          expect(value).toBeCloseTo(best, 12);
        });
      }),
    );
  });

  it('takes a weight for as many equal points', () => {
    fc.assert(
      fc.property(points, (rows) => {
        const repeated = rows.flatMap((row) => Array.from({ length: row.weight }, () => row));
        const weighted = fitIsotonic(
          Float64Array.from(rows, (row) => row.x),
          rows.map((row) => row.target),
          rows.map((row) => row.weight),
        );
        const single = fitIsotonic(
          Float64Array.from(repeated, (row) => row.x),
          repeated.map((row) => row.target),
        );
        const at = Float64Array.from({ length: 21 }, (_, place) => place / 2 - 5);
        const values = isotonicValues(single, at);
        isotonicValues(weighted, at).forEach((value, place) => {
          expect(value).toBeCloseTo(values[place]!, 9);
        });
      }),
    );
  });

  it('leaves values as they are where it was given no points', () => {
    expect(fitIsotonic(new Float64Array(0), [])).toEqual({ x: [], y: [] });
    expect(fitIsotonic(Float64Array.of(1, 2), [3, 4], [0, 0])).toEqual({ x: [], y: [] });
    const at = Float64Array.of(0.25, 0.75);
    const values = isotonicValues({ x: [], y: [] }, at);
    expect(values).toEqual(at);
    expect(values).not.toBe(at);
  });

  it('survives JSON', () => {
    const state = fitIsotonic(Float64Array.of(0.1, 0.2, 0.3, 0.4), [0, 1, 0, 1]);
    const at = Float64Array.of(0, 0.15, 0.25, 1);
    expect(isotonicValues(JSON.parse(JSON.stringify(state)), at)).toEqual(isotonicValues(state, at));
    expect(state).toEqual({ x: [0.1, 0.2, 0.3, 0.4], y: [0, 0.5, 0.5, 1] });
  });
});
