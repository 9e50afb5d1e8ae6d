import type { TimeSpan } from '../../project/time-span.js';

/** How much is shown: the last day, week or month, or all there is. */
export type LastSpan = 'day' | 'week' | 'month' | 'all';

/** Where {@link LastSpan} ends: now, or at the newest execution. */
export type Until = 'now' | 'latest';

/** The range of time that a dashboard shows: one that moves along, or one that stays. */
export type RangeChoice =
  | { readonly last: LastSpan; readonly until: Until }
  | { readonly from: string; readonly to: string };

/** How far the histories of an endpoint's monitors reach; undefined where nothing ever ran. */
export interface Known {
  /** The start of the oldest window. */
  readonly first?: Date;
  /** The end of the newest window. */
  readonly latest?: Date;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const lengths: Readonly<Record<Exclude<LastSpan, 'all'>, number>> = { day: DAY, week: 7 * DAY, month: 30 * DAY };

/** After so long without an execution, a range ends at the newest execution by itself. */
const QUIET = 36 * HOUR;

/** A week, until now where something ran lately, else until the newest execution. */
export function defaultRange({ latest }: Known, now: Date): RangeChoice {
  const quiet = latest !== undefined && now.getTime() - latest.getTime() > QUIET;
  return { last: 'week', until: quiet ? 'latest' : 'now' };
}

/** The times of a choice. */
export function rangeOf(choice: RangeChoice, { first, latest }: Known, now: Date): TimeSpan {
  if ('from' in choice) return { from: new Date(choice.from), to: new Date(choice.to) };
  const to = choice.until === 'latest' ? (latest ?? now) : now;
  if (choice.last === 'all') {
    const from = first ?? new Date(to.getTime() - lengths.week);
    return { from: from < to ? from : new Date(to.getTime() - DAY), to };
  }
  return { from: new Date(to.getTime() - lengths[choice.last]), to };
}

/**
 * Arguments of a command as a choice: `from` and `to`, or the week that ends at `to`, or `last` and `until`; undefined where
 * they say no valid one.
 */
export function choiceOf({
  from,
  to,
  last,
  until,
}: {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly until?: string;
}): RangeChoice | undefined {
  if (to !== undefined) {
    const end = Date.parse(to);
    if (Number.isNaN(end)) return undefined;
    const start = from ?? new Date(end - lengths.week).toISOString();
    return Date.parse(start) < end ? { from: start, to } : undefined;
  }
  if (last !== 'day' && last !== 'week' && last !== 'month' && last !== 'all') return undefined;
  return { last, until: until === 'now' ? 'now' : 'latest' };
}

/** The shortest range that can be chosen by dragging. */
const SHORTEST = 10 * 60_000;

/** A range that was dragged over, its ends in order, not shorter than ten minutes; undefined for one that is no more than a slip. */
export function brushedRange(from: string, to: string, shown: TimeSpan): RangeChoice | undefined {
  const [start, end] = [from, to].map((time) => Date.parse(time)).sort((a, b) => a - b) as [number, number];
  const slip = (shown.to.getTime() - shown.from.getTime()) / 200;
  if (end - start < Math.max(slip, SHORTEST)) return undefined;
  return { from: new Date(start).toISOString(), to: new Date(end).toISOString() };
}
