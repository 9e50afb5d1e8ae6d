import { describe, expect, it } from 'vitest';
import { calibrationFigure } from '../../../jupyter-extension/src/charts/calibration.js';
import { chartStyle } from '../support/chart-style.js';

const bins = [
  { lower: 0, upper: 0.5, rows: 80, predicted: 0.2, observed: { value: 0.25, lower: 0.2, upper: 0.32 } },
  { lower: 0.5, upper: 0.9, rows: 0, predicted: 0, observed: { value: 0 } },
  { lower: 0.9, upper: 1, rows: 5, predicted: 0.95, observed: { value: 1 } },
];

describe('calibrationFigure()', () => {
  it('puts observed against predicted with interval bars, and leaves out empty bins', () => {
    const [trace] = calibrationFigure({ current: bins }, chartStyle()).data;
    expect(trace).toMatchObject({ name: 'current', x: [0.2, 0.95], y: [0.25, 1] });
    const { array, arrayminus } = trace!['error_y'] as { array: number[]; arrayminus: number[] };
    expect(array).toEqual([expect.closeTo(0.07), 0]);
    expect(arrayminus).toEqual([expect.closeTo(0.05), 0]);
  });

  it('draws the diagonal, on which scores are what they claim', () => {
    const { layout } = calibrationFigure({ baseline: bins, current: bins }, chartStyle());
    expect(layout['shapes']).toEqual([expect.objectContaining({ x0: 0, y0: 0, x1: 1, y1: 1 })]);
  });

  it('draws nothing for a sample without rows', () => {
    expect(calibrationFigure({ baseline: [], current: bins }, chartStyle()).data).toHaveLength(1);
  });
});
