import { describe, expect, it } from 'vitest';
import { causeBarsFigure } from '../../../../jupyter-extension/src/charts/model-bias/cause-bars.js';
import { chartTheme } from '../../../../kernel-lib/src/report/theme.js';
import { chartStyle } from '../../support/chart-style.js';

const groups = [
  [
    { title: 'sex = Female', value: 0.05 },
    { title: '<others>', value: -0.01 },
  ],
  [
    { title: 'labels', value: 0 },
    { title: 'predictions', value: 0.04 },
  ],
];

describe('causeBarsFigure()', () => {
  const { data, layout } = causeBarsFigure(groups, 0.04, 'fraction', chartStyle());
  const [bars] = data as unknown as { x: number[]; y: number[]; text: string[]; marker: { color: string[] } }[];

  it('draws the parts as bars with their signs, and a gap between the two ways of seeing the change', () => {
    expect(bars!.x).toEqual([0.05, -0.01, 0, 0.04]);
    expect(bars!.text).toEqual(['+0.050', '−0.010', '0.000', '+0.040']);
    const gaps = bars!.y.slice(1).map((y, index) => y - bars!.y[index]!);
    expect(gaps[1]).toBeGreaterThan(gaps[0]!);
  });

  it('tells by colour which parts carry the change', () => {
    const { current, baseline } = chartTheme.light;
    expect(bars!.marker.color).toEqual([current, baseline, baseline, current]);
  });

  it('leaves room for the numbers, and takes names as text', () => {
    const [from, to] = (layout['xaxis'] as { range: [number, number] }).range;
    expect(from).toBeLessThan(-0.01);
    expect(to).toBeGreaterThan(0.05);
    expect((layout['yaxis'] as { ticktext: string[] }).ticktext[1]).toBe('&lt;others&gt; ');
  });
});
