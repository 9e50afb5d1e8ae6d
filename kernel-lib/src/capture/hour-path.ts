import { MonitorError } from '../errors.js';

/** Half-open, ISO times. */
export interface CaptureWindow {
  readonly start: string;
  readonly end: string;
}

/** Half-open, in milliseconds. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export const HOUR_MS = 3_600_000;

const dateFolders = /\/(\d{4})(?:\/(\d\d)(?:\/(\d\d)(?:\/(\d\d))?)?)?$/;

/** `2026/03/05/14`, UTC. */
export function hourPath(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

/** `2026-03-05T14:00:00Z`. */
export function isoHour(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 13)}:00:00Z`;
}

/** The hour folder that a file lies in, as an ISO hour; undefined where it lies in none. */
export function hourOfFile(uri: string): string | undefined {
  const [, year, month, day, hour] = dateFolders.exec(uri.slice(0, uri.lastIndexOf('/'))) ?? [];
  return hour === undefined ? undefined : `${year}-${month}-${day}T${hour}:00:00Z`;
}

/** Splits `.../2026/03/05` into what comes before the date folders and these: `['...', ['2026', '03', '05']]`. */
export function splitDateFolders(uri: string): readonly [string, readonly string[]] {
  const match = dateFolders.exec(uri);
  if (match === null) return [uri, []];
  return [uri.slice(0, match.index), match.slice(1).filter((folder) => folder !== undefined)];
}

/** The hours that date folders stand for, half-open in milliseconds: `['2026', '03']` is that month. */
export function spanOfFolders(folders: readonly string[]): Span {
  const [year, month, day, hour] = folders.map(Number);
  const start = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0));
  const end = new Date(start);
  if (hour !== undefined) end.setUTCHours(hour + 1);
  else if (day !== undefined) end.setUTCDate(day + 1);
  else if (month !== undefined) end.setUTCMonth(month);
  else end.setUTCFullYear((year ?? 0) + 1);
  return { startMs: start.getTime(), endMs: end.getTime() };
}

/** Whether a name is that of a date folder of this depth: 0 for years, then months, days, hours. */
export function isDateFolder(name: string, depth: number): boolean {
  return (depth === 0 ? /^\d{4}$/ : /^\d\d$/).test(name);
}

/**
 * The whole hours that a window touches.
 *
 * @throws MonitorError `USAGE` where it is not made of times.
 */
export function spanOfWindow(window: CaptureWindow): Span {
  const [start, end] = [Date.parse(window.start), Date.parse(window.end)];
  if (Number.isNaN(start) || Number.isNaN(end)) {
    throw new MonitorError('USAGE', `The window ${window.start} to ${window.end} is not made of times.`, {
      fix: 'write ISO times, such as 2026-03-05T00:00:00Z',
    });
  }
  return { startMs: Math.floor(start / HOUR_MS) * HOUR_MS, endMs: Math.ceil(end / HOUR_MS) * HOUR_MS };
}

/** Whether an ISO hour has a part in the window. */
export function hourOverlaps(hour: string, window: CaptureWindow): boolean {
  const { startMs, endMs } = spanOfWindow(window);
  const timeMs = Date.parse(hour);
  return timeMs >= startMs && timeMs < endMs;
}
