import type { BiasColumn } from './bias-column.js';
import type { BiasReading } from './bias-reading.js';
import type { BiasSample } from './bias-sample.js';
import { distinctNumbers } from './distinct-numbers.js';
import { categoriesOf, type Grouping, groupTitle, MOST_CLASSES } from './grouping.js';
import type { MeasuredGroup } from './measure.js';
import type { BiasPlan } from './plan.js';
import { flipNotes } from './run-flip-test.js';

/** What a reader of a new baseline must know: rows that were left out, metrics that tell nothing, and quirks of the service. */
export function baselineNotes(
  { unlabelled, settings }: BiasReading,
  sample: BiasSample,
  { label, groupVariable }: BiasPlan,
  groups: readonly MeasuredGroup[],
): string[] {
  const notes: string[] = flipNotes(groups);
  if (unlabelled > 0) notes.push(`${haveNo(unlabelled)} label and ${unlabelled === 1 ? 'was' : 'were'} left out.`);
  const [first] = groups;
  if (first !== undefined && !first.counts.predicted) {
    notes.push('There are no predictions, so only the metrics of the labels were computed.');
  }
  const parts = first?.counts.groups?.length ?? 0;
  if (groupVariable !== undefined && parts > sample.rows / 2) {
    notes.push(
      `The group variable "${groupVariable}" has ${parts} values in ${sample.rows} rows: groups of one row or two tell nothing, and CDDL and CDDPL with them.`,
    );
  }
  notes.push(...classNotes({ ...sample.label, name: 'label' }, label));
  for (const { facet, grouping, title } of groups) {
    const column = sample.columns.find(({ name }) => name === facet);
    const isAbove = settings.facets.some(({ name, above }) => name === facet && above !== undefined);
    if (column !== undefined && !isAbove) notes.push(...classNotes(column, grouping));
    if (column?.kind === 'numeric' && grouping.kind === 'values' && categoriesOf(column).length > 10) {
      notes.push(
        `${title} is the rows of exactly that number: the service takes whole numbers with fewer than 5 % different values for categories. Write --facet "${facet}>${grouping.values[0]}" for a threshold.`,
      );
    }
  }
  for (const { title, facet, missing } of groups) {
    if (missing > 0)
      notes.push(
        `${haveNo(missing)} ${facet}; beside ${title} ${missing === 1 ? 'it counts' : 'they count'} among the others, as in the service.`,
      );
  }
  return notes;
}

/** A threshold that is one of a few numbers looks like a class, and means those above it. */
function classNotes(column: BiasColumn, grouping: Grouping): string[] {
  if (grouping.kind !== 'threshold' || column.kind !== 'numeric') return [];
  const [threshold] = grouping.thresholds;
  const met = distinctNumbers(column.values);
  if (met.length > MOST_CLASSES || !met.includes(threshold!)) return [];
  const why = column.integral ? 'whole numbers of which 5 % differ' : 'numbers that are written as fractions';
  return [
    `${groupTitle(column.name, grouping)} leaves out the rows of ${threshold}: the service takes ${why} for continuous, and the value for a threshold.`,
  ];
}

function haveNo(rows: number): string {
  return rows === 1 ? '1 row has no' : `${rows} rows have no`;
}
