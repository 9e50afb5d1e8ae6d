import { describe, expect, it } from 'vitest';
import {
  classShare,
  precisionRecallFigure,
  readCurve,
  rocFigure,
} from '../../../jupyter-extension/src/charts/quality-curves.js';
import { chartStyle } from '../support/chart-style.js';

const roc = { x: [0, 0, 0.5, 1], y: [0, 0.4, 0.8, 1] };

describe('readCurve()', () => {
  it('reads between points, and the upper end where the curve is vertical', () => {
    expect(readCurve(roc, 0.25)).toBeCloseTo(0.6);
    expect(readCurve(roc, 0)).toBe(0.4);
    expect(readCurve(roc, 1)).toBe(1);
  });

  it('reads a curve that runs from right to left', () => {
    expect(readCurve({ x: [1, 0.5, 0], y: [0.2, 0.6, 1] }, 0.75)).toBeCloseTo(0.4);
  });

  it('has no answer outside the curve, or without points', () => {
    expect(readCurve({ x: [0.2, 0.8], y: [1, 1] }, 0.1)).toBeUndefined();
    expect(readCurve({ x: [], y: [] }, 0)).toBeUndefined();
  });
});

describe('classShare()', () => {
  const matrix = {
    classes: ['0', '1'],
    counts: [
      [60, 10],
      [10, 20],
    ],
  };

  it('is the share of rows that are of the class', () => {
    expect(classShare(matrix, '1')).toBeCloseTo(0.3);
  });

  it('has no answer for another class, no rows or no matrix', () => {
    expect(classShare(matrix, 'x')).toBeUndefined();
    expect(classShare(undefined, '1')).toBeUndefined();
    expect(classShare({ classes: ['1'], counts: [[0]] }, '1')).toBeUndefined();
  });
});

describe('rocFigure()', () => {
  it('draws baseline below current, and the diagonal of guessing', () => {
    const { data, layout } = rocFigure({ baseline: roc, current: roc }, chartStyle());
    expect(data.map(({ name }) => name)).toEqual(['baseline', 'current']);
    expect(layout['shapes']).toEqual([expect.objectContaining({ x0: 0, y0: 0, x1: 1, y1: 1 })]);
  });

  it('draws the one that there is', () => {
    expect(rocFigure({ current: roc }, chartStyle()).data.map(({ name }) => name)).toEqual(['current']);
  });
});

describe('precisionRecallFigure()', () => {
  it('marks the precision of guessing where the share of positives is known', () => {
    const { layout } = precisionRecallFigure({ current: roc }, 0.3, chartStyle());
    expect(layout['shapes']).toEqual([expect.objectContaining({ y0: 0.3, y1: 0.3 })]);
    expect(precisionRecallFigure({ current: roc }, undefined, chartStyle()).layout['shapes']).toEqual([]);
  });
});
