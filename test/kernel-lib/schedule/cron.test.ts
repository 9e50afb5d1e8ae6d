import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../kernel-lib/src/schedule/cron.js';

const at = (text: string): Date => new Date(text);
const isos = (dates: readonly Date[]): string[] => dates.map((date) => date.toISOString().slice(0, 13));

describe('parseSchedule()', () => {
  it('reads hourly, daily and every-N-hours schedules as the service writes them', () => {
    const from = at('2026-03-05T00:00:00Z');
    const to = at('2026-03-06T00:00:00Z');
    expect(parseSchedule('cron(0 * ? * * *)', 'test').times(from, to)).toHaveLength(25);
    expect(isos(parseSchedule('cron(0 06 ? * * *)', 'test').times(from, to))).toEqual(['2026-03-05T06']);
    expect(isos(parseSchedule('cron(0 0/10 ? * * *)', 'test').times(from, to))).toEqual([
      '2026-03-05T00',
      '2026-03-05T10',
      '2026-03-05T20',
      '2026-03-06T00',
    ]);
  });

  it('counts weekdays from Sunday = 1', () => {
    const week = [at('2026-03-01T00:00:00Z'), at('2026-03-07T23:00:00Z')] as const;
    const dates = parseSchedule('cron(0 0 ? * 2-3 *)', 'test').times(...week);
    expect(dates.map((date) => date.getUTCDay())).toEqual([1, 2]);
  });

  it('gives windows that end at the scheduled time and leave no hour out', () => {
    const daily = parseSchedule('cron(0 5 ? * * *)', 'test');
    expect(daily.window(at('2026-03-05T05:00:00Z'))).toEqual({
      start: '2026-03-04T05:00:00Z',
      end: '2026-03-05T05:00:00Z',
    });
    const everyTen = parseSchedule('cron(0 0/10 ? * * *)', 'test');
    expect(everyTen.window(at('2026-03-05T00:00:00Z')).start).toBe('2026-03-04T20:00:00Z');
  });

  it('finds the latest scheduled time, the given one included', () => {
    const weekly = parseSchedule('cron(0 0 ? * 2 *)', 'test');
    expect(weekly.latest(at('2026-03-08T12:00:00Z'))?.toISOString()).toBe('2026-03-02T00:00:00.000Z');
    expect(weekly.latest(at('2026-03-02T00:00:00Z'))?.toISOString()).toBe('2026-03-02T00:00:00.000Z');
  });

  it.each(['rate(1 hour)', 'cron(0 * * *)', 'cron(30 * ? * * *)', 'cron(0 25 ? * * *)', 'cron(0 * ? * * 2026)'])(
    'refuses %s and says where',
    (expression) => {
      expect(() => parseSchedule(expression, 'driftline.yaml, monitor m')).toThrow(/at: driftline.yaml, monitor m/);
    },
  );
});
