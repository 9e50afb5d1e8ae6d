import { describe, expect, it } from 'vitest';
import { Medians } from '../../../../kernel-lib/src/metrics/attribution/attribution-median.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

/** Two columns: normal numbers, and their squares. */
function batches(rows: number, seed: number): Float64Array[] {
  const random = new Random(seed);
  return Array.from({ length: rows / 100 }, () => {
    const values = new Float64Array(200);
    for (let row = 0; row < 100; row++) {
      const value = random.normal();
      values[2 * row] = value;
      values[2 * row + 1] = value * value;
    }
    return values;
  });
}

function mediansOf(parts: readonly Float64Array[], mostExact: number) {
  const medians = new Medians(2, mostExact);
  for (const part of parts) medians.add(part);
  return medians.finish();
}

describe('medians of columns that come in batches', () => {
  const parts = batches(20_000, 4);
  const columns = [0, 1].map((place) =>
    Float64Array.from(parts.flatMap((part) => [...part].filter((_, at) => at % 2 === place))).sort(),
  );

  it('are exact as far as the numbers are kept', () => {
    mediansOf(parts, 40_000).forEach(({ value }, place) => {
      expect(value).toBe((columns[place]![9_999]! + columns[place]![10_000]!) / 2);
    });
  });

  it('are of sketches beyond, with intervals that hold the exact ones', () => {
    mediansOf(parts, 39_999).forEach(({ value, lower, upper }, place) => {
      const exact = (columns[place]![9_999]! + columns[place]![10_000]!) / 2;
      expect(lower).toBeLessThanOrEqual(exact);
      expect(upper).toBeGreaterThanOrEqual(exact);
      // Ranks within the sketch's 0.2 %, and 1.96 / (2 sqrt(20,000)) of the interval.
      expect(Math.abs(value - exact)).toBeLessThan(0.02);
    });
  });

  it('are 0 without rows', () => {
    expect(new Medians(2).finish()).toEqual([
      { value: 0, lower: 0, upper: 0 },
      { value: 0, lower: 0, upper: 0 },
    ]);
  });
});
