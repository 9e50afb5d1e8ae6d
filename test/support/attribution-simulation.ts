import type { ExplainedSample } from '../../kernel-lib/src/explain/explained-sample.js';
import { exactMedian } from '../../kernel-lib/src/metrics/attribution/attribution-median.js';
import {
  type AttributionProfile,
  AttributionProfileBuilder,
} from '../../kernel-lib/src/metrics/attribution/attribution-profile.js';
import { compareAttributions } from '../../kernel-lib/src/metrics/attribution/compare-attributions.js';
import { rankingNdcg } from '../../kernel-lib/src/metrics/attribution/ndcg.js';
import type { AttributionAggregation } from '../../kernel-lib/src/report/model-explainability-report.js';
import { normalCdf } from '../../kernel-lib/src/stats/distributions.js';
import { Random } from '../../kernel-lib/src/stats/random.js';
import { judgeAttributions } from '../../kernel-lib/src/violations/attribution-checks.js';

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

/** The attributions of a row's features, which are correlated. */
export type Population = readonly SimulatedFeature[];

const SHAPES = ['normal', 'skewed', 'step', 'normal', 'skewed', 'normal', 'step', 'skewed'] as const;

/** Features with these mean absolute attributions; those of `rare` add what they add in few rows. */
export function populationOf(sizes: readonly number[], rare: readonly number[] = []): Population {
  return sizes.map((size, place) => {
    const shape = rare.includes(place) ? 'rare' : SHAPES[place % SHAPES.length]!;
    return { shape, scale: size / truthOf({ shape, scale: 1 }).mean_abs };
  });
}

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
function truthOf({
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

function truths(population: Population, of: TruthName): Float64Array {
  return Float64Array.from(population, (feature) => truthOf(feature)[of]);
}

type TruthName = keyof ReturnType<typeof truthOf>;

/** Where attributions are drawn from. */
export interface AttributionSource {
  /** What is true of each feature. */
  truths(of: TruthName): Float64Array;
  /** The attributions of one more row, into `row`. */
  draw(random: Random, row: Float64Array): void;
}

export function sourceOf(population: Population): AttributionSource {
  return {
    truths: (of) => truths(population, of),
    draw: (random, row) => {
      const common = random.normal();
      population.forEach((feature, place) => {
        const z = Math.sqrt(CORRELATION) * common + Math.sqrt(1 - CORRELATION) * random.normal();
        row[place] = attributionOf(feature, z);
      });
    },
  };
}

/** Rows of a sample that was explained, of one output, each as likely as any other. */
export function sourceOfRows({ rows, features, values }: Omit<ExplainedSample, 'columns'>): AttributionSource {
  const width = features.length;
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => values[row * width + place]!);
  const mean = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const of: Record<TruthName, (numbers: Float64Array) => number> = {
    mean,
    mean_abs: (numbers) => mean(numbers.map(Math.abs)),
    mean_sq: (numbers) => mean(numbers.map((number) => number * number)),
    median: (numbers) => exactMedian(numbers.sort()).value,
  };
  return {
    truths: (name) => Float64Array.from(features, (_, place) => of[name](column(place))),
    draw: (random, row) => {
      const drawn = random.integer(rows) * width;
      row.set(values.subarray(drawn, drawn + width));
    },
  };
}

/** A profile of rows drawn from a source. */
function drawProfile(
  source: AttributionSource,
  rows: number,
  random: Random,
  layout?: AttributionProfile,
): AttributionProfile {
  const width = source.truths('mean').length;
  const values = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) source.draw(random, values.subarray(row * width, (row + 1) * width));
  const answers = Float64Array.from({ length: rows }, (_, row) =>
    values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0),
  );
  const builder = new AttributionProfileBuilder(
    {
      features: Array.from({ length: width }, (_, feature) => `f${feature}`),
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
  builder.add({ rows, values, answers }, { rowCount: rows, columns: Array.from({ length: width }, () => column) });
  return builder.finish();
}

/** How a simulation is set up. */
export interface Simulation {
  readonly baseline: AttributionSource;
  /** Default: the baseline's, so that nothing drifts. */
  readonly current?: AttributionSource;
  readonly rows: number;
  /** Default: as many as the window has. */
  readonly baselineRows?: number;
  readonly aggregation?: AttributionAggregation;
  readonly windows: number;
  readonly seed: number;
  /** Default: 1,000. */
  readonly resamples?: number;
}

/** What was counted of one feature: windows. */
export interface FeatureTally {
  /** The interval of its current share, of the change of its share and of the change of its mean holds the population's. */
  shareHeld: number;
  changeHeld: number;
  meanHeld: number;
  /** The p-value of the change of its share is below 0.05. */
  alone: number;
  /** It rose or fell among all. */
  moved: number;
}

export interface SimulationResult {
  readonly windows: number;
  /** nDCG of the populations. */
  readonly ndcg: number;
  readonly meanNdcg: number;
  /** Windows in which the interval of nDCG holds it; in which it ends below it. */
  readonly ndcgHeld: number;
  readonly endsBelow: number;
  readonly significant: number;
  readonly threshold: number;
  readonly features: readonly FeatureTally[];
  /** Windows in which any feature rose or fell of those whose share is the same in both populations. */
  readonly anyFalse: number;
  /** Of all features that rose or fell, the share of those that did not: mean over windows. */
  readonly falseDiscoveries: number;
}

/** Draws baselines and windows and compares each pair. */
export function simulate(simulation: Simulation): SimulationResult {
  const { baseline, current = baseline, rows, baselineRows = rows, aggregation = 'mean_abs', windows } = simulation;
  const resamples = simulation.resamples ?? 1000;
  const random = new Random(simulation.seed);
  const ndcg = rankingNdcg(baseline.truths(aggregation), current.truths(aggregation));
  const [sharesBefore, sharesNow] = [sharesOf(baseline), sharesOf(current)];
  const means = current.truths('mean').map((mean, place) => mean - baseline.truths('mean')[place]!);
  const features = [...sharesBefore].map(() => ({ shareHeld: 0, changeHeld: 0, meanHeld: 0, alone: 0, moved: 0 }));
  const tally = {
    meanNdcg: 0,
    ndcgHeld: 0,
    endsBelow: 0,
    significant: 0,
    threshold: 0,
    anyFalse: 0,
    falseDiscoveries: 0,
  };
  for (let window = 0; window < windows; window++) {
    const before = drawProfile(baseline, baselineRows, random);
    const now = drawProfile(current, rows, random, before);
    const compared = compareAttributions(before, now, { aggregation, threshold: 0.9, seed: 2 * window, resamples });
    const [output] = judgeAttributions(compared, { rule: 'significant' }).outputs;
    const { ranking, rules } = output!;
    tally.meanNdcg += ranking.value / windows;
    if (holds(ranking, ndcg)) tally.ndcgHeld++;
    if (ranking.upper! < ndcg - ROUNDING) tally.endsBelow++;
    if (rules.includes('significant')) tally.significant++;
    if (rules.includes('threshold')) tally.threshold++;
    let [moved, wrong] = [0, 0];
    for (const { feature, share, shareChange, meanChange, direction } of output!.features) {
      const place = Number(feature.slice(1));
      const of = features[place]!;
      const change = sharesNow[place]! - sharesBefore[place]!;
      if (holds(share.current!, sharesNow[place]!)) of.shareHeld++;
      if (holds(shareChange!, change)) of.changeHeld++;
      if (holds(meanChange!, means[place]!)) of.meanHeld++;
      if (shareChange!.pValue! < 0.05) of.alone++;
      if (direction === 'unchanged') continue;
      of.moved++;
      moved++;
      if (Math.abs(change) < ROUNDING) wrong++;
    }
    if (wrong > 0) tally.anyFalse++;
    if (moved > 0) tally.falseDiscoveries += wrong / moved / windows;
  }
  return { windows, ndcg, features, ...tally };
}

/** Sums of a few terms are off by less. */
const ROUNDING = 1e-12;

function holds({ lower, upper }: { readonly lower?: number; readonly upper?: number }, truth: number): boolean {
  return lower! <= truth + ROUNDING && upper! >= truth - ROUNDING;
}

function sharesOf(source: AttributionSource): Float64Array {
  const sizes = source.truths('mean_abs');
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.map((size) => size / all);
}
