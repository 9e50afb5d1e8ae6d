import { type BiasCells, type FacetCounts, sideRows } from './counts.js';
import type { BiasMetric } from './metric.js';

/** A number of each side of a facet. */
export interface OfSides {
  /** Everybody else. */
  readonly advantaged: number;
  /** The facet's group. */
  readonly disadvantaged: number;
}

/** Parts of a metric's change, current less baseline, in the metric's unit. */
export interface CauseParts {
  /** What each side's labels and predictions did; both sum to the change less `parts.population`. */
  readonly sides: OfSides;
  /** The same by what moved; they sum to the change. */
  readonly parts: { readonly population: number; readonly labels: number; readonly predictions: number };
  /** The five parts that both are sums of, `parts.population` besides. */
  readonly factors: { readonly labels: OfSides; readonly predictions: OfSides };
}

/** Factors of the joint distribution, by bit: sizes, then predictions and labels of the others and of the group. */
const FACTORS = 5;
const SIZES = 1;
const PREDICTIONS = [2, 4] as const;
const LABELS = [8, 16] as const;
/** In how many of the 5! orders a factor follows exactly a given set of k others: k! (4 - k)!. */
const ORDERS = [24, 6, 4, 6, 24] as const;

/**
 * Why a metric changed. The distribution of both samples is taken apart into five factors: how many rows each side has,
 * each side's predictions P(prediction | side), and what then turned out true, P(label | prediction, side). The order is
 * that in which things happen: a model answers from its inputs, and knows nothing of the labels. So `predictions` is that
 * other people come, or another model answers; `labels` is that the truth follows the answers otherwise than before.
 * The metric is computed of
 * all 2^5 mixtures of the baseline's and the current factors, and each factor gets its Shapley value: the mean of what
 * the metric changes when that factor becomes the current one, over all 5! orders of doing so. The parts sum to the
 * change; none depends on an order. With two rates and two sizes this is the decomposition of Kitagawa.
 *
 * - A factor that only one sample knows (labels of positive predictions, where the baseline's side has none; all rates of
 *   a side that has no rows at some value of the group variable) is taken from that sample in every mixture.
 * - A metric before training looks at labels alone: P(label | side) is its factor, and its `predictions` are 0.
 * - CDDL and CDDPL: every value of the group variable is taken apart by itself, and `population` is how many rows each
 *   side has at each value.
 * - GE compares people, not sides: its `sides` say whose labels and predictions moved it.
 * - Parts below 1e-13 of the largest number on the way are rounding, and 0.
 *
 * @returns undefined where the metric has no finite number, of either sample or of a mixture of them: so FT, which is no
 * function of the eight counts, and CDDL and CDDPL where the samples differ in the number of values of the group variable.
 * Time O(2^5) evaluations of the metric.
 * @see Source: Kitagawa 1955, Components of a Difference Between Two Rates; Oaxaca 1973; Blinder 1973; Shapley 1953, A
 * Value for n-Person Games; Shorrocks 2013 for the Shapley value as a decomposition.
 */
export function causeOf(metric: BiasMetric, baseline: FacetCounts, current: FacetCounts): CauseParts | undefined {
  const seen = (counts: FacetCounts): FacetCounts => (metric.stage === 'pre-training' ? labelsAlone(counts) : counts);
  const mix = mixer(seen(baseline), seen(current));
  const values: number[] = [];
  for (let mixture = 0; mixture < 2 ** FACTORS; mixture++) {
    const value = finiteNumber(metric, mix(mixture));
    if (value === undefined) return undefined;
    values.push(value);
  }
  const rounding = 1e-13 * Math.max(...values.map(Math.abs));
  const part = (factor: number): number => {
    const value = shapleyValue(values, factor);
    return Math.abs(value) <= rounding ? 0 : value;
  };
  const population = part(SIZES);
  const labels = { advantaged: part(LABELS[0]), disadvantaged: part(LABELS[1]) };
  const predictions =
    metric.stage === 'pre-training'
      ? { advantaged: 0, disadvantaged: 0 }
      : { advantaged: part(PREDICTIONS[0]), disadvantaged: part(PREDICTIONS[1]) };
  return {
    sides: {
      advantaged: labels.advantaged + predictions.advantaged,
      disadvantaged: labels.disadvantaged + predictions.disadvantaged,
    },
    parts: {
      population,
      labels: labels.advantaged + labels.disadvantaged,
      predictions: predictions.advantaged + predictions.disadvantaged,
    },
    factors: { labels, predictions },
  };
}

/** The metric's true number; undefined where it is infinite, where there is none and where the service's tells nothing. */
export function finiteNumber(metric: BiasMetric, counts: FacetCounts): number | undefined {
  const exact = metric.exact?.(counts);
  if (exact !== undefined) return Number.isFinite(exact.value) ? exact.value : undefined;
  if (metric.caution?.(counts) !== undefined) return undefined;
  const found = metric.service(counts);
  return 'value' in found && Number.isFinite(found.value) ? found.value : undefined;
}

/**
 * The mean increase that a factor brings, over all orders in which the factors can be switched.
 *
 * @param values - of each set of switched factors, by their bits.
 * @param factor - its bit.
 */
function shapleyValue(values: readonly number[], factor: number): number {
  let sum = 0;
  values.forEach((value, set) => {
    if ((set & factor) === 0) sum += ORDERS[bitsOf(set)]! * (values[set | factor]! - value);
  });
  return sum / 120;
}

function bitsOf(set: number): number {
  return set === 0 ? 0 : (set & 1) + bitsOf(set >> 1);
}

/** Makes counts whose factors are the current sample's where their bit is set, else the baseline's. */
function mixer(baseline: FacetCounts, current: FacetCounts): (mixture: number) => FacetCounts {
  const predicted = baseline.predicted && current.predicted;
  const [before, after] = [baseline.groups, current.groups];
  const strata = before !== undefined && after !== undefined && before.length === after.length;
  return (mixture) => ({
    cells: mixed(baseline.cells, current.cells, mixture),
    predicted,
    ...(strata && { groups: before.map((cells, value) => mixed(cells, after[value]!, mixture)) }),
  });
}

/** The counts as if there were no predictions. */
function labelsAlone(counts: FacetCounts): FacetCounts {
  const without = (cells: BiasCells): BiasCells =>
    cells.map((count, at) => (at % 2 === 0 ? count + cells[at + 1]! : 0));
  return {
    ...counts,
    cells: without(counts.cells),
    ...(counts.groups && { groups: counts.groups.map(without) }),
  };
}

function mixed(baseline: BiasCells, current: BiasCells, mixture: number): BiasCells {
  const cells = new Float64Array(8);
  const inOrder = (factor: number): readonly [BiasCells, BiasCells] =>
    (mixture & factor) === 0 ? [baseline, current] : [current, baseline];
  for (const side of [0, 1] as const) {
    const rows = sideRows(inOrder(SIZES)[0], side);
    const at = side * 4;
    const positive = shareOf(inOrder(PREDICTIONS[side]), [at + 1, at + 3], [at, at + 2]);
    for (const prediction of [0, 1]) {
      const predicted = rows * (prediction === 1 ? positive : 1 - positive);
      const share = shareOf(inOrder(LABELS[side]), [at + 2 + prediction], [at + prediction]);
      cells[at + prediction] = predicted * (1 - share);
      cells[at + 2 + prediction] = predicted * share;
    }
  }
  return cells;
}

/** Share of some cells among those and some others, in the first sample that has any; else 0. */
function shareOf(samples: readonly BiasCells[], part: readonly number[], rest: readonly number[]): number {
  for (const cells of samples) {
    const count = (places: readonly number[]): number => places.reduce((sum, place) => sum + cells[place]!, 0);
    const [inside, outside] = [count(part), count(rest)];
    if (inside + outside > 0) return inside / (inside + outside);
  }
  return 0;
}
