import type { AttributeCells } from '../capture/attribute.js';
import { numberOf } from './label.js';

/** What a model answered, a cell a row: labels or probabilities; neither where it was not said where they stand. */
export interface ModelAnswers {
  readonly predictions?: readonly (string | null)[];
  readonly scores?: readonly (string | null)[];
}

/**
 * Reads predicted labels, else probabilities. With `classes`, a list of as many probabilities stands for the likeliest
 * class; a single one is that of the positive class all the same.
 *
 * @param read - reads an attribute of a record; with classes, of a list the likeliest.
 */
export function modelAnswers(
  attributes: {
    readonly inferenceAttribute?: string | undefined;
    readonly probabilityAttribute?: string | undefined;
  },
  classes: readonly string[] | undefined,
  read: (attribute: string, classes?: readonly string[]) => AttributeCells,
): ModelAnswers | { readonly reason: string } {
  const { inferenceAttribute, probabilityAttribute } = attributes;
  const predictionsOf = (attribute: string): ModelAnswers | { readonly reason: string } => {
    const predictions = read(attribute, classes);
    return 'reason' in predictions ? predictions : { predictions };
  };
  if (inferenceAttribute !== undefined) return predictionsOf(inferenceAttribute);
  if (probabilityAttribute === undefined) return {};
  const scores = read(probabilityAttribute);
  if (classes === undefined) return 'reason' in scores ? scores : { scores };
  const isSingle = !('reason' in scores) && scores.every((cell) => cell === null || numberOf(cell) !== undefined);
  return isSingle ? { scores } : predictionsOf(probabilityAttribute);
}
