import { describe, expect, it } from 'vitest';
import { cronOf, firstCheck, nextTimes } from '../../../../jupyter-extension/src/panels/setup/setup-schedule.js';

const daily = 'cron(0 0 ? * * *)';
const iso = (time: Date | undefined): string | undefined => time?.toISOString();

describe('cronOf() and nextTimes()', () => {
  it('write each choice as the service does, and tell when it runs next', () => {
    const now = new Date('2026-03-09T04:30:00Z');
    const upcoming = (kind: 'hourly' | 'daily' | 'every'): string[] => {
      const cron = cronOf({ kind, hour: 6, every: 8 });
      return [cron, ...nextTimes(cron, now, 3).map((time) => time.toISOString().slice(5, 16))];
    };
    expect(upcoming('hourly')).toEqual(['cron(0 * ? * * *)', '03-09T05:00', '03-09T06:00', '03-09T07:00']);
    expect(upcoming('daily')).toEqual(['cron(0 6 ? * * *)', '03-09T06:00', '03-10T06:00', '03-11T06:00']);
    expect(upcoming('every')).toEqual(['cron(0 0/8 ? * * *)', '03-09T08:00', '03-09T16:00', '03-10T00:00']);
  });
});

describe('firstCheck()', () => {
  const now = new Date('2026-11-23T14:10:00Z');

  it('is the execution whose window holds the newest captured hour', () => {
    expect(iso(firstCheck(daily, '2026-03-08T23:00:00Z', now))).toBe('2026-03-09T00:00:00.000Z');
    expect(iso(firstCheck('cron(0 * ? * * *)', '2026-03-08T23:00:00Z', now))).toBe('2026-03-09T00:00:00.000Z');
  });

  it('is the latest one where that window has not ended yet, and where no hour is known', () => {
    expect(iso(firstCheck(daily, '2026-11-23T13:00:00Z', now))).toBe('2026-11-23T00:00:00.000Z');
    expect(iso(firstCheck(daily, undefined, now))).toBe('2026-11-23T00:00:00.000Z');
  });
});
