import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { allowedOf } from '../../../kernel-lib/src/report/bias-states.js';
import { biasCauseChart, causeParts } from '../../../kernel-lib/src/report/charts/bias-cause-chart.js';
import { biasCourseChart } from '../../../kernel-lib/src/report/charts/bias-course-chart.js';
import { biasDotsChart } from '../../../kernel-lib/src/report/charts/bias-dots-chart.js';
import { chartRenderer } from '../../../kernel-lib/src/report/charts/chart-renderer.js';
import type { BiasMetricReport } from '../../../kernel-lib/src/report/model-bias-report.js';
import { sampleBiasReport } from '../../support/model-bias-report.js';

describe('biasDotsChart()', () => {
  const { metrics } = sampleBiasReport().modelBias!.facets[0]!;
  const draw = (of: readonly BiasMetricReport[], width: number, shared: boolean): Element =>
    new JSDOM(
      chartRenderer()(biasDotsChart({ title: 'Metrics', metrics: of, shared }, width)).markup,
    ).window.document.querySelector('svg')!;
  const named = (name: string): BiasMetricReport => metrics.find((metric) => metric.name === name)!;

  test('has the fair value in the middle of every row, whatever the scale', () => {
    for (const [name, fair] of [
      ['TE', 0],
      ['DI', 1],
      ['GE', 0],
    ] as const) {
      const equal = { ...named(name), current: { value: fair }, baseline: { value: fair + 1 } };
      const [dot] = draw([equal], 900, false).querySelectorAll('circle');
      expect(Number(dot!.getAttribute('cx'))).toBeCloseTo((256 + 900 - 196) / 2, 5);
    }
  });

  test('puts dot, interval and range where the numbers are', () => {
    const metric = { ...named('DPPL'), current: { value: 0.1, lower: 0.05, upper: 0.2, method: 'x' } };
    const svg = draw([{ ...metric, allowed: { lower: -0.1, upper: 0.1, source: 'baseline' } }], 900, true);
    const at = Number(svg.querySelector('circle')!.getAttribute('cx'));
    const band = svg.querySelector('rect')!;
    const [x, width] = [Number(band.getAttribute('x')), Number(band.getAttribute('width'))];
    expect(x + width).toBeCloseTo(at, 1);
    expect(x + width / 2).toBeCloseTo(480, 1);
    expect(svg.querySelector('desc')!.textContent).toBe('1 metric, 0 violated.');
  });

  test('keeps all marks within the axes, wild intervals and infinities too', () => {
    const wild = named('TE');
    const report: BiasMetricReport[] = [
      { ...wild, current: { value: 1, lower: -1e9, method: 'x' } },
      { ...wild, current: { infinite: 'negative', method: 'x' } },
      { ...wild, current: { infinite: 'positive', upper: 2, method: 'x' } },
      { ...wild, current: { value: 0 }, baseline: { value: 0 }, allowed: { source: 'configured' } },
    ];
    for (const width of [400, 900]) {
      const svg = draw(report, width, false);
      for (const path of svg.querySelectorAll('path')) {
        for (const [number] of path.getAttribute('d')!.matchAll(/-?\d+(\.\d+)?/g)) {
          expect(Number(number)).toBeGreaterThanOrEqual(0);
          expect(Number(number)).toBeLessThanOrEqual(width);
        }
      }
    }
  });

  test('does not draw a range below 0 for what cannot be there', () => {
    expect(allowedOf(named('GE'))!.lower).toBe(0);
    const band = draw([named('GE')], 900, false).querySelector('rect')!;
    expect(Number(band.getAttribute('x'))).toBeCloseTo(480, 1);
  });
});

describe('biasCourseChart()', () => {
  const recall = sampleBiasReport().modelBias!.facets[0]!.metrics.find(({ name }) => name === 'RD')!;

  test('has the range, the values with their intervals, and no chart for one bucket', () => {
    expect(biasCourseChart({ ...recall, series: recall.series.slice(0, 1) }, 'hour', undefined)).toBeUndefined();
    const chart = biasCourseChart(recall, 'hour', undefined)!;
    expect(chart.description).toMatch(/^Recall Difference in 24 hours, from .* 0\.303 in the baseline\. Allowed: /);
    const { min, max } = chart.yAxis as { readonly min: number; readonly max: number } & typeof chart.yAxis;
    for (const { value } of recall.series) {
      expect(value).toBeGreaterThanOrEqual(min);
      expect(value).toBeLessThanOrEqual(max);
    }
  });

  test('is not flattened by a range that is far away', () => {
    const near = recall.series.map((point) => ({ ...point, value: 0.01, lower: 0, upper: 0.02 }));
    const far = { ...recall, series: near, allowed: { lower: -50, upper: 50, source: 'configured' } as const };
    const { max } = biasCourseChart(far, 'hour', undefined)!.yAxis as unknown as { readonly max: number };
    expect(max).toBeLessThan(1);
  });
});

describe('biasCauseChart()', () => {
  const cause = {
    ...{ segments: [], explanation: '' },
    sides: { advantaged: -0.1, disadvantaged: 0.3 },
    parts: { population: 4e-17, labels: 0.15, predictions: 0.05 },
  };

  test('takes what rounding left for nothing', () => {
    const [, parts] = causeParts(cause, 'group', 'others');
    expect(parts!.parts.map(({ value }) => value)).toEqual([0, 0.05, 0.15]);
  });

  test('has all bars and numbers within its width', () => {
    for (const width of [330, 460]) {
      const markup = chartRenderer()(biasCauseChart(cause, 'group', 'others', width)).markup;
      const svg = new JSDOM(markup).window.document.querySelector('svg')!;
      expect(svg.querySelectorAll('rect')).toHaveLength(5);
      for (const bar of svg.querySelectorAll('rect')) {
        const [x, wide] = [Number(bar.getAttribute('x')), Number(bar.getAttribute('width'))];
        expect(x).toBeGreaterThan(width * 0.42);
        expect(x + wide).toBeLessThan(width);
      }
      expect(svg.querySelector('desc')!.textContent).toBe('Most of it is group: +0.300.');
    }
  });
});
