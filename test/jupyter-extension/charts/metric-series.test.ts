import { describe, expect, it } from 'vitest';
import { metricSeriesFigure } from '../../../jupyter-extension/src/charts/metric-series.js';
import { metricRuns } from '../../../jupyter-extension/src/charts/series-line.js';
import type {
  EstimatedMetric,
  MetricPoint,
  MetricReport,
} from '../../../kernel-lib/src/report/model-quality-report.js';
import { chartStyle } from '../support/chart-style.js';

const hour = (at: number): string => `2026-03-05T0${at}:00:00Z`;
const point = (at: number, value: number, rows = 100): MetricPoint => ({
  start: hour(at),
  value,
  lower: value - 0.05,
  upper: value + 0.05,
  rows,
});
const metric: MetricReport = {
  name: 'f2',
  title: 'F2 score',
  definition: 'Weighted harmonic mean of precision and recall.',
  unit: 'fraction',
  better: 'higher',
  service: true,
  status: 'violated',
  baseline: { value: 0.8 },
  current: { value: 0.7 },
  threshold: 0.75,
  comparison: 'LessThanThreshold',
  series: [point(0, 0.8), point(1, 0.78), point(2, 0, 0), point(3, 0.7)],
};
const estimate: EstimatedMetric = {
  name: 'f2',
  title: 'F2 score',
  method: 'CBPE',
  series: [point(3, 0.79, 0), point(4, 0.77, 0)],
};
const byName = (data: readonly Readonly<Record<string, unknown>>[], name: string) =>
  data.find((trace) => trace['name'] === name);
const lines = (layout: Readonly<Record<string, unknown>>): unknown[] =>
  (layout['shapes'] as { x0: unknown; y0: unknown }[]).map(({ x0, y0 }) => [x0, y0]);

describe('metricRuns()', () => {
  it('cuts the line where a bucket is absent, or has no value', () => {
    const runs = metricRuns([point(0, 0.8), point(1, 0.8), point(3, 0.7), point(4, Number.NaN), point(5, 1)], 'hour');
    expect(runs.map((run) => run.map(({ start }) => start))).toEqual([[hour(0), hour(1)], [hour(3)], [hour(5)]]);
  });

  it('takes days for neighbours when the buckets are days', () => {
    const days = ['2026-03-05T00:00:00Z', '2026-03-06T00:00:00Z', '2026-03-08T00:00:00Z'];
    const runs = metricRuns(
      days.map((start) => ({ start, value: 1, rows: 9 })),
      'day',
    );
    expect(runs.map((run) => run.length)).toEqual([2, 1]);
  });
});

describe('metricSeriesFigure()', () => {
  it('draws realised values as a solid line with gaps where no row has a label', () => {
    const { data } = metricSeriesFigure({ metric, bucket: 'hour' }, chartStyle());
    expect(byName(data, 'realised')).toMatchObject({
      x: ['2026-03-05 00:00', '2026-03-05 01:00', null, '2026-03-05 03:00'],
      y: [0.8, 0.78, null, 0.7],
      connectgaps: false,
      line: { dash: 'solid' },
    });
  });

  it('draws the interval as closed outlines, one for each run, and a bar around a point alone', () => {
    const { data } = metricSeriesFigure({ metric, bucket: 'hour' }, chartStyle());
    const band = byName(data, 'realised, 95 % interval')!;
    expect(band['fill']).toBe('toself');
    expect(band['x']).toEqual([
      '2026-03-05 00:00',
      '2026-03-05 01:00',
      '2026-03-05 01:00',
      '2026-03-05 00:00',
      null,
      '2026-03-05 02:45',
      '2026-03-05 03:15',
      '2026-03-05 03:15',
      '2026-03-05 02:45',
    ]);
    expect((band['y'] as number[]).map((value) => value && Number(value.toFixed(2)))).toEqual([
      0.85,
      0.83,
      0.73,
      0.75,
      null,
      0.75,
      0.75,
      0.65,
      0.65,
    ]);
  });

  it('keeps what is estimated apart: dashed, of another colour, with other marks, and never joined to the realised', () => {
    const { data } = metricSeriesFigure({ metric, estimate, bucket: 'hour' }, chartStyle());
    const realised = byName(data, 'realised')!;
    const estimated = byName(data, 'estimated without labels (CBPE)')!;
    expect(estimated).toMatchObject({ y: [0.79, 0.77], line: { dash: 'dash' }, marker: { symbol: 'diamond-open' } });
    expect((estimated['line'] as { color: string }).color).not.toBe((realised['line'] as { color: string }).color);
    expect(realised['y']).not.toContain(0.79);
  });

  it('shows an estimate alone when no label has come', () => {
    const { data } = metricSeriesFigure({ metric: { ...metric, series: [] }, estimate, bucket: 'hour' }, chartStyle());
    expect(data.map(({ name }) => name)).toEqual([
      'estimated without labels (CBPE), 95 % interval',
      'estimated without labels (CBPE)',
    ]);
  });

  it('marks baseline, limit and since when a violation holds', () => {
    const { layout } = metricSeriesFigure({ metric, bucket: 'hour', since: hour(3) }, chartStyle());
    expect(lines(layout)).toEqual([
      [0, 0.8],
      [0, 0.75],
      ['2026-03-05 03:00', 0],
    ]);
    const older = metricSeriesFigure({ metric, bucket: 'hour', since: '2026-03-01T00:00:00Z' }, chartStyle());
    expect(lines(older.layout).at(-1)).toEqual(['2026-03-05 00:00', 0]);
  });

  it('has all that it draws within its range, and a fraction within 0 and 1', () => {
    const range = (of: MetricReport): [number, number] =>
      (metricSeriesFigure({ metric: of, bucket: 'hour' }, chartStyle()).layout['yaxis'] as { range: [number, number] })
        .range;
    const [low, high] = range(metric);
    expect(low).toBeLessThan(0.65);
    expect(high).toBeGreaterThan(0.85);
    expect(range({ ...metric, series: [point(0, 0.99), point(1, 0.98)] })[1]).toBeLessThanOrEqual(1.04);
    expect(range({ ...metric, unit: 'value', series: [{ ...point(0, -3), lower: -9, upper: 40 }] })).toEqual([
      expect.closeTo(-12.92),
      expect.closeTo(43.92),
    ]);
  });

  it('bears a series without intervals, and none at all', () => {
    const bare = [
      { start: hour(0), value: 1, rows: 3 },
      { start: hour(1), value: 2, rows: 3 },
    ];
    const { data } = metricSeriesFigure({ metric: { ...metric, series: bare }, bucket: 'hour' }, chartStyle());
    expect(data.map(({ name }) => name)).toEqual(['realised']);
    const { baseline: _, threshold: __, ...empty } = { ...metric, series: [] };
    expect(metricSeriesFigure({ metric: empty, bucket: 'hour', since: hour(1) }, chartStyle())).toMatchObject({
      data: [],
      layout: { shapes: [], yaxis: { range: [0, 1] } },
    });
  });
});
