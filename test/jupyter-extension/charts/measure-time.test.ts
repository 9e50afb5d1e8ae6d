import { describe, expect, it } from 'vitest';
import { measurePoints, runsOf } from '../../../jupyter-extension/src/charts/measure-points.js';
import { type MeasureTime, measureTimeFigure } from '../../../jupyter-extension/src/charts/measure-time.js';
import type { MeasuredSeries } from '../../../kernel-lib/src/browser.js';
import { chartStyle } from '../support/chart-style.js';
import { measuredDay } from '../support/measured-series.js';

const series: MeasuredSeries = {
  subjects: [{ key: 'f1', title: 'F1 <score>', kind: 'metric', better: 'higher' }],
  executions: [
    measuredDay(3, [0.8], { lower: [0.78], upper: [0.82], minimum: [0.7], baseline: [0.81], estimate: [0.79] }),
    measuredDay(4, [0.6], { lower: [0.58], upper: [0.62], minimum: [0.75], baseline: [0.81], violated: [0] }),
    measuredDay(5, [null], { estimate: [0.7] }),
    measuredDay(7, [0.79], { lower: [0.7], upper: [0.88], minimum: [0.75] }),
  ],
};
const points = measurePoints(series, 0);
const chart: MeasureTime = {
  title: 'F1 <score>',
  points,
  span: { from: new Date('2026-03-02T00:00:00Z'), to: new Date('2026-03-08T00:00:00Z') },
  events: [],
  text: (value) => value.toFixed(2),
  limits: 'lines',
};
const trace = (of: Partial<MeasureTime>, name: string): Record<string, unknown> | undefined =>
  measureTimeFigure({ ...chart, ...of }, chartStyle()).data.find((each) => each['name'] === name);

describe('measurePoints()', () => {
  it('leaves out what was not measured', () => {
    expect(points[2]).toEqual({
      scheduledTime: '2026-03-05T00:00:00Z',
      start: '2026-03-04T00:00:00Z',
      rows: 500,
      estimate: 0.7,
      violated: false,
    });
  });

  it('runsOf() cuts where a value or an execution is missing', () => {
    const runs = runsOf(points, ({ value }) => value !== undefined);
    expect(runs.map((run) => run.map(({ value }) => value))).toEqual([[0.8, 0.6], [0.79]]);
  });
});

describe('measureTimeFigure()', () => {
  it('stands at the middles of the windows, broken where something is missing', () => {
    expect(trace({}, 'measured')).toMatchObject({
      x: ['2026-03-02 12:00', '2026-03-03 12:00', null, '2026-03-06 12:00'],
      y: [0.8, 0.6, null, 0.79],
      customdata: ['2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z', undefined, '2026-03-07T00:00:00Z'],
    });
  });

  it('gives violations a form and a colour of their own', () => {
    const { colours } = chartStyle();
    const marker = trace({}, 'measured')?.['marker'] as Record<string, unknown[]>;
    expect(marker['symbol']).toEqual(['circle', 'triangle-up', 'circle', 'circle']);
    expect(marker['color']?.[1]).toBe(colours.violated);
  });

  it('draws a limit as steps, since it can change', () => {
    expect(trace({}, 'lower limit')).toMatchObject({
      x: [
        '2026-03-02 00:00',
        '2026-03-03 00:00',
        '2026-03-03 00:00',
        '2026-03-04 00:00',
        null,
        '2026-03-06 00:00',
        '2026-03-07 00:00',
      ],
      y: [0.7, 0.7, 0.75, 0.75, null, 0.75, 0.75],
    });
    expect(trace({}, 'upper limit')).toBeUndefined();
  });

  it('draws what was estimated as a line of its own', () => {
    expect(trace({}, 'estimated without labels')).toMatchObject({
      y: [0.79, null, 0.7],
      line: { dash: 'dash' },
    });
  });

  it('draws the interval as an area, of a point alone as a bar', () => {
    expect(trace({}, '95 % interval')).toMatchObject({
      x: [
        '2026-03-02 12:00',
        '2026-03-03 12:00',
        '2026-03-03 12:00',
        '2026-03-02 12:00',
        null,
        '2026-03-06 06:00',
        '2026-03-06 18:00',
        '2026-03-06 18:00',
        '2026-03-06 06:00',
      ],
      y: [0.82, 0.62, 0.58, 0.78, null, 0.88, 0.88, 0.7, 0.7],
    });
  });

  it('shades the range in which a bias metric may lie, and marks equal treatment', () => {
    const bias = points.map((point) => ({ ...point, minimum: -0.1, maximum: 0.1 }));
    const allowed = trace({ points: bias, limits: 'allowed', fair: 0 }, 'allowed');
    expect(allowed?.['y']).toEqual(expect.arrayContaining([-0.1, 0.1]));
    const { layout } = measureTimeFigure({ ...chart, points: bias, limits: 'allowed', fair: 0 }, chartStyle());
    expect(layout['shapes']).toContainEqual(expect.objectContaining({ y0: 0, y1: 0, xref: 'paper' }));
  });

  it('says under the pointer what was measured against what, names of data as text', () => {
    const hover = (trace({}, 'measured')!['hovertext'] as string[])[1];
    expect(hover).toContain('3 Mar 2026, 00:00 to 4 Mar 2026, 00:00 UTC');
    expect(hover).toContain('F1 &lt;score&gt; 0.60');
    expect(hover).toContain('violation');
    expect(hover).toContain('lower limit 0.75');
    expect(hover).toContain('rows 400');
  });

  it('marks events with a line and a sign that says what happened', () => {
    const events = [{ id: 'a', time: '2026-03-04T06:00:00Z', kind: 'deployment', text: '<i>v2</i>' }] as const;
    const figure = measureTimeFigure({ ...chart, events }, chartStyle());
    expect(figure.data.at(-1)).toMatchObject({
      x: ['2026-03-04 06:00'],
      marker: { symbol: ['triangle-up'] },
      hovertext: ['4 Mar 2026, 06:00, deployment: &lt;i&gt;v2&lt;/i&gt;'],
    });
    expect(figure.layout['shapes']).toContainEqual(expect.objectContaining({ x0: '2026-03-04 06:00', yref: 'paper' }));
  });

  it('marks the window of the chosen execution, and lets a part of the time be chosen', () => {
    const { layout } = measureTimeFigure({ ...chart, selected: '2026-03-04T00:00:00Z' }, chartStyle());
    expect(layout['shapes']).toContainEqual(
      expect.objectContaining({ type: 'rect', x0: '2026-03-03 00:00', x1: '2026-03-04 00:00' }),
    );
    expect(layout['dragmode']).toBe('zoom');
    expect(layout['xaxis']).toMatchObject({ fixedrange: false, range: ['2026-03-02 00:00', '2026-03-08 00:00'] });
    expect(layout['yaxis']).toMatchObject({ fixedrange: true });
  });

  it('keeps fractions within what they can be', () => {
    const whole = points.map((point) => ({ ...point, value: 1, lower: 0.9, upper: 1 }));
    const { layout } = measureTimeFigure({ ...chart, points: whole, least: 0, most: 1 }, chartStyle());
    const [bottom, top] = (layout['yaxis'] as { range: [number, number] }).range;
    expect(bottom).toBeGreaterThan(0.6);
    expect(top).toBeLessThan(1.03);
  });

  it('is an empty chart of the span without points', () => {
    const { data, layout } = measureTimeFigure({ ...chart, points: [] }, chartStyle());
    expect(data).toEqual([]);
    expect(layout['yaxis']).toMatchObject({ range: [0, 1] });
  });
});
