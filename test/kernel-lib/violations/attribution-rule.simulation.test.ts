import { appendFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadCensus } from '../../../kernel-lib/src/demo/census.js';
import { normalQuantile } from '../../../kernel-lib/src/stats/distributions.js';
import {
  type AttributionSource,
  type FeatureTally,
  populationOf,
  type Simulation,
  type SimulationResult,
  simulate,
  sourceOf,
  sourceOfRows,
} from '../../support/attribution-simulation.js';
import { explainedCensus } from '../../support/explained-census.js';

/**
 * How often intervals of attributions hold, and the rules on them are right and wrong. The numbers of
 * docs/attribution-statistics.md are these with 400 windows and 1,000 resamples: SIMULATED_WINDOWS=400 SIMULATION_TABLE=table.md
 * npx vitest run test/kernel-lib/violations/attribution-rule.simulation.test.ts
 */
const WINDOWS = Number(process.env['SIMULATED_WINDOWS'] ?? 20);
/** Of a short run. */
const FEW_RESAMPLES = 200;
const TABLE = process.env['SIMULATION_TABLE'];

const from = (...of: Parameters<typeof populationOf>): AttributionSource => sourceOf(populationOf(...of));

/** Mean absolute attributions, as far apart as those of models usually are. */
const sizes = [1, 0.7, 0.5, 0.35, 0.25, 0.18, 0.12, 0.08];
const ladder = from(sizes);
/** The last two features add what they add in 2 % of the rows. */
const rare = from(sizes, [6, 7]);
const flat = from([1, 0.97, 0.95, 0.93, 0.91, 0.89, 0.87, 0.85]);
/** The current sizes of `ladder`'s features, as far from each other, for nDCG of 0.9005, 0.88 and 0.80. */
const above = from([1, 0.25, 0.08, 0.5, 0.18, 0.12, 0.7, 0.35]);
const below = from([0.5, 1, 0.18, 0.7, 0.08, 0.12, 0.35, 0.25]);
const far = from([0.08, 0.7, 1, 0.18, 0.5, 0.25, 0.35, 0.12]);
/** The first feature of a baseline and its last one are about equally large now, the first a little larger. */
const top = from([1, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.02]);
const tied = from([0.8, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05, 0.77]);
const tiedThree = from([0.8, 0.3, 0.25, 0.2, 0.15, 0.78, 0.79, 0.77]);
/** `ladder` with the third and fifth features' sizes exchanged: all other shares are the same. */
const exchanged = from([1, 0.7, 0.25, 0.35, 0.5, 0.18, 0.12, 0.08]);

type Case = [title: string, of: Omit<Simulation, 'windows' | 'seed'>];

/** The most, or least, of the windows that a thing of that chance may be met in: the 99 % band of all comparisons (Bonferroni). */
function bound(chance: number, end: 'most' | 'least', comparisons: number = 100): number {
  const z = -normalQuantile(0.005 / comparisons);
  const deviation = z * Math.sqrt(WINDOWS * chance * (1 - chance)) + 0.5;
  return WINDOWS * chance + (end === 'most' ? deviation : -deviation);
}

function run(title: string, of: Omit<Simulation, 'windows' | 'seed'>): SimulationResult {
  const result = simulate({
    ...of,
    windows: WINDOWS,
    seed: 20261123,
    resamples: WINDOWS < 100 ? FEW_RESAMPLES : 1000,
  });
  if (TABLE !== undefined) appendFileSync(TABLE, tableOf(title, result));
  return result;
}

function tableOf(title: string, result: SimulationResult): string {
  const percent = (count: number): string => `${((100 * count) / WINDOWS).toFixed(1)} %`;
  const { ndcg, meanNdcg, ndcgHeld, endsBelow, significant, threshold, anyFalse, falseDiscoveries, features } = result;
  const row = ({ shareHeld, changeHeld, meanHeld, alone, moved }: FeatureTally): string =>
    [shareHeld, changeHeld, meanHeld, alone, moved].map(percent).join(' | ');
  return [
    `\n## ${title}`,
    `nDCG ${ndcg.toFixed(4)}, mean ${meanNdcg.toFixed(4)}; interval holds ${percent(ndcgHeld)}, ends below ${percent(endsBelow)};`,
    `violated by threshold ${percent(threshold)}, by significant ${percent(significant)}.`,
    `Any false direction ${percent(anyFalse)}; false among directions ${(100 * falseDiscoveries).toFixed(1)} %.\n`,
    '| feature | share holds | change of share holds | change of mean holds | p below 0.05 | rose or fell |',
    '| --- | --- | --- | --- | --- | --- |',
    ...features.map((feature, place) => `| ${place + 1} | ${row(feature)} |`),
    '',
  ].join('\n');
}

const quiet: Case[] = [
  ['quiet, 1,000 rows, baseline as large', { baseline: ladder, rows: 1000 }],
  ['quiet, 1,000 rows, baseline of 10,000', { baseline: ladder, rows: 1000, baselineRows: 10_000 }],
  ['quiet, 200 rows, baseline as large', { baseline: ladder, rows: 200 }],
  ['quiet, 200 rows, baseline of 10,000', { baseline: ladder, rows: 200, baselineRows: 10_000 }],
  ['quiet, medians, 1,000 rows', { baseline: ladder, rows: 1000, aggregation: 'median' }],
  ['quiet, mean squares, 1,000 rows', { baseline: ladder, rows: 1000, aggregation: 'mean_sq' }],
];

describe('where nothing drifts', () => {
  test.each(quiet)('intervals hold, and both judgements are quiet: %s', (title, of) => {
    const { features, ndcgHeld, significant, anyFalse } = run(title, of);
    for (const held of ['shareHeld', 'changeHeld', 'meanHeld'] as const) {
      // Of some hundred rows normal intervals hold a little less often than 95 %.
      expect(Math.min(...features.map((feature) => feature[held])), held).toBeGreaterThan(bound(0.93, 'least'));
    }
    expect(Math.max(...features.map(({ alone }) => alone))).toBeLessThan(bound(0.07, 'most'));
    expect(ndcgHeld).toBeGreaterThan(bound(0.95, 'least'));
    expect(significant).toBe(0);
    expect(anyFalse).toBeLessThanOrEqual(bound(0.05, 'most', 10));
  });

  const few: Case[] = [
    ['quiet, features of few rows, 200 rows, baseline of 10,000', { baseline: rare, rows: 200, baselineRows: 10_000 }],
    ['quiet, features of few rows, 50 rows, baseline of 10,000', { baseline: rare, rows: 50, baselineRows: 10_000 }],
    ['quiet, features of few rows, 50 rows, baseline as large', { baseline: rare, rows: 50 }],
  ];
  test.each(few)('rows that matter and are rare raise no more directions than 7 %: %s', (title, of) => {
    const { significant, anyFalse } = run(title, of);
    expect(significant).toBeLessThanOrEqual(bound(0.025, 'most', 10));
    expect(anyFalse).toBeLessThanOrEqual(bound(0.07, 'most', 10));
  });

  test('near ties are no drift', () => {
    const { ndcgHeld, significant } = run('quiet, near ties, 300 rows', { baseline: flat, rows: 300 });
    expect(ndcgHeld).toBeGreaterThan(bound(0.95, 'least'));
    expect(significant).toBe(0);
  });
});

describe("windows drawn from the example model's training rows", () => {
  let census: AttributionSource;
  beforeAll(async () => {
    census = sourceOfRows(await explainedCensus((await loadCensus()).training));
  });
  test.each([1000, 200, 50])('are quiet: %i rows, baseline of 10,000', (rows) => {
    const title = `census, ${rows} rows, baseline of 10,000`;
    const { significant, anyFalse, ndcgHeld } = run(title, { baseline: census, rows, baselineRows: 10_000 });
    expect(significant).toBe(0);
    expect(anyFalse).toBeLessThanOrEqual(bound(0.05, 'most', 10));
    expect(ndcgHeld).toBeGreaterThan(bound(0.95, 'least', 10));
  });
});

describe('the significant rule', () => {
  const close: Case[] = [
    ['nDCG 0.9005, 1,000 rows', { baseline: ladder, current: above, rows: 1000 }],
    ['nDCG 0.9005, 300 rows', { baseline: ladder, current: above, rows: 300 }],
    ['two tied at the top, 300 rows', { baseline: top, current: tied, rows: 300 }],
    ['four tied at the top, 300 rows', { baseline: top, current: tiedThree, rows: 300 }],
  ];
  test.each(close)('is seldom violated by windows of a population that is above the limit: %s', (title, of) => {
    const { significant, ndcg, ndcgHeld } = run(title, of);
    expect(ndcg).toBeGreaterThan(0.9);
    expect(significant).toBeLessThanOrEqual(bound(0.025, 'most', 10));
    expect(ndcgHeld).toBeGreaterThan(bound(0.94, 'least', 10));
  });

  const drifted: [...Case, least: number][] = [
    ['nDCG 0.80, 300 rows', { baseline: ladder, current: far, rows: 300 }, 0.95],
    ['nDCG 0.88, 1,000 rows', { baseline: ladder, current: below, rows: 1000 }, 0.6],
    ['nDCG 0.88, 5,000 rows', { baseline: ladder, current: below, rows: 5000 }, 0.95],
  ];
  test.each(drifted)('finds drift: %s', (title, of, least) => {
    const { significant, threshold } = run(title, of);
    expect(significant).toBeGreaterThanOrEqual(bound(least, 'least', 10));
    expect(threshold).toBeGreaterThanOrEqual(significant);
  });
});

describe('directions', () => {
  test('find the two features whose sizes were exchanged, and no others', () => {
    const { features, falseDiscoveries } = run('two features exchanged, 300 rows', {
      baseline: ladder,
      current: exchanged,
      rows: 300,
    });
    expect(features[2]!.moved).toBeGreaterThanOrEqual(bound(0.95, 'least', 10));
    expect(features[4]!.moved).toBeGreaterThanOrEqual(bound(0.95, 'least', 10));
    expect(falseDiscoveries).toBeLessThan(bound(0.05, 'most', 10) / WINDOWS);
  });
});
