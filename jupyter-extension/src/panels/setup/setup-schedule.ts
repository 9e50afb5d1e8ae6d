import { parseSchedule } from 'driftline/browser';

/** When monitors run, as it is chosen. */
export interface ScheduleChoice {
  readonly kind: 'hourly' | 'daily' | 'every';
  /** Of `daily`: the hour, UTC. */
  readonly hour: number;
  /** Of `every`: so many hours. */
  readonly every: number;
}

/** The choice as the service writes it. */
export function cronOf({ kind, hour, every }: ScheduleChoice): string {
  if (kind === 'hourly') return 'cron(0 * ? * * *)';
  return kind === 'daily' ? `cron(0 ${hour} ? * * *)` : `cron(0 0/${every} ? * * *)`;
}

/** The next scheduled times after `now`. */
export function nextTimes(expression: string, now: Date, count: number): readonly Date[] {
  const schedule = parseSchedule(expression, 'schedule');
  const times: Date[] = [];
  for (let next = schedule.next(now); next !== undefined && times.length < count; next = schedule.next(next)) {
    times.push(next);
  }
  return times;
}

/**
 * The scheduled time whose window holds the newest captured hour, so that the first check finds something: an old capture
 * has nothing in the latest window.
 *
 * @param newestHour - ISO; undefined where it is not known.
 * @returns the latest scheduled time where that window has not ended yet; undefined where there is none.
 */
export function firstCheck(expression: string, newestHour: string | undefined, now: Date): Date | undefined {
  const schedule = parseSchedule(expression, 'schedule');
  const latest = schedule.latest(now);
  if (newestHour === undefined) return latest;
  const holding = schedule.next(new Date(Date.parse(newestHour)));
  return holding === undefined || (latest !== undefined && holding > latest) ? latest : holding;
}
