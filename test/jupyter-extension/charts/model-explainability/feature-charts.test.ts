import { describe, expect, it } from 'vitest';
import {
  beeswarmFigure,
  levelOf,
  rowsPerDot,
  swarmsOf,
  tallestBin,
} from '../../../../jupyter-extension/src/charts/model-explainability/beeswarm.js';
import { dependenceFigure } from '../../../../jupyter-extension/src/charts/model-explainability/dependence.js';
import {
  drawnSteps,
  waterfallFigure,
  waterfallSteps,
} from '../../../../jupyter-extension/src/charts/model-explainability/waterfall.js';
import { attributionNumbers } from '../../../../jupyter-extension/src/format/attribution-format.js';
import { hours, marital, output } from '../../../support/attribution-rows.js';
import { chartStyle } from '../../support/chart-style.js';

const axis = { title: 'attribution (log-odds)', numbers: attributionNumbers(0.8) };
const words = { rest: (count: number) => `${count} others`, missing: 'missing' };
const names = { baseline: 'baseline', current: 'current' };

describe('beeswarmFigure()', () => {
  const swarms = swarmsOf(hours.distribution!, names);

  it('has dots in proportion to the rows of a bin, one at least, and as many at most as fit', () => {
    const { data } = beeswarmFigure(swarms, axis, chartStyle());
    const [baseline, current] = data as unknown as { x: number[] }[];
    const count = (xs: number[], at: number): number => xs.filter((x) => x === at).length;
    expect([-0.75, -0.25, 0.25, 0.75].map((at) => count(baseline!.x, at))).toEqual([0, 5, tallestBin, 1]);
    expect([-0.75, -0.25, 0.25, 0.75].map((at) => count(current!.x, at))).toEqual([3, 3, tallestBin, 3]);
    expect(rowsPerDot(swarms[0]!)).toBe(20);
  });

  it('tells low from high values by shape as well as by colour', () => {
    const [baseline] = beeswarmFigure(swarms, axis, chartStyle()).data as unknown as {
      marker: { symbol: string[]; color: number[]; cmin: number; cmax: number };
      hovertext: string[];
    }[];
    expect([...new Set(baseline!.marker.symbol)]).toEqual(['triangle-down', 'circle', 'triangle-up']);
    expect([...new Set(baseline!.marker.color)]).toEqual([0.2, 0.6, 0.9]);
    expect(baseline!.hovertext[0]).toBe('<b>−0.500 to 0.000</b><br>90 rows<br>low values');
    expect([levelOf(0.1), levelOf(0.5), levelOf(0.9), levelOf(null)]).toEqual(['low', 'middle', 'high', undefined]);
  });

  it('has plain dots for values without an order, and no line for a sample without rows', () => {
    const { current: _, ...alone } = marital.distribution!;
    const { data } = beeswarmFigure(swarmsOf(alone, names), axis, chartStyle());
    expect(data).toHaveLength(1);
    expect((data[0] as { marker: { color: unknown } }).marker.color).toBe(chartStyle().colours.muted);
  });

  it('keeps the dots of a line apart from those of the next', () => {
    const { data } = beeswarmFigure(swarms, axis, chartStyle());
    const [above, below] = (data as unknown as { y: number[] }[]).map(({ y }) => y);
    expect(Math.max(...above!)).toBeLessThan(Math.min(...below!));
  });
});

describe('dependenceFigure()', () => {
  it('runs numbers to the right: means with their intervals over the share of rows', () => {
    const { data, layout } = dependenceFigure(hours.dependence!, 'hours', axis, chartStyle());
    const [means, rows, currentMeans, currentRows] = data;
    expect(means).toMatchObject({ y: [-0.2, 0.2], x: [-0.13, 0.87] });
    expect(currentMeans).toMatchObject({ y: [-0.6, 0.7, 0.1], marker: { symbol: 'circle' } });
    expect(rows).toMatchObject({ y: [0.25, 0.75, 0], yaxis: 'y2' });
    expect(currentRows).toMatchObject({ y: [0.2, 0.6, 0.2] });
    expect((layout['xaxis'] as { ticktext: string[] }).ticktext).toEqual(['10 to 35', '35 to 60', 'missing']);
    expect((means as { hovertext: string[] }).hovertext[0]).toBe(
      '<b>10 to 35</b><br>baseline −0.200<br>95 % interval −0.220 to −0.180<br>rows 100',
    );
  });

  it('runs categories downwards, and leaves out a mean that is not known', () => {
    const { data, layout } = dependenceFigure(marital.dependence!, 'marital', axis, chartStyle());
    expect(data[2]).toMatchObject({ x: [0.5], y: [0.13] });
    expect(data[3]).toMatchObject({ x: [0.6, 0.4], xaxis: 'x2', orientation: 'h' });
    expect((layout['yaxis'] as { ticktext: string[] }).ticktext).toEqual(['Married ', 'Single ']);
  });

  it('labels fewer bins where there is no room for all, the fewer the longer they are', () => {
    const labels = (width: number, title: (index: number) => string): number => {
      const bins = Array.from({ length: 20 }, (_, index) => ({ ...hours.dependence![0]!, title: title(index) }));
      const { layout } = dependenceFigure(bins, 'hours', axis, chartStyle(width));
      return (layout['xaxis'] as { tickvals: number[] }).tickvals.length;
    };
    const short = (index: number): string => `${index} to ${index + 1}`;
    expect(labels(2400, short)).toBe(20);
    expect(labels(400, short)).toBeLessThanOrEqual(11);
    const long = labels(1000, (index) => `${10_000 + index} to ${10_001 + index}`);
    expect(long).toBeLessThan(labels(1000, short));
    expect(long * 14 * 6.6).toBeLessThan(1000 - 70);
  });
});

describe('waterfallSteps()', () => {
  it('goes from the expected value to the answer, the smallest step first', () => {
    const steps = waterfallSteps(output.examples[0]!, -1, words);
    expect(steps.map(({ title }) => title)).toEqual(['age = 44', 'marital = missing', 'hours = 60']);
    expect(steps[0]!.from).toBe(-1);
    const last = steps.at(-1)!;
    expect(last.from + last.by).toBeCloseTo(output.examples[0]!.answer, 12);
  });

  it('adds up the smaller ones in one step, so that the sum stays', () => {
    const features = Array.from({ length: 25 }, (_, index) => ({
      feature: `f${index}`,
      value: String(index),
      attribution: (25 - index) * (index % 2 === 0 ? 0.01 : -0.01),
    }));
    const answer = features.reduce((sum, { attribution }) => sum + attribution, 1);
    const steps = waterfallSteps({ reason: 'r', answer, features }, 1, words);
    expect(steps).toHaveLength(drawnSteps + 1);
    expect(steps[0]!.title).toBe('15 others');
    expect(steps.at(-1)!.from + steps.at(-1)!.by).toBeCloseTo(answer, 12);
  });
});

describe('waterfallFigure()', () => {
  it('fills what raises the answer and hatches what lowers it, each bar from where the last one ended', () => {
    const steps = waterfallSteps(output.examples[0]!, -1, words);
    const { data, layout } = waterfallFigure(steps, { expected: -1, answer: 0.3 }, axis, chartStyle());
    const [bars] = data as unknown as {
      base: number[];
      x: number[];
      text: string[];
      marker: { pattern: { shape: string[] } };
    }[];
    expect(bars!.base.map((base) => Number(base.toFixed(3)))).toEqual([-1, -0.8, -0.9]);
    expect(bars!.text).toEqual(['+0.200', '−0.100', '+1.200']);
    expect(bars!.marker.pattern.shape).toEqual(['', '/', '']);
    expect((layout['yaxis'] as { ticktext: string[] }).ticktext).toEqual([
      '<b>answer 0.300</b> ',
      'age = 44 ',
      'marital = missing ',
      'hours = 60 ',
      'expected −1.000 ',
    ]);
  });
});
