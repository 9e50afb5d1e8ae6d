import type { MeasuredSeries } from 'driftline/browser';
import type { ShownSpan } from './time-axis.js';

/** A captured hour, or the window of an execution whose hours are not known. Lists are by place in `subjects`. */
export interface DriftSlot {
  /** ISO. */
  readonly start: string;
  readonly end: string;
  /** Of the execution that measured it. */
  readonly scheduledTime: string;
  /** Whether it is an hour of a longer window. */
  readonly hourly: boolean;
  readonly rows: number;
  readonly distances: readonly (number | null)[];
  readonly thresholds: readonly (number | null)[];
}

/** The slots that a span touches, ascending; of two executions that measured the same hour the later one counts. */
export function driftSlots({ executions }: Pick<MeasuredSeries, 'executions'>, { from, to }: ShownSpan): DriftSlot[] {
  const slots = new Map<string, DriftSlot>();
  for (const { scheduledTime, start, rows, value, maximum = [], hourly } of executions) {
    const shared = { scheduledTime, thresholds: maximum };
    if (hourly === undefined) {
      slots.set(start, { ...shared, start, end: scheduledTime, hourly: false, rows, distances: value });
      continue;
    }
    hourly.hours.forEach((hour, index) => {
      slots.set(hour, {
        ...shared,
        start: hour,
        end: new Date(Date.parse(hour) + HOUR).toISOString(),
        hourly: true,
        rows: hourly.rows[index] ?? 0,
        distances: hourly.distance.map((distances) => distances[index] ?? null),
      });
    });
  }
  return [...slots.values()]
    .filter(({ start, end }) => Date.parse(end) > from.getTime() && Date.parse(start) < to.getTime())
    .sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

/** One feature of the grid. */
export interface DriftRow {
  /** Its place in `subjects`. */
  readonly place: number;
  readonly name: string;
  /** Executions in which it was violated. */
  readonly violated: number;
  /** The largest distance of a whole window in units of its threshold; undefined where none was compared. */
  readonly severity?: number;
  /** Its largest distance in units of its threshold, and when that was; undefined where nothing was compared. */
  readonly worst?: { readonly ratio: number; readonly slot: DriftSlot };
}

/** The features, the worst first: those that were violated, then by their largest distance over a whole window. */
export function driftRows({ subjects, executions }: MeasuredSeries, slots: readonly DriftSlot[]): DriftRow[] {
  return subjects
    .map(({ title }, place): DriftRow => {
      let worst: DriftRow['worst'];
      for (const slot of slots) {
        const ratio = ratioOf(slot, place);
        if (ratio !== undefined && (worst === undefined || ratio > worst.ratio)) worst = { ratio, slot };
      }
      const violated = executions.filter((execution) => execution.violated.includes(place)).length;
      const ratios = executions.flatMap(
        ({ value, maximum = [] }) => ratioOf({ distances: value, thresholds: maximum }, place) ?? [],
      );
      return {
        place,
        name: title,
        violated,
        ...(ratios.length > 0 && { severity: Math.max(...ratios) }),
        ...(worst && { worst }),
      };
    })
    .sort(
      (a, b) =>
        Number(b.violated > 0) - Number(a.violated > 0) ||
        (b.severity ?? -1) - (a.severity ?? -1) ||
        (b.worst?.ratio ?? -1) - (a.worst?.ratio ?? -1),
    );
}

/** A feature's distance in units of its threshold; undefined without either. */
export function ratioOf(
  { distances, thresholds }: Pick<DriftSlot, 'distances' | 'thresholds'>,
  place: number,
): number | undefined {
  const [distance, threshold] = [distances[place], thresholds[place]];
  if (distance === null || distance === undefined || !threshold) return undefined;
  return distance / threshold;
}

/** A cell: the worst of the slots that fall into it. */
export interface DriftCell {
  readonly slot: DriftSlot;
  readonly distance: number;
  readonly ratio: number;
}

/** Features by time. */
export interface DriftGrid {
  /** The width of a column in milliseconds. */
  readonly length: number;
  /** Where columns begin, in milliseconds, ascending, without gaps. */
  readonly columns: readonly number[];
  /** `cells[row][column]`. */
  readonly cells: readonly (readonly (DriftCell | undefined)[])[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const lengths = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336, 720].map((hours) => hours * HOUR);

/** The grid of some features over a span with at most `columns` columns, none of them shorter than a slot. */
export function driftGrid(
  slots: readonly DriftSlot[],
  rows: readonly DriftRow[],
  { from, to }: ShownSpan,
  columns: number,
): DriftGrid {
  const shortest = Math.min(DAY, ...slots.map(({ start, end }) => Date.parse(end) - Date.parse(start)));
  const fits = (length: number): boolean =>
    length >= shortest && (to.getTime() - from.getTime()) / length <= Math.max(1, columns);
  const length = lengths.find(fits) ?? lengths.at(-1)!;
  const first = Math.floor(from.getTime() / length) * length;
  const count = Math.max(1, Math.ceil((to.getTime() - first) / length));
  const cells: (DriftCell | undefined)[][] = rows.map(() => new Array<DriftCell | undefined>(count).fill(undefined));
  for (const slot of slots) {
    const begin = Math.max(0, Math.floor((Date.parse(slot.start) - first) / length));
    const end = Math.min(count, Math.ceil((Date.parse(slot.end) - first) / length));
    rows.forEach(({ place }, row) => {
      const ratio = ratioOf(slot, place);
      if (ratio === undefined) return;
      const line = cells[row]!;
      for (let column = begin; column < end; column++) {
        const other = line[column];
        if (other === undefined || ratio > other.ratio)
          line[column] = { slot, ratio, distance: slot.distances[place]! };
      }
    });
  }
  return { length, columns: Array.from({ length: count }, (_, index) => first + index * length), cells };
}

/** Windows in a row in which a feature was violated, joined: ISO times. */
export function violatedRuns(
  { executions }: Pick<MeasuredSeries, 'executions'>,
  place: number,
): { readonly start: string; readonly end: string }[] {
  const runs: { start: string; end: string }[] = [];
  for (const { start, scheduledTime, violated } of executions) {
    if (!violated.includes(place)) continue;
    const last = runs.at(-1);
    if (last !== undefined && Date.parse(start) <= Date.parse(last.end)) last.end = scheduledTime;
    else runs.push({ start, end: scheduledTime });
  }
  return runs;
}
