import { expect, it } from 'vitest';
import { eventMarks, eventsByWindow, eventWords } from '../../../jupyter-extension/src/charts/event-marks.js';
import { chartStyle } from '../support/chart-style.js';
import { trans } from '../support/trans.js';

const event = (time: string) => ({ id: time, time, kind: 'incident', text: 'x' }) as const;

it('nothing happened: nothing is added to a chart', () => {
  expect(eventMarks([], chartStyle())).toEqual({ data: [], shapes: [], layout: {} });
});

it('every event belongs to a window, what came after the last one too', () => {
  const ends = ['2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z'];
  const events = ['2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z', '2026-03-09T00:00:00Z'].map(event);
  expect(eventsByWindow(ends, events).map((own) => own.map(({ time }) => time.slice(8, 10)))).toEqual([
    ['01'],
    ['03', '09'],
  ]);
  expect(eventsByWindow([], events)).toEqual([]);
});

it('an event in words has its time, its kind and its text', () => {
  expect(eventWords(event('2026-03-03T06:00:00Z'), trans)).toBe('3 Mar 2026, 06:00, incident: x');
  expect(eventWords({ ...event('2026-03-03T06:00:00Z'), text: '' }, trans)).toBe('3 Mar 2026, 06:00, incident');
});
