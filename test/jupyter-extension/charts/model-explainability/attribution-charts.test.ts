import { describe, expect, it } from 'vitest';
import {
  attributionBarsFigure,
  topFeatures,
} from '../../../../jupyter-extension/src/charts/model-explainability/attribution-bars.js';
import { drawnFeatures } from '../../../../jupyter-extension/src/charts/model-explainability/feature-rows.js';
import { ndcgScaleFigure } from '../../../../jupyter-extension/src/charts/model-explainability/ndcg-scale.js';
import { rankSlopeFigure } from '../../../../jupyter-extension/src/charts/model-explainability/rank-slope.js';
import { attributionNumbers } from '../../../../jupyter-extension/src/format/attribution-format.js';
import { age, hours, marital, output } from '../../../support/attribution-rows.js';
import { chartStyle } from '../../support/chart-style.js';

const axis = { title: 'mean absolute attribution (log-odds)', numbers: attributionNumbers(0.8) };
const features = output.features;
const keys = <T>(list: readonly unknown[], key: string): T[] => list.map((each) => (each as Record<string, T>)[key]!);

describe('attributionBarsFigure()', () => {
  it('has two bars a feature, the baseline above the current one, with the ends of their intervals', () => {
    const [baseline, current] = attributionBarsFigure(features, 'attribution', axis, chartStyle()).data;
    expect(baseline).toMatchObject({ x: [0.5, 0.3, 0.2], y: [-0.19, 0.81, 1.81] });
    expect(current).toMatchObject({ x: [0.48, 0.32, 0.8], y: [0.19, 1.19, 2.19] });
    const { array, arrayminus } = (current as { error_x: Record<string, number[]> }).error_x;
    expect(array!.map((end) => Number(end.toFixed(3)))).toEqual([Number.NaN, Number.NaN, 0.1]);
    expect(arrayminus!.map((end) => Number(end.toFixed(3)))).toEqual([Number.NaN, Number.NaN, 0.1]);
    expect((current as { hovertext: string[] }).hovertext[2]).toBe(
      '<b>hours</b><br>baseline 0.200 (0.180 to 0.220)<br>current 0.800 (0.700 to 0.900)',
    );
  });

  it('begins at 0 even where an interval reaches below it, and ends beyond the longest interval', () => {
    const wide = { ...age, attribution: { current: { value: 0.1, lower: -0.1, upper: 0.3 } } };
    const { layout } = attributionBarsFigure([wide], 'attribution', axis, chartStyle());
    expect((layout['xaxis'] as { range: number[] }).range[0]).toBe(0);
    expect((layout['xaxis'] as { range: number[] }).range[1]).toBeGreaterThan(0.3);
  });

  it('has one bar on the line of a feature where only one sample is known', () => {
    const alone = features.map(({ attribution, ...feature }) => ({
      ...feature,
      attribution: { current: attribution.current! },
    }));
    const { data } = attributionBarsFigure(alone, 'attribution', axis, chartStyle());
    expect(keys(data, 'y')).toEqual([[0, 1, 2]]);
    expect((data[0] as { error_x: { visible: boolean } }).error_x.visible).toBe(true);
    const plain = alone.map((feature) => ({ ...feature, attribution: { current: { value: 0.1 } } }));
    const [bars] = attributionBarsFigure(plain, 'attribution', axis, chartStyle()).data;
    expect((bars as { error_x: { visible: boolean } }).error_x.visible).toBe(false);
  });

  it('keeps the first features of both rankings, in the order of the baseline', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...age,
      feature: `f${index}`,
      rank: { baseline: index + 1, current: 40 - index },
    }));
    const shown = topFeatures(many);
    expect(shown).toHaveLength(drawnFeatures);
    expect(shown.map(({ feature }) => feature).slice(0, 2)).toEqual(['f0', 'f1']);
    expect(shown.at(-1)?.feature).toBe('f39');
    expect(attributionBarsFigure(many, 'share', axis, chartStyle()).data[0]).toMatchObject({
      x: Array.from({ length: drawnFeatures }, () => 0.3),
    });
  });

  it('takes names for text, in labels and under the pointer', () => {
    const nasty = { ...age, feature: '<img src=x>%{x}' };
    const { data, layout } = attributionBarsFigure([nasty], 'share', axis, chartStyle());
    const texts = JSON.stringify([data.map(({ customdata: _, ...drawn }) => drawn), layout]);
    expect(texts).not.toContain('<img');
    expect(texts).toContain('&lt;img src=x&gt;');
    expect(data.every((trace) => trace['hovertemplate'] === undefined)).toBe(true);
  });
});

describe('rankSlopeFigure()', () => {
  it('draws the place before and after, the risen solid with a mark up, the fallen dashed with a mark down', () => {
    const { data } = rankSlopeFigure(features, chartStyle());
    expect(keys(data, 'y')).toEqual([
      [1, 2],
      [2, 3],
      [3, 1],
    ]);
    const looks = data.map((trace) => {
      const { line, marker } = trace as { line: { dash: string; width: number }; marker: { symbol: string } };
      return [line.dash, line.width, marker.symbol];
    });
    expect(looks).toEqual([
      ['dash', 3, 'triangle-down'],
      ['solid', 1.5, 'circle'],
      ['solid', 3, 'triangle-up'],
    ]);
  });

  it('labels both ends with the true rank, those that moved beyond chance in bold', () => {
    const far = { ...hours, rank: { baseline: 57, current: 1 } };
    const { layout } = rankSlopeFigure([marital, far], chartStyle());
    expect(keys(layout['annotations'] as object[], 'text')).toEqual([
      '<b>marital  1</b>',
      '<b>2  marital</b>',
      '<b>hours  57</b>',
      '<b>1  hours</b>',
    ]);
    expect(layout.height).toBeLessThan(120);
  });

  it('has one end only for a feature that one sample lacks', () => {
    const { data, layout } = rankSlopeFigure([marital, { ...hours, rank: { current: 1 } }], chartStyle());
    expect(keys(data, 'y')).toEqual([
      [1, 2],
      [null, 1],
    ]);
    expect(layout['annotations']).toHaveLength(3);
  });
});

describe('ndcgScaleFigure()', () => {
  it('shades what is below the threshold, and draws the interval under the value', () => {
    const { data, layout } = ndcgScaleFigure(output.ranking, chartStyle());
    expect(data[0]).toMatchObject({ x: [0.82], marker: { symbol: 'diamond' }, error_x: { visible: true } });
    const { array, arrayminus } = (data[0] as { error_x: Record<string, number[]> }).error_x;
    expect([array![0], arrayminus![0]].map((end) => Number(end!.toFixed(6)))).toEqual([0.04, 0.04]);
    const [below] = layout['shapes'] as { x0: number; x1: number }[];
    expect(below!.x1).toBe(0.9);
    expect(below!.x0).toBeLessThan(0.78);
  });

  it('has a circle and no interval where the ranking is kept and there are few rows', () => {
    const { data } = ndcgScaleFigure({ value: 0.98, threshold: 0.9, status: 'ok' }, chartStyle());
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ marker: { symbol: 'circle' }, error_x: { visible: false } });
  });
});
