import { expect, it } from 'vitest';
import { currentMarker, transparent } from '../../../jupyter-extension/src/charts/sample-markers.js';
import { chartStyle } from '../support/chart-style.js';

it('transparent() keeps the colour', () => {
  expect(transparent('#1b64b4', 0.4)).toBe('rgba(27,100,180,0.4)');
});

it('currentMarker() hatches in the colour of the outline, since plotly.js draws nothing behind a pattern', () => {
  const { current } = chartStyle().colours;
  expect(currentMarker(chartStyle().colours, [false, true])).toMatchObject({
    line: { color: current },
    pattern: { shape: ['', '/'], fgcolor: current },
  });
});
