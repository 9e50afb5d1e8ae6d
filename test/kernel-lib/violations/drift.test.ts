import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Constraints, effectiveConfig } from '../../../kernel-lib/src/constraints/constraints.js';
import { compareFeatures, driftOutcome, type FeatureDrift } from '../../../kernel-lib/src/violations/drift.js';
import type { FeatureInput, ViolatedOutcome } from '../../../kernel-lib/src/violations/outcome.js';
import { columnOf, repeat } from '../../support/profile-of.js';

type Cells = readonly (string | number | null)[];
type Distribution = NonNullable<NonNullable<Constraints['monitoring_config']>['distribution_constraints']>;

function input(baseline: Cells, current: Cells, distribution: Distribution = {}, name: string = 'x'): FeatureInput {
  const constraints: Constraints = {
    features: [{ name }],
    monitoring_config: { distribution_constraints: distribution },
  };
  return {
    constraint: constraints.features[0]!,
    config: effectiveConfig(constraints, name),
    baseline: columnOf(baseline, name),
    current: columnOf(current, name),
  };
}

function compare(...of: Parameters<typeof input>): FeatureDrift {
  const [drift] = compareFeatures([input(...of)]);
  if (drift === undefined || !('evidence' in drift)) throw new Error(drift?.reason);
  return drift;
}

const spread = (count: number, from: number): number[] => repeat(count, (i) => from + ((i * 7919) % count) / count);

describe('compareFeatures()', () => {
  test('compares the distance of the service with its limit, strictly', () => {
    // Half of the current values lie above all of the baseline's: a distance of 0.5.
    const baseline = repeat(100, (i) => i);
    const current = repeat(100, (i) => (i % 2 === 0 ? i : i + 1000));
    const simple = (threshold: number) =>
      compare(baseline, current, { comparison_method: 'Simple', comparison_threshold: threshold });
    expect(simple(0.5).judged).toEqual({ name: 'linf_simple', value: 0.5, limit: 0.5 });
    expect(simple(0.5).violated).not.toContain('threshold');
    expect(simple(0.49).violated).toContain('threshold');
    const robust = compare(baseline, current, { comparison_threshold: 0.2 });
    expect(robust.judged.name).toBe('linf_robust');
    // 0.5 less 1.8 sqrt(200 / 10,000).
    expect(robust.judged.value).toBeCloseTo(0.5 - 1.8 * Math.sqrt(0.02), 12);
  });

  test('finds a shift significant with many rows, and not with a handful', () => {
    const many = compare(spread(5000, 0), spread(5000, 0.3));
    expect(many.evidence.distance).toBeCloseTo(0.3, 2);
    expect(many.evidence.significant).toBe(true);
    expect(many.violated).toEqual(['significant', 'threshold']);
    const few = compare(spread(12, 0), spread(12, 0.3));
    expect(few.evidence.significant).toBe(false);
    expect(few.evidence.minimumDetectable).toBeGreaterThan(many.evidence.minimumDetectable);
  });

  test('does not find a certain but small shift significant', () => {
    const drift = compare(spread(100_000, 0), spread(100_000, 0.05));
    expect(drift.evidence.pValue).toBeLessThan(1e-6);
    expect(drift.evidence.lowerBound).toBeLessThan(0.1);
    expect([drift.evidence.significant, drift.violated]).toEqual([false, []]);
  });

  test('says which values became more frequent', () => {
    const up = compare(
      repeat(100, (i) => i),
      repeat(100, (i) => i + 40),
    );
    expect(up.shift.condition).toEqual({ kind: 'range', feature: 'x', above: expect.any(Number) });
    expect(up.shift.current - up.shift.baseline).toBeCloseTo(0.4, 12);
    const down = compare(
      repeat(100, (i) => i),
      repeat(100, (i) => i - 40),
    );
    expect(down.shift.condition).toEqual({ kind: 'range', feature: 'x', atMost: expect.any(Number) });
    expect(down.shift.current - down.shift.baseline).toBeCloseTo(0.4, 12);
    const text = compare([...repeat(9, () => 'a'), 'b'], [...repeat(5, () => 'a'), 'b', ...repeat(4, () => 'new')]);
    expect(text.shift).toEqual({ condition: { kind: 'in', feature: 'x', values: ['new'] }, baseline: 0, current: 0.4 });
  });

  test('judges categories by the largest difference of a share', () => {
    const baseline = repeat(1000, (i) => (i % 10 < 5 ? 'a' : 'b'));
    const current = repeat(1000, (i) => (i % 10 < 7 ? 'a' : 'b'));
    const drift = compare(baseline, current, { categorical_comparison_threshold: 0.05, comparison_threshold: 0.9 });
    expect(drift.evidence).toMatchObject({ distance: expect.closeTo(0.2, 12), threshold: 0.05, significant: true });
    expect(drift.judged.limit).toBe(0.05);
  });

  test('judges ChiSquared by its p-value, and its size by the limit for numbers', () => {
    const baseline = repeat(1000, (i) => (i % 2 === 0 ? 'a' : 'b'));
    const chi: Distribution = { categorical_drift_method: 'ChiSquared', categorical_comparison_threshold: 0.05 };
    const moved = compare(
      baseline,
      repeat(1000, (i) => (i % 10 < 8 ? 'a' : 'b')),
      chi,
    );
    expect(moved.judged).toMatchObject({ name: 'chi_squared', limit: 0.05 });
    expect(moved.judged.value).toBeLessThan(1e-6);
    expect(moved.evidence.threshold).toBe(0.1);
    expect(moved.violated).toEqual(['significant', 'threshold']);
    expect(compare(baseline, baseline, chi)).toMatchObject({ judged: { value: 1 }, violated: [] });
  });

  test('controls false discoveries over all features', () => {
    const inputs = repeat(20, (i) =>
      input(spread(200, 0), spread(200, i === 0 ? 0.5 : 0), { comparison_threshold: 0 }, `f${i}`),
    );
    const drifts = compareFeatures(inputs) as FeatureDrift[];
    expect(drifts[0]!.evidence.adjustedPValue).toBeCloseTo(drifts[0]!.evidence.pValue * 20, 12);
    expect(drifts[0]!.evidence.significant).toBe(true);
    expect(drifts.slice(1).every(({ evidence }) => evidence.adjustedPValue === 1 && !evidence.significant)).toBe(true);
  });

  test('has few false alarms where nothing moved', () => {
    // 60 samples of 300 from one distribution against 2,000: no distance is near 0.1 after correction.
    const draw = (count: number, seed: number): number[] =>
      repeat(count, (i) => ((Math.imul(i + 1 + seed * 7717, 2654435761) >>> 0) % 10_007) / 10_007);
    const inputs = repeat(60, (i) => input(draw(2000, 999), draw(300, i), {}, `f${i}`));
    const flagged = (compareFeatures(inputs) as FeatureDrift[]).filter(({ violated }) => violated.length > 0);
    expect(flagged).toEqual([]);
  });

  test('leaves out features that are not to be compared, with the reason', () => {
    expect(compareFeatures([input([1], [2], { perform_comparison: 'Disabled' })])).toEqual([
      { feature: 'x', reason: 'comparison is disabled in constraints.json' },
    ]);
    expect(compareFeatures([input([1], [null])])).toEqual([{ feature: 'x', reason: 'there are no values now' }]);
  });

  test('has only finite numbers, whatever the cells', () => {
    const cells = fc.array(
      fc.oneof(
        fc.integer({ min: -5, max: 5 }).map(String),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
        fc.constantFrom(null, 'a', '', 'NaN', 'true'),
      ),
      { minLength: 1, maxLength: 30 },
    );
    const method = fc.constantFrom<Distribution>(
      {},
      { comparison_method: 'Simple' },
      { categorical_drift_method: 'ChiSquared' },
    );
    fc.assert(
      fc.property(cells, cells, method, (baseline, current, distribution) => {
        const [drift] = compareFeatures([input(baseline, current, distribution)]);
        if (drift === undefined || !('evidence' in drift)) return;
        for (const value of Object.values(drift.evidence)) {
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        }
        expect(Number.isFinite(drift.judged.value)).toBe(true);
        const { pValue, adjustedPValue, lowerBound, distance } = drift.evidence;
        expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
        expect(lowerBound).toBeLessThanOrEqual(distance + 1e-12);
        expect(drift.shift.current).toBeGreaterThanOrEqual(drift.shift.baseline - 1e-12);
      }),
    );
  });
});

describe('driftOutcome()', () => {
  test('has the wording that readers of the service parse', () => {
    const outcome = driftOutcome(
      compare(
        repeat(100, (i) => i),
        repeat(100, (i) => i + 500),
      ),
    ) as ViolatedOutcome;
    const [, distance, threshold] = /distance: (.+) exceeds threshold: (.+)/.exec(outcome.description)!;
    expect(outcome.description.startsWith('Baseline drift distance: ')).toBe(true);
    expect([Number(distance), Number(threshold)]).toEqual([outcome.measured, 0.1]);
    expect(outcome).toMatchObject({
      unit: 'distance',
      rows: 100,
      baselineValue: 0,
      rules: ['significant', 'threshold'],
    });
  });

  test('tells a p-value as such', () => {
    const chi: Distribution = { categorical_drift_method: 'ChiSquared', categorical_comparison_threshold: 0.05 };
    const outcome = driftOutcome(
      compare(
        repeat(100, (i) => (i % 2 ? 'a' : 'b')),
        repeat(100, () => 'a'),
        chi,
      ),
    ) as ViolatedOutcome;
    expect(outcome.description).toMatch(/^Baseline drift p-value: .+ is below threshold: 0.05$/);
    expect(outcome.unit).toBe('p-value');
  });

  test('passes where neither rule is broken', () => {
    expect(driftOutcome(compare([1, 2, 3], [1, 2, 3]))).toEqual({
      kind: 'passed',
      check: 'baseline_drift_check',
      feature: 'x',
    });
  });
});
