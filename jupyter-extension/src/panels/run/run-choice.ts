import type { Schedule } from 'driftline/browser';
import type { TimeZone } from '../../settings/panel-settings.js';

/** What is to be run of a monitor: all times ISO. */
export type RunChoice =
  /** What was scheduled last. */
  | { readonly kind: 'latest' }
  /** Any window, half-open; checked without being written. */
  | { readonly kind: 'window'; readonly start: string; readonly end: string }
  /** Every time scheduled from `from` to `to`, both inclusive. */
  | { readonly kind: 'fill'; readonly from: string; readonly to: string };

/** Executions of one back-fill at most: a year of hourly ones needs more than a dialog. */
export const FILL_LIMIT = 1000;
/** How many executions back a back-fill begins without being told. */
const FILLED = 31;

/** What a dialog about a monitor begins with. */
export interface RunDefaults {
  /** The window of what was scheduled last; undefined where nothing was within a year. */
  readonly latest: { readonly start: string; readonly end: string } | undefined;
  readonly fill: { readonly from: string; readonly to: string };
}

/**
 * The latest window; and for a back-fill what was missed since the last execution, or the latest weeks.
 *
 * @param last - ISO: the scheduled time of the monitor's last execution.
 */
export function runDefaults(schedule: Schedule, last: string | undefined, now: Date): RunDefaults {
  const latest = schedule.latest(now);
  const to = latest ?? now;
  let from = to;
  for (let step = 1; step < FILLED; step++) {
    const before = schedule.latest(new Date(from.getTime() - 1000));
    if (before === undefined || (last !== undefined && before.getTime() <= Date.parse(last))) break;
    from = before;
  }
  return {
    latest: latest && schedule.window(latest),
    fill: { from: from.toISOString(), to: to.toISOString() },
  };
}

/** How many executions a back-fill of some monitors has; undefined where it is no span. */
export function fillCount(schedules: readonly Schedule[], from: string, to: string): number | undefined {
  const [begin, end] = [new Date(from), new Date(to)];
  if (Number.isNaN(begin.getTime()) || Number.isNaN(end.getTime()) || begin > end) return undefined;
  let count = 0;
  for (const schedule of schedules) {
    for (let next = schedule.next(new Date(begin.getTime() - 1)); next !== undefined && next <= end; ) {
      count += 1;
      if (count > FILL_LIMIT) return count;
      next = schedule.next(next);
    }
  }
  return count;
}

/** An ISO time as the value of a `datetime-local` field, in a zone. */
export function toField(iso: string, zone: TimeZone): string {
  const time = new Date(iso);
  const shift = zone === 'UTC' ? 0 : time.getTimezoneOffset() * 60_000;
  return new Date(time.getTime() - shift).toISOString().slice(0, 16);
}

/** The time that a `datetime-local` field says in a zone, ISO; undefined where it is empty. */
export function fromField(value: string, zone: TimeZone): string | undefined {
  const time = new Date(zone === 'UTC' ? `${value}Z` : value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString().replace('.000Z', 'Z');
}
