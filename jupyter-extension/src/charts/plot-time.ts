import { isLocal, type TimeBucket } from '../format/time-format.js';

/**
 * plotly.js takes times without a zone as they are: this is the time in the zone of the settings, so that it is the same in
 * every browser. The beginning of a day is one of UTC.
 */
export function plotTime(iso: string, bucket: TimeBucket = 'hour'): string {
  const time = new Date(iso);
  const shift = bucket === 'hour' && isLocal() ? time.getTimezoneOffset() * 60_000 : 0;
  return new Date(time.getTime() - shift).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * The ISO time of a text without a zone, read in the zone of the settings: a place on a time axis as plotly.js gives it,
 * `2026-03-05 04:12:33.12`, or the value of a date-time input. Undefined for other text.
 */
export function fromPlotTime(text: string): string | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?)?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, day, clock = '00:00'] = match;
  const time = new Date(`${day}T${clock}${isLocal() ? '' : 'Z'}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
