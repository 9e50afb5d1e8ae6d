import { describe, expect, it } from 'vitest';
import {
  FILL_LIMIT,
  fillCount,
  fromField,
  runDefaults,
  toField,
} from '../../../../jupyter-extension/src/panels/run/run-choice.js';
import { parseSchedule } from '../../../../kernel-lib/src/schedule/cron.js';

const daily = parseSchedule('cron(0 0 ? * * *)', 'test');
const hourly = parseSchedule('cron(0 * ? * * *)', 'test');
const now = new Date('2026-03-09T12:30:00Z');

describe('runDefaults()', () => {
  it('knows the latest window, and fills what was missed since the last execution', () => {
    expect(runDefaults(daily, '2026-03-05T00:00:00Z', now)).toEqual({
      latest: { start: '2026-03-08T00:00:00Z', end: '2026-03-09T00:00:00Z' },
      fill: { from: '2026-03-06T00:00:00.000Z', to: '2026-03-09T00:00:00.000Z' },
    });
  });

  it('fills the latest one again where nothing was missed, and a month where nothing ever ran', () => {
    expect(runDefaults(daily, '2026-03-09T00:00:00Z', now).fill.from).toBe('2026-03-09T00:00:00.000Z');
    const { fill } = runDefaults(daily, undefined, now);
    expect(fillCount([daily], fill.from, fill.to)).toBe(31);
  });
});

describe('fillCount()', () => {
  it('counts both ends, of all monitors', () => {
    expect(fillCount([daily], '2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z')).toBe(3);
    expect(fillCount([daily, hourly], '2026-03-01T00:00:00Z', '2026-03-01T02:00:00Z')).toBe(4);
    expect(fillCount([daily], '2026-03-01T01:00:00Z', '2026-03-01T23:00:00Z')).toBe(0);
  });

  it('is undefined for what is no span, and ends soon after the limit', () => {
    expect(fillCount([daily], '2026-03-03T00:00:00Z', '2026-03-01T00:00:00Z')).toBeUndefined();
    expect(fillCount([daily], '', '2026-03-01T00:00:00Z')).toBeUndefined();
    expect(fillCount([hourly], '2020-01-01T00:00:00Z', '2026-03-01T00:00:00Z')).toBe(FILL_LIMIT + 1);
  });
});

describe('the fields of times', () => {
  it('show and read times in the zone of the settings', () => {
    expect(toField('2026-03-09T06:00:00Z', 'UTC')).toBe('2026-03-09T06:00');
    expect(fromField('2026-03-09T06:00', 'UTC')).toBe('2026-03-09T06:00:00Z');
    expect(fromField(toField('2026-07-09T06:00:00Z', 'local'), 'local')).toBe('2026-07-09T06:00:00Z');
  });

  it('say nothing while they are empty', () => {
    expect(fromField('', 'UTC')).toBeUndefined();
    expect(fromField('', 'local')).toBeUndefined();
  });
});
