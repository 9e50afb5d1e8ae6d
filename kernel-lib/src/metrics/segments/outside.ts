import type { Group } from './group.js';
import type { SamplePair } from './sample-pair.js';
import type { CodeRange, LossSums, SegmentTable } from './table.js';

/** The most conditions that are looked at together: 2^8 cells. */
export const MOST_CONDITIONS = 8;

const ROUNDS = 100;
const PRECISE = 1e-7;

/**
 * What is left of a group, and of all other rows, without the rows of other groups. The tables know how often two
 * conditions hold together, not three or more: their joint counts and losses are estimated as the table of 2^k cells
 * without an interaction of more than two conditions that has the known counts of every two (iterative proportional
 * fitting). With no more than two conditions in all it is exact.
 *
 * @param others - with the group's, at most {@link MOST_CONDITIONS} different conditions.
 * @see Source: Deming and Stephan 1940; Bishop, Fienberg and Holland 1975, chapter 3.
 */
export function outside(
  baseline: SegmentTable,
  current: SegmentTable,
  group: Group,
  others: readonly Group[],
): { readonly group: SamplePair; readonly rest: SamplePair } {
  const conditions = distinctConditions([group, ...others]);
  const masks = others.map((other) => maskOf(conditions, other));
  const own = maskOf(conditions, group);
  const ofBaseline = split(fitted(baseline, conditions), own, masks);
  const ofCurrent = split(fitted(current, conditions), own, masks);
  return {
    group: { baseline: ofBaseline.group, current: ofCurrent.group },
    rest: { baseline: ofBaseline.rest, current: ofCurrent.rest },
  };
}

/** All conditions of some groups, each once. */
export function distinctConditions(groups: readonly Group[]): CodeRange[] {
  const conditions: CodeRange[] = [];
  for (const condition of groups.flat()) {
    if (!conditions.some((known) => isSame(known, condition))) conditions.push(condition);
  }
  return conditions;
}

function isSame(one: CodeRange, other: CodeRange): boolean {
  return one.feature === other.feature && one.from === other.from && one.to === other.to;
}

function maskOf(conditions: readonly CodeRange[], group: Group): number {
  let mask = 0;
  conditions.forEach((condition, bit) => {
    if (group.some((own) => isSame(own, condition))) mask |= 1 << bit;
  });
  return mask;
}

interface Cube {
  readonly rows: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
}

function split(cube: Cube, own: number, masks: readonly number[]): { group: LossSums; rest: LossSums } {
  const group = { rows: 0, sum: 0, squares: 0 };
  const rest = { rows: 0, sum: 0, squares: 0 };
  for (let cell = 0; cell < cube.rows.length; cell++) {
    if (masks.some((mask) => (cell & mask) === mask)) continue;
    const part = (cell & own) === own ? group : rest;
    part.rows += cube.rows[cell]!;
    part.sum += cube.sums[cell]!;
    part.squares += cube.squares[cell]!;
  }
  return { group, rest };
}

/** Cell c of 2^k holds the rows for which condition i is met where bit i of c is set. */
function fitted(table: SegmentTable, conditions: readonly CodeRange[]): Cube {
  const total = table.total();
  const singles = conditions.map((condition) => table.single(condition));
  const pairs: { readonly a: number; readonly b: number; readonly both: LossSums }[] = [];
  for (let a = 0; a < conditions.length; a++) {
    for (let b = a + 1; b < conditions.length; b++) {
      const both = table.both(conditions[a]!, conditions[b]!);
      if (both !== undefined) pairs.push({ a, b, both });
    }
  }
  const cubeOf = (key: keyof LossSums): Float64Array => {
    const margins = pairs.map(({ a, b, both }): Margin => {
      const [inA, inB, inBoth] = [singles[a]![key], singles[b]![key], both[key]];
      return { a: 1 << a, b: 1 << b, targets: [total[key] - inA - inB + inBoth, inA - inBoth, inB - inBoth, inBoth] };
    });
    singles.forEach((single, a) => {
      if (!pairs.some((pair) => pair.a === a || pair.b === a)) {
        margins.push({ a: 1 << a, b: 0, targets: [total[key] - single[key], single[key], 0, 0] });
      }
    });
    return fit(2 ** conditions.length, margins);
  };
  return { rows: cubeOf('rows'), sums: cubeOf('sum'), squares: cubeOf('squares') };
}

interface Margin {
  readonly a: number;
  readonly b: number;
  /** Neither, only a, only b, both. */
  readonly targets: readonly number[];
}

function fit(size: number, margins: readonly Margin[]): Float64Array {
  const cells = new Float64Array(size).fill(1);
  const found = new Float64Array(4);
  for (let round = 0; round < ROUNDS; round++) {
    let worst = 0;
    for (const { a, b, targets } of margins) {
      const place = (cell: number): number => Number((cell & a) !== 0) + 2 * Number((cell & b) !== 0);
      found.fill(0);
      for (let cell = 0; cell < size; cell++) found[place(cell)]! += cells[cell]!;
      for (let i = 0; i < 4; i++) {
        const target = Math.max(0, targets[i]!);
        const factor = found[i]! > 0 ? target / found[i]! : 0;
        if (found[i]! > 0 && target > 0) worst = Math.max(worst, Math.abs(factor - 1));
        found[i] = factor;
      }
      for (let cell = 0; cell < size; cell++) cells[cell]! *= found[place(cell)]!;
    }
    if (worst < PRECISE) break;
  }
  return cells;
}
