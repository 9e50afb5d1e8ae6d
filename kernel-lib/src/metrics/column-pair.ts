import { type ColumnProfile, HISTOGRAM_CAP } from '../profile/profile.js';
import { sampleOfCounts, type WeightedSample } from '../stats/weighted.js';

/** A feature on both sides, as numbers. */
export interface NumericPair {
  readonly kind: 'numeric';
  /** Exact value counts where a side has at most 1,024 distinct values, else its sketch. */
  readonly baseline: WeightedSample;
  readonly current: WeightedSample;
  /** Always the sketches: what the service's distance is computed from. */
  readonly sketches: { readonly baseline: WeightedSample; readonly current: WeightedSample };
}

/** A feature on both sides, as counts by category. */
export interface CategoricalPair {
  readonly kind: 'categorical';
  readonly baseline: ReadonlyMap<string, number>;
  readonly current: ReadonlyMap<string, number>;
}

export type ColumnPair = NumericPair | CategoricalPair;

/** The two sides of a feature where they can be compared, else why not. The baseline's type decides how. */
export function pairColumns(
  baseline: ColumnProfile,
  current: ColumnProfile,
): ColumnPair | { readonly kind: 'none'; readonly reason: string } {
  if (baseline.present === 0) return none('the baseline has no values');
  if (current.present === 0) return none('there are no values now');
  if (baseline.inferredType === 'Integral' || baseline.inferredType === 'Fractional') {
    if (!hasDistribution(baseline)) return none('the baseline has no distribution');
    if (!hasDistribution(current)) return none('there are no numbers now');
    return {
      kind: 'numeric',
      baseline: sampleOfColumn(baseline),
      current: sampleOfColumn(current),
      sketches: { baseline: baseline.numeric.sketch.weighted(), current: current.numeric.sketch.weighted() },
    };
  }
  if (baseline.inferredType !== 'String') return none('the baseline has no type');
  const sides = [baseline, current].map(({ values }) => values);
  const [first, second] = sides;
  if (first === undefined || second === undefined || first.size > HISTOGRAM_CAP || second.size > HISTOGRAM_CAP) {
    return none(`more than ${HISTOGRAM_CAP} different texts`);
  }
  return { kind: 'categorical', baseline: first, current: second };
}

type NumericColumn = ColumnProfile & { readonly numeric: NonNullable<ColumnProfile['numeric']> };

const samples = new WeakMap<ColumnProfile, WeightedSample>();

/** The numbers of a column: exactly, where its values were counted one by one, else from its sketch. Worked out once. */
export function sampleOfColumn(column: NumericColumn): WeightedSample {
  let sample = samples.get(column);
  if (sample === undefined) {
    sample = exactSample(column) ?? column.numeric.sketch.weighted();
    samples.set(column, sample);
  }
  return sample;
}

function exactSample({ values, types, numeric }: NumericColumn): WeightedSample | undefined {
  if (values === undefined || types === undefined) return undefined;
  const pairs: [number, number][] = [];
  for (const [text, count] of values) {
    const value = Number(text.replace(' ', ''));
    if (text.trim() !== '' && Number.isFinite(value)) pairs.push([value, count]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const sample = sampleOfCounts(
    Float64Array.from(pairs, ([value]) => value),
    Float64Array.from(pairs, ([, count]) => count),
  );
  // Another count: texts that look like numbers only to JavaScript.
  return sample.count === numeric.moments.count ? sample : undefined;
}

/** Whether a column holds numbers whose distribution is known; a foreign baseline may have left it out. */
export function hasDistribution(
  column: ColumnProfile,
): column is ColumnProfile & { readonly numeric: NonNullable<ColumnProfile['numeric']> } {
  return column.numeric !== undefined && column.numeric.sketch.count > 0;
}

function none(reason: string): { readonly kind: 'none'; readonly reason: string } {
  return { kind: 'none', reason };
}
