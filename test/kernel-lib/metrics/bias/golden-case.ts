import type { FacetCounts } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import { readGolden } from '../../stats/golden.js';

/** A table of counts and what smclarify says of it. */
export interface GoldenCase {
  readonly name: string;
  readonly cells: number[];
  readonly groups: number[][] | null;
  readonly flips: { toPositive: number; toNegative: number; rows: number } | { error: string } | null;
  /** By metric a value, "Infinity" or words; or the words with which all are refused. */
  readonly preTraining: Record<string, number | string> | string;
  readonly postTraining: Record<string, number | string> | string;
}

export const golden: {
  readonly described: Record<'pre_training' | 'post_training', [name: string, description: string][]>;
  readonly cases: GoldenCase[];
} = readGolden('bias/bias.json');

export function countsOf({ cells, groups, flips }: GoldenCase): FacetCounts {
  return {
    cells: Float64Array.from(cells),
    predicted: true,
    ...(groups && { groups: groups.map((group) => Float64Array.from(group)) }),
    ...(flips && { flips: { toPositive: 0, toNegative: 0, rows: 0, ...flips } }),
  };
}
