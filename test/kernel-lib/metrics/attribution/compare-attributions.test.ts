import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CellBatch } from '../../../../kernel-lib/src/dataset/cell-batch.js';
import type { GlobalAttributions } from '../../../../kernel-lib/src/metrics/attribution/aggregate.js';
import {
  type AttributionProfile,
  AttributionProfileBuilder,
} from '../../../../kernel-lib/src/metrics/attribution/attribution-profile.js';
import {
  compareAttributions,
  type OutputComparison,
} from '../../../../kernel-lib/src/metrics/attribution/compare-attributions.js';
import { Random } from '../../../../kernel-lib/src/stats/random.js';
import { type LinearSample, linearProfile } from '../../../support/attribution-samples.js';

const model: LinearSample = { features: ['a', 'b', 'c'], weights: [2, -1, 0.5], expectedValue: 3 };
const options = { aggregation: 'mean_abs', threshold: 0.9, seed: 0, resamples: 200 } as const;

function rowsOf(count: number, seed: number, scales: readonly number[] = [1, 1, 1]): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => scales.map((scale) => scale * random.normal()));
}

function compared(before: number[][], now: number[][]): OutputComparison {
  const baseline = linearProfile(model, before);
  const [output] = compareAttributions(baseline, linearProfile(model, now, { layout: baseline }), options);
  return output!;
}

const baseline = linearProfile(model, rowsOf(400, 1));
const drifted = linearProfile(model, rowsOf(300, 2, [0.1, 1, 8]), { layout: baseline });

describe('compareAttributions()', () => {
  test('of a sample with itself finds nothing', () => {
    const rows = rowsOf(500, 1);
    const { ranking, features, answerChange, comparable, judged } = compared(rows, rows);
    expect(ranking).toMatchObject({ value: 1, upper: 1, threshold: 0.9 });
    expect(ranking.method).toBe('bootstrap (200 resamples, seed 0)');
    expect(features.map(({ feature }) => feature)).toEqual(['a', 'b', 'c']);
    expect(features.map(({ shareChange }) => shareChange)).toMatchObject([
      { value: 0, pValue: 1 },
      { value: 0, pValue: 1 },
      { value: 0, pValue: 1 },
    ]);
    expect(answerChange?.value).toBe(0);
    expect({ comparable, judged }).toEqual({ comparable: true, judged: true });
  });

  test('tells ranks, shares and changes of a window that drifted', () => {
    const [{ ranking, features }] = compareAttributions(baseline, drifted, options) as [OutputComparison];
    expect(features.map(({ feature, rank }) => [feature, rank.baseline, rank.current])).toEqual([
      ['a', 1, 3],
      ['b', 2, 2],
      ['c', 3, 1],
    ]);
    expect(ranking.value).toBeLessThan(0.8);
    expect(ranking.lower).toBeLessThanOrEqual(ranking.value);
    expect(ranking.upper).toBeGreaterThanOrEqual(ranking.value);
    for (const { share, shareChange, attribution } of features) {
      expect(shareChange!.value).toBeCloseTo(share.current!.value - share.baseline!.value, 12);
      expect(share.current!.lower).toBeLessThan(share.current!.value);
      expect(attribution.current!.upper).toBeGreaterThan(attribution.current!.value);
    }
    const sum = (of: 'baseline' | 'current') => features.reduce((all, { share }) => all + share[of]!.value, 0);
    expect([sum('baseline'), sum('current')].map((all) => all.toFixed(12))).toEqual([
      '1.000000000000',
      '1.000000000000',
    ]);
  });

  test('is the same for the same seed', () => {
    expect(compareAttributions(baseline, drifted, options)).toEqual(compareAttributions(baseline, drifted, options));
    const other = compareAttributions(baseline, drifted, { ...options, seed: 5 });
    expect(other[0]!.ranking.method).toBe('bootstrap (200 resamples, seed 5)');
  });

  test('the changes of the features sum to the change of the mean answer', () => {
    const row = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 });
    const rows = fc.array(row, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const { features, answerChange } = compared(before, now);
        const sum = features.reduce((all, { meanChange }) => all + meanChange!.value, 0);
        expect(Math.abs(sum - answerChange!.value)).toBeLessThan(1e-9);
      }),
      { numRuns: 50 },
    );
  });

  test('has nothing but finite numbers, whatever the rows', () => {
    const row = fc.array(fc.oneof(fc.constant(0), fc.double({ min: -1e69, max: 1e69, noNaN: true })), {
      minLength: 3,
      maxLength: 3,
    });
    const rows = fc.array(row, { minLength: 1, maxLength: 40 });
    const aggregations = fc.constantFrom('mean_abs', 'median', 'mean_sq');
    const finite = (_: string, value: unknown): unknown => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      return value;
    };
    fc.assert(
      fc.property(rows, rows, aggregations, (before, now, aggregation) => {
        const layout = linearProfile(model, before);
        const window = linearProfile(model, now, { layout });
        const text = JSON.stringify(compareAttributions(layout, window, { ...options, aggregation }), finite);
        expect(text.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });

  test('without a row in the window has the baseline alone, and says why', () => {
    const empty = linearProfile(model, []);
    for (const current of [undefined, empty]) {
      const [{ ranking, features, comparable, answer }] = compareAttributions(baseline, current, options) as [
        OutputComparison,
      ];
      expect(ranking).toEqual({ value: 1, threshold: 0.9, reason: 'the window has no rows that were explained' });
      expect(comparable).toBe(false);
      expect(answer.current).toBeUndefined();
      expect(features.map(({ rank, share }) => [rank, share.current])).toEqual([
        [{ baseline: 1 }, undefined],
        [{ baseline: 2 }, undefined],
        [{ baseline: 3 }, undefined],
      ]);
    }
  });

  test.each([
    ['window', 400, 29, 'only 29 rows of the window were explained, of at least 30'],
    ['baseline', 29, 400, 'the baseline has only 29 rows, of at least 30'],
  ])('of too few rows in the %s has no intervals and no p-values', (_, before, now, reason) => {
    const { ranking, features, judged } = compared(rowsOf(before, 1), rowsOf(now, 2));
    expect(ranking.reason).toBe(reason);
    expect(ranking.upper).toBeUndefined();
    expect(judged).toBe(false);
    expect(features.every(({ shareChange }) => shareChange !== undefined && shareChange.pValue === undefined)).toBe(
      true,
    );
  });

  test('where no feature adds anything in the baseline there is no ranking', () => {
    const { ranking, comparable } = compared(rowsOf(50, 1, [0, 0, 0]), rowsOf(50, 2));
    expect(ranking.reason).toBe('no feature adds anything in the baseline: there is no ranking to lose');
    expect(comparable).toBe(false);
  });
});

describe("compareAttributions() with the values of a service's baseline", () => {
  const known: GlobalAttributions = {
    label: 'label0',
    features: ['c', 'a', 'b'],
    values: Float64Array.of(0.1, 0.6, 0.3),
    expectedValue: 1,
  };

  test('takes them for exact, and says so', () => {
    const [{ ranking, features, judged }] = compareAttributions([known], drifted, options) as [OutputComparison];
    expect(ranking.reason).toBe('the baseline has no rows: its values are taken as exact');
    expect(ranking.upper).toBeGreaterThan(ranking.value - 1e-12);
    expect(judged).toBe(false);
    expect(features.map(({ feature, share }) => [feature, share.baseline])).toEqual([
      ['a', { value: 0.6, lower: 0.6, upper: 0.6 }],
      ['b', { value: 0.3, lower: 0.3, upper: 0.3 }],
      ['c', { value: 0.1, lower: 0.1, upper: 0.1 }],
    ]);
    expect(features[0]!.shareChange).not.toHaveProperty('pValue');
    expect(features[0]!.mean.baseline).toBeUndefined();
    expect(features[0]!.distribution!.baseline).toBeUndefined();
    expect(features[0]!.distribution!.current!.reduce((sum, rows) => sum + rows, 0)).toBe(300);
  });

  test('knows no shares of values that are no mean sizes', () => {
    const [{ features }] = compareAttributions([known], drifted, { ...options, aggregation: 'median' }) as [
      OutputComparison,
    ];
    expect(features[0]!.share.baseline).toBeUndefined();
    expect(features[0]!.shareChange).toBeUndefined();
    expect(features[0]!.attribution.baseline).toEqual({ value: 0.6 });
  });

  test('a single output is compared whatever it is called; of several the labels tell', () => {
    const [renamed] = compareAttributions([{ ...known, label: '0.81234' }], drifted, options);
    expect(renamed).toMatchObject({ label: '0.81234', comparable: true });
    const outputs = compareAttributions([known, { ...known, label: 'other' }], drifted, options);
    expect(outputs.map(({ label, comparable }) => [label, comparable])).toEqual([
      ['label0', true],
      ['other', false],
    ]);
  });
});

describe('compareAttributions() of models that take other features', () => {
  const wider = linearProfile({ features: ['b', 'new', 'a'], weights: [-1, 3, 2] }, rowsOf(300, 3));

  test('counts 0 for what a side does not have, and ranks it on the other side only', () => {
    const [{ features, answerChange }] = compareAttributions(baseline, wider, options) as [OutputComparison];
    expect(features.map(({ feature, rank }) => [feature, rank])).toEqual([
      ['a', { baseline: 1, current: 2 }],
      ['b', { baseline: 2, current: 3 }],
      ['c', { baseline: 3 }],
      ['new', { current: 1 }],
    ]);
    const [, , gone, came] = features;
    expect(gone!.share.current).toEqual({ value: 0, lower: 0, upper: 0 });
    expect(gone!.shareChange!.value).toBeLessThan(0);
    expect(came!.shareChange!.pValue).toBeLessThan(0.001);
    const sum = features.reduce((all, { meanChange }) => all + meanChange!.value, 0);
    // The models start from other expected values: 3 and 0.
    expect(sum - 3).toBeCloseTo(answerChange!.value, 12);
  });

  test('an output that one side lacks is not compared', () => {
    const both = profileOfOutputs(['x', 'y']);
    const other = profileOfOutputs(['y', 'z']);
    const outputs = compareAttributions(both, other, options);
    expect(outputs.map(({ label, comparable, ranking }) => [label, comparable, ranking.reason])).toEqual([
      ['x', false, 'the window has no rows that were explained'],
      ['y', true, undefined],
      ['z', false, 'the baseline does not have this output'],
    ]);
  });
});

describe('bins of a compared feature', () => {
  const columns = (texts: (string | null)[]): CellBatch => ({
    rowCount: texts.length,
    columns: [{ kind: 'text', values: texts }],
  });

  function profile(texts: (string | null)[], values: number[], layout?: AttributionProfile): AttributionProfile {
    const builder = new AttributionProfileBuilder(
      { features: ['f'], outputs: ['label0'], expectedValues: new Float64Array(1) },
      { seed: 0, ...(layout && { layout }) },
    );
    builder.add(
      { rows: values.length, values: Float64Array.from(values), answers: Float64Array.from(values) },
      columns(texts),
    );
    return builder.finish();
  }

  test('tell mean attributions by value, and leave out bins that no row is in', () => {
    const before = profile(['1', '2', '2', '3', null], [1, 2, 4, 6, -1]);
    const now = profile(['2', '2', '9'], [5, 7, 8], before);
    const [{ features }] = compareAttributions(before, now, options) as [OutputComparison];
    expect(features[0]!.dependence).toEqual([
      { title: '1', lower: 1, upper: 1, rows: { baseline: 1, current: 0 }, mean: { baseline: { value: 1 } } },
      {
        title: '2',
        lower: 2,
        upper: 2,
        rows: { baseline: 2, current: 2 },
        mean: { baseline: { value: 3 }, current: { value: 6 } },
      },
      {
        title: '3',
        lower: 3,
        upper: 3,
        rows: { baseline: 1, current: 1 },
        mean: { baseline: { value: 6 }, current: { value: 8 } },
      },
      { title: 'missing', rows: { baseline: 1, current: 0 }, mean: { baseline: { value: -1 } } },
    ]);
  });

  test('tell how often attributions of a size come, and with which values', () => {
    const before = profile(['1', '2', '3', null], [0, 10, 40, 20]);
    const now = profile(['3', '1'], [100, 0], before);
    const [{ features }] = compareAttributions(before, now, options) as [OutputComparison];
    const { edges, baseline: counts, current, baselineLevel, currentLevel } = features[0]!.distribution!;
    expect([edges.length, edges[0], edges[1], edges[40]]).toEqual([41, 0, 1, 40]);
    expect([counts![0], counts![10], counts![20], counts![39]]).toEqual([1, 1, 1, 1]);
    expect([current![0], current![39]]).toEqual([1, 1]);
    expect([baselineLevel![0], baselineLevel![10], baselineLevel![20]]).toEqual([1 / 6, 1 / 2, null]);
    expect([currentLevel![0], currentLevel![39]]).toEqual([1 / 6, 5 / 6]);
  });

  test('of categories have no levels', () => {
    const before = profile(['x', 'y', 'x'], [1, 2, 3]);
    const [{ features }] = compareAttributions(before, before, options) as [OutputComparison];
    expect(features[0]!.distribution).not.toHaveProperty('baselineLevel');
    expect(features[0]!.dependence!.map(({ title }) => title)).toEqual(['x', 'y']);
  });

  test('are kept of the 200 features that rank highest on either side', () => {
    const features = Array.from({ length: 250 }, (_, i) => `f${i}`);
    const rows = Array.from({ length: 3 }, () => features.map(() => 1));
    const before = linearProfile({ features, weights: features.map((_, i) => 300 - i) }, rows);
    const now = linearProfile({ features, weights: features.map((_, i) => (i === 249 ? 999 : 300 - i)) }, rows);
    const [{ features: compared }] = compareAttributions(before, now, options) as [OutputComparison];
    const binned = compared.filter(({ distribution, dependence }) => distribution && dependence);
    expect(binned.map(({ feature }) => feature)).toEqual([...features.slice(0, 200), 'f249']);
  });

  test('that neither side has taken over from the other are those of the window alone', () => {
    const [{ features }] = compareAttributions(profile(['1', '2'], [0, 1]), profile(['5', '7'], [3, 9]), options) as [
      OutputComparison,
    ];
    expect(features[0]!.distribution!.baseline).toBeUndefined();
    expect(features[0]!.dependence!.map(({ title, rows }) => [title, rows])).toEqual([
      ['5', { current: 1 }],
      ['7', { current: 1 }],
    ]);
  });
});

/** A profile of 50 rows and one feature, with these outputs. */
function profileOfOutputs(outputs: string[]): AttributionProfile {
  const rows = 50;
  const random = new Random(9);
  const values = Float64Array.from({ length: rows * outputs.length }, () => random.normal());
  const builder = new AttributionProfileBuilder(
    { features: ['f'], outputs, expectedValues: new Float64Array(outputs.length) },
    { seed: 0 },
  );
  builder.add(
    { rows, values, answers: values },
    { rowCount: rows, columns: [{ kind: 'text', values: Array.from({ length: rows }, () => 'v') }] },
  );
  return builder.finish();
}
