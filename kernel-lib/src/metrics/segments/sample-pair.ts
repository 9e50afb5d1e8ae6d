import type { LossSums } from './table.js';

/** A group in both samples. */
export interface SamplePair {
  readonly baseline: LossSums;
  readonly current: LossSums;
}

/** Current less baseline mean loss. */
export function changeOf({ baseline, current }: SamplePair): number {
  return current.sum / current.rows - baseline.sum / baseline.rows;
}

/** The rows of a group that are not in a part of it. */
export function difference(all: SamplePair, part: SamplePair): SamplePair {
  return { baseline: less(all.baseline, part.baseline), current: less(all.current, part.current) };
}

function less(all: LossSums, part: LossSums): LossSums {
  return { rows: all.rows - part.rows, sum: all.sum - part.sum, squares: all.squares - part.squares };
}

/** Estimated counts as whole numbers, as Fisher's test needs them. */
export function whole({ baseline, current }: SamplePair): SamplePair {
  return { baseline: rounded(baseline), current: rounded(current) };
}

function rounded({ rows, sum }: LossSums): LossSums {
  const count = Math.round(rows);
  const errors = Math.min(count, Math.max(0, Math.round(sum)));
  return { rows: count, sum: errors, squares: errors };
}
