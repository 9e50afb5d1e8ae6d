import { describe, expect, it } from 'vitest';
import { liftFigure } from '../../../jupyter-extension/src/charts/lift-bars.js';
import { chartStyle } from '../support/chart-style.js';

const bins = [
  { decile: 1, rows: 40, positives: 0.8, lift: 3.2 },
  { decile: 2, rows: 40, positives: 0.25, lift: 1 },
];

describe('liftFigure()', () => {
  it('sets baseline beside current by tenth, with a line at 1, which is chance', () => {
    const { data, layout } = liftFigure({ baseline: bins, current: bins.slice(0, 1) }, chartStyle());
    expect(data.map(({ name, x, y }) => [name, x, y])).toEqual([
      ['baseline', [1, 2], [3.2, 1]],
      ['current', [1], [3.2]],
    ]);
    expect(layout).toMatchObject({ barmode: 'group', xaxis: { tickvals: [1, 2] }, shapes: [{ y0: 1, y1: 1 }] });
  });

  it('draws the one that there is', () => {
    expect(liftFigure({ current: bins }, chartStyle()).data).toHaveLength(1);
  });
});
