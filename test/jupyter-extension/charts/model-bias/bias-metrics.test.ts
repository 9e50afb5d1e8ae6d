import { describe, expect, it } from 'vitest';
import { biasMetricsFigure } from '../../../../jupyter-extension/src/charts/model-bias/bias-metrics.js';
import type { BiasRow } from '../../../../jupyter-extension/src/charts/model-bias/fair-scale.js';
import { chartTheme } from '../../../../kernel-lib/src/report/theme.js';
import { differenceRow, infiniteRow, ratioRow } from '../../support/bias-rows.js';
import { chartStyle } from '../../support/chart-style.js';

type Trace = Readonly<Record<string, never>> & {
  readonly name: string;
  readonly xaxis: string;
  readonly x: number[];
  readonly y: number[];
  readonly customdata: string[];
  readonly marker: { readonly symbol: string[]; readonly color: string };
  readonly error_x: { readonly array: number[]; readonly arrayminus: number[] };
  readonly hovertemplate: string[];
};
type Shape = { type: string; xref: string; x0: number; x1: number; y0: number };

const rows = [differenceRow, ratioRow, infiniteRow];
const figure = (list: readonly BiasRow[] = rows, width?: number) => biasMetricsFigure(list, chartStyle(width));
const traces = (list?: readonly BiasRow[]): Trace[] => figure(list).data as unknown as Trace[];
const named = (name: string, list?: readonly BiasRow[]): Trace[] => traces(list).filter((trace) => trace.name === name);
const shapes = (list?: readonly BiasRow[]): Shape[] => figure(list).layout['shapes'] as Shape[];

describe('biasMetricsFigure()', () => {
  it('draws each metric’s current value over the baseline’s, with both intervals', () => {
    const [current] = named('current');
    expect([current!.x, current!.customdata]).toEqual([[0.15], ['DPPL']]);
    expect(current!.error_x.array[0]).toBeCloseTo(0.05);
    expect(current!.error_x.arrayminus[0]).toBeCloseTo(0.05);
    const [baseline] = named('baseline');
    expect(baseline!.x).toEqual([0.1]);
    expect(baseline!.error_x.array[0]).toBeCloseTo(0.02);
    expect(baseline!.y[0]).toBeGreaterThan(current!.y[0]!);
  });

  it('tells by shape and colour what is violated, outside its range, within it, and not judged', () => {
    const tones = ['violated', 'drifting', 'ok', 'quiet'] as const;
    const marks = tones.map((tone) => named('current', [{ ...differenceRow, tone }])[0]!.marker);
    expect(new Set(marks.map(({ symbol }) => symbol[0]))).toEqual(
      new Set(['diamond', 'diamond-open', 'circle', 'circle-open']),
    );
    expect(marks.slice(0, 2).map(({ color }) => color)).toEqual([chartTheme.light.violated, chartTheme.light.drifting]);
  });

  it('shades the allowed range of a metric, to the end of the axis where it has one bound only', () => {
    const shaded = shapes([differenceRow]).find(({ type }) => type === 'rect');
    expect([shaded!.x0, shaded!.x1]).toEqual([-0.1, 0.1]);
    const open = figure([{ ...differenceRow, allowed: { upper: 0.1, source: 'configured' } }]).layout;
    const [from] = (open['xaxis'] as { range: number[] }).range;
    expect((open['shapes'] as Shape[]).find(({ type }) => type === 'rect')).toMatchObject({ x0: from, x1: 0.1 });
  });

  it('marks equal treatment in every band: at 0, and at 1 for ratios', () => {
    const lines = shapes().filter(({ type, x0, x1, y0 }) => type === 'line' && x0 === x1 && y0 === -0.5);
    expect(lines.map(({ xref, x0 }) => [xref, x0])).toEqual([
      ['x', 0],
      ['x2', 1],
      ['x3', 0],
    ]);
  });

  it('draws ratios on a logarithmic axis with round numbers, fewer of them where there is no room', () => {
    const axis = (width: number) => figure(rows, width).layout['xaxis2'] as { type: string; tickvals: number[] };
    expect(axis(900).type).toBe('log');
    expect(axis(900).tickvals).toEqual(expect.arrayContaining([0.5, 0.8, 1, 1.25]));
    expect(axis(220).tickvals).toContain(1);
    expect(axis(220).tickvals.length).toBeLessThan(axis(900).tickvals.length);
  });

  it('points to an infinite value with an arrow at the end of the axis, and writes it as a sign', () => {
    const arrow = named('current').find(({ customdata }) => customdata[0] === 'TE');
    const { range } = figure().layout['xaxis3'] as { range: number[] };
    expect([arrow!.x[0], arrow!.marker.symbol[0]]).toEqual([range[1], 'triangle-right']);
    const texts = (figure().layout['annotations'] as { text: string }[]).map(({ text }) => text);
    expect(texts).toEqual(['<b>0.150</b>', '0.5', '∞', 'equal treatment']);
    expect(arrow!.hovertemplate[0]).toContain('current ∞<br>baseline −2');
  });

  it('joins a value that stands alone to the fair value by a stem', () => {
    const { baseline: _, allowed: __, ...alone } = differenceRow;
    const [current] = named('current', [{ ...alone, current: { value: 0.15 } }]);
    expect([current!.error_x.arrayminus[0], current!.error_x.array[0], current!.y[0]]).toEqual([0.15, 0, 0]);
  });

  it('has names alone beside a narrow chart', () => {
    const labels = (width: number): string[] =>
      (figure(rows, width).layout['yaxis'] as { ticktext: string[] }).ticktext;
    expect(labels(900)[0]).toContain('positive predictions');
    expect(labels(320)[0]).toBe('<b>DPPL</b> ');
  });

  it('takes names from data as text', () => {
    const [current] = named('current', [{ ...differenceRow, name: '<b>', title: '<img src=x>' }]);
    expect(current!.hovertemplate[0]).toContain('<b>&lt;img src=x&gt;</b> (&lt;b&gt;)');
    const { ticktext } = figure([{ ...differenceRow, name: '<u>', words: '&' }]).layout['yaxis'] as {
      ticktext: string[];
    };
    expect(ticktext[0]).toContain('&lt;u&gt;');
    expect(ticktext[0]).toContain('&amp;');
  });

  it('is an empty picture without metrics', () => {
    expect(figure([])).toMatchObject({ data: [], layout: { shapes: [], annotations: [] } });
  });
});
