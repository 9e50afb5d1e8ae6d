import { describe, expect, it } from 'vitest';
import { biasPoints, biasSeriesFigure } from '../../../../jupyter-extension/src/charts/model-bias/bias-series.js';
import { chartTheme } from '../../../../kernel-lib/src/report/theme.js';
import { differenceMetric } from '../../support/bias-rows.js';
import { chartStyle } from '../../support/chart-style.js';

type Shape = { type: string; y0: number; y1: number; x0: unknown; line: { dash?: string; color?: string } };

const figure = (change: Partial<typeof differenceMetric> = {}, since?: string) =>
  biasSeriesFigure(
    { metric: { ...differenceMetric, ...change }, bucket: 'hour', ...(since !== undefined && { since }) },
    chartStyle(),
  );
const shapes = (made: ReturnType<typeof figure>): Shape[] => made.layout['shapes'] as Shape[];

describe('biasSeriesFigure()', () => {
  it('draws the metric as a line with its intervals, broken where a bucket has no rows', () => {
    const line = figure().data.find(({ name }) => name === 'DPPL');
    expect(line!['y']).toEqual([0.09, null, 0.15, 0.16]);
    expect(figure().data.map(({ name }) => name)).toEqual(['DPPL, 95 % interval', 'DPPL']);
    expect(biasPoints(differenceMetric).map(({ rows }) => rows)).toEqual([90, 90, 5]);
  });

  it('lays the allowed range, the baseline and the fair value below the line', () => {
    const [band, ...lines] = shapes(figure());
    expect([band!.type, band!.y0, band!.y1]).toEqual(['rect', -0.1, 0.1]);
    expect(lines.map(({ y0 }) => y0)).toEqual([-0.1, 0.1, 0, 0.1]);
    expect(lines[2]!.line.dash).toBe('dash');
    expect(lines[3]!.line.color).toBe(chartTheme.light.baseline);
  });

  it('shades to the edge of the chart where the range has one bound only', () => {
    const made = figure({ allowed: { upper: 0.1, source: 'configured' } });
    const [bottom] = (made.layout['yaxis'] as { range: number[] }).range;
    expect(shapes(made)[0]).toMatchObject({ type: 'rect', y0: bottom, y1: 0.1 });
    const { allowed: _, baseline: __, ...free } = differenceMetric;
    const bare = biasSeriesFigure({ metric: free, bucket: 'hour' }, chartStyle());
    expect(shapes(bare).map(({ type }) => type)).toEqual(['line']);
  });

  it('marks since when a violation holds', () => {
    expect(shapes(figure({}, '2026-03-05T02:00:00Z')).at(-1)!.x0).toBe('2026-03-05 02:00');
    expect(shapes(figure({}, '2026-03-09T02:00:00Z'))).toHaveLength(shapes(figure()).length);
  });

  it('keeps the fair value in sight, and does not let one wide interval squeeze the line', () => {
    const series = [
      ...differenceMetric.series,
      { start: '2026-03-05T04:00:00Z', value: 0.1, lower: -9, upper: 9, rows: 3 },
    ];
    const [bottom, top] = (figure({ series }).layout['yaxis'] as { range: [number, number] }).range;
    expect(bottom).toBeLessThan(0);
    expect(top - bottom).toBeLessThan(1.5);
  });
});
