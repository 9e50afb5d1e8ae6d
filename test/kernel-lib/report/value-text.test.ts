import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Violation } from '../../../kernel-lib/src/report/report.js';
import {
  clipText,
  distanceText,
  measuredAndLimit,
  numberText,
  percentText,
  sinceText,
  timeText,
  windowText,
} from '../../../kernel-lib/src/report/value-text.js';

test.each([
  [0, '0'],
  [-0, '0'],
  [189_778.366, '189,778'],
  [38.5816, '38.58'],
  [-0.001234567, '-0.001235'],
  [1.2345e-9, '1.23e-9'],
  [3e15, '3.00e15'],
  [1.7976931348623157e308, '1.80e308'],
])('numberText(%d) is %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test.each([
  [0, '0 %'],
  [1, '100 %'],
  [0.99999, '> 99.99 %'],
  [0.9995, '99.95 %'],
  [0.00001, '< 0.01 %'],
  [0.0399, '4.0 %'],
  [1.5, '150.0 %'],
])('percentText(%d) is %s', (value, text) => {
  expect(percentText(value)).toBe(text);
});

test('percentText() is 0 % or 100 % for nothing else', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), (share) => {
      expect(['0 %', '100 %', '0.0 %', '100.0 %', '0.00 %', '100.00 %']).not.toContain(percentText(share));
    }),
  );
});

test('distanceText() has three decimals and never shows a distance as none', () => {
  expect([0, 0.0001, 0.0996, 89.85].map(distanceText)).toEqual(['0.000', '< 0.001', '0.100', '89.85']);
});

describe('measuredAndLimit()', () => {
  const violation: Violation = {
    id: 'a/b',
    feature: 'a',
    check: 'baseline_drift_check',
    description: '',
    explanation: '',
    measured: 0.10004,
    limit: 0.1,
    unit: 'distance',
    rules: ['threshold'],
  };

  test('tells a measure from the limit that it just passed', () => {
    expect(measuredAndLimit(violation)).toEqual(['0.10004', '0.1']);
  });

  test('writes both alike where they are clearly apart', () => {
    expect(measuredAndLimit({ ...violation, measured: 0.7 })).toEqual(['0.700', '0.100']);
    expect(measuredAndLimit({ ...violation, unit: 'fraction', measured: 0.95, limit: 1 })).toEqual(['95.0 %', '100 %']);
  });
});

test('windowText() is short within a day and whole beyond', () => {
  const day = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' };
  expect(windowText(day)).toBe('5 Mar 2026, 00:00 to 24:00 UTC');
  expect(windowText({ ...day, end: '2026-03-05T06:30:00Z' })).toBe('5 Mar 2026, 00:00 to 06:30 UTC');
  expect(windowText({ ...day, end: '2026-03-06T01:00:00Z' })).toBe('5 Mar 2026, 00:00 to 6 Mar 2026, 01:00 UTC');
});

test('timeText() returns what is no time as it is', () => {
  expect(timeText('yesterday')).toBe('yesterday');
});

test('sinceText() says where it may be older', () => {
  const since = { hour: '2026-03-04T06:00:00Z', orEarlier: false, before: 0, after: 1 };
  expect(sinceText(since)).toBe('4 Mar 2026, 06:00');
  expect(sinceText({ ...since, orEarlier: true })).toBe('4 Mar 2026, 06:00 or earlier');
  expect(sinceText(undefined)).toBe('');
});

test('clipText() counts characters, not halves of them', () => {
  expect(clipText('👍'.repeat(5), 5)).toBe('👍'.repeat(5));
  expect(clipText('👍'.repeat(6), 5)).toBe(`${'👍'.repeat(5)}… (6 characters)`);
});
