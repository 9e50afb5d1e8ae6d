import { describe, expect, test } from 'vitest';
import type { FacetCounts, FlipCounts } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import { fairnessMetrics } from '../../../../kernel-lib/src/metrics/bias/fairness.js';
import { biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { multinomialDraw } from '../../../../kernel-lib/src/metrics/model/random-counts.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';

/** People of whom windows are drawn at random: shares of rows by cell, for each value of the group variable. */
interface Population {
  readonly title: string;
  readonly rows: number;
  /** Shares of the values of the group variable. */
  readonly groups: readonly number[];
  /** Of the facet's group: its share of all rows, how often labels are positive, and predictions after either label. */
  readonly group: Side;
  readonly others: Side;
}

interface Side {
  readonly share: number;
  readonly positive: number;
  readonly recall: number;
  readonly falsePositive: number;
}

const populations: readonly Population[] = [
  {
    title: 'a small difference',
    rows: 1000,
    groups: [0.5, 0.3, 0.2],
    group: { share: 0.4, positive: 0.3, recall: 0.7, falsePositive: 0.1 },
    others: { share: 0.6, positive: 0.4, recall: 0.75, falsePositive: 0.12 },
  },
  {
    title: 'no difference',
    rows: 600,
    groups: [0.6, 0.4],
    group: { share: 0.5, positive: 0.4, recall: 0.7, falsePositive: 0.2 },
    others: { share: 0.5, positive: 0.4, recall: 0.7, falsePositive: 0.2 },
  },
  {
    title: 'a small group and a large difference',
    rows: 1500,
    groups: [0.7, 0.3],
    group: { share: 0.12, positive: 0.15, recall: 0.5, falsePositive: 0.06 },
    others: { share: 0.88, positive: 0.45, recall: 0.85, falsePositive: 0.2 },
  },
  {
    title: 'rare positive labels',
    rows: 1000,
    groups: [0.5, 0.5],
    group: { share: 0.3, positive: 0.05, recall: 0.6, falsePositive: 0.03 },
    others: { share: 0.7, positive: 0.08, recall: 0.7, falsePositive: 0.02 },
  },
  {
    title: 'many values of the group variable',
    rows: 500,
    groups: Array.from({ length: 40 }, (_, place) => (place + 1) / 820),
    group: { share: 0.4, positive: 0.4, recall: 0.8, falsePositive: 0.3 },
    others: { share: 0.6, positive: 0.6, recall: 0.8, falsePositive: 0.3 },
  },
];

/** Shares of the eight cells within each value of the group variable; odd values have fewer positive labels. */
function sharesOf({ groups, group, others }: Population): Float64Array {
  return Float64Array.from(
    groups.flatMap((weight, place) =>
      [others, group].flatMap(({ share, positive, recall, falsePositive }) => {
        const labelled = positive * (place % 2 === 0 ? 1 : 0.8);
        const [negative, found] = [1 - labelled, labelled * recall];
        const cells = [negative * (1 - falsePositive), negative * falsePositive, labelled - found, found];
        return cells.map((cell) => weight * share * cell);
      }),
    ),
  );
}

function countsOf(drawn: Float64Array, flips: FlipCounts): FacetCounts {
  const groups = Array.from({ length: drawn.length / 8 }, (_, place) => drawn.slice(place * 8, place * 8 + 8));
  const cells = groups[0]!.map((_, place) => groups.reduce((sum, group) => sum + group[place]!, 0));
  return { cells, predicted: true, groups, flips };
}

/** Flips of rows that do not depend on each other. */
function flipsOf(toPositive: number, toNegative: number, rows: number): FlipCounts {
  const value = (toPositive - toNegative) / rows;
  return {
    toPositive,
    toNegative,
    rows,
    standardError: Math.sqrt(((toPositive + toNegative) / rows - value * value) / rows),
  };
}

const WINDOWS = 500;

/** How many of the windows' intervals hold the population's value, by metric. */
function coverage(population: Population, seed: number): Map<string, number> {
  const shares = sharesOf(population);
  const random = new Random(seed);
  const truth = countsOf(shares, { toPositive: 0.1, toNegative: 0.06, rows: 1 });
  const held = new Map<string, number>();
  const drawn = new Float64Array(shares.length);
  const flipped = new Float64Array(3);
  const rows = Math.round(population.rows * population.group.share);
  for (let window = 0; window < WINDOWS; window++) {
    multinomialDraw(random, population.rows, shares, drawn);
    multinomialDraw(random, rows, Float64Array.of(0.1, 0.06, 0.84), flipped);
    const counts = countsOf(drawn, flipsOf(flipped[0]!, flipped[1]!, rows));
    const all = [
      ...biasMetrics.map(
        (metric) => [metric.name, metric.service(truth), metric.interval(counts, { seed: 0 })] as const,
      ),
      ...fairnessMetrics.map(
        (metric) => [`${metric.name} of ${metric.library}`, metric.value(truth), metric.interval(counts)] as const,
      ),
    ];
    for (const [name, found, interval] of all) {
      if ('error' in found) throw new Error(`${name}: ${found.error}`);
      const holds = interval && interval.lower <= found.value + 1e-12 && found.value - 1e-12 <= interval.upper;
      held.set(name, (held.get(name) ?? 0) + (holds ? 1 : 0));
    }
  }
  return held;
}

/** The 99 % band of how many of the windows' intervals hold, if each does with 95 %. */
const DEVIATION = 2.576 * Math.sqrt(WINDOWS * 0.95 * 0.05);
const LEAST = 0.95 * WINDOWS - DEVIATION;
const MOST = 0.95 * WINDOWS + DEVIATION;

/** Distances hold more often near 0, where they miss on one side only; so do those of two rates at once. */
const mayHoldMore = new Set([
  ...['GE', 'JS', 'KL', 'KS', 'LP', 'TVD'],
  ...fairnessMetrics
    .filter(({ name, library }) => library !== 'AIF360' || name === 'average_abs_odds_difference')
    .map(({ name, library }) => `${name} of ${library}`),
]);

describe('the 95 % intervals of all metrics', () => {
  const cases = populations.map((population, at) => [population.title, population, at] as const);
  test.each(cases)('hold as often as they say: %s', (_, population, at) => {
    const held = [...coverage(population, 20260405 + at)];
    expect(held).toHaveLength(biasMetrics.length + fairnessMetrics.length);
    const tooSeldom = held.filter(([, count]) => count < LEAST);
    const tooOften = held.filter(([name, count]) => count > MOST && !mayHoldMore.has(name));
    expect({ tooSeldom, tooOften }).toEqual({ tooSeldom: [], tooOften: [] });
  });
});
