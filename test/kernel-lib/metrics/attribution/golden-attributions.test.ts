import { describe, expect, test } from 'vitest';
import { globalValues } from '../../../../kernel-lib/src/metrics/attribution/aggregate.js';
import { aggregatedOf, meanOf, shareOf } from '../../../../kernel-lib/src/metrics/attribution/attribution-errors.js';
import type { AttributionProfile } from '../../../../kernel-lib/src/metrics/attribution/attribution-profile.js';
import { compareAttributions } from '../../../../kernel-lib/src/metrics/attribution/compare-attributions.js';
import { rankingNdcg } from '../../../../kernel-lib/src/metrics/attribution/ndcg.js';
import { resampledNdcg, resampledValues } from '../../../../kernel-lib/src/metrics/attribution/ndcg-interval.js';
import { linearProfile } from '../../../support/attribution-samples.js';
import { expectClose, readGolden } from '../../stats/golden.js';

type Aggregation = 'mean_abs' | 'median' | 'mean_sq';

interface Sample extends Readonly<Record<Aggregation | 'mean' | 'share' | 'share_error', number[]>> {
  readonly rows: number[][];
  readonly mean_abs_error: number[];
  readonly mean_sq_error: number[];
  readonly mean_error: number[];
  readonly median_interval: [number, number][];
}

interface Golden {
  readonly baseline: Sample;
  readonly current: Sample;
  readonly mean_change: number[];
  readonly mean_change_p: number[];
  readonly ndcg: Readonly<Record<Aggregation, { value: number; mean: number; deviation: number; quantiles: number[] }>>;
}

const golden = readGolden<Golden>('attribution/attributions.json');
const model = { features: ['a', 'b', 'c', 'd', 'e'], weights: [1, 1, 1, 1, 1] };
const aggregations = ['mean_abs', 'median', 'mean_sq'] as const;
const samples = [
  ['baseline', golden.baseline],
  ['current', golden.current],
] as const;
const profiles = new Map<string, AttributionProfile>(
  samples.map(([name, { rows }]) => [name, linearProfile(model, rows)]),
);

function expectAll(
  actual: ArrayLike<number | undefined>,
  expected: readonly number[],
  tolerance: number,
  what: string,
) {
  expected.forEach((value, place) => {
    expectClose(actual[place], value, tolerance, `${what} ${place}`);
  });
}

describe.each(samples)('of the %s sample', (name, sample) => {
  const profile = profiles.get(name)!;
  const { rows } = profile;
  const { features } = profile.outputs[0]!;

  // Sums of some hundred terms; means of terms of either sign lose a digit or two.
  test.each(aggregations)('globalValues() agrees with NumPy: %s', (aggregation) => {
    expectAll(globalValues(profile, 0, aggregation), sample[aggregation], 1e-13, aggregation);
  });

  test('errors of means agree with SciPy', () => {
    const errors = (of: (feature: (typeof features)[number]) => number | undefined) => features.map(of);
    expectAll(
      errors(({ absolute, squares }) => meanOf(absolute, squares, rows).error),
      sample.mean_abs_error,
      1e-12,
      'mean_abs',
    );
    expectAll(
      errors(({ squares, fourths }) => meanOf(squares, fourths, rows).error),
      sample.mean_sq_error,
      1e-12,
      'mean_sq',
    );
    expectAll(
      errors(({ sum, squares }) => meanOf(sum, squares, rows).error),
      sample.mean_error,
      1e-12,
      'mean',
    );
  });

  test('the interval of the median is between the neighbours of the exact binomial one', () => {
    features.forEach((sums, feature) => {
      const { lower, upper } = aggregatedOf(sums, 'median', rows);
      const sorted = sample.rows.map((row) => row[feature]!).sort((a, b) => a - b);
      const [least, greatest] = sample.median_interval[feature]!;
      const [first, last] = [sorted.indexOf(least), sorted.lastIndexOf(greatest)];
      expect(lower).toBeGreaterThanOrEqual(sorted[Math.max(0, first - 1)]!);
      expect(lower).toBeLessThanOrEqual(sorted[first + 1]!);
      expect(upper).toBeGreaterThanOrEqual(sorted[last - 1]!);
      expect(upper).toBeLessThanOrEqual(sorted[Math.min(rows - 1, last + 1)]!);
    });
  });

  test("shares agree with NumPy, their errors with SciPy's bootstrap", () => {
    const all = sample.mean_abs.reduce((sum, value) => sum + value, 0) * rows;
    const shares = features.map((_, feature) => shareOf(profile.outputs[0]!, feature, all, rows));
    expectAll(
      shares.map(({ value }) => value),
      sample.share,
      1e-13,
      'share',
    );
    // 20,000 resamples tell a standard deviation to 0.5 %; the delta method leaves out terms of 1 / rows.
    expectAll(
      shares.map(({ error }) => error),
      sample.share_error,
      0.02,
      'error',
    );
  });
});

describe('of both samples', () => {
  test("changes of means have the p-values of the smaller of Welch's and Student's statistics, taken as normal", () => {
    const [output] = compareAttributions(profiles.get('baseline')!, profiles.get('current')!, {
      aggregation: 'mean_abs',
      threshold: 0.9,
      seed: 0,
    });
    const changes = model.features.map((name) => output!.features.find(({ feature }) => feature === name)!.meanChange);
    expectAll(
      changes.map((change) => change?.value),
      golden.mean_change,
      1e-11,
      'change',
    );
    expectAll(
      changes.map((change) => change?.pValue),
      golden.mean_change_p,
      1e-9,
      'p-value',
    );
  });

  test.each(aggregations)("nDCG of resampled rows is distributed as NumPy's: %s", (aggregation) => {
    const { value, mean, deviation, quantiles } = golden.ndcg[aggregation];
    const values = (name: string, seed: number) =>
      resampledValues(profiles.get(name)!, 0, aggregation, { seed, resamples: 4000 });
    const resampled = resampledNdcg(values('baseline', 1), values('current', 2)).sort();
    const ourMean = resampled.reduce((sum, ndcg) => sum + ndcg / 4000, 0);
    const ourDeviation = Math.sqrt(resampled.reduce((sum, ndcg) => sum + (ndcg - ourMean) ** 2 / 4000, 0));
    // In standard deviations. Two means of 4,000 differ by 0.02, two 2.5 % quantiles by 0.06; four times that. Medians are
    // moved along a straight line instead of drawn again, which is near and no more.
    const [apart, apartAtEnds] = aggregation === 'median' ? [0.2, 0.4] : [0.09, 0.24];
    expect(Math.abs(ourMean - mean) / deviation).toBeLessThan(apart);
    expect(Math.abs(ourDeviation / deviation - 1)).toBeLessThan(0.1);
    expect(Math.abs(resampled[100]! - quantiles[0]!) / deviation).toBeLessThan(apartAtEnds);
    expect(Math.abs(resampled[3899]! - quantiles[1]!) / deviation).toBeLessThan(apartAtEnds);
    const [baseline, current] = ['baseline', 'current'].map((name) =>
      globalValues(profiles.get(name)!, 0, aggregation),
    );
    expectClose(rankingNdcg(baseline!, current!), value, 1e-12, 'nDCG');
  });
});
