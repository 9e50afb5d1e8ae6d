const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });

/** An ISO time as `5 Mar 2026, 06:00`, in UTC; text that is no time comes back as it is. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${day.format(time)}, ${clock.format(time)}`;
}

/** The beginning of a bucket of time: a day as `5 Mar 2026`, an hour as {@link formatTime}. */
export function formatBucket(iso: string, bucket: 'hour' | 'day'): string {
  const time = new Date(iso);
  return bucket === 'hour' || Number.isNaN(time.getTime()) ? formatTime(iso) : day.format(time);
}

/** A half-open window: `5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC`. */
export function formatWindow({ start, end }: { readonly start: string; readonly end: string }): string {
  return `${formatTime(start)} to ${formatTime(end)} UTC`;
}
