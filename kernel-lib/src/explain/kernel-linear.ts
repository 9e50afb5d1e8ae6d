import type { LinearModel } from '../models/linear-model.js';
import { identity } from '../models/link.js';
import type { Background } from './background.js';
import { encodedCoalitions } from './kernel-encoded.js';
import type { CoalitionModel } from './kernel-game.js';
import { addMembers, membersOf } from './kernel-members.js';
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
          margins.fill(0);
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
