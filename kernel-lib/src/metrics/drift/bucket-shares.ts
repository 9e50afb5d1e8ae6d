import { psiEdges } from '../../stats/distance.js';
import { bucketCounts } from '../../stats/kll.js';
import type { ColumnPair } from '../column-pair.js';

/** Both sides' counts on the same buckets: the baseline's deciles for numbers, the union of categories for text. */
export function bucketPair(
  pair: ColumnPair,
): { readonly baseline: Float64Array; readonly current: Float64Array } | undefined {
  if (pair.kind === 'categorical') {
    const categories = [...new Set([...pair.baseline.keys(), ...pair.current.keys()])].sort();
    const counts = (side: ReadonlyMap<string, number>): Float64Array =>
      Float64Array.from(categories, (category) => side.get(category) ?? 0);
    return { baseline: counts(pair.baseline), current: counts(pair.current) };
  }
  const edges = psiEdges(pair.baseline);
  if (edges === undefined) return undefined;
  return { baseline: bucketCounts(pair.baseline, edges), current: bucketCounts(pair.current, edges) };
}
