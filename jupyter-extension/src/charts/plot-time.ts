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
