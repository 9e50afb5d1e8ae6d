import { MonitorError } from '../errors.js';
import { type CaptureWindow, HOUR_MS } from './hour-path.js';

/** A window as it is asked for: half-open, ISO times; a bound that is left out is open. */
export interface AskedWindow {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

/** @throws MonitorError `USAGE` for a window that ends where it begins, or before. Text that is no time is let through. */
export function checkWindow({ start, end }: AskedWindow): void {
  if (start === undefined || end === undefined || !(Date.parse(start) >= Date.parse(end))) return;
  throw new MonitorError('USAGE', `The window ends (${end}) before it begins (${start}).`, {
    fix: 'give --start before --end; the end is exclusive',
  });
}

/**
 * The window to read: open bounds are beyond all times. Undefined where both are open: everything is read, outside hour
 * folders, too.
 *
 * @throws MonitorError as {@link checkWindow}.
 */
export function windowOf(asked: AskedWindow): CaptureWindow | undefined {
  checkWindow(asked);
  const { start, end } = asked;
  if (start === undefined && end === undefined) return undefined;
  return { start: start ?? '0001-01-01T00:00:00Z', end: end ?? '9999-12-31T23:00:00Z' };
}

/**
 * The window to show: an open bound is where the captured hours begin or end. Undefined where none was asked for, and
 * where there are no hours to tell.
 *
 * @param hours - captured ones, ISO, in any order.
 */
export function closedWindow({ start, end }: AskedWindow, hours: readonly string[]): CaptureWindow | undefined {
  if (start === undefined && end === undefined) return undefined;
  if (start !== undefined && end !== undefined) return { start, end };
  const ordered = [...hours].sort();
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const endOfLast = new Date(Date.parse(last) + HOUR_MS).toISOString().replace('.000Z', 'Z');
  return { start: start ?? first, end: end ?? endOfLast };
}

/** Whether a window begins and ends on a whole hour (UTC). */
export function onTheHour({ start, end }: CaptureWindow): boolean {
  return Date.parse(start) % HOUR_MS === 0 && Date.parse(end) % HOUR_MS === 0;
}

/** Where a record's time lies; one without a time is inside, and so are all without a window. */
export function placeInWindow(
  time: string | undefined,
  window: CaptureWindow | undefined,
): 'inside' | 'outside' | { readonly reason: string } {
  if (time === undefined || window === undefined) return 'inside';
  const timeMs = Date.parse(time);
  if (Number.isNaN(timeMs)) return { reason: 'inferenceTime is not a time' };
  return timeMs >= Date.parse(window.start) && timeMs < Date.parse(window.end) ? 'inside' : 'outside';
}
