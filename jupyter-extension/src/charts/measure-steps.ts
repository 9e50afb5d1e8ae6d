import { type MeasurePoint, middleOf, runsOf, spacingOf } from './measure-points.js';
import { plotTime } from './plot-time.js';

/** One step of a line that holds over a part of the time axis. */
export interface Step<Value> {
  /** Places on the axis. */
  readonly left: string;
  readonly right: string;
  readonly value: Value;
}

/**
 * What holds around each point, as steps in runs: from halfway to the point before to halfway to the next. Cut where `of` is
 * undefined, and where executions are missing.
 */
export function stepsOf<Value>(
  points: readonly MeasurePoint[],
  of: (point: MeasurePoint) => Value | undefined,
): Step<Value>[][] {
  const half = spacingOf(points) / 2;
  const place = (time: number): string => plotTime(new Date(time).toISOString());
  return runsOf(points, (point) => of(point) !== undefined).map((run) => {
    const middles = run.map(middleOf);
    return run.map((point, index) => {
      const [middle, before, after] = [middles[index]!, middles[index - 1], middles[index + 1]];
      return {
        left: place(before === undefined ? middle - half : (before + middle) / 2),
        right: place(after === undefined ? middle + half : (middle + after) / 2),
        value: of(point)!,
      };
    });
  });
}

/** Steps as the coordinates of one broken line. */
export function stepLine(runs: readonly (readonly Step<number>[])[]): { x: (string | null)[]; y: (number | null)[] } {
  const parts = runs.map((run) => ({
    x: run.flatMap(({ left, right }): (string | null)[] => [left, right]),
    y: run.flatMap(({ value }): (number | null)[] => [value, value]),
  }));
  return joined(parts);
}

/** The area between two lines of steps, as closed outlines. */
export function stepArea(runs: readonly (readonly Step<readonly [low: number, high: number]>[])[]): {
  x: (string | null)[];
  y: (number | null)[];
} {
  const parts = runs.map((run) => {
    const back = run.toReversed();
    return {
      x: [...run.flatMap(({ left, right }) => [left, right]), ...back.flatMap(({ left, right }) => [right, left])],
      y: [...run.flatMap(({ value: [, high] }) => [high, high]), ...back.flatMap(({ value: [low] }) => [low, low])] as (
        | number
        | null
      )[],
    };
  });
  return joined(parts);
}

/** The area between lower and upper bounds, as closed outlines through the points; a point alone gets a narrow bar. */
export function boundsArea(points: readonly MeasurePoint[]): { x: (string | null)[]; y: (number | null)[] } {
  const quarter = spacingOf(points) / 4;
  const place = (time: number): string => plotTime(new Date(time).toISOString());
  const parts = runsOf(points, ({ lower, upper }) => lower !== undefined && upper !== undefined).map((run) => {
    const [only] = run;
    const ends =
      run.length === 1 && only !== undefined
        ? [-quarter, quarter].map((by) => ({ time: place(middleOf(only) + by), point: only }))
        : run.map((point) => ({ time: place(middleOf(point)), point }));
    const back = ends.toReversed();
    return {
      x: [...ends, ...back].map(({ time }): string | null => time),
      y: [
        ...ends.map(({ point }): number | null => point.upper ?? null),
        ...back.map(({ point }) => point.lower ?? null),
      ],
    };
  });
  return joined(parts);
}

interface Coordinates {
  x: (string | null)[];
  y: (number | null)[];
}

function joined(parts: readonly Coordinates[]): Coordinates {
  return {
    x: parts.flatMap(({ x }, index) => (index === 0 ? x : [null, ...x])),
    y: parts.flatMap(({ y }, index) => (index === 0 ? y : [null, ...y])),
  };
}
