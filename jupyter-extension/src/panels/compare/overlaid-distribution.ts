import type { CategoricalDistribution, FeatureReport, NumericDistribution } from 'driftline';
import type { OverlaidDistribution } from '../../charts/histogram.js';

/** Why two distributions cannot be laid over one another. */
export type NotOverlaid = 'not-counted' | 'other-bins' | 'other-kinds' | 'other-categories';

/**
 * The current distributions of a feature in two reports over one another: the first stands for the baseline. They must have
 * been counted on the same bins, or by categories that all are named.
 */
export function overlaidDistribution(
  left: FeatureReport | undefined,
  right: FeatureReport | undefined,
): OverlaidDistribution | CategoricalDistribution | NotOverlaid {
  const [a, b] = [left?.distribution, right?.distribution];
  if (a === undefined || b === undefined) return 'not-counted';
  if (a.kind === 'numeric' && b.kind === 'numeric') return overlaidBins(a, b);
  return a.kind === 'categorical' && b.kind === 'categorical' ? overlaidCategories(a, b) : 'other-kinds';
}

function overlaidBins(a: NumericDistribution, b: NumericDistribution): OverlaidDistribution | NotOverlaid {
  const same = a.edges.length === b.edges.length && a.edges.every((edge, index) => edge === b.edges[index]);
  if (!same) return 'other-bins';
  return {
    kind: 'numeric',
    edges: a.edges,
    baseline: a.current,
    current: b.current,
    baselineBelow: a.currentBelow,
    baselineAbove: a.currentAbove,
    currentBelow: b.currentBelow,
    currentAbove: b.currentAbove,
  };
}

/** Categories of one report only have no rows in the other, unless some there were summed up. */
function overlaidCategories(
  a: CategoricalDistribution,
  b: CategoricalDistribution,
): CategoricalDistribution | NotOverlaid {
  const names = [...new Set([...a.categories, ...b.categories])];
  const summed = a.other !== undefined || b.other !== undefined;
  if (summed && (names.length > a.categories.length || names.length > b.categories.length)) return 'other-categories';
  const countIn = ({ categories, current }: CategoricalDistribution, name: string): number =>
    current[categories.indexOf(name)] ?? 0;
  const counted = names
    .map((name) => ({ name, baseline: countIn(a, name), current: countIn(b, name) }))
    .filter(({ baseline, current }) => baseline + current > 0)
    .sort((one, other) => other.baseline - one.baseline);
  const others = Math.max(a.other?.categories ?? 0, b.other?.categories ?? 0);
  return {
    kind: 'categorical',
    categories: counted.map(({ name }) => name),
    baseline: counted.map(({ baseline }) => baseline),
    current: counted.map(({ current }) => current),
    unseen: counted.flatMap(({ baseline, current }, index) => (baseline === 0 && current > 0 ? [index] : [])),
    ...(summed && {
      other: { categories: others, baseline: a.other?.current ?? 0, current: b.other?.current ?? 0 },
    }),
  };
}
