import type { ColumnProfile } from './profile.js';

/**
 * A column's profile from its parts. The number of distinct values, which takes a pass over the registers, is worked out
 * when it is first asked for: exact by text for a column of texts that were counted one by one, else the counter's.
 *
 * @param foreignEstimate - what a foreign profile says, used where there is no counter.
 */
export function columnProfile(
  parts: Omit<ColumnProfile, 'distinctEstimate'>,
  foreignEstimate: number = 0,
): ColumnProfile {
  let estimate: number | undefined;
  return {
    ...parts,
    get distinctEstimate() {
      const { inferredType, values, distinct } = parts;
      estimate ??= inferredType === 'String' && values ? values.size : (distinct?.estimate() ?? foreignEstimate);
      return estimate;
    },
  };
}
