import { MonitorError } from '../../errors.js';
import type { Model } from '../../models/model.js';
import type { RunOptions } from '../../progress.js';
import { throwIfAborted } from '../../storage/abort.js';
import { type BiasSample, rowsOf } from './bias-sample.js';

const ROWS_AT_ONCE = 10_000;

/**
 * The sample with the model's predictions. A number is the probability of the positive class, or, with
 * `continuous`, the predicted value; a list is the probabilities of `classes`.
 *
 * @throws MonitorError `MODEL` where the model fails, where it takes a column that is not kept, where a list is as long as
 * no list of classes, where a number is no probability, and where some answers are numbers and others lists.
 */
export async function predictSample(
  sample: BiasSample,
  model: Model,
  how: { readonly threshold: number; readonly continuous: boolean; readonly classes?: readonly string[] },
  { signal, onProgress }: RunOptions,
): Promise<BiasSample> {
  const { rows, columns } = sample;
  const names = columns.map(({ name }) => name);
  if (model.takesEveryColumn) requireEveryColumn(names, sample.names);
  const scored = new Uint8Array(rows);
  const values = new Float64Array(rows);
  const classes: (string | null)[] = [];
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    throwIfAborted(signal);
    const to = Math.min(rows, from + ROWS_AT_ONCE);
    const answers = await model.predict(names, rowsOf(columns, from, to), { ...(signal && { signal }) });
    answers.forEach((answer, index) => {
      if (typeof answer !== 'number') classes.push(likeliest(answer, how.classes));
      else if (!how.continuous && (answer < 0 || answer > 1)) throw noProbability(answer);
      else {
        values[from + index] = answer;
        scored[from + index] = answer > how.threshold ? 1 : 0;
      }
    });
    onProgress?.({ stage: 'asking the model', done: to, total: rows, unit: 'rows' });
  }
  if (classes.length > 0) {
    if (classes.length < rows) {
      throw new MonitorError('MODEL', 'The model answers numbers for some rows and lists for others.', {
        fix: 'let it answer one of both',
      });
    }
    return { ...sample, scored: undefined, prediction: { name: 'prediction', kind: 'categorical', values: classes } };
  }
  if (how.continuous)
    return { ...sample, scored: undefined, prediction: { name: 'prediction', kind: 'numeric', values } };
  return { ...sample, scored, prediction: undefined };
}

/** Columns that tell rows apart are not kept: the model would get a row without them. */
function requireEveryColumn(kept: readonly string[], all: readonly string[]): void {
  const lost = all.filter((name) => !kept.includes(name));
  if (lost.length === 0) return;
  const what = `The model takes every column, and ${lost.join(', ')} cannot be handed to it: more than 10,000 different texts.`;
  throw new MonitorError('MODEL', what, {
    fix: 'name columns that are no inputs in excluded_columns of --config, or give predictions with the data',
  });
}

function likeliest(probabilities: readonly number[], classes: readonly string[] | undefined): string {
  const name =
    classes?.length === probabilities.length ? classes[probabilities.indexOf(Math.max(...probabilities))] : undefined;
  if (name !== undefined) return name;
  throw new MonitorError(
    'MODEL',
    `The model answers ${probabilities.length} numbers a row, and their classes are not said.`,
    {
      fix: 'give predictor.label_headers in --config, one for each number',
    },
  );
}

function noProbability(answer: number): MonitorError {
  return new MonitorError('MODEL', `The model answers ${answer}, which is no probability of the positive class.`, {
    fix: 'let it answer a number in [0, 1], or, with predictor.label_headers in --config, a list with one for each class',
  });
}
