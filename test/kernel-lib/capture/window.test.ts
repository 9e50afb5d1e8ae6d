import { describe, expect, it } from 'vitest';
import { checkWindow, closedWindow, onTheHour, windowOf } from '../../../kernel-lib/src/capture/window.js';

const start = '2026-03-05T06:00:00Z';
const end = '2026-03-05T08:30:00Z';

describe('checkWindow()', () => {
  it.each([
    [end, start],
    [start, start],
  ])('refuses %s to %s', (from, to) => {
    expect(() => checkWindow({ start: from, end: to })).toThrow(`The window ends (${to}) before it begins (${from}).`);
  });

  it.each([{ start, end }, { start }, { end }, {}, { start: 'soon', end }])('lets %j through', (asked) => {
    expect(() => checkWindow(asked)).not.toThrow();
  });
});

describe('windowOf()', () => {
  it('sets open bounds beyond all times', () => {
    expect(windowOf({ start, end })).toEqual({ start, end });
    expect(windowOf({ start })).toEqual({ start, end: '9999-12-31T23:00:00Z' });
    expect(windowOf({ end })).toEqual({ start: '0001-01-01T00:00:00Z', end });
    expect(windowOf({})).toBeUndefined();
  });

  it('refuses a window that ends before it begins', () => {
    expect(() => windowOf({ start: end, end: start })).toThrow('before it begins');
  });
});

describe('closedWindow()', () => {
  const hours = ['2026-03-05T07:00:00Z', '2026-03-05T05:00:00Z'];

  it('sets open bounds where the captured hours begin or end', () => {
    expect(closedWindow({ start, end }, hours)).toEqual({ start, end });
    expect(closedWindow({ start }, hours)).toEqual({ start, end: '2026-03-05T08:00:00Z' });
    expect(closedWindow({ end }, hours)).toEqual({ start: '2026-03-05T05:00:00Z', end });
  });

  it('is none where none was asked for, or no hour tells', () => {
    expect(closedWindow({}, hours)).toBeUndefined();
    expect(closedWindow({ start }, [])).toBeUndefined();
  });
});

describe('onTheHour()', () => {
  it('asks both bounds', () => {
    expect(onTheHour({ start, end })).toBe(false);
    expect(onTheHour({ start: '2026-03-05T06:30:00Z', end: '2026-03-05T08:00:00Z' })).toBe(false);
    expect(onTheHour({ start, end: '2026-03-05T08:00:00Z' })).toBe(true);
  });
});
