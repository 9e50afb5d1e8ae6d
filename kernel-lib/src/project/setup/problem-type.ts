import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { Guess, InspectedColumn } from './inspection.js';

/** A column of numbers with more different values than this is no list of classes. */
const MOST_CLASSES = 20;
const POSITIVE = /^(?:1|true|yes|y|positive|pos)$/i;

/**
 * What the model answers, as its labels tell.
 *
 * @param hasProbability - whether it answers numbers from 0 to 1.
 */
export function guessProblemType(
  label: Pick<InspectedColumn, 'name' | 'type' | 'distinct'> | undefined,
  hasProbability: boolean,
): Guess<ProblemType> | undefined {
  if (label === undefined) {
    if (!hasProbability) return undefined;
    return { value: 'BinaryClassification', reason: 'The model answers numbers from 0 to 1.' };
  }
  const { name, type, distinct } = label;
  if (distinct <= 2) return { value: 'BinaryClassification', reason: `${name} has ${distinct} different values.` };
  if (type === 'String' || (type === 'Integral' && distinct <= MOST_CLASSES)) {
    return { value: 'MulticlassClassification', reason: `${name} has ${distinct} classes.` };
  }
  return { value: 'Regression', reason: `${name} has ${distinct} different numbers.` };
}

/**
 * Which of two labels means yes.
 *
 * @param values - the more frequent one first.
 */
export function guessPositive(values: readonly string[]): Guess | undefined {
  const named = values.find(meansYes);
  if (named !== undefined) return { value: named, reason: 'Its name.' };
  const rare = values.at(-1);
  return rare === undefined ? undefined : { value: rare, reason: 'The less frequent of the two.' };
}

/** Whether a label needs no explanation. */
export function meansYes(label: string): boolean {
  return POSITIVE.test(label);
}
