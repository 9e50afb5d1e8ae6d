import type { LinearModel } from '../models/linear-model.js';
import { identity } from '../models/link.js';
import type { Background } from './background.js';
import { encodedCoalitions } from './kernel-encoded.js';
import type { CoalitionModel, CoalitionQuestion } from './kernel-game.js';
import { addMembers, membersOf } from './kernel-members.js';
import type { KernelAnswer } from './kernel-trees.js';

/** Numbers that are kept of a design at most: 32 MB. */
const MOST_KEPT = 4_000_000;

/**
 * A linear model as the game of Kernel SHAP; see `treeCoalitions`. What the background's rows add to a coalition is the same
 * for every row that is explained, and kept. Time a row: coalitions · (features + background rows).
 */
export function linearCoalitions(
  model: LinearModel,
  background: Background,
  answer: KernelAnswer = 'prediction',
): CoalitionModel {
  const against = model.encodeBatch(background.batch);
  const outputs = model.outputs.length;
  const absent = new AbsentParts(model, against);
  return encodedCoalitions(
    {
      features: model.features.map(({ name }) => name),
      outputs: model.outputs,
      scale: answer === 'margin' ? model.scale : 'prediction',
      link: answer === 'margin' ? identity : model.link,
      encode: model.encodeBatch,
      margins: model.margins,
      prepare: (row, question) => {
        const own = new Float64Array(question.count * outputs);
        addParts(model, row, membersOf(question.masks, question.count, row.length), own);
        return (other, margins) => {
          const parts = absent.of(other, question);
          for (let place = 0; place < margins.length; place++) margins[place] = own[place]! + parts[place]!;
        };
      },
    },
    background,
  );
}

/** What the rows of a background add to each coalition: the bias, and the features that are not in it. */
class AbsentParts {
  readonly #model: LinearModel;
  readonly #against: Float64Array;
  readonly #kept = new WeakMap<Uint8Array, (Float64Array | undefined)[]>();

  constructor(model: LinearModel, against: Float64Array) {
    this.#model = model;
    this.#against = against;
  }

  of(other: number, { count, masks }: CoalitionQuestion): Float64Array {
    const width = this.#model.features.length;
    const rows = this.#against.length / width;
    const small = rows * count * this.#model.outputs.length <= MOST_KEPT;
    const kept = this.#kept.get(masks) ?? [];
    if (small) this.#kept.set(masks, kept);
    const known = kept[other];
    if (known !== undefined) return known;
    const outputs = this.#model.outputs.length;
    const parts = new Float64Array(count * outputs);
    for (let place = 0; place < parts.length; place++) parts[place] = this.#model.bias[place % outputs]!;
    const absent = masks.map((member) => 1 - member);
    const row = this.#against.subarray(other * width, (other + 1) * width);
    addParts(this.#model, row, membersOf(absent, count, width), parts);
    if (small) kept[other] = parts;
    return parts;
  }
}

/** Adds to each coalition, by (coalition, output), what the features of a row that are its members add to the margin. */
function addParts({ weights, outputs }: LinearModel, row: Float64Array, members: Uint8Array, sums: Float64Array): void {
  const width = outputs.length;
  for (let output = 0; output < width; output++) {
    const gains = Float64Array.from(row, (value, feature) =>
      Number.isNaN(value) ? 0 : weights[feature * width + output]! * value,
    );
    addMembers(members, gains, 0, sums, output, width);
  }
}
