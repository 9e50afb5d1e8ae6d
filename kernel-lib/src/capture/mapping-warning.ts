import { type ColumnType, fitsType } from './cell-type.js';
import type { RecordPart } from './read-plan.js';
import type { ColumnMapping } from './summary.js';

/** A column with its name and sample cells. */
export interface NamedColumn {
  readonly part: RecordPart;
  readonly index: number;
  readonly name: string;
  readonly cells: readonly (string | null)[];
}

/** Whether a name is one that people give to a label or to what a model answers. */
export function looksLikeLabel(name: string): boolean {
  return /^(?:(?:.*[_\- .])?(?:label|target|outcome|class|prediction|predicted|probability|score|ground[_\- ]?truth)s?|y|y_true|response)$/i.test(
    name,
  );
}

/**
 * What looks misplaced where names were given by the baseline's position: the output under a feature's name while the
 * last baseline column is the target, sample values that do not fit their column's type but the neighbour's, and an
 * output that does not fit its column's type (a probability under the name of a label). Undefined where nothing does, or names came from elsewhere.
 */
export function mappingWarning(
  columns: readonly NamedColumn[],
  source: ColumnMapping['source'],
  baseline: ReadonlyMap<string, ColumnType> | undefined,
): string | undefined {
  if (source !== 'baseline-position' || baseline === undefined || columns.length === 0) return undefined;
  const names = columns.map(({ name }) => name);
  const [first, last] = [names[0]!, names.at(-1)!];
  const fix =
    'The service would not notice. Name the columns in the configuration, or put the target first in the baseline.';
  if (columns[0]!.part === 'output' && columns.length > 1) {
    const rotated = [last, ...names.slice(0, -1)];
    const targetIsLast = looksLikeLabel(last) && !looksLikeLabel(first);
    if (targetIsLast || fitsBetter(columns, rotated, names, baseline)) {
      return `The model's output gets the name "${first}", though the baseline's last column, "${last}", seems to be its target: every feature would have its neighbour's name. ${fix}`;
    }
  }
  const shifts = [
    [...names.slice(1), first],
    [last, ...names.slice(0, -1)],
  ];
  if (shifts.some((shifted) => fitsBetter(columns, shifted, names, baseline))) {
    return `The values fit the names better when these are shifted by one. ${fix}`;
  }
  const answer = columns.find((column) => column.part === 'output' && isMisfit(column, baseline.get(column.name)));
  if (answer === undefined) return undefined;
  const example = answer.cells.find((cell) => cell !== null)?.slice(0, 40);
  return `The column "${answer.name}", ${baseline.get(answer.name)} in the baseline, gets the model's output, such as "${example}": it is compared with something else. Put the model's outputs into the baseline, or name the column in the configuration.`;
}

/** At least two values fewer out of place, and at most half as many. */
function fitsBetter(
  columns: readonly NamedColumn[],
  other: readonly string[],
  given: readonly string[],
  baseline: ReadonlyMap<string, ColumnType>,
): boolean {
  const [now, then] = [countMisfits(columns, given, baseline), countMisfits(columns, other, baseline)];
  return now - then >= 2 && then * 2 <= now;
}

/** How many columns hold, under these names, mostly values that do not fit the baseline's type. */
export function countMisfits(
  columns: readonly Pick<NamedColumn, 'cells'>[],
  names: readonly string[],
  baseline: ReadonlyMap<string, ColumnType>,
): number {
  return columns.filter((column, at) => isMisfit(column, baseline.get(names[at] ?? ''))).length;
}

function isMisfit({ cells }: Pick<NamedColumn, 'cells'>, type: ColumnType | undefined): boolean {
  if (type === undefined || type === 'Unknown') return false;
  const present = cells.filter((cell) => cell !== null);
  return present.filter((cell) => !fitsType(cell, type)).length * 2 > present.length;
}
