import { describe, expect, it } from 'vitest';
import { shareBandsFigure } from '../../../../jupyter-extension/src/charts/model-explainability/share-bands.js';
import {
  changeScale,
  shareChangeFigure,
} from '../../../../jupyter-extension/src/charts/model-explainability/share-change.js';
import { ndcgInterval } from '../../../../jupyter-extension/src/charts/model-explainability/share-time.js';
import type { FeatureAttributionReport } from '../../../../kernel-lib/src/report/model-explainability-report.js';
import { age, output } from '../../../support/attribution-rows.js';
import { chartStyle } from '../../support/chart-style.js';

const round = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value) => (value === null ? null : Number(value.toFixed(6))));

describe('shareChangeFigure()', () => {
  it('has a line a feature and a cell an hour: the share less that of the baseline, none for an empty hour', () => {
    const [heat] = shareChangeFigure(output, 'hour', chartStyle()).data;
    expect((heat as { z: (number | null)[][] }).z.map(round)).toEqual([
      [0, null, -0.2, -0.22],
      [0, null, -0.1, -0.1],
      [0, null, 0.3, 0.32],
    ]);
    expect((heat as { x: string[] }).x).toEqual([
      '2026-03-08 00:00',
      '2026-03-08 01:00',
      '2026-03-08 02:00',
      '2026-03-08 03:00',
      '2026-03-08 04:00',
    ]);
  });

  it('says by a sign what the colours say, from a quarter of the scale on', () => {
    const [heat] = shareChangeFigure(output, 'hour', chartStyle()).data;
    expect((heat as { text: string[][] }).text).toEqual([
      ['', '', '−', '−'],
      ['', '', '−', '−'],
      ['', '', '+', '+'],
    ]);
    expect(heat).toMatchObject({ zmin: -changeScale(output), zmax: changeScale(output) });
    expect(changeScale(output)).toBeCloseTo(0.32, 12);
  });

  it('draws the nDCG above at the middle of each hour with its interval, those below the threshold as diamonds', () => {
    const line = shareChangeFigure(output, 'hour', chartStyle()).data[1] as {
      x: string[];
      y: (number | null)[];
      marker: { symbol: string[] };
      error_y: { array: number[] };
    };
    expect(line.x[0]).toBe('2026-03-08 00:30');
    expect(line.y).toEqual([0.99, null, 0.8, 0.79]);
    expect(line.marker.symbol).toEqual(['circle', 'circle', 'diamond', 'diamond']);
    expect(round(line.error_y.array)).toEqual([0.00784, Number.NaN, 0.0392, Number.NaN]);
    expect(ndcgInterval(output.series[2]!)).toBe('0.761 to 0.839');
    expect(ndcgInterval({ ...output.series[0]!, ndcgError: 0.1 })).toBe('0.794 to 1.000');
    expect(ndcgInterval(output.series[3]!)).toBeUndefined();
  });

  it('fills hours that the report leaves out', () => {
    const sparse = { ...output, series: [output.series[0]!, output.series[3]!] };
    const [heat] = shareChangeFigure(sparse, 'hour', chartStyle()).data;
    expect((heat as { z: (number | null)[][] }).z[2]!.map((cell) => cell === null)).toEqual([false, true, true, false]);
  });
});

describe('shareBandsFigure()', () => {
  it('adds up to 1 in every hour with rows, and to nothing in an empty one', () => {
    const bands = shareBandsFigure(output, 'hour', chartStyle()).data.filter((trace) => 'stackgroup' in trace);
    const sums = [0, 1, 2, 3].map((hour) =>
      bands.reduce((sum, trace) => sum + ((trace['y'] as number[])[hour] ?? 0), 0),
    );
    expect(round(sums)).toEqual([1, 0, 1, 1]);
  });

  it('names the bands beside their ends, the smaller features together', () => {
    const many: FeatureAttributionReport[] = Array.from({ length: 9 }, (_, index) => ({
      ...age,
      feature: `f${index}`,
      rank: { baseline: index + 1, current: index + 1 },
    }));
    const shares = many.map(() => 1 / 9);
    const wide = { ...output, features: many, series: output.series.map((point) => ({ ...point, rows: 9, shares })) };
    const { data, layout } = shareBandsFigure(wide, 'hour', chartStyle());
    const bands = data.filter((trace) => 'stackgroup' in trace);
    expect(bands.map(({ name }) => name)).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'others']);
    expect((bands.at(-1)!['y'] as number[])[0]).toBeCloseTo(3 / 9, 12);
    const labels = layout['annotations'] as { text: string; y: number }[];
    expect(labels.map(({ text }) => text)).toEqual(['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'others']);
    const gaps = labels.slice(1).map(({ y }, index) => y - labels[index]!.y);
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
  });

  it('moves the names of thin bands apart, and none above the top', () => {
    const thin = {
      ...output,
      series: output.series.map((point) => ({ ...point, rows: 5, shares: [0.98, 0.01, 0.01] })),
    };
    const labels = shareBandsFigure(thin, 'hour', chartStyle()).layout['annotations'] as { y: number }[];
    const heights = labels.map(({ y }) => y);
    expect(heights[1]! - heights[0]!).toBeGreaterThan(0.05);
    expect(heights[2]! - heights[1]!).toBeGreaterThan(0.05);
    expect(Math.max(...heights)).toBeLessThan(1);
  });
});
