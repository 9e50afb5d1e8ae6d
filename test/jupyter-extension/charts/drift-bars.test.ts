import { describe, expect, it } from 'vitest';
import { comparedFeatures, driftBarsFigure, driftBarsLimit } from '../../../jupyter-extension/src/charts/drift-bars.js';
import { sampleReport } from '../../support/sample-report.js';
import { chartStyle } from '../support/chart-style.js';

const report = sampleReport();

describe('comparedFeatures()', () => {
  it('orders by distance in units of the threshold', () => {
    const ratios = comparedFeatures(report).map(({ drift }) => drift.distance / drift.threshold);
    expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
    expect(comparedFeatures(report)[0]?.name).toBe('hours-per-week');
  });

  it('calls violated what the drift check flags under the deciding rule, not what another check flags', () => {
    const outcomes = Object.fromEntries(comparedFeatures(report).map(({ name, outcome }) => [name, outcome]));
    expect(outcomes).toMatchObject({ 'hours-per-week': 'violated', probability: 'drifting', occupation: 'within' });
    const byThreshold = comparedFeatures({ ...report, rule: 'threshold' });
    expect(byThreshold.find(({ name }) => name === 'probability')?.outcome).toBe('violated');
  });

  it('leaves out features that were not compared', () => {
    const features = report.features.map(({ drift: _, ...rest }) => rest);
    expect(comparedFeatures({ ...report, features })).toEqual([]);
  });
});

describe('driftBarsFigure()', () => {
  const compared = comparedFeatures(report);
  const { data, layout } = driftBarsFigure(compared, chartStyle());

  it('draws each distance once, with a whisker down to its lower bound', () => {
    const bars = data.filter(({ type }) => type === 'bar') as unknown as {
      x: number[];
      customdata: string[];
      error_x: { arrayminus: number[] };
    }[];
    const drawn = bars.flatMap(({ x, customdata, error_x }) =>
      x.map((distance, index) => [customdata[index], distance, distance - error_x.arrayminus[index]!] as const),
    );
    expect(drawn).toHaveLength(compared.length);
    for (const [name, distance, lower] of drawn) {
      const { drift } = compared.find((feature) => feature.name === name)!;
      expect(distance).toBe(drift.distance);
      expect(lower).toBeCloseTo(drift.lowerBound, 12);
    }
  });

  it('draws a threshold across every bar', () => {
    const line = data.at(-1) as unknown as { x: (number | null)[] };
    expect(line.x.filter((x) => x === 0.1)).toHaveLength(2 * compared.length);
  });

  it('stops at a number of bars that a page can bear', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ ...compared[0]!, name: `feature ${index}` }));
    const figure = driftBarsFigure(many, chartStyle());
    expect((figure.layout['yaxis'] as { tickvals: number[] }).tickvals).toHaveLength(driftBarsLimit);
    expect(figure.layout.height).toBeLessThan(900);
  });

  it('shortens long names, and escapes what plotly.js takes for markup', () => {
    const name = `<b>${'x'.repeat(60)}</b>`;
    const figure = driftBarsFigure([{ ...compared[0]!, name }], chartStyle(300));
    const [label] = (figure.layout['yaxis'] as { ticktext: string[] }).ticktext;
    expect(label).toMatch(/^&lt;b&gt;x+…x+&lt;\/b&gt; $/);
    expect(JSON.stringify(figure.data)).toContain('<b>&lt;b&gt;x');
  });

  it('has room for every distance', () => {
    const [from, to] = (layout['xaxis'] as { range: [number, number] }).range;
    expect(from).toBe(0);
    expect(to).toBeGreaterThan(Math.max(...compared.map(({ drift }) => drift.distance)));
  });
});
