import type { BiasCells, FacetCounts } from '../../kernel-lib/src/metrics/bias/counts.js';
import { biasMetrics } from '../../kernel-lib/src/metrics/bias/registry.js';
import { multinomialDraw } from '../../kernel-lib/src/metrics/model/random-counts.js';
import { type MeasuredMetric, measureMetric } from '../../kernel-lib/src/monitor/model-bias/bias-values.js';
import { Random } from '../../kernel-lib/src/stats/random.js';
import { type BiasComparison, type BiasJudgement, judgeBias } from '../../kernel-lib/src/violations/bias-checks.js';

/** How one side of a facet is labelled and predicted. */
interface SimulatedSide {
  /** Share of positive labels. */
  readonly positive: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
}

/** People of whom samples are drawn: half are in the facet's group. */
export interface SimulatedPopulation {
  readonly group: SimulatedSide;
  readonly others: SimulatedSide;
  /** Shares of the group that the flip test finds flipped to positive and to negative. */
  readonly flips: readonly [toPositive: number, toNegative: number];
}

/** Shares of the three values of the group variable; at the second one a fifth of the positive labels are missing. */
const VALUES = [0.5, 0.3, 0.2] as const;

const alike: SimulatedSide = { positive: 0.4, recall: 0.7, falsePositiveRate: 0.15 };

export const populations = {
  fair: { group: alike, others: alike, flips: [0.05, 0.05] },
  unfair: {
    group: { positive: 0.3, recall: 0.6, falsePositiveRate: 0.1 },
    others: { positive: 0.45, recall: 0.75, falsePositiveRate: 0.2 },
    flips: [0.05, 0.15],
  },
  rare: {
    group: { positive: 0.05, recall: 0.6, falsePositiveRate: 0.03 },
    others: { positive: 0.1, recall: 0.7, falsePositiveRate: 0.02 },
    flips: [0.01, 0.03],
  },
} as const satisfies Record<string, SimulatedPopulation>;

/** The same people with both sides exchanged: as unfair, to the others. */
export function turned({ group, others, flips }: SimulatedPopulation): SimulatedPopulation {
  return { group: others, others: group, flips: [flips[1], flips[0]] };
}

/** The same people, of whose group so much less is predicted positive: labels stay, both rates fall in proportion. */
export function shifted(population: SimulatedPopulation, by: number): SimulatedPopulation {
  const { group } = population;
  const predicted = VALUES.reduce((sum, share, value) => {
    const positive = positiveAt(group, value);
    return sum + share * (positive * group.recall + (1 - positive) * group.falsePositiveRate);
  }, 0);
  const kept = 1 - by / predicted;
  return {
    ...population,
    group: { ...group, recall: group.recall * kept, falsePositiveRate: group.falsePositiveRate * kept },
  };
}

function positiveAt({ positive }: SimulatedSide, value: number): number {
  return value === 1 ? 0.8 * positive : positive;
}

/** Shares of the eight cells at each value of the group variable. */
function cellShares({ group, others }: SimulatedPopulation): Float64Array {
  return Float64Array.from(
    VALUES.flatMap((share, value) =>
      [others, group].flatMap((side) => {
        const positive = positiveAt(side, value);
        const found = positive * side.recall;
        const wrong = (1 - positive) * side.falsePositiveRate;
        return [1 - positive - wrong, wrong, positive - found, found].map((cell) => (cell * share) / 2);
      }),
    ),
  );
}

/** Counts, or shares, of all cells as the metrics take them. Flips of different rows do not depend on each other. */
function countsOf(all: Float64Array, toPositive: number, toNegative: number, rows: number): FacetCounts {
  const groups: BiasCells[] = VALUES.map((_, value) => all.slice(value * 8, value * 8 + 8));
  const cells = Float64Array.from({ length: 8 }, (_, cell) => groups.reduce((sum, group) => sum + group[cell]!, 0));
  const flipped = (toPositive - toNegative) / rows;
  const standardError = Math.sqrt(((toPositive + toNegative) / rows - flipped ** 2) / rows);
  return { cells, predicted: true, groups, flips: { toPositive, toNegative, rows, standardError } };
}

function draw(random: Random, population: SimulatedPopulation, rowsPerGroup: number): MeasuredMetric[] {
  const shares = cellShares(population);
  const drawn = new Float64Array(shares.length);
  multinomialDraw(random, 2 * rowsPerGroup, shares, drawn);
  const rows = drawn.reduce((sum, count, place) => sum + (place % 8 > 3 ? count : 0), 0);
  const flips = new Float64Array(3);
  const [toPositive, toNegative] = population.flips;
  multinomialDraw(random, rows, Float64Array.of(toPositive, toNegative, 1 - toPositive - toNegative), flips);
  const counts = countsOf(drawn, flips[0]!, flips[1]!, rows);
  return biasMetrics.map((metric) => measureMetric(metric, counts, 0));
}

export interface Simulation {
  readonly baseline: SimulatedPopulation;
  /** Default: the baseline's. */
  readonly current?: SimulatedPopulation;
  readonly rowsPerGroup: number;
  /** How many times as many rows the baseline has; default 1. */
  readonly baselineTimes?: number;
  readonly windows: number;
  readonly seed: number;
}

/** How many of the windows. */
export interface MetricTally {
  /** The current interval holds the population's value. */
  held: number;
  /** The interval of the difference from the baseline leaves out 0. */
  differs: number;
  /** The metric is violated where it is the only one that is judged. */
  alone: number;
  /** The metric is violated in a window of one facet. */
  violated: number;
}

export interface SimulationResult {
  readonly windows: number;
  readonly metrics: ReadonlyMap<string, MetricTally>;
  /** Windows of one facet with any violation. */
  readonly anyOfOne: number;
  /** Windows of four facets (a quarter as many) with any violation. */
  readonly anyOfFour: number;
}

/** Draws baseline and current samples, and judges them as a check does: each facet by itself, and four together. */
export function simulate(simulation: Simulation): SimulationResult {
  const { baseline, current = baseline, rowsPerGroup, baselineTimes = 1, windows, seed } = simulation;
  const random = new Random(seed);
  const truth = populationValues(current);
  const metrics = new Map(biasMetrics.map(({ name }) => [name, { held: 0, differs: 0, alone: 0, violated: 0 }]));
  let [anyOfOne, anyOfFour] = [0, 0];
  let four: BiasComparison[] = [];
  for (let window = 0; window < windows; window++) {
    const before = draw(random, baseline, rowsPerGroup * baselineTimes);
    const now = draw(random, current, rowsPerGroup);
    const comparisons = biasMetrics.map(({ fair }, place) => comparisonOf(fair, before[place]!, now[place]!));
    const judged = judgeBias(comparisons);
    judged.forEach(({ change, status }, place) => {
      const tally = metrics.get(biasMetrics[place]!.name)!;
      if (holds(now[place]!, truth[place]!)) tally.held++;
      if (leavesOutZero(change)) tally.differs++;
      if (isViolated(judgeBias([comparisons[place]!]))) tally.alone++;
      if (status === 'violated') tally.violated++;
    });
    if (isViolated(judged)) anyOfOne++;
    four.push(...comparisons);
    if (window % 4 < 3) continue;
    if (isViolated(judgeBias(four))) anyOfFour++;
    four = [];
  }
  return { windows, metrics, anyOfOne, anyOfFour };
}

function isViolated(judged: readonly BiasJudgement[]): boolean {
  return judged.some(({ status }) => status === 'violated');
}

function populationValues(population: SimulatedPopulation): number[] {
  const counts = countsOf(cellShares(population), ...population.flips, 1);
  return biasMetrics.map((metric) => {
    const { value } = measureMetric(metric, counts, 0).value;
    if (value === undefined) throw new Error(`${metric.name} has no value in the population`);
    return value;
  });
}

function comparisonOf(fair: 0 | 1, before: MeasuredMetric, now: MeasuredMetric): BiasComparison {
  return {
    fair,
    service: { baseline: before.service, current: now.service },
    baseline: before.value,
    current: now.value,
    limit: undefined,
    tooFew: undefined,
  };
}

function holds({ value }: MeasuredMetric, truth: number): boolean {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY, method } = value;
  return method !== undefined && lower <= truth + 1e-12 && truth - 1e-12 <= upper;
}

function leavesOutZero(change: { readonly lower?: number; readonly upper?: number } | undefined): boolean {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = change ?? {};
  return lower > 0 || upper < 0;
}
