import type { CellBatch } from '../dataset/cell-batch.js';
import type { Link } from '../models/link.js';
import { throwIfAborted } from '../storage/abort.js';
import type { Background } from './background.js';
import type { AttributionScale } from './explainer.js';
import { weightedMean } from './interventional-shap.js';
import type { CoalitionModel, CoalitionQuestion } from './kernel-game.js';

/** A model within the process whose rows are numbers, and the quick way to its margins. */
export interface EncodedGame {
  readonly features: readonly string[];
  readonly outputs: readonly string[];
  /** What the linked margins are. */
  readonly scale: AttributionScale;
  /** From margins to what is explained. */
  readonly link: Link;
  encode(batch: CellBatch, before?: number): Float64Array;
  /** By (row, output), before the link. */
  margins(encoded: Float64Array): Float64Array;
  /** Makes a row ready to {@link CoalitionMargins}. */
  prepare(row: Float64Array, question: CoalitionQuestion): CoalitionMargins;
}

/** By (coalition, output): the margins where absent features have the values of one row of the background; written. */
export type CoalitionMargins = (backgroundRow: number, margins: Float64Array) => void;

/** A model within the process as the game of Kernel SHAP: all coalitions of a row against one background row at a time. */
export function encodedCoalitions(game: EncodedGame, { batch: rows, weights }: Background): CoalitionModel {
  const width = game.features.length;
  const outputs = game.outputs.length;
  const against = game.encode(rows);
  const answersOf = (encoded: Float64Array): Float64Array => game.link(game.margins(encoded), outputs);
  return {
    features: game.features,
    outputs: game.outputs,
    scale: game.scale,
    backgroundRows: weights.length,
    rowsAtOnce: 1,
    expectedValues: weightedMean(answersOf(against), weights, outputs),
    async open(batch, before) {
      const encoded = game.encode(batch, before);
      return {
        answers: answersOf(encoded),
        varying: (row) => varyingFeatures(encoded.subarray(row * width, (row + 1) * width), against),
        worth: async (questions, { signal } = {}) =>
          questions.map((question) => {
            throwIfAborted(signal);
            const margins = new Float64Array(question.count * outputs);
            const sum = new Float64Array(question.count * outputs);
            const play = game.prepare(encoded.subarray(question.row * width, (question.row + 1) * width), question);
            for (const [row, weight] of weights.entries()) {
              play(row, margins);
              game.link(margins, outputs);
              for (let i = 0; i < sum.length; i++) sum[i]! += weight * margins[i]!;
            }
            return sum;
          }),
      };
    },
  };
}

/** The features whose value differs from that of some row of the background; missing is as missing. */
function varyingFeatures(row: Float64Array, against: Float64Array): Int32Array {
  const width = row.length;
  const varying: number[] = [];
  for (let feature = 0; feature < width; feature++) {
    for (let at = feature; at < against.length; at += width) {
      if (Object.is(against[at], row[feature]) || against[at] === row[feature]) continue;
      varying.push(feature);
      break;
    }
  }
  return Int32Array.from(varying);
}
