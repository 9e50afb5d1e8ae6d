import { type CellBatch, textOf } from '../dataset/cell-batch.js';
import { MonitorError } from '../errors.js';
import { outputNamesOf } from '../models/link.js';
import type { Model, ModelAnswer } from '../models/model.js';
import type { ModelCell } from '../models/tree-model.js';
import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import type { Background } from './background.js';
import { weightedMean } from './interventional-shap.js';
import type { CoalitionModel, CoalitionQuestion } from './kernel-game.js';

/** Rows that a model is asked about in one call; endpoints split them into requests. */
const ROWS_A_CALL = 10_000;
/** Rows that are explained together, so that calls are full where there are few coalitions. */
const ROWS_AT_ONCE = 32;

/**
 * Any model that can be asked, as the game of Kernel SHAP: it is asked about coalitions · background rows made-up rows for
 * each row, 10,000 at a time, those of several rows together.
 *
 * @param features - names of the columns that the model is given, in the order of the background's columns.
 * @throws MonitorError `MODEL` where the model fails.
 */
export async function askedCoalitions(
  model: Model,
  features: readonly string[],
  background: Background,
  options: RunOptions = {},
): Promise<CoalitionModel> {
  const ask = async (rows: readonly (readonly ModelCell[])[], run: RunOptions): Promise<Float64Array> =>
    flatten(await model.predict(features, rows, run));
  const { weights } = background;
  const against = cellRows(background.batch);
  const first = await ask(against, options);
  const width = first.length / weights.length;
  const names = model.outputs?.length === width ? model.outputs : outputNamesOf(width);
  return {
    features,
    outputs: names,
    scale: 'prediction',
    backgroundRows: weights.length,
    rowsAtOnce: ROWS_AT_ONCE,
    expectedValues: weightedMean(first, weights, width),
    async open(batch, _before, run = {}) {
      const rows = cellRows(batch);
      return {
        answers: await ask(rows, run),
        varying: (row) => varyingFeatures(batch, row, background.batch),
        worth: (questions, asking = {}) => worthOf(questions, { rows, against, weights, width, ask }, asking),
      };
    },
  };
}

interface Asked {
  readonly rows: readonly (readonly ModelCell[])[];
  readonly against: readonly (readonly ModelCell[])[];
  readonly weights: Float64Array;
  /** Outputs. */
  readonly width: number;
  ask(rows: readonly (readonly ModelCell[])[], run: RunOptions): Promise<Float64Array>;
}

/** Adds up answers as they come; rows wait until a call is full. */
async function worthOf(
  questions: readonly CoalitionQuestion[],
  { rows, against, weights, width, ask }: Asked,
  run: RunOptions,
): Promise<Float64Array[]> {
  const worths = questions.map(({ count }) => new Float64Array(count * width));
  let waiting: ModelCell[][] = [];
  let places: { readonly worth: Float64Array; readonly at: number; readonly weight: number }[] = [];
  const flush = async (): Promise<void> => {
    throwIfAborted(run.signal);
    const answers = await ask(waiting, run);
    for (const [index, { worth, at, weight }] of places.entries()) {
      for (let output = 0; output < width; output++) worth[at + output]! += weight * answers[index * width + output]!;
    }
    waiting = [];
    places = [];
  };
  for (const [index, { row, count, masks }] of questions.entries()) {
    const own = rows[row]!;
    for (let coalition = 0; coalition < count; coalition++) {
      const mask = masks.subarray(coalition * own.length, (coalition + 1) * own.length);
      for (const [place, other] of against.entries()) {
        waiting.push(own.map((cell, feature) => (mask[feature] === 1 ? cell : other[feature]!)));
        places.push({ worth: worths[index]!, at: coalition * width, weight: weights[place]! });
        if (waiting.length === ROWS_A_CALL) await flush();
      }
    }
  }
  if (waiting.length > 0) await flush();
  return worths;
}

/** By (row, output); all answers have as many numbers as the first. */
function flatten(answers: readonly ModelAnswer[]): Float64Array {
  const lists = answers.map((answer) => (typeof answer === 'number' ? [answer] : answer));
  const width = lists[0]?.length ?? 0;
  const odd = lists.findIndex((list) => list.length !== width);
  if (odd < 0) return Float64Array.from(lists.flat());
  throw new MonitorError('MODEL', `The model answered ${lists[odd]!.length} numbers for a row, ${width} for others.`, {
    where: `the row at index ${odd} of a call`,
    fix: 'let the model answer as many numbers for every row',
  });
}

/** The rows of a batch; a number that is missing or not finite is null. */
function cellRows({ rowCount, columns }: CellBatch): ModelCell[][] {
  return Array.from({ length: rowCount }, (_, row) =>
    columns.map((column) => {
      if (column.kind === 'text') return column.values[row] ?? null;
      const value = column.values[row]!;
      return column.valid[row] === 1 && Number.isFinite(value) ? value : null;
    }),
  );
}

/** The features whose value, as text, differs from that of some row of the background. */
function varyingFeatures(batch: CellBatch, row: number, background: CellBatch): Int32Array {
  const varying = batch.columns.flatMap((column, feature) => {
    const own = textOf(column, row);
    const others = background.columns[feature]!;
    for (let other = 0; other < background.rowCount; other++) {
      if (textOf(others, other) !== own) return [feature];
    }
    return [];
  });
  return Int32Array.from(varying);
}
