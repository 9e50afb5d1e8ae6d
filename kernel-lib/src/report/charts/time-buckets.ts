import { type CategoryAxis, categoryAxis } from './chart-parts.js';
import { timeAxis } from './hour-charts.js';

/** Buckets of time that a chart has room for; a window of hours or days never has as many. */
const MOST_BUCKETS = 1000;
const lengths = { hour: 3_600_000, day: 86_400_000 } as const;

/** The beginnings of all hours or days from the first to the last of these, ISO, those that are missing too. */
export function timeBuckets(starts: readonly string[], bucket: 'hour' | 'day'): string[] {
  const times = starts.map((start) => Date.parse(start)).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return [];
  const last = times.reduce((a, b) => Math.max(a, b));
  const first = Math.max(
    times.reduce((a, b) => Math.min(a, b)),
    last - (MOST_BUCKETS - 1) * lengths[bucket],
  );
  const count = Math.floor((last - first) / lengths[bucket]) + 1;
  return Array.from({ length: count }, (_, index) => new Date(first + index * lengths[bucket]).toISOString());
}

/** A category axis over buckets of time, in UTC. */
export function bucketAxis(starts: readonly string[], bucket: 'hour' | 'day', width: number): CategoryAxis {
  if (bucket === 'hour')
    return timeAxis(
      starts.map((hour) => ({ hour })),
      width,
    );
  const every = Math.max(1, Math.ceil(starts.length / (width / 70)));
  const labels = starts.map((start, index) => (index % every === 0 ? day.format(new Date(start)) : undefined));
  return categoryAxis('day (UTC)', 28, labels);
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
