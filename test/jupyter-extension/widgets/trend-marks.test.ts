// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { trendMarks } from '../../../jupyter-extension/src/widgets/trend-marks.js';
import { trans } from '../support/trans.js';

const day = (of: number): string => `2026-03-0${of}T00:00:00Z`;
const trend = {
  scheduledTimes: [1, 2, 3, 4, 5, 6].map(day),
  outcomes: ['ok', 'violations', 'failed', 'no-data', 'stopped', 'violations'],
  violations: [0, 1, 0, 0, 0, 9],
} as const;

describe('trendMarks()', () => {
  it('says in words what it draws', () => {
    expect(trendMarks(trend, trans).getAttribute('aria-label')).toBe(
      '6 executions since 1 Mar 2026: 1 without violations, 2 with violations (the latest: 1, 9), 1 failed, 1 without data, 1 stopped.',
    );
  });

  it('draws one mark an execution, each outcome in a shape of its own, more violations higher', () => {
    const marks = [...trendMarks(trend, trans).children];
    expect(marks.map(({ tagName }) => tagName)).toEqual(['circle', 'rect', 'path', 'circle', 'rect', 'rect']);
    expect([marks[0]?.getAttribute('fill'), marks[3]?.getAttribute('fill')]).toEqual([null, 'none']);
    const height = (mark: Element | undefined): number => Number(mark?.getAttribute('height'));
    expect(height(marks[5])).toBeGreaterThan(height(marks[1]) * 1.5);
    expect(height(marks[4])).toBe(3);
  });
});
