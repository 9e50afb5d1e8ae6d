import type { MeasuredExecution, MeasuredSeries } from 'driftline/browser';

/** What one execution measured of one subject. Lists of the history as fields; what was not measured is left out. */
export interface MeasurePoint {
  /** ISO; names the execution, and ends its window. */
  readonly scheduledTime: string;
  /** ISO; the window's start. */
  readonly start: string;
  readonly rows: number;
  readonly value?: number;
  readonly lower?: number;
  readonly upper?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly baseline?: number;
  readonly estimate?: number;
  readonly adjustedPValue?: number;
  readonly completeness?: number;
  readonly rank?: number;
  /** Under the rule that decided. */
  readonly violated: boolean;
}

const fields = [
  'value',
  'lower',
  'upper',
  'minimum',
  'maximum',
  'baseline',
  'estimate',
  'adjustedPValue',
  'completeness',
  'rank',
] as const satisfies readonly (keyof MeasuredExecution)[];

/** The course of one subject, by its place in the series: a point an execution, ascending. */
export function measurePoints({ executions }: MeasuredSeries, place: number): MeasurePoint[] {
  return executions.map((execution) => {
    const { scheduledTime, start, rows, violated } = execution;
    const values = fields.flatMap((name) => {
      const value = execution[name]?.[place];
      return value === undefined || value === null ? [] : [[name, value] as const];
    });
    return { scheduledTime, start, rows, ...Object.fromEntries(values), violated: violated.includes(place) };
  });
}

/** The middle of a window, in milliseconds: where its point stands on a time axis. */
export function middleOf({ start, scheduledTime }: Pick<MeasurePoint, 'start' | 'scheduledTime'>): number {
  return (Date.parse(start) + Date.parse(scheduledTime)) / 2;
}

/** The usual distance of neighbours in milliseconds: the median; a window's length for a point alone. */
export function spacingOf(points: readonly Pick<MeasurePoint, 'start' | 'scheduledTime'>[]): number {
  const middles = points.map(middleOf);
  const gaps = middles.slice(1).map((middle, index) => middle - middles[index]!);
  const [first] = points;
  if (gaps.length === 0) return first ? Date.parse(first.scheduledTime) - Date.parse(first.start) : 0;
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
}

/** Neighbours that have a value, cut where one has none and where executions are missing. */
export function runsOf<Point extends Pick<MeasurePoint, 'start' | 'scheduledTime'>>(
  points: readonly Point[],
  has: (point: Point) => boolean,
): Point[][] {
  const reach = spacingOf(points) * 1.6;
  const runs: Point[][] = [];
  let before: Point | undefined;
  for (const point of points) {
    if (!has(point)) {
      before = undefined;
      continue;
    }
    if (before !== undefined && middleOf(point) - middleOf(before) <= reach) runs.at(-1)?.push(point);
    else runs.push([point]);
    before = point;
  }
  return runs;
}
