import type { Random } from '../../stats/random.js';

/** A column of numbers, NaN where one is missing; undefined where the column is not one of numbers. */
export type FlipColumn = Float64Array | Float32Array | undefined;

/** The rows of both sides that can be tested, or why the service tests none. */
export interface FlipRows {
  /** By side. */
  readonly rows: readonly [Int32Array, Int32Array];
  readonly incomplete: number;
  readonly error: string | undefined;
}

/**
 * The rows of each side that have all features, and what the service says where it has no answer: an empty side, columns
 * that are not numeric, no columns, a feature that is missing or infinite (of the other side before the group's, missing
 * before infinite; its advice on what to do is left out).
 */
export function flipRows(columns: readonly FlipColumn[], side: Uint8Array): FlipRows {
  const rows = [sideRows(side, 0), sideRows(side, 1)] as const;
  const refusal = refusalOf(columns, rows);
  if (refusal !== undefined)
    return { rows: [rows[0].subarray(0, 0), rows[1].subarray(0, 0)], incomplete: 0, error: refusal };
  const features = columns as readonly (Float64Array | Float32Array)[];
  const complete = [completeRows(features, rows[0]), completeRows(features, rows[1])] as const;
  const incomplete = side.length - complete[0].length - complete[1].length;
  return { rows: complete, incomplete, error: incomplete > 0 ? badCell(features, rows) : undefined };
}

/**
 * At most `most` rows of both sides, drawn without replacement: of a side with less than half of that all, of the other
 * side what is left, else half of each. Rows keep their order.
 */
export function sampleSides(
  [others, group]: readonly [Int32Array, Int32Array],
  most: number,
  random: Random,
): readonly [Int32Array, Int32Array] {
  if (others.length + group.length <= most) return [others, group];
  const half = Math.floor(most / 2);
  const fromGroup = Math.min(group.length, Math.max(half, most - others.length));
  return [draw(others, Math.min(others.length, most - fromGroup), random), draw(group, fromGroup, random)];
}

/** Rows of some columns, row after row; -0 becomes 0. */
export function pointsOf(columns: readonly FlipColumn[], rows: Int32Array): Float64Array {
  const points = new Float64Array(columns.length * rows.length);
  columns.forEach((values, column) => {
    for (let i = 0, at = column; i < rows.length; i++, at += columns.length) points[at] = values![rows[i]!]! + 0;
  });
  return points;
}

function sideRows(side: Uint8Array, wanted: 0 | 1): Int32Array {
  const rows = new Int32Array(side.length);
  let count = 0;
  for (let row = 0; row < side.length; row++) if (side[row] === wanted) rows[count++] = row;
  return rows.subarray(0, count);
}

function refusalOf(
  columns: readonly FlipColumn[],
  [others, group]: readonly [Int32Array, Int32Array],
): string | undefined {
  if (group.length === 0) return 'Facet set is empty';
  if (others.length === 0) return 'Negated Facet set is empty';
  if (columns.includes(undefined)) return 'FlipTest does not support non-numeric columns';
  if (columns.length > 0) return undefined;
  return `Found array with 0 feature(s) (shape=(${others.length}, 0)) while a minimum of 1 is required by KNeighborsClassifier.`;
}

function completeRows(columns: readonly (Float64Array | Float32Array)[], rows: Int32Array): Int32Array {
  let complete = rows;
  for (const values of columns) {
    let isWhole = true;
    for (const row of complete) isWhole &&= Number.isFinite(values[row]);
    if (!isWhole) complete = complete.filter((row) => Number.isFinite(values[row]));
  }
  return complete;
}

function badCell(
  columns: readonly (Float64Array | Float32Array)[],
  sides: readonly [Int32Array, Int32Array],
): string | undefined {
  for (const rows of sides) {
    const isAny = (test: (value: number) => boolean): boolean =>
      columns.some((values) => rows.some((row) => test(values[row]!)));
    if (isAny(Number.isNaN)) return 'Input X contains NaN.';
    if (isAny((value) => !Number.isFinite(value)))
      return "Input X contains infinity or a value too large for dtype('float64').";
  }
  return undefined;
}

/** Knuth's selection sampling (algorithm S). */
function draw(rows: Int32Array, count: number, random: Random): Int32Array {
  if (count === rows.length) return rows;
  const drawn = new Int32Array(count);
  let taken = 0;
  for (let i = 0; taken < count; i++) {
    if (random.uniform() * (rows.length - i) < count - taken) drawn[taken++] = rows[i]!;
  }
  return drawn;
}
