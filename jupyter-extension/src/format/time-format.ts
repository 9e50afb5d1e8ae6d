import type { TranslationBundle } from '@jupyterlab/translation';
import { panelSettings, type TimeZone } from '../settings/panel-settings.js';

/** The length of the buckets of a series; days are those of UTC in every zone, since rows are counted by them. */
export type TimeBucket = 'hour' | 'day';

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly instant: Intl.DateTimeFormat;
  readonly zone: Intl.DateTimeFormat;
}

const made: Partial<Record<TimeZone, Formats>> = {};

function formats(zone: TimeZone): Formats {
  const found = made[zone];
  if (found !== undefined) return found;
  const where = zone === 'UTC' ? { timeZone: 'UTC' } : {};
  const formats = {
    day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...where }),
    clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...where }),
    instant: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', ...where }),
    zone: new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', ...where }),
  };
  made[zone] = formats;
  return formats;
}

/** An ISO time as `5 Mar 2026, 06:00`, in the zone of the settings; text that is no time comes back as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  const { day, clock } = formats(panelSettings.current.timeZone);
  return Number.isNaN(time.getTime()) ? iso : `${day.format(time)}, ${clock.format(time)}`;
}

/** A time with its seconds: `5 Mar 2026, 06:00:21`, in the zone of the settings. */
export function formatInstant(iso: string): string {
  const time = new Date(iso);
  const { day, instant } = formats(panelSettings.current.timeZone);
  return Number.isNaN(time.getTime()) ? iso : `${day.format(time)}, ${instant.format(time)}`;
}

/** As short as it is clear: `5 Mar, 06:00` in the year of `now`, else `5 Mar 2025`. */
export function formatShortTime(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const { day, clock } = formats(panelSettings.current.timeZone);
  const date = day.format(time);
  const year = day.format(now).slice(-5);
  return date.endsWith(year) ? `${date.slice(0, -year.length)}, ${clock.format(time)}` : date;
}

/** Shorter still: `06:00` on the day of `now`, `5 Mar` in its year, else `5 Mar 2025`. */
export function formatShortDate(iso: string, now: Date): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const { day, clock } = formats(panelSettings.current.timeZone);
  const [date, today] = [day.format(time), day.format(now)];
  if (date === today) return clock.format(time);
  const year = today.slice(-5);
  return date.endsWith(year) ? date.slice(0, -year.length) : date;
}

/** A time with the zone's name: `5 Mar 2026, 06:00 UTC`, `5 Mar 2026, 07:00 CET`. */
export function formatTimeAndZone(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${formatTime(iso)} ${zoneAt(time)}`;
}

/** The beginning of a bucket of time: a day as `5 Mar 2026`, an hour as {@link formatTime}. */
export function formatBucket(iso: string, bucket: TimeBucket): string {
  const time = new Date(iso);
  return bucket === 'hour' || Number.isNaN(time.getTime()) ? formatTime(iso) : formats('UTC').day.format(time);
}

/** A half-open window: `5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC`. */
export function formatWindow({ start, end }: { readonly start: string; readonly end: string }): string {
  return `${formatTime(start)} to ${formatTimeAndZone(end)}`;
}

/** The heading of a column of times: `Hour (UTC)`, `Day (UTC)`, `Hour (local time)`. */
export function bucketTitle(bucket: TimeBucket, trans: TranslationBundle): string {
  if (bucket === 'day') return trans.__('Day (UTC)');
  return isLocal() ? trans.__('Hour (local time)') : trans.__('Hour (UTC)');
}

/** The title of an axis of captured times: `captured hour (UTC)`, `day (UTC)`, `captured hour (local time)`. */
export function bucketAxisTitle(bucket: TimeBucket, trans: TranslationBundle): string {
  if (bucket === 'day') return trans.__('day (UTC)');
  return isLocal() ? trans.__('captured hour (local time)') : trans.__('captured hour (UTC)');
}

/** Whether times are shown in the browser's zone and not in UTC. */
export function isLocal(): boolean {
  return panelSettings.current.timeZone === 'local';
}

function zoneAt(time: Date): string {
  const { timeZone } = panelSettings.current;
  const name = formats(timeZone)
    .zone.formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value;
  return name ?? timeZone;
}
