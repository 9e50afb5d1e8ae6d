import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import type { Attributions, Explainer } from './explainer.js';
import { defaultSamples, type KernelDesign, kernelDesign, solveDesign } from './kernel-design.js';
import type { CoalitionModel, CoalitionRows } from './kernel-game.js';
import { rowsOf } from './row-sample.js';

/** How Kernel SHAP is done. */
export interface KernelSettings {
  /** Coalitions a row; default: 2 · features + 2,048, as shap. All of them, and values exact, where so many there are not. */
  readonly samples?: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Explain the log-odds of answers that are probabilities. Default: false. */
  readonly useLogit?: boolean;
}

/** The nearest that a probability comes to 0 and 1 before its log-odds are taken: they stay within ±36.04. */
const NEAREST = Number.EPSILON;

/**
 * Kernel SHAP: Shapley values of any model, by weighted least squares over coalitions of its features whose values are a
 * row's own, the others' those of each row of the background. Values and expected value add up to the answer exactly, but
 * for rounding. There is no penalty on the number of features (shap's `l1_reg` is 0 or False, which is not its default).
 *
 * The coalitions are drawn once for each number of features that differ from the background: the values of a row depend on
 * the seed and not on the rows before it. With `useLogit` coalitions are worth the log-odds of the mean probability, as
 * shap's `link="logit"` has it: probabilities are moved to [2^-52, 1 − 2^-52] first.
 *
 * Memory: coalitions · (8 · features + 8 · outputs · rows at once) bytes.
 *
 * @throws MonitorError `CONFIGURATION` for fewer than one coalition; `MODEL` where log-odds are asked of what is no
 *   probability.
 * @see Source: Lundberg and Lee 2017, "A unified approach to interpreting model predictions". Golden values: shap's
 *   `KernelExplainer`, test/golden/explain/kernel-shap.json.
 */
export function kernelExplainer(model: CoalitionModel, settings: KernelSettings = {}): Explainer {
  const { samples, seed = 0, useLogit = false } = settings;
  if (samples !== undefined && !(samples >= 1)) {
    throw new MonitorError('CONFIGURATION', `Kernel SHAP needs one coalition or more, not ${samples}.`, {
      where: 'methods.shap.num_samples',
      fix: 'leave num_samples out, or give a whole number such as 2048',
    });
  }
  const designOf = designs(samples, seed);
  const count = model.features.length;
  const link = useLogit ? logOdds : (answers: Float64Array): Float64Array => answers;
  const expectedValues = link(model.expectedValues);
  const exact = 2 ** count - 2 <= (samples ?? defaultSamples(count));
  const coalitions = exact ? 2 ** count - 2 : Math.max(samples ?? defaultSamples(count), 2 * count);
  return {
    features: model.features,
    outputs: model.outputs,
    expectedValues,
    scale: useLogit ? 'log-odds' : model.scale,
    method: {
      name: 'kernel',
      title: `Kernel SHAP, ${coalitions.toLocaleString('en')} coalitions${exact ? ', which are all' : ''}`,
      exact,
      backgroundRows: model.backgroundRows,
      samples: coalitions,
      seed,
    },
    async explain(batch, before = 0, options = {}) {
      const values = new Float64Array(batch.rowCount * model.outputs.length * count);
      const answers = new Float64Array(batch.rowCount * model.outputs.length);
      for (let first = 0; first < batch.rowCount; first += model.rowsAtOnce) {
        throwIfAborted(options.signal);
        const part = rowsOf(batch, first, Math.min(batch.rowCount, first + model.rowsAtOnce));
        const rows = await model.open(part, before + first, options);
        const explained = await explainRows(rows, part.rowCount, expectedValues, count, designOf, link, options);
        values.set(explained.values, first * model.outputs.length * count);
        answers.set(explained.answers, first * model.outputs.length);
        await new Promise<void>((done) => setImmediate(done));
      }
      return { rows: batch.rowCount, values, answers };
    },
    close: async () => {},
  };
}

/** One design for each number of players, drawn when it is first needed. */
function designs(samples: number | undefined, seed: number): (players: number) => KernelDesign {
  const made = new Map<number, KernelDesign>();
  return (players) => {
    let design = made.get(players);
    if (design === undefined) {
      design = kernelDesign(players, Math.floor(samples ?? defaultSamples(players)), seed);
      made.set(players, design);
    }
    return design;
  };
}

async function explainRows(
  rows: CoalitionRows,
  rowCount: number,
  expectedValues: Float64Array,
  features: number,
  designOf: (players: number) => KernelDesign,
  link: (answers: Float64Array) => Float64Array,
  options: RunOptions,
): Promise<Attributions> {
  const outputs = expectedValues.length;
  const answers = link(rows.answers);
  const values = new Float64Array(rowCount * outputs * features);
  const varying = Array.from({ length: rowCount }, (_, row) => rows.varying(row));
  const played = varying.flatMap((players, row) => (players.length > 1 ? [row] : []));
  const questions = played.map((row) => {
    const design = designOf(varying[row]!.length);
    return { row, count: design.count, masks: spread(design, varying[row]!, features) };
  });
  const worths = await rows.worth(questions, options);
  const total = (row: number, output: number): number => answers[row * outputs + output]! - expectedValues[output]!;
  for (const [index, row] of played.entries()) {
    const players = varying[row]!;
    const design = designOf(players.length);
    const linked = link(worths[index]!);
    const worth = new Float64Array(design.count);
    const solved = new Float64Array(players.length);
    for (let output = 0; output < outputs; output++) {
      for (let k = 0; k < design.count; k++) worth[k] = linked[k * outputs + output]! - expectedValues[output]!;
      solveDesign(design, worth, total(row, output), solved);
      const at = (row * outputs + output) * features;
      for (const [place, feature] of players.entries()) values[at + feature] = solved[place]!;
    }
  }
  for (const [row, players] of varying.entries()) {
    if (players.length !== 1) continue;
    for (let output = 0; output < outputs; output++) {
      values[(row * outputs + output) * features + players[0]!] = total(row, output);
    }
  }
  return { rows: rowCount, values, answers };
}

/** A design's masks with the players at their places among all features; features that do not play are in. */
function spread({ players, count, masks }: KernelDesign, places: Int32Array, features: number): Uint8Array {
  if (players === features) return masks;
  const wide = new Uint8Array(count * features).fill(1);
  for (let coalition = 0; coalition < count; coalition++) {
    for (let player = 0; player < players; player++) {
      wide[coalition * features + places[player]!] = masks[coalition * players + player]!;
    }
  }
  return wide;
}

function logOdds(probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => {
    if (!(probability >= 0 && probability <= 1)) {
      throw new MonitorError(
        'MODEL',
        `The model answered ${probability}, which is no probability and has no log-odds.`,
        {
          where: 'methods.shap.use_logit',
          fix: 'leave use_logit out, or give a model that answers probabilities',
        },
      );
    }
    const inside = Math.min(1 - NEAREST, Math.max(NEAREST, probability));
    return Math.log(inside / (1 - inside));
  });
}
