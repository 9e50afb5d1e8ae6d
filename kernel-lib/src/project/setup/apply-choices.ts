import { MonitorError } from '../../errors.js';
import type { SetupChoices } from './choices.js';
import type { CapturedColumn, Guess, SetupInspection } from './inspection.js';
import { possibleMonitors } from './possible-monitors.js';
import { guessPositive, guessProblemType } from './problem-type.js';

const REASON = 'Chosen.';

/**
 * An inspection with choices in the place of guesses, and what follows from them: problem type, and which monitors are
 * possible. Pure.
 *
 * @throws MonitorError `USAGE` for columns that the training file does not have, and as many names as columns do not need.
 */
export function applyChoices(inspection: SetupInspection, choices: SetupChoices): SetupInspection {
  const { label, prediction, probability, problemType, positiveLabel, ...found } = inspection;
  const { dataset } = found;
  const roles = {
    ...role('label', choices.label, label),
    ...role('prediction', choices.prediction, prediction),
    ...role('probability', choices.probability, probability),
  };
  for (const name of choices.facets ?? []) check(name, 'facet');
  const labels = dataset.columns.find(({ name }) => name === roles.label?.value);
  const changed = roles.label?.value !== label?.value;
  const problem: SetupInspection['problemType'] =
    choices.problemType !== undefined
      ? { value: choices.problemType, reason: REASON }
      : changed
        ? guessProblemType(labels, roles.probability !== undefined)
        : problemType;
  const guessed = changed || positiveLabel === undefined ? guessPositive(labels?.examples ?? []) : positiveLabel;
  const positive = choices.positiveLabel === undefined ? guessed : { value: choices.positiveLabel, reason: REASON };
  const applied = {
    ...found,
    ...(choices.endpoint !== undefined && { endpoint: choices.endpoint }),
    capture: { ...found.capture, columns: named(found.capture.columns) },
    ...roles,
    ...(problem && { problemType: problem }),
    ...(problem?.value === 'BinaryClassification' && positive && { positiveLabel: positive }),
    ...(choices.facets && { facets: choices.facets.map((value) => ({ value, reason: REASON })) }),
  };
  return { ...applied, monitors: possibleMonitors(applied) };

  function role(
    name: 'label' | 'prediction' | 'probability',
    choice: string | null | undefined,
    guess: Guess | undefined,
  ): Partial<Record<typeof name, Guess>> {
    if (choice === null) return {};
    if (choice === undefined || choice === guess?.value) return guess ? { [name]: guess } : {};
    check(choice, name);
    return { [name]: { value: choice, reason: REASON } };
  }

  function check(name: string, what: string): void {
    const names = dataset.columns.map((column) => column.name);
    if (names.includes(name)) return;
    throw new MonitorError('USAGE', `There is no column "${name}" for the ${what}.`, {
      where: inspection.sources.dataset,
      fix: `use one of: ${names.join(', ')}`,
    });
  }

  function named(columns: readonly CapturedColumn[]): readonly CapturedColumn[] {
    const trained = new Set(dataset.columns.map(({ name }) => name));
    for (const part of ['output', 'input'] as const) {
      const [count, given] = [columns.filter((column) => column.part === part).length, choices[part]?.length];
      if (given === undefined || given === count) continue;
      throw new MonitorError('USAGE', `The capture has ${count} ${part} columns, ${given} are named.`, {
        fix: `name ${count}`,
      });
    }
    return columns.map((captured) => {
      const names = captured.part === 'ground-truth' ? undefined : choices[captured.part];
      const position = columns.filter(({ part }) => part === captured.part).indexOf(captured);
      const name = names?.[position];
      if (captured.named || name === undefined || name === captured.name) return captured;
      const { column: _, fit: __, ...rest } = captured;
      return { ...rest, name, ...(trained.has(name) && { column: name }), reason: REASON };
    });
  }
}
