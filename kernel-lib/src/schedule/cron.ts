import { Cron } from 'croner';
import { MonitorError } from '../errors.js';

/** A schedule in the service's own notation, with the windows its executions look at. All times are UTC. */
export interface Schedule {
  readonly expression: string;
  /** The scheduled times in [from, to], ascending. */
  times(from: Date, to: Date): Date[];
  /** The latest scheduled time at or before `at`; undefined when there is none within a year. */
  latest(at: Date): Date | undefined;
  /** The first scheduled time after `after`; undefined when there is none. */
  next(after: Date): Date | undefined;
  /**
   * The window of the execution at a scheduled time T: [previous scheduled time, T), half-open. An "every N hours"
   * schedule starts again at midnight, so that its first window of a day can be shorter; no hour is left out or read twice.
   */
  window(scheduledTime: Date): { readonly start: string; readonly end: string };
}

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const YEAR_MS = 366 * 24 * 3_600_000;

/**
 * Reads `cron(minute hour day-of-month month day-of-week year)` as AWS writes it: minutes first, weekdays 1-7 from
 * Sunday, `?` for any, a sixth field for the year.
 *
 * @param where - named in errors.
 * @throws MonitorError `CONFIGURATION` for anything else.
 * @see Source: Amazon SageMaker API, ScheduleConfig.ScheduleExpression; Amazon EventBridge cron expressions.
 */
export function parseSchedule(expression: string, where: string): Schedule {
  // Hundreds of monitors share a few schedules.
  const known = parsed.get(expression);
  if (known !== undefined) return known;
  const schedule = readSchedule(expression, where);
  parsed.set(expression, schedule);
  return schedule;
}

const parsed = new Map<string, Schedule>();

function readSchedule(expression: string, where: string): Schedule {
  const match = /^cron\((.*)\)$/.exec(expression.trim());
  const fields = match?.[1]?.trim().split(/\s+/) ?? [];
  if (fields.length !== 6) {
    throw new MonitorError('CONFIGURATION', `Schedule "${expression}" is not a cron expression of six fields.`, {
      where,
      fix: 'write it as the service does: cron(0 * ? * * *) hourly, cron(0 6 ? * * *) daily at 06:00 UTC',
    });
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, string, string, string, string];
  if (minute !== '0') {
    throw new MonitorError('CONFIGURATION', `Schedule "${expression}" has minute ${minute}; only 0 is possible.`, {
      where,
      fix: 'capture lies in hour folders: start on the hour, minute 0',
    });
  }
  const weekday = dayOfWeek.replace(/\d+/g, (digits) => WEEKDAYS[Number(digits) - 1] ?? digits);
  const hours = hour.replace(/\b0+(?=\d)/g, '').replace(/^(\d+)\//, '$1-23/');
  let cron: Cron;
  try {
    cron = new Cron([minute, hours, dayOfMonth, month, weekday].map((field) => field.replace('?', '*')).join(' '), {
      timezone: 'UTC',
      paused: true,
    });
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', `Schedule "${expression}" cannot be read: ${(cause as Error).message}`, {
      where,
      cause,
      fix: 'write it as the service does: cron(0 * ? * * *) hourly, cron(0 6 ? * * *) daily at 06:00 UTC',
    });
  }
  if (year !== '*') {
    throw new MonitorError('CONFIGURATION', `Schedule "${expression}" is limited to the year ${year}.`, {
      where,
      fix: 'use * as the last field; --from and --to choose what is run',
    });
  }

  const times = (from: Date, to: Date): Date[] => {
    const found: Date[] = [];
    let next = cron.nextRun(new Date(from.getTime() - 1000));
    while (next !== null && next <= to) {
      if (next >= from) found.push(next);
      next = cron.nextRun(next);
    }
    return found;
  };
  const latest = (at: Date): Date | undefined => {
    for (let span = 2 * 24 * 3_600_000; span <= YEAR_MS; span *= 6) {
      const found = times(new Date(at.getTime() - span), at).at(-1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    expression,
    times,
    latest,
    next: (after) => cron.nextRun(after) ?? undefined,
    window: (scheduledTime) => {
      const previous = latest(new Date(scheduledTime.getTime() - 1000));
      const start = previous ?? new Date(scheduledTime.getTime() - 24 * 3_600_000);
      return { start: isoSeconds(start), end: isoSeconds(scheduledTime) };
    },
  };
}

/** `2026-03-05T06:00:00Z`: ISO without milliseconds, as the service writes times. */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}
