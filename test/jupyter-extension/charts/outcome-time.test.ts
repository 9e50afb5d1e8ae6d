import { expect, it } from 'vitest';
import { outcomeTimeFigure } from '../../../jupyter-extension/src/charts/outcome-time.js';
import { chartStyle } from '../support/chart-style.js';
import { driftSpan } from '../support/measured-series.js';

const point = (day: number, outcome: 'ok' | 'violations' | 'failed', violations: number) => ({
  start: `2026-03-0${day - 1}T00:00:00Z`,
  scheduledTime: `2026-03-0${day}T00:00:00Z`,
  outcome,
  words: violations > 0 ? `${violations} violations` : outcome,
  violations,
});

it('every outcome has a sign of its own, violations their number', () => {
  const lines = [
    { monitor: 'm', title: '<b>m</b>', points: [point(3, 'ok', 0), point(4, 'violations', 6), point(5, 'failed', 0)] },
  ];
  const { data, layout } = outcomeTimeFigure({ lines, span: driftSpan, events: [] }, chartStyle());
  expect(data[0]).toMatchObject({
    mode: 'markers+text',
    x: ['2026-03-02 12:00', '2026-03-03 12:00', '2026-03-04 12:00'],
    y: [0, 0, 0],
    text: ['', ' 6', ''],
    marker: { symbol: ['circle', 'triangle-up', 'x'] },
    customdata: [
      ['m', '2026-03-03T00:00:00Z'],
      ['m', '2026-03-04T00:00:00Z'],
      ['m', '2026-03-05T00:00:00Z'],
    ],
  });
  expect((data[0]!['hovertext'] as string[])[1]).toContain('&lt;b&gt;m&lt;/b&gt;</b><br>6 violations<br>');
  expect(layout['yaxis']).toMatchObject({ ticktext: ['&lt;b&gt;m&lt;/b&gt; '] });
});
