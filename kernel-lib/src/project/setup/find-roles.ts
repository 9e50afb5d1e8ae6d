import { looksLikeLabel } from '../../capture/mapping-warning.js';
import type { ColumnSample } from './column-sample.js';
import type { CapturedColumn, Guess, SetupInspection } from './inspection.js';
import { guessPositive, guessProblemType } from './problem-type.js';

const PEOPLE =
  /(?:^|[_\- .])(?:sex|gender|race|ethnicity|ethnic|religion|nationality|age[_\- ]?group|disability)(?:$|[_\- .])/i;
const MOST_GROUPS = 12;

type Roles = Pick<SetupInspection, 'label' | 'prediction' | 'probability' | 'problemType' | 'positiveLabel'>;

/**
 * Which columns of the training file are label, prediction and probability: those that are no input, by name and values.
 *
 * @param inputs - the captured inputs with their columns.
 */
export function findRoles(
  trained: ReadonlyMap<string, ColumnSample>,
  inputs: readonly CapturedColumn[],
  outputs: readonly { readonly sample: ColumnSample }[],
): Roles {
  const taken = new Set(inputs.flatMap(({ column }) => (column === undefined ? [] : [column])));
  let left = [...trained].filter(([name, { present }]) => !taken.has(name) && present > 0);
  const take = (find: (name: string, sample: ColumnSample) => string | undefined): Guess | undefined => {
    for (const [name, sample] of left) {
      const reason = find(name, sample);
      if (reason === undefined) continue;
      left = left.filter(([other]) => other !== name);
      return { value: name, reason };
    }
    return undefined;
  };
  const probability =
    take((name, sample) =>
      sample.isProbability && /prob|score/i.test(name) ? 'Its name, and values from 0 to 1.' : undefined,
    ) ?? take((_, sample) => (sample.isProbability ? 'Values from 0 to 1, and no input.' : undefined));
  const prediction = take((name) => (/predict|y_?hat/i.test(name) ? 'Its name.' : undefined));
  const label =
    take((name) => (looksLikeLabel(name) ? 'Its name, and it is not captured.' : undefined)) ??
    (left.length === 1
      ? take(() => 'The only column that is neither captured nor an answer of the model.')
      : undefined) ??
    take((_, sample) => (sample.distinct === 2 ? 'Two values, and it is not captured.' : undefined));
  const labels = label && trained.get(label.value);
  const hasProbability = probability !== undefined || outputs.some(({ sample }) => sample.isProbability);
  const problemType = guessProblemType(label && labels?.describe(label.value), hasProbability);
  const positiveLabel = problemType?.value === 'BinaryClassification' ? guessPositive(labels?.values ?? []) : undefined;
  return {
    ...(label && { label }),
    ...(prediction && { prediction }),
    ...(probability && { probability }),
    ...(problemType && { problemType }),
    ...(positiveLabel && { positiveLabel }),
  };
}

/** Columns that seem to tell people apart: by name, with few values. */
export function findFacets(trained: ReadonlyMap<string, ColumnSample>): readonly Guess[] {
  return [...trained].flatMap(([value, { type, distinct }]) =>
    PEOPLE.test(value) && type !== 'Fractional' && distinct >= 2 && distinct <= MOST_GROUPS
      ? [{ value, reason: `Its name, and ${distinct} groups.` }]
      : [],
  );
}
