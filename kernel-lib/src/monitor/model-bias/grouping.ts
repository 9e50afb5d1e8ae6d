import { MonitorError } from '../../errors.js';
import { pythonFloat } from '../../json/python-float.js';
import { canonicalLabel, numberOf } from '../label.js';
import type { BiasColumn } from './bias-column.js';
import { distinctNumbers } from './distinct-numbers.js';

/** What makes a group of one column: plain JSON, kept with the baseline, so that later windows are cut the same way. */
export type Grouping =
  /** Cells that are one of these; `1`, `1.0` and `+1` are one value, and in columns of truths `1` and `True`. */
  | { readonly kind: 'values'; readonly values: readonly string[] }
  /** Numbers above the lowest threshold, as the service's intervals (t1, t2], ..., (tk, max] come to. */
  | {
      readonly kind: 'threshold';
      readonly thresholds: readonly number[];
      /** Ours, the service has none: the group ends with this number, which is in it. */
      readonly upTo?: number;
      /** The bounds are written as fractions, even if all numbers are whole. */
      readonly fraction?: true;
    };

/** Whole numbers with at least this share of different values are continuous, as smclarify has it. */
const CONTINUOUS_FROM = 0.05;
/** A column of so many different numbers may be one of classes. */
export const MOST_CLASSES = 10;

/**
 * The groups of a column. Several values, texts, truths, and whole numbers of few different values are categories; other
 * numbers are continuous, and the value is a threshold (smclarify's `series_datatype`). Where smclarify makes an empty
 * group, there is another one: several numbers of a continuous column that the data never have are thresholds, too, and
 * the greatest of a few different numbers, as 1 of 0 and 1, is a category. Without values each category in turn is a
 * group, in the order in which they are met.
 *
 * @param what - who asks, for errors: "facet", "label".
 * @param fraction - whether the value was given as a fraction or a text.
 * @throws MonitorError `USAGE` for a continuous column without a threshold, or with one that is no number.
 */
export function groupingsOf(
  column: BiasColumn,
  values: readonly string[] | undefined,
  what: string,
  where: string,
  fraction: boolean = false,
): readonly Grouping[] {
  if (!isContinuous(column, values)) {
    if (values !== undefined) return [{ kind: 'values', values }];
    return categoriesOf(column).map((value) => ({ kind: 'values', values: [value] }));
  }
  const thresholds = (values ?? []).map(numberOf);
  if (thresholds.length === 0 || thresholds.includes(undefined)) {
    const range = rangeOf(column);
    throw new MonitorError(
      'USAGE',
      values === undefined
        ? `The ${what} "${column.name}" is continuous, and no threshold is given for it.`
        : `The ${what} "${column.name}" is continuous, and "${values.join(', ')}" is no threshold.`,
      {
        where,
        fix: `give a number as its value_or_threshold${range && ` (the data go from ${range[0]} to ${range[1]})`}`,
      },
    );
  }
  if (isGreatestClass(column, values!)) return [{ kind: 'values', values: values! }];
  return [{ kind: 'threshold', thresholds: thresholds as number[], ...(fraction && { fraction: true }) }];
}

function isContinuous(column: BiasColumn, values: readonly string[] = []): boolean {
  if (column.kind === 'categorical') return false;
  if (values.length > 1 && (values.map(numberOf).includes(undefined) || hasAny(column, values))) return false;
  if (!column.integral) return true;
  const present = column.values.length - missingOf(column);
  return present > 0 && distinctNumbers(column.values).length / present >= CONTINUOUS_FROM;
}

/** Nobody is above the greatest number: where there are few, it is meant itself. */
function isGreatestClass(column: BiasColumn, values: readonly string[]): boolean {
  const [value] = values;
  return (
    values.length === 1 &&
    column.kind === 'numeric' &&
    rangeOf(column)?.[1] === numberOf(value!) &&
    distinctNumbers(column.values).length <= MOST_CLASSES
  );
}

function hasAny(column: BiasColumn, values: readonly string[]): boolean {
  return membersOf(column, { kind: 'values', values }).includes(1);
}

/** The different values of a column, in the order in which they are met; truths as Python writes them. */
export function categoriesOf(column: BiasColumn): string[] {
  const cells = differentCells(column);
  if (!hasTruths(column)) return cells;
  return [...new Set(cells.map((cell) => (truthOf(cell) === '1' ? 'True' : 'False')))];
}

/** The different cells of a column, in the order in which they are met, as they are written. */
export function differentCells(column: BiasColumn): string[] {
  if (column.kind === 'numeric') return distinctNumbers(column.values).map(String);
  return [...new Set(column.values)].filter((value) => value !== null);
}

/** Whether all cells of a column that are not missing are true or false, as JSON, Python or R write them. */
export function hasTruths(column: BiasColumn): boolean {
  if (column.kind === 'numeric') return false;
  let met = false;
  for (const cell of column.values) {
    if (cell === null) continue;
    if (!TRUTH.test(cell)) return false;
    met = true;
  }
  return met;
}

const TRUTH = /^(?:true|false)$/i;

/** A truth as the number that Python takes it for; other texts as they are. */
export function truthOf(text: string): string {
  return TRUTH.test(text) ? (text.toLowerCase() === 'true' ? '1' : '0') : text;
}

/** Least and greatest number of a column; undefined where it has none. */
export function rangeOf(column: BiasColumn): readonly [number, number] | undefined {
  if (column.kind !== 'numeric') return undefined;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column.values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : undefined;
}

/** Of each row 1 where its cell is in the group, else 0; missing cells are in none. */
export function membersOf(column: BiasColumn, grouping: Grouping): Uint8Array {
  const members = new Uint8Array(column.values.length);
  if (grouping.kind === 'threshold') {
    const lowest = Math.min(...breaksOf(column, grouping.thresholds));
    // A text among the numbers, which makes it a column of texts, is no reason to lose the others.
    const number = (row: number): number =>
      column.kind === 'numeric' ? column.values[row]! : (numberOf(column.values[row] ?? '') ?? Number.NaN);
    const { upTo = Number.POSITIVE_INFINITY } = grouping;
    for (let row = 0; row < members.length; row++) {
      const value = number(row);
      if (value > lowest && value <= upTo) members[row] = 1;
    }
    return members;
  }
  if (column.kind === 'numeric') {
    const { values } = column;
    const numbers = new Set(grouping.values.map((text) => numberOf(truthOf(text))));
    const [only] = numbers;
    for (let row = 0; row < members.length; row++) {
      if (numbers.size === 1 ? values[row] === only : numbers.has(values[row]!)) members[row] = 1;
    }
    return members;
  }
  const form = formOf(column);
  const wanted = new Set(grouping.values.map(form));
  const known = new Map<string, number>();
  for (let row = 0; row < members.length; row++) {
    const cell = column.values[row];
    if (cell === null || cell === undefined) continue;
    let member = known.get(cell);
    if (member === undefined) {
      member = wanted.has(form(cell)) ? 1 : 0;
      known.set(cell, member);
    }
    members[row] = member;
  }
  return members;
}

/** In which form values of a column are compared. */
function formOf(column: BiasColumn): (text: string) => string {
  return column.kind === 'numeric' || hasTruths(column) ? (text) => truthOf(canonicalLabel(text)) : canonicalLabel;
}

/** How many rows of a column have no cell. */
export function missingOf(column: BiasColumn): number {
  let missing = 0;
  if (column.kind === 'numeric') {
    const { values } = column;
    for (let row = 0; row < values.length; row++) if (Number.isNaN(values[row]!)) missing++;
  } else {
    for (const cell of column.values) if (cell === null) missing++;
  }
  return missing;
}

/** The group as `analysis.json` has it: its values, or its intervals `(40, 90]`, ended by the data's greatest number. */
export function groupText(column: BiasColumn, grouping: Grouping): string {
  if (grouping.kind === 'values') return grouping.values.join(',');
  const { thresholds, upTo, fraction } = grouping;
  const ends = upTo === undefined ? breaksOf(column, thresholds) : [...thresholds, upTo];
  const breaks = [...ends].sort((a, b) => a - b);
  const whole = column.integral === true && fraction !== true && ends.every(Number.isInteger);
  const bound = (value: number): string => (whole ? String(value) : pythonFloat(value));
  return breaks
    .slice(1)
    .map((upper, index) => `(${bound(breaks[index]!)}, ${bound(upper)}]`)
    .join(',');
}

/** The group in words: "sex = Female", "age > 40". */
export function groupTitle(name: string, grouping: Grouping): string {
  if (grouping.kind === 'threshold') {
    const lowest = Math.min(...grouping.thresholds);
    return grouping.upTo === undefined ? `${name} > ${lowest}` : `${lowest} < ${name} <= ${grouping.upTo}`;
  }
  const { values } = grouping;
  return values.length === 1 ? `${name} = ${values[0]}` : `${name} in ${values.join(', ')}`;
}

/** Everybody else in words: the other value where there is only one, else "all others". */
export function othersTitle(column: BiasColumn, grouping: Grouping): string {
  if (grouping.kind === 'threshold') {
    return grouping.upTo === undefined ? `${column.name} <= ${Math.min(...grouping.thresholds)}` : 'all others';
  }
  const form = formOf(column);
  const inside = new Set(grouping.values.map(form));
  const others = categoriesOf(column).filter((value) => !inside.has(form(value)));
  return others.length === 1 ? `${column.name} = ${others[0]}` : 'all others';
}

/** The ends of the service's intervals: the thresholds, and the data's greatest number unless it is one of them. */
function breaksOf(column: BiasColumn, thresholds: readonly number[]): readonly number[] {
  const greatest = rangeOf(column)?.[1];
  return greatest === undefined || thresholds.includes(Math.abs(greatest)) ? thresholds : [...thresholds, greatest];
}
