import { MonitorError } from '../../errors.js';
import { numberOf } from '../label.js';
import type { BiasColumn } from './bias-column.js';
import type { BiasSample } from './bias-sample.js';
import { categoriesOf, type Grouping, membersOf } from './grouping.js';

/** So many rows of classes that are all new are no chance, but other names; of fewer nothing is judged. */
const FEWEST = 30;
const MOST_CLASSES = 1000;

/** The classes of a label, as they are kept with a baseline; undefined where it is continuous, or has very many. */
export function classesOf({ label }: BiasSample, grouping: Grouping): readonly string[] | undefined {
  if (grouping.kind !== 'values') return undefined;
  const classes = categoriesOf(label);
  return classes.length <= MOST_CLASSES ? classes : undefined;
}

/**
 * Checks labels and predictions against the positive classes of a baseline whose other classes are not known, one that the
 * service made: numbers in place of texts, or texts in place of numbers, would all pass for negative. A rare class that no
 * row has is no mistake.
 *
 * @throws MonitorError `USAGE`.
 */
export function requireLikeClasses(sample: BiasSample, label: Grouping, where: string): void {
  if (label.kind !== 'values' || sample.rows < FEWEST) return;
  const numeric = label.values.every((value) => numberOf(value) !== undefined);
  for (const [what, column] of [
    ['labels', sample.label],
    ['predictions', sample.prediction],
  ] as const) {
    if (column === undefined || (column.kind === 'numeric') === numeric) continue;
    requireSome(column, what, label.values, where);
  }
}

/**
 * Checks that labels and predictions are called as the classes of a baseline: where none is, all rows would pass for
 * negative ones, and the monitor for a quiet one.
 *
 * @param classes - Undefined: they are not known, and nothing is checked.
 * @throws MonitorError `USAGE`.
 */
export function requireKnownClasses(sample: BiasSample, classes: readonly string[] | undefined, where: string): void {
  if (classes === undefined || sample.rows < FEWEST) return;
  requireSome(sample.label, 'labels', classes, where);
  if (sample.prediction === undefined) return;
  requireSome(sample.prediction, 'predictions', [...classes, ...categoriesOf(sample.label)], where);
}

function requireSome(column: BiasColumn, what: string, classes: readonly string[], where: string): void {
  if (membersOf(column, { kind: 'values', values: classes }).includes(1)) return;
  const listed = (values: readonly string[]): string =>
    `${values.slice(0, 10).join(', ')}${values.length > 10 ? ', ...' : ''}`;
  throw new MonitorError(
    'USAGE',
    `None of the ${column.values.length} ${what} is one of the known classes: ${listed(categoriesOf(column))}.`,
    { where, fix: `use the names of the baseline's labels: ${listed([...new Set(classes)])}` },
  );
}
