import { afterEach, describe, expect, it, vi } from 'vitest';
import { plotTime } from '../../../jupyter-extension/src/charts/plot-time.js';
import {
  bucketAxisTitle,
  bucketTitle,
  formatBucket,
  formatTime,
  formatTimeAndZone,
  formatWindow,
} from '../../../jupyter-extension/src/format/time-format.js';
import { panelSettings } from '../../../jupyter-extension/src/settings/panel-settings.js';
import { trans } from '../support/trans.js';

afterEach(() => {
  panelSettings.set({});
  vi.unstubAllEnvs();
});

describe('formatBucket()', () => {
  it('says the hour of an hour and not that of a day, in UTC, and bears text that is no time', () => {
    expect(formatBucket('2026-03-05T06:00:00Z', 'hour')).toBe('5 Mar 2026, 06:00');
    expect(formatBucket('2026-03-05T00:00:00Z', 'day')).toBe('5 Mar 2026');
    expect(formatBucket('soon', 'day')).toBe('soon');
  });
});

describe('times', () => {
  it('are those of UTC, and say so', () => {
    expect(formatTimeAndZone('2026-03-05T06:00:00Z')).toBe('5 Mar 2026, 06:00 UTC');
    expect(formatWindow({ start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' })).toBe(
      '5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC',
    );
    expect(formatTimeAndZone('soon')).toBe('soon');
    expect([bucketTitle('hour', trans), bucketAxisTitle('hour', trans)]).toEqual(['Hour (UTC)', 'captured hour (UTC)']);
    expect(plotTime('2026-03-05T06:00:00Z')).toBe('2026-03-05 06:00');
  });

  it('are those of the browser where the settings say so; days stay days of UTC', () => {
    vi.stubEnv('TZ', 'America/New_York');
    panelSettings.set({ timeZone: 'local' });
    expect(formatTime('2026-03-05T03:00:00Z')).toBe('4 Mar 2026, 22:00');
    expect(formatTimeAndZone('2026-07-05T06:00:00Z')).toBe('5 Jul 2026, 02:00 GMT-4');
    expect(formatBucket('2026-03-05T00:00:00Z', 'day')).toBe('5 Mar 2026');
    expect([bucketTitle('hour', trans), bucketAxisTitle('hour', trans), bucketTitle('day', trans)]).toEqual([
      'Hour (local time)',
      'captured hour (local time)',
      'Day (UTC)',
    ]);
    expect(plotTime('2026-03-05T03:00:00Z')).toBe('2026-03-04 22:00');
    expect(plotTime('2026-03-05T00:00:00Z', 'day')).toBe('2026-03-05 00:00');
  });
});
