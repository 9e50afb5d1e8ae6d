import type { CellCondition } from '../capture/condition.js';
import type { EffectiveConfig } from '../constraints/constraints.js';
import { type CategoricalPair, type NumericPair, pairColumns } from '../metrics/column-pair.js';
import type { DistanceName } from '../metrics/metric.js';
import type { DriftEvidence, Rule } from '../report/report.js';
import { categoricalLInfinity, lInfinity } from '../stats/distance.js';
import {
  benjaminiHochberg,
  categoricalLowerBound,
  chiSquaredTest,
  deequChiSquared,
  ksLowerBound,
  ksTest,
  minimumDetectableDistance,
} from '../stats/hypothesis.js';
import type { WeightedSample } from '../stats/weighted.js';
import type { CheckOutcome, FeatureInput } from './outcome.js';

const check = 'baseline_drift_check';
const ALPHA = 0.05;

/** How one feature compares with its baseline. */
export interface FeatureDrift {
  readonly feature: string;
  readonly pair: NumericPair | CategoricalPair;
  /** The distance that the configuration judges by, its value and limit: for `chi_squared` the p-value. */
  readonly judged: { readonly name: DistanceName; readonly value: number; readonly limit: number };
  readonly evidence: DriftEvidence;
  /** The property whose share moved most: a number above a point, or a category. */
  readonly shift: Shift;
  readonly violated: readonly Rule[];
}

/** The rows that became more frequent, and how frequent they are on both sides. */
export interface Shift {
  readonly condition: Extract<CellCondition, { kind: 'in' } | { kind: 'range' }>;
  /** Shares of present values. */
  readonly baseline: number;
  readonly current: number;
}

/** Why a feature has no drift check. */
export interface NotCompared {
  readonly feature: string;
  readonly reason: string;
}

/**
 * Compares all features at once, since the false-discovery control spans them. The `threshold` rule flags the service's
 * distance above its limit (for `ChiSquared` a p-value below it); `significant` a lower 95 % bound of the plain distance
 * above the limit and a Benjamini-Hochberg-adjusted p-value below 0.05.
 */
export function compareFeatures(inputs: readonly FeatureInput[]): readonly (FeatureDrift | NotCompared)[] {
  const compared = inputs.map(compareFeature);
  const adjusted = benjaminiHochberg(
    compared.map((drift) => ('evidence' in drift ? drift.evidence.pValue : undefined)),
  );
  return compared.map((drift, index) => {
    if (!('evidence' in drift)) return drift;
    const adjustedPValue = adjusted[index] ?? 1;
    const significant = adjustedPValue < ALPHA && drift.evidence.lowerBound > drift.evidence.threshold;
    return {
      ...drift,
      evidence: { ...drift.evidence, adjustedPValue, significant },
      violated: [...(significant ? (['significant'] as const) : []), ...drift.violated],
    };
  });
}

/** The drift check's outcome, with the service's wording. */
export function driftOutcome(drift: FeatureDrift | NotCompared): CheckOutcome {
  const { feature } = drift;
  if (!('evidence' in drift)) return { kind: 'notApplicable', check, feature, reason: drift.reason };
  if (drift.violated.length === 0) return { kind: 'passed', check, feature };
  const { judged, evidence, shift, pair } = drift;
  const onlySignificant = !drift.violated.includes('threshold');
  const measured = onlySignificant ? evidence.distance : judged.value;
  const limit = onlySignificant ? evidence.threshold : judged.limit;
  const isTest = judged.name === 'chi_squared' && !onlySignificant;
  return {
    kind: 'violated',
    check,
    feature,
    description: isTest
      ? `Baseline drift p-value: ${measured} is below threshold: ${limit}`
      : `Baseline drift distance: ${measured} exceeds threshold: ${limit}`,
    measured,
    limit,
    // Of the baseline to itself.
    baselineValue: isTest ? 1 : 0,
    unit: isTest ? 'p-value' : 'distance',
    rules: drift.violated,
    rows: Math.round(shift.current * countOf(pair)),
    condition: shift.condition,
  };
}

function compareFeature({ constraint, config, baseline, current }: FeatureInput): FeatureDrift | NotCompared {
  const feature = constraint.name;
  if (!config.compare) return { feature, reason: 'comparison is disabled in constraints.json' };
  if (baseline === undefined) return { feature, reason: 'there are no statistics of the baseline' };
  const pair = pairColumns(baseline, current);
  if (pair.kind === 'none') return { feature, reason: pair.reason };
  return pair.kind === 'numeric' ? compareNumbers(feature, pair, config) : compareCategories(feature, pair, config);
}

function compareNumbers(feature: string, pair: NumericPair, config: EffectiveConfig): FeatureDrift | NotCompared {
  const { baseline, current } = pair.sketches;
  const simple = lInfinity(baseline, current, 'Simple');
  const judged = lInfinity(baseline, current, config.comparisonMethod);
  const test = ksTest(pair.baseline, pair.current);
  if (simple === undefined || judged === undefined || test === undefined) return { feature, reason: 'no values' };
  const limit = config.comparisonThreshold;
  const shares = [shareAtMost(pair.baseline, simple.at), shareAtMost(pair.current, simple.at)] as const;
  const up = shares[1] < shares[0];
  return {
    feature,
    pair,
    judged: {
      name: config.comparisonMethod === 'Simple' ? 'linf_simple' : 'linf_robust',
      value: judged.distance,
      limit,
    },
    evidence: {
      distance: simple.distance,
      threshold: limit,
      pValue: test.pValue,
      adjustedPValue: test.pValue,
      lowerBound: ksLowerBound(simple.distance, baseline.count, current.count),
      minimumDetectable: minimumDetectableDistance(baseline.count, current.count, limit, 'numerical') ?? 1,
      significant: false,
    },
    shift: {
      condition: { kind: 'range', feature, ...(up ? { above: simple.at } : { atMost: simple.at }) },
      baseline: up ? 1 - shares[0] : shares[0],
      current: up ? 1 - shares[1] : shares[1],
    },
    violated: judged.distance > limit ? ['threshold'] : [],
  };
}

function compareCategories(
  feature: string,
  pair: CategoricalPair,
  config: EffectiveConfig,
): FeatureDrift | NotCompared {
  const { baseline, current } = pair;
  const simple = categoricalLInfinity(baseline, current, 'Simple');
  const test = chiSquaredTest(baseline, current);
  const lowerBound = categoricalLowerBound(baseline, current);
  if (simple === undefined || test === undefined || lowerBound === undefined) return { feature, reason: 'no values' };
  const isTest = config.categoricalMethod === 'ChiSquared';
  // A p-value is no size: with ChiSquared the limit of the distance is the one for numbers.
  const threshold = isTest ? config.comparisonThreshold : config.categoricalThreshold;
  const judged = isTest
    ? deequChiSquared(baseline, current)?.pValue
    : categoricalLInfinity(baseline, current, config.comparisonMethod)?.distance;
  const [n, m] = [total(baseline), total(current)];
  const categories = new Set([...baseline.keys(), ...current.keys()]);
  return {
    feature,
    pair,
    judged: {
      name: isTest ? 'chi_squared' : config.comparisonMethod === 'Simple' ? 'linf_simple' : 'linf_robust',
      value: judged ?? (isTest ? 1 : 0),
      limit: config.categoricalThreshold,
    },
    evidence: {
      distance: simple.distance,
      threshold,
      pValue: test.pValue,
      adjustedPValue: test.pValue,
      lowerBound,
      minimumDetectable: minimumDetectableDistance(n, m, threshold, { categories: categories.size }) ?? 1,
      significant: false,
    },
    shift: largestRise(feature, pair, categories, n, m),
    violated:
      judged !== undefined && (isTest ? judged < config.categoricalThreshold : judged > config.categoricalThreshold)
        ? ['threshold']
        : [],
  };
}

function largestRise(
  feature: string,
  { baseline, current }: CategoricalPair,
  categories: ReadonlySet<string>,
  n: number,
  m: number,
): Shift {
  let best = { category: '', baseline: 0, current: 0, rise: Number.NEGATIVE_INFINITY };
  for (const category of categories) {
    const shares = [(baseline.get(category) ?? 0) / n, (current.get(category) ?? 0) / m] as const;
    const rise = shares[1] - shares[0];
    if (rise > best.rise) best = { category, baseline: shares[0], current: shares[1], rise };
  }
  return {
    condition: { kind: 'in', feature, values: [best.category] },
    baseline: best.baseline,
    current: best.current,
  };
}

/** Share of values at or below a point. */
export function shareAtMost(sample: WeightedSample, point: number): number {
  let below = 0;
  for (let i = 0; i < sample.values.length && sample.values[i]! <= point; i++) below += sample.weights[i]!;
  return sample.count === 0 ? 0 : below / sample.count;
}

function countOf(pair: NumericPair | CategoricalPair): number {
  return pair.kind === 'numeric' ? pair.current.count : total(pair.current);
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
