/** The month of a file of a history, `2026-03` of `2026-03.json`; undefined for other names. */
export function monthOf(name: string): string | undefined {
  return /^(\d{4}-\d{2})\.json$/.exec(name)?.[1];
}

/** The last millisecond of a month of UTC. */
export function endOfMonth(month: string): Date {
  const start = new Date(`${month}-01T00:00:00Z`);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) - 1);
}

/** The months from one to another, both included. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let date = new Date(`${first}-01T00:00:00Z`); date.toISOString().slice(0, 7) <= last; ) {
    months.push(date.toISOString().slice(0, 7));
    date = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  }
  return months;
}
