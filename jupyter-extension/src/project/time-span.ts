/** A span of time; both ends belong to it. */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

/** Whether a time lies in a span. */
export function isWithin(time: string, { from, to }: TimeSpan): boolean {
  const at = Date.parse(time);
  return at >= from.getTime() && at <= to.getTime();
}
