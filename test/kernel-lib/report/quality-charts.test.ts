import { describe, expect, test } from 'vitest';
import type { Shape } from '../../../kernel-lib/src/report/charts/chart-parts.js';
import type { Chart } from '../../../kernel-lib/src/report/charts/chart-renderer.js';
import { coverageBuckets, coverageChart } from '../../../kernel-lib/src/report/charts/coverage-chart.js';
import {
  precisionAt,
  precisionRecallChart,
  rocAt,
  rocChart,
} from '../../../kernel-lib/src/report/charts/curve-charts.js';
import { metricChart } from '../../../kernel-lib/src/report/charts/metric-chart.js';
import { calibrationChart, liftChart } from '../../../kernel-lib/src/report/charts/score-charts.js';
import { timeBuckets } from '../../../kernel-lib/src/report/charts/time-buckets.js';
import { valueRange } from '../../../kernel-lib/src/report/charts/value-range.js';
import type { MetricPoint, MetricReport } from '../../../kernel-lib/src/report/model-quality-report.js';
import { binaryQualityReport } from '../../support/model-quality-report.js';

const quality = binaryQualityReport().modelQuality!;
const metricNamed = (name: string): MetricReport => quality.metrics.find((metric) => metric.name === name)!;
const hour = (at: number): string => new Date(Date.UTC(2026, 2, 5, at)).toISOString();

/** The shapes of a chart in its data's own coordinates. */
function drawn({ shapes }: Chart): readonly Shape[] {
  return shapes(([x, y]) => [x, y]);
}

function ofType<Type extends Shape['type']>(shapes: readonly Shape[], type: Type): (Shape & { type: Type })[] {
  return shapes.filter((shape): shape is Shape & { type: Type } => shape.type === type);
}

/** A metric of four hours of which the third has no labels, and the last no interval. */
function sparse(): MetricReport {
  const series: MetricPoint[] = [
    { start: hour(0), rows: 9, value: 0.7, lower: 0.6, upper: 0.8 },
    { start: hour(1), rows: 9, value: 0.8, lower: 0.7, upper: 0.9 },
    { start: hour(3), rows: 1, value: 0.5 },
  ];
  return { ...metricNamed('f1'), series, threshold: 0.6, baseline: { value: 0.75 } };
}

describe('metricChart()', () => {
  test('draws realised values, their band, the baseline and the limit, and leaves gaps', () => {
    const shapes = drawn(metricChart({ metric: sparse(), bucket: 'hour' })!);
    const solid = ofType(shapes, 'polyline');
    expect(solid.map(({ points }) => points)).toEqual([
      [
        [0, 0.7],
        [1, 0.8],
      ],
    ]);
    expect(ofType(shapes, 'polygon').map(({ points }) => points)).toEqual([
      [
        [0, 0.8],
        [1, 0.9],
        [1, 0.7],
        [0, 0.6],
      ],
    ]);
    expect(ofType(shapes, 'circle').map(({ x, y }) => [x, y])).toEqual([
      [0, 0.7],
      [1, 0.8],
      [3, 0.5],
    ]);
    expect(ofType(shapes, 'line').map(({ y1, style }) => [y1, style.stroke, style.lineDash])).toEqual([
      [0.75, 'var(--baseline)', undefined],
      [0.6, 'var(--threshold)', '4 3'],
    ]);
  });

  test('draws what is estimated without labels dashed, in a colour that nothing measured has', () => {
    const estimate = quality.estimate!.metrics.find(({ name }) => name === 'f1')!;
    const shapes = drawn(metricChart({ metric: metricNamed('f1'), estimate, bucket: 'hour' })!);
    const courses = ofType(shapes, 'polyline').map(({ style }) => [style.stroke, style.lineDash]);
    expect(courses).toEqual([
      ['var(--estimated)', '7 4'],
      ['var(--current)', undefined],
    ]);
    const measured = shapes.filter(({ style }) => style.lineDash !== '7 4');
    expect(measured.some(({ style }) => style.stroke === 'var(--estimated)')).toBe(false);
  });

  test('gives an estimate its band where nothing is realised yet', () => {
    const estimate = quality.estimate!.metrics.find(({ name }) => name === 'f1')!;
    const metric = { ...metricNamed('f1'), series: [] };
    const shapes = drawn(metricChart({ metric, estimate, bucket: 'hour' })!);
    expect(ofType(shapes, 'polygon').map(({ style }) => style.fill)).toEqual(['var(--estimated)']);
    expect(ofType(shapes, 'circle')).toEqual([]);
  });

  test('marks since when, before the first hour too', () => {
    const since = { before: 0.8, after: 0.6, orEarlier: false };
    const within = drawn(metricChart({ metric: sparse(), bucket: 'hour', since: { ...since, hour: hour(1) } })!);
    expect(ofType(within, 'text').map(({ text, x }) => [text, x])).toEqual([['since 01:00', 5.5]]);
    const before = drawn(metricChart({ metric: sparse(), bucket: 'hour', since: { ...since, hour: hour(-30) } })!);
    expect(ofType(before, 'text')[0]!.text).toBe('◂ since 3 Mar 18:00');
    const days = drawn(
      metricChart({
        metric: { ...sparse(), series: [0, 24, 48].map((at) => ({ start: hour(at), rows: 9, value: 0.5 })) },
        bucket: 'day',
        since: { ...since, hour: hour(24) },
      })!,
    );
    expect(ofType(days, 'text')[0]!.text).toBe('since 6 Mar');
  });

  test('says in words what it shows', () => {
    const { description } = metricChart({ metric: sparse(), bucket: 'hour' })!;
    expect(description).toBe(
      'F1 score in 3 hours with labels, from 0.500 to 0.800. 0.750 in the baseline. The limit is 0.600.',
    );
  });

  test('is nothing for fewer than two buckets', () => {
    expect(metricChart({ metric: { ...sparse(), series: [] }, bucket: 'hour' })).toBeUndefined();
    expect(metricChart({ metric: { ...sparse(), series: sparse().series.slice(0, 1) }, bucket: 'hour' })).toBe(
      undefined,
    );
  });
});

describe('valueRange()', () => {
  test('holds values, levels and intervals, on round numbers', () => {
    expect(valueRange([{ value: 0.62, lower: 0.58, upper: 0.66 }], [0.7], [0, 1])).toEqual({
      min: 0.58,
      max: 0.7,
      ticks: [0.58, 0.6, 0.62, 0.64, 0.66, 0.68, 0.7],
    });
  });

  test('cuts an interval that would flatten everything else, and stays within what can be', () => {
    const { min, max } = valueRange([{ value: 0.9, lower: -40, upper: 8 }, { value: 0.8 }], [], [0, 1]);
    expect(min).toBeGreaterThan(0.7);
    expect(max).toBeLessThanOrEqual(1);
  });

  test.each([
    ['nothing', [], []],
    ['one value', [{ value: 3 }], []],
    ['zero', [{ value: 0 }], [0]],
    ['huge values', [{ value: 1e300 }, { value: -1e300 }], []],
  ])('has two ends for %s', (_, points, levels) => {
    const { min, max, ticks } = valueRange(points, levels);
    expect(max).toBeGreaterThan(min);
    expect(ticks.every(Number.isFinite)).toBe(true);
  });
});

describe('timeBuckets()', () => {
  test('fills in the hours and days that are missing', () => {
    expect(timeBuckets([hour(0), hour(3)], 'hour')).toEqual([0, 1, 2, 3].map(hour));
    expect(timeBuckets([hour(48), hour(0)], 'day')).toEqual([0, 24, 48].map(hour));
    expect(timeBuckets(['no time'], 'hour')).toEqual([]);
  });

  test('stays bounded when times are years apart', () => {
    const starts = timeBuckets(['1970-01-01T00:00:00Z', '2026-03-05T00:00:00Z'], 'hour');
    expect(starts).toHaveLength(1000);
    expect(starts.at(-1)).toBe('2026-03-05T00:00:00.000Z');
  });
});

describe('coverageChart()', () => {
  test('stacks what has no label on what has one', () => {
    const hours = [
      { hour: hour(0), predictions: 10, labelled: 10 },
      { hour: hour(1), predictions: 8, labelled: 3 },
      { hour: hour(2), predictions: 0, labelled: 0 },
    ];
    const chart = coverageChart({ ...quality.coverage, hours }, 400);
    // Upwards is less in pixels.
    const bars = ofType(
      chart.shapes(([x, y]) => [x, -y]),
      'rect',
    ).map(({ y, height, style }) => [-y - height, -y, style.fill]);
    expect(bars).toEqual([
      [0, 10, 'var(--current)'],
      [0, 3, 'var(--current)'],
      [3, 8, 'var(--baseline)'],
    ]);
    expect(chart.description).toContain('In 1 all predictions have their label, in 0 none has.');
  });

  test('counts by day what is longer than a week', () => {
    const hours = Array.from({ length: 200 }, (_, at) => ({ hour: hour(at), predictions: 2, labelled: 1 }));
    const { bucket, buckets } = coverageBuckets({ ...quality.coverage, hours });
    expect(bucket).toBe('day');
    expect(buckets).toHaveLength(9);
    expect(buckets[0]).toEqual({ start: '2026-03-05T00:00:00Z', predictions: 48, labelled: 24 });
  });
});

describe('the charts of scores', () => {
  test('read a ROC curve between its points, and precision at its next one', () => {
    const roc = { x: [0, 0, 0.5, 1], y: [0, 0.4, 0.8, 1] };
    expect([0, 0.25, 0.5, 1].map((x) => rocAt(roc, x))).toEqual([0.4, expect.closeTo(0.6, 12), 0.8, 1]);
    const precisionRecall = { x: [0, 0.3, 0.6], y: [1, 0.9, 0.5] };
    expect([0, 0.1, 0.3, 0.5, 0.9].map((x) => precisionAt(precisionRecall, x))).toEqual([1, 0.9, 0.9, 0.5, undefined]);
  });

  test('draw baseline and current, and what chance would give', () => {
    const roc = drawn(rocChart(quality.roc!));
    expect(ofType(roc, 'polyline').map(({ style }) => style.stroke)).toEqual(['var(--baseline)', 'var(--current)']);
    expect(ofType(roc, 'line').map(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2])).toEqual([[0, 0, 1, 1]]);
    const curve = drawn(precisionRecallChart(quality.precisionRecall!, 0.37));
    expect(ofType(curve, 'line').map(({ y1, y2 }) => [y1, y2])).toEqual([[0.37, 0.37]]);
    expect(ofType(drawn(precisionRecallChart(quality.precisionRecall!, undefined)), 'line')).toEqual([]);
  });

  test('draw one side where the other is missing', () => {
    const { current } = quality.roc!;
    expect(ofType(drawn(rocChart({ current: current! })), 'polyline')).toHaveLength(1);
    expect(rocChart({ current: current! }).description).toContain('the baseline is missing');
  });

  test('draw calibration with its intervals, without bins that are empty', () => {
    const bin = { lower: 0, upper: 0.1, rows: 20, predicted: 0.05, observed: { value: 0.1, lower: 0.03, upper: 0.3 } };
    const chart = calibrationChart({ current: [bin, { ...bin, rows: 0 }] });
    expect(ofType(drawn(chart), 'circle').map(({ x, y }) => [x, y])).toEqual([[0.05, 0.1]]);
    expect(ofType(drawn(chart), 'line').slice(1, 2)).toMatchObject([{ x1: 0.05, y1: 0.03, y2: 0.3 }]);
    expect(chart.description).toContain('In 0 of 2 bins of current');
  });

  test('draw lift in pairs of bars', () => {
    const bars = ofType(drawn(liftChart(quality.lift!)), 'rect');
    expect(bars).toHaveLength(20);
    expect(bars[10]!.y).toBe(quality.lift!.current![0]!.lift);
    expect(ofType(drawn(liftChart({ current: quality.lift!.current! })), 'rect')).toHaveLength(10);
  });
});
