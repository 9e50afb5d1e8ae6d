/** Longer windows are shown by day. */
const MOST_HOURS = 72;
/** And of these no more than so many: a report does not grow with time. */
const MOST_BUCKETS = 400;

/** A window cut into hours or days: of each row its bucket, and the buckets' beginnings. */
export interface Buckets {
  /** Hours in a bucket: 1 or 24; 0 without times. */
  readonly hours: number;
  /** -1 for a row without a time, and for one before the buckets that are kept. */
  readonly of: (row: number) => number;
  /** Hours since 1970, ascending. */
  readonly starts: readonly number[];
}

/**
 * Cuts a window of up to 72 hours into hours, a longer one into days (UTC), of which the last 400 are kept.
 *
 * @param hours - of each row the hours since 1970; -1 where they are not known.
 */
export function bucketsOf(hours: Int32Array): Buckets {
  const known = new Set<number>();
  for (const hour of hours) if (hour >= 0) known.add(hour);
  if (known.size === 0) return { hours: 0, of: () => -1, starts: [] };
  const length = Math.max(...known) - Math.min(...known) < MOST_HOURS ? 1 : 24;
  const starts = [...new Set([...known].map((hour) => Math.floor(hour / length) * length))]
    .sort((a, b) => a - b)
    .slice(-MOST_BUCKETS);
  const places = new Map(starts.map((start, place) => [start, place]));
  const of = (row: number): number => {
    const hour = hours[row]!;
    return hour < 0 ? -1 : (places.get(Math.floor(hour / length) * length) ?? -1);
  };
  return { hours: length, of, starts };
}

/** Rows of a list by bucket, in order. */
export function byBucket(index: Int32Array, { of, starts }: Buckets): number[][] {
  const rows: number[][] = starts.map(() => []);
  index.forEach((row, place) => void rows[of(row)]?.push(place));
  return rows;
}
