import { hasDistribution, sampleOfColumn } from '../metrics/column-pair.js';
import type { ColumnProfile } from '../profile/profile.js';
import { bucketCounts, equalWidthEdges } from '../stats/kll.js';
import { weightedQuantile } from '../stats/weighted.js';
import type { CategoricalDistribution, FeatureSummary, NumericDistribution } from './report.js';

const BINS = 30;
const CATEGORIES = 30;

/** Both sides on the baseline's bins; undefined where a side has no distribution. */
export function distributionOf(
  baseline: ColumnProfile,
  current: ColumnProfile,
): NumericDistribution | CategoricalDistribution | undefined {
  if (baseline.inferredType === 'String') return categorical(baseline, current);
  return hasDistribution(baseline) ? numeric(baseline, current) : undefined;
}

function numeric(
  baseline: ColumnProfile & { readonly numeric: NonNullable<ColumnProfile['numeric']> },
  current: ColumnProfile,
): NumericDistribution | undefined {
  const { min, max } = baseline.numeric.moments;
  if (min === undefined || max === undefined) return undefined;
  const edges = baseline.inferredType === 'Integral' ? integerEdges(min, max) : valueEdges(min, max);
  // The last bin may reach beyond the maximum: what lies there is outside the baseline's range all the same.
  const counted = Float64Array.from(edges);
  counted[0] = min;
  counted[counted.length - 1] = max;
  const counts: { current: Float64Array; below: number; above: number } = {
    current: new Float64Array(edges.length - 1),
    below: 0,
    above: 0,
  };
  if (hasDistribution(current)) {
    const sample = sampleOfColumn(current);
    counts.current = bucketCounts(sample, counted);
    for (let i = 0; i < sample.values.length; i++) {
      if (sample.values[i]! < min) counts.below += sample.weights[i]!;
      else if (sample.values[i]! > max) counts.above += sample.weights[i]!;
    }
  }
  return {
    kind: 'numeric',
    edges: [...edges],
    baseline: [...bucketCounts(sampleOfColumn(baseline), counted)],
    current: [...counts.current],
    currentBelow: counts.below,
    currentAbove: counts.above,
  };
}

/** Up to 30 equal bins; one bin around a constant. */
function valueEdges(min: number, max: number): Float64Array {
  if (min === max) {
    const half = Math.max(0.5, Math.abs(min) * 1e-9);
    return Float64Array.of(Math.max(-Number.MAX_VALUE, min - half), Math.min(Number.MAX_VALUE, max + half));
  }
  const edges = equalWidthEdges(min, max, BINS);
  return edges.every((edge, i) => i === 0 || edge > edges[i - 1]!) ? edges : Float64Array.of(min, max);
}

/** Bins of a whole number of integers each, the first beginning at the minimum. */
function integerEdges(min: number, max: number): Float64Array {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) return valueEdges(min, max);
  const width = Math.max(1, Math.ceil((max - min + 1) / BINS));
  const bins = Math.ceil((max - min + 1) / width);
  return Float64Array.from({ length: bins + 1 }, (_, i) => min + i * width);
}

function categorical(baseline: ColumnProfile, current: ColumnProfile): CategoricalDistribution | undefined {
  const [before, now] = [baseline.values, current.values];
  if (before === undefined || now === undefined) return undefined;
  const byCount = (a: readonly [string, number], b: readonly [string, number]): number =>
    b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
  const known = [...before].sort(byCount).map(([name]) => name);
  const unseen = [...now]
    .filter(([name]) => !before.has(name))
    .sort(byCount)
    .map(([name]) => name);
  // The unseen are what people look for: up to a third of the places is theirs.
  const placesForUnseen = Math.min(unseen.length, Math.max(CATEGORIES - known.length, CATEGORIES / 3));
  const shown = [...known.slice(0, CATEGORIES - placesForUnseen), ...unseen.slice(0, placesForUnseen)];
  const rest = [...known.slice(CATEGORIES - placesForUnseen), ...unseen.slice(placesForUnseen)];
  const sum = (counts: ReadonlyMap<string, number>): number =>
    rest.reduce((all, name) => all + (counts.get(name) ?? 0), 0);
  return {
    kind: 'categorical',
    categories: shown,
    baseline: shown.map((name) => before.get(name) ?? 0),
    current: shown.map((name) => now.get(name) ?? 0),
    unseen: shown.flatMap((name, index) => (before.has(name) ? [] : [index])),
    ...(rest.length > 0 && { other: { categories: rest.length, baseline: sum(before), current: sum(now) } }),
  };
}

/** The numbers of one side of a feature. */
export function summaryOf(column: ColumnProfile): FeatureSummary {
  const { inferredType, present, missing, distinct, distinctEstimate } = column;
  const isNumeric = inferredType === 'Integral' || inferredType === 'Fractional';
  return {
    inferredType,
    present,
    missing,
    ...(present + missing > 0 && { completeness: present / (present + missing) }),
    distinct: Math.round(distinctEstimate),
    distinctExact: distinct?.exact ?? false,
    ...(isNumeric && column.numeric !== undefined && numbersOf(column)),
  };
}

function numbersOf(column: ColumnProfile): Partial<FeatureSummary> {
  const moments = column.numeric!.moments;
  const finite = <K extends string>(key: K, value: number | undefined): Partial<Record<K, number>> =>
    (value !== undefined && Number.isFinite(value) ? { [key]: value } : {}) as Partial<Record<K, number>>;
  const quantiles = hasDistribution(column)
    ? [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => weightedQuantile(sampleOfColumn(column), share)!)
    : undefined;
  return {
    ...finite('mean', moments.mean),
    ...finite('standardDeviation', moments.populationStd()),
    ...finite('min', moments.min),
    ...finite('max', moments.max),
    ...(quantiles && { quantiles: quantiles as unknown as NonNullable<FeatureSummary['quantiles']> }),
  };
}
