import { describe, expect, it } from 'vitest';
import { attributionSeries } from '../../../../kernel-lib/src/metrics/attribution/series.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { explainedSample } from '../../../support/explained-sample.js';

const at = (text: string): number => Date.parse(`2026-03-${text}Z`);
const baseline = Float64Array.of(3, 1);

describe('attribution over time', () => {
  const sample = explainedSample(
    { x: [1, 2, 3, 4], y: [1, 2, 3, 4] },
    [
      [3, -1],
      [-3, 1],
      [0, 2],
      [9, 9],
    ],
    { times: Float64Array.of(at('05T07:10:00'), at('05T07:59:59'), at('05T09:00:00'), Number.NaN) },
  );

  it('has shares and nDCG by hour, and the hours of the window without rows, too', () => {
    const window = { start: '2026-03-05T06:00:00Z', end: '2026-03-05T10:00:00Z' };
    const { bucket, points } = attributionSeries(sample, 0, ['x', 'y'], baseline, { seed: 0, window });
    expect(bucket).toBe('hour');
    expect(points.map(({ start, rows }) => [start.slice(11, 13), rows])).toEqual([
      ['06', 0],
      ['07', 2],
      ['08', 0],
      ['09', 1],
    ]);
    expect(points[0]).toEqual({ start: '2026-03-05T06:00:00Z', rows: 0, shares: [] });
    expect(points[1]).toMatchObject({ shares: [0.75, 0.25], ndcg: 1 });
    // The other order: (1 + 3 / log2(3)) / (3 + 1 / log2(3)).
    expect(points[3]!.shares).toEqual([0, 1]);
    expect(points[3]!.ndcg).toBeCloseTo((1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3)), 12);
    expect(points[3]!.ndcgError).toBeUndefined();
  });

  it('goes by day beyond 72 hours, and no further back than 400 days', () => {
    const window = { start: '2024-01-01T00:00:00Z', end: '2026-03-06T00:00:00Z' };
    const { bucket, points } = attributionSeries(sample, 0, ['x', 'y'], baseline, { seed: 0, window });
    expect(bucket).toBe('day');
    expect(points).toHaveLength(400);
    expect(points.at(-1)).toMatchObject({ start: '2026-03-05T00:00:00Z', rows: 3 });
  });

  it('is that of the rows alone without a window, and nothing without times', () => {
    const { points } = attributionSeries(sample, 0, ['x', 'y'], baseline, { seed: 0 });
    expect(points.map(({ start }) => start.slice(11, 13))).toEqual(['07', '08', '09']);
    const { times: _, ...timeless } = sample;
    expect(attributionSeries(timeless, 0, ['x', 'y'], baseline, { seed: 0 }).points).toEqual([]);
  });

  it("counts a feature that the window lacks as 0, and takes the baseline's order", () => {
    const { points } = attributionSeries(sample, 0, ['gone', 'y', 'x'], Float64Array.of(1, 1, 3), { seed: 0 });
    expect(points[0]!.shares).toEqual([0, 0.25, 0.75]);
  });

  it.each([60, 1_000])('tells the error of nDCG that samples of such rows have: %i rows', (rows) => {
    const random = new Random(3);
    // Two features that are nearly alike, so that their order is left to chance.
    const draw = (): number[][] =>
      Array.from({ length: rows }, () => [Math.abs(random.normal()), Math.abs(random.normal())]);
    const columns = { x: Array<number>(rows).fill(1), y: Array<number>(rows).fill(1) };
    const times = new Float64Array(rows).fill(at('05T07:10:00'));
    const found: number[] = [];
    const errors: number[] = [];
    for (let run = 0; run < 300; run++) {
      const drawn = explainedSample(columns, draw(), { times });
      const [point] = attributionSeries(drawn, 0, ['x', 'y'], Float64Array.of(2, 1), { seed: run }).points;
      found.push(point!.ndcg!);
      errors.push(point!.ndcgError!);
    }
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    const spread = Math.sqrt(found.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (found.length - 1));
    const told = Math.sqrt(errors.reduce((sum, value) => sum + value ** 2, 0) / errors.length);
    expect(told / spread).toBeGreaterThan(0.7);
    expect(told / spread).toBeLessThan(1.1);
  });
});
