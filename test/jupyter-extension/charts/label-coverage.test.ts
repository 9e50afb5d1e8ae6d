import { describe, expect, it } from 'vitest';
import { labelCoverageFigure } from '../../../jupyter-extension/src/charts/label-coverage.js';
import { chartStyle } from '../support/chart-style.js';

const hours = [
  { hour: '2026-03-05T00:00:00Z', predictions: 90, labelled: 60 },
  { hour: '2026-03-05T01:00:00Z', predictions: 0, labelled: 0 },
];

describe('labelCoverageFigure()', () => {
  it('stacks what has no label on what has one, so that a bar is all predictions of its hour', () => {
    const { data, layout } = labelCoverageFigure(hours, chartStyle());
    expect(layout['barmode']).toBe('stack');
    expect(data.map(({ name, y }) => [name, y])).toEqual([
      ['with label', [60, 0]],
      ['without label yet', [30, 0]],
    ]);
  });

  it('begins a bar at its hour, in UTC', () => {
    const { data } = labelCoverageFigure(hours, chartStyle());
    expect(data[0]).toMatchObject({ x: ['2026-03-05 00:00', '2026-03-05 01:00'], offset: 0 });
  });

  it('says share and counts of an hour, and no share where nothing was predicted', () => {
    const { data } = labelCoverageFigure(hours, chartStyle());
    const [full, none] = data[0]!['hovertemplate'] as string[];
    expect(full).toContain('with label 60 (66.7 %)');
    expect(none).not.toContain('%)');
  });

  it('bears a window without hours, and more labels than predictions', () => {
    expect(labelCoverageFigure([], chartStyle()).data[0]).toMatchObject({ x: [] });
    const [odd] = hours;
    expect(labelCoverageFigure([{ ...odd!, labelled: 99 }], chartStyle()).data[1]).toMatchObject({ y: [0] });
  });
});
