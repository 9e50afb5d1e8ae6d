import { describe, expect, it } from 'vitest';
import { measurePoints } from '../../../jupyter-extension/src/charts/measure-points.js';
import { type RankLine, rankTimeFigure, topRankLines } from '../../../jupyter-extension/src/charts/rank-time.js';
import { chartStyle } from '../support/chart-style.js';
import { driftSpan, measuredDay } from '../support/measured-series.js';

const series = {
  subjects: [],
  executions: [
    measuredDay(3, [0.5, 0.3, 0.2], { rank: [1, 2, 3] }),
    measuredDay(4, [0.3, 0.5, 0.2], { rank: [2, 1, 3] }),
  ],
};
const line = (feature: string, place: number, baseline?: number): RankLine => ({
  feature,
  points: measurePoints(series, place),
  ...(baseline !== undefined && { baseline }),
});
const lines = [line('a', 0, 1), line('<b>b</b>', 1, 2), line('c', 2)];

describe('topRankLines()', () => {
  it('has the features in the order of now, at most twelve of them', () => {
    expect(topRankLines(lines).map(({ feature }) => feature)).toEqual(['<b>b</b>', 'a', 'c']);
    const many = Array.from({ length: 30 }, (_, index) => line(`f${index}`, index, index + 1));
    expect(topRankLines(many)).toHaveLength(12);
  });
});

describe('rankTimeFigure()', () => {
  const figure = rankTimeFigure({ lines, span: driftSpan, events: [], selected: '2026-03-04T00:00:00Z' }, chartStyle());
  const trace = (name: string) => figure.data.find((each) => each['name'] === name);

  it('draws a risen feature strong and a fallen one dashed, each with a sign of its own', () => {
    expect(trace('&lt;b&gt;b&lt;/b&gt;')).toMatchObject({
      x: ['2026-03-02 12:00', '2026-03-03 12:00'],
      y: [2, 1],
      customdata: ['<b>b</b>', '<b>b</b>'],
      line: { width: 3, dash: 'solid' },
      marker: { symbol: 'triangle-up' },
    });
    expect(trace('a')).toMatchObject({ line: { dash: 'dash' }, marker: { symbol: 'triangle-down' } });
    expect(trace('c')).toMatchObject({ line: { width: 1.5 }, marker: { symbol: 'circle' } });
  });

  it('comes from the place in the baseline, which names the features at the left; the place of now does at the right', () => {
    const dotted = figure.data.filter((each) => each['name'] === 'from the baseline');
    expect(dotted.map(({ x, y }) => [x, y])).toEqual([
      [
        ['2026-03-02 00:00', '2026-03-02 12:00'],
        [2, 2],
      ],
      [
        ['2026-03-02 00:00', '2026-03-02 12:00'],
        [1, 1],
      ],
    ]);
    expect(figure.layout['yaxis']).toMatchObject({ tickvals: [2, 1], range: [3.6, 0.4] });
    expect((figure.layout['annotations'] as { text: string }[]).map(({ text }) => text)).toEqual([
      '<b>1  &lt;b&gt;b&lt;/b&gt;</b>',
      '<b>2  a</b>',
      '<b>3  c</b>',
    ]);
  });

  it('says both places under the pointer', () => {
    expect((trace('a')!['hovertext'] as string[])[1]).toContain('place 2, 1 in the baseline');
    expect((trace('c')!['hovertext'] as string[])[1]).toContain('place 3, not in the baseline');
  });
});
