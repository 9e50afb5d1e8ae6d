import {
  type AttributionProfile,
  AttributionProfileBuilder,
} from '../../kernel-lib/src/metrics/attribution/attribution-profile.js';
import { normalCdf } from '../../kernel-lib/src/stats/distributions.js';
import type { Random } from '../../kernel-lib/src/stats/random.js';

/**
 * How the attributions of a feature are distributed: `normal`; `skewed`, an exponential; `rare`, 25 scales in 2 % of the
 * rows and about nothing in the others; `step`, two values, as of a single split. All but the normal ones have mean 0.
 */
export interface SimulatedFeature {
  readonly shape: 'normal' | 'skewed' | 'rare' | 'step';
  readonly scale: number;
  /** Of normal ones. Default: 0. */
  readonly mean?: number;
}

/** Rows of this population have correlated attributions. */
export type Population = readonly SimulatedFeature[];

const RARE = { share: 0.02, size: 25 };
const STEP_SHARE = 0.3;
/** Of the normal numbers behind the attributions, with one that all features of a row have in common. */
const CORRELATION = 0.5;

/** One attribution from a standard normal number. */
function attributionOf({ shape, scale, mean = 0 }: SimulatedFeature, z: number): number {
  if (shape === 'normal') return mean + scale * z;
  const tail = normalCdf(-z);
  if (shape === 'skewed') return scale * (-Math.log(tail) - 1);
  const [share, size] = shape === 'rare' ? [RARE.share, RARE.size] : [STEP_SHARE, 1];
  return scale * (tail < share ? size : (-size * share) / (1 - share));
}

/** The population's values: mean absolute attribution, median, mean square and mean. */
export function truthOf({
  shape,
  scale,
  mean = 0,
}: SimulatedFeature): Record<'mean_abs' | 'median' | 'mean_sq' | 'mean', number> {
  if (shape === 'normal') {
    const ratio = mean / scale;
    const folded = scale * Math.sqrt(2 / Math.PI) * Math.exp((-ratio * ratio) / 2) + mean * (1 - 2 * normalCdf(-ratio));
    return { mean_abs: folded, median: mean, mean_sq: scale ** 2 + mean ** 2, mean };
  }
  if (shape === 'skewed') {
    return { mean_abs: (2 * scale) / Math.E, median: scale * (Math.LN2 - 1), mean_sq: scale ** 2, mean: 0 };
  }
  const [share, size] = shape === 'rare' ? [RARE.share, RARE.size] : [STEP_SHARE, 1];
  const other = (size * share) / (1 - share);
  return {
    mean_abs: scale * (share * size + (1 - share) * other),
    median: -scale * other,
    mean_sq: scale ** 2 * (share * size ** 2 + (1 - share) * other ** 2),
    mean: 0,
  };
}

export function truths(population: Population, of: keyof ReturnType<typeof truthOf>): Float64Array {
  return Float64Array.from(population, (feature) => truthOf(feature)[of]);
}

/** A profile of rows drawn from a population. */
export function drawProfile(
  population: Population,
  rows: number,
  random: Random,
  layout?: AttributionProfile,
): AttributionProfile {
  const width = population.length;
  const values = new Float64Array(rows * width);
  const answers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const common = random.normal();
    for (let feature = 0; feature < width; feature++) {
      const z = Math.sqrt(CORRELATION) * common + Math.sqrt(1 - CORRELATION) * random.normal();
      const value = attributionOf(population[feature]!, z);
      values[row * width + feature] = value;
      answers[row]! += value;
    }
  }
  const builder = new AttributionProfileBuilder(
    {
      features: population.map((_, feature) => `f${feature}`),
      outputs: ['label0'],
      expectedValues: new Float64Array(1),
    },
    { seed: 0, ...(layout && { layout }) },
  );
  const column = {
    kind: 'number',
    values: new Float64Array(rows),
    valid: new Uint8Array(rows),
    integral: false,
  } as const;
  builder.add({ rows, values, answers }, { rowCount: rows, columns: population.map(() => column) });
  return builder.finish();
}
