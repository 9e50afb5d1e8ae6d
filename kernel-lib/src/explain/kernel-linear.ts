import type { LinearModel } from '../models/linear-model.js';
import { identity } from '../models/link.js';
import type { Background } from './background.js';
import { encodedCoalitions } from './kernel-encoded.js';
import type { CoalitionModel } from './kernel-game.js';
import type { KernelAnswer } from './kernel-trees.js';

/** A linear model as the game of Kernel SHAP; see `treeCoalitions`. Time a row: coalitions · background rows · features. */
export function linearCoalitions(
  model: LinearModel,
  background: Background,
  answer: KernelAnswer = 'prediction',
): CoalitionModel {
  const against = model.encodeBatch(background.batch);
  const base = model.margins(against);
  const width = model.features.length;
  const outputs = model.outputs.length;
  return encodedCoalitions(
    {
      features: model.features.map(({ name }) => name),
      outputs: model.outputs,
      scale: answer === 'margin' ? model.scale : 'prediction',
      link: answer === 'margin' ? identity : model.link,
      encode: model.encodeBatch,
      margins: model.margins,
      prepare: (row, { count, masks }) => {
        const members = membersOf(masks, count, width);
        return (other, margins) => {
          for (let output = 0; output < outputs; output++) {
            const gains = Float64Array.from(row, (value, feature) => {
              const own = Number.isNaN(value) ? 0 : value;
              const absent = against[other * width + feature]!;
              return model.weights[feature * outputs + output]! * (own - (Number.isNaN(absent) ? 0 : absent));
            });
            addMembers(members, gains, base[other * outputs + output]!, margins, output, outputs);
          }
        };
      },
    },
    background,
  );
}

/** The features of each coalition, behind each other. */
interface Members {
  /** By coalition: where its features begin; one more at the end. */
  readonly begins: Int32Array;
  readonly features: Int32Array;
}

function membersOf(masks: Uint8Array, count: number, width: number): Members {
  const begins = new Int32Array(count + 1);
  const features = new Int32Array(masks.reduce((sum, mask) => sum + mask, 0));
  let end = 0;
  for (let coalition = 0; coalition < count; coalition++) {
    for (let feature = 0; feature < width; feature++) {
      if (masks[coalition * width + feature] === 1) features[end++] = feature;
    }
    begins[coalition + 1] = end;
  }
  return { begins, features };
}

function addMembers(
  { begins, features }: Members,
  gains: Float64Array,
  base: number,
  margins: Float64Array,
  output: number,
  outputs: number,
): void {
  for (let coalition = 0; coalition < begins.length - 1; coalition++) {
    let sum = base;
    for (let at = begins[coalition]!; at < begins[coalition + 1]!; at++) sum += gains[features[at]!]!;
    margins[coalition * outputs + output] = sum;
  }
}
