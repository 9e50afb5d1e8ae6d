import type { ColumnType } from './cell-type.js';
import type { PartSample, ResolveColumnsOptions } from './columns.js';
import { countMisfits, looksLikeLabel } from './mapping-warning.js';
import type { ReadPlan, RecordPart } from './read-plan.js';
import type { ColumnMapping } from './summary.js';

/** Names for the cells that come without one. */
export interface PositionedNames {
  readonly parts: readonly RecordPart[];
  readonly names: ReadPlan['names'];
  readonly source: ColumnMapping['source'];
  readonly warning: string | undefined;
}

/**
 * Names by configuration, else by the baseline's position, output first as in the service; baseline columns that JSON
 * keys or the configuration name already are passed over. Four cases leave that rule, because it would give every
 * feature another one's name; each is said in the warning:
 *
 * - the baseline has as many columns as the input alone, the first one's name is not that of a label, and the types fit
 *   the input at least as well: the output is left out;
 * - the baseline has more columns than are to be named, and the first of them look like the label, which the output
 *   stands for or which was not captured: names begin after them;
 * - the same at the end of the baseline: names end before them;
 * - the configuration names the inputs alone, and the baseline has no column besides: the output is left out.
 */
export function namesByPosition(samples: readonly PartSample[], options: ResolveColumnsOptions): PositionedNames {
  const { baseline, configured = {} } = options;
  const own = (sample: PartSample): readonly string[] | undefined =>
    sample.names ?? (sample.part === 'ground-truth' ? undefined : configured[sample.part]);
  let parts = samples.map(({ part }) => part);
  let unnamed = samples.filter((sample) => own(sample) === undefined);
  const named = new Set(samples.flatMap((sample) => own(sample) ?? []));
  const free = [...(baseline?.keys() ?? [])].filter((name) => !named.has(name));
  const count = (): number => unnamed.reduce((sum, { width }) => sum + width, 0);
  const warnings: string[] = [];

  let skipped = 0;
  if (baseline !== undefined && unnamed.length > 0 && free.length !== count()) {
    if (options.parts === undefined && isInputAlone(unnamed, free, baseline)) {
      parts = ['input'];
      unnamed = unnamed.slice(1);
      warnings.push(
        `The baseline has ${free.length} columns, as many as the input alone: the model's output is left out.`,
      );
    } else if (free.length === 0 && isOutputAlone(unnamed, configured)) {
      parts = parts.filter((part) => part !== 'output');
      unnamed = [];
      warnings.push("The baseline has no column for the model's output: the output is left out.");
    } else if (free.length > count()) {
      const surplus = free.length - count();
      const [head, tail] = [free.slice(0, surplus), free.slice(count())];
      if (head.every(looksLikeLabel)) skipped = surplus;
      const aside = skipped > 0 ? head : tail;
      if (aside.every(looksLikeLabel)) {
        if (!samples.some(({ part }) => part === 'output')) warnings.push(`Not captured: ${quoted(aside)}.`);
      } else warnings.push(countWarning(count(), free.length));
    } else warnings.push(countWarning(count(), free.length));
  }

  const names: Partial<Record<RecordPart, readonly string[]>> = {};
  let next = skipped;
  let column = 0;
  for (const sample of samples.filter(({ part }) => parts.includes(part))) {
    const { part, width } = sample;
    if (sample.names === undefined) {
      const given = own(sample) ?? free.slice(next, next + width);
      if (own(sample) === undefined) next += width;
      else if (given.length !== width) {
        warnings.push(`The ${part} has ${width} columns, the configuration names ${given.length}.`);
      }
      names[part] = Array.from({ length: width }, (_, index) => given[index] ?? `_c${column + index}`);
    }
    column += width;
  }
  const source = sourceOf(samples, unnamed.length > 0 && baseline !== undefined);
  return { parts, names, source, warning: warnings.length === 0 ? undefined : warnings.join(' ') };

  function sourceOf(all: readonly PartSample[], byBaseline: boolean): ColumnMapping['source'] {
    if (all.some((sample) => sample.names === undefined && own(sample) !== undefined)) return 'configuration';
    if (byBaseline) return 'baseline-position';
    return all.length > 0 && all.every((sample) => sample.names !== undefined) ? 'json-keys' : 'position';
  }
}

/** Whether the configuration names the inputs, and what has no name is the output. */
function isOutputAlone(
  unnamed: readonly PartSample[],
  { input }: NonNullable<ResolveColumnsOptions['configured']>,
): boolean {
  return input !== undefined && unnamed.length === 1 && unnamed[0]!.part === 'output';
}

function isInputAlone(
  samples: readonly PartSample[],
  names: readonly string[],
  baseline: ReadonlyMap<string, ColumnType>,
): boolean {
  const [output, input] = samples;
  if (output?.part !== 'output' || input?.width !== names.length || looksLikeLabel(names[0]!)) return false;
  const inputs = columnsOf(input);
  return countMisfits(inputs, names, baseline) <= countMisfits([...columnsOf(output), ...inputs], names, baseline);
}

function columnsOf({ width, cells }: PartSample): { readonly cells: readonly (string | null)[] }[] {
  return Array.from({ length: width }, (_, index) => ({ cells: cells.map((row) => row[index] ?? null) }));
}

function countWarning(captured: number, baseline: number): string {
  return (
    `The capture has ${captured} columns without names, the baseline has ${baseline} to name them with: ` +
    'names are given by position and may be misplaced. Name the columns in the configuration.'
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
