import { looksLikeLabel } from '../capture/mapping-warning.js';
import type { ColumnMapping } from '../capture/summary.js';
import type { Profile } from '../profile/profile.js';

/**
 * Names the columns of a dataset without a header by the baseline's position. Where the baseline has more columns, those
 * at its beginning or end that look like a label are taken to be the missing ones; any other difference in number is
 * warned of.
 *
 * @param profile - with the columns `_c0`, `_c1`, ...
 * @returns undefined when the columns have names of their own, or there are no names to give.
 */
export function nameByBaseline(
  profile: Profile,
  baseline: readonly string[],
): { readonly profile: Profile; readonly mapping: ColumnMapping } | undefined {
  const count = profile.columns.length;
  if (count === 0 || baseline.length === 0 || baseline.includes('_c0')) return undefined;
  if (!profile.columns.every(({ name }, index) => name === `_c${index}`)) return undefined;

  const surplus = baseline.length - count;
  const first = surplus > 0 && baseline.slice(0, surplus).every(looksLikeLabel) ? surplus : 0;
  const leftOut = surplus > 0 ? (first > 0 ? baseline.slice(0, surplus) : baseline.slice(count)) : [];
  const certain = surplus === 0 || (surplus > 0 && leftOut.every(looksLikeLabel));
  const names = profile.columns.map(({ name }, index) => baseline[first + index] ?? name);
  const warning = certain
    ? undefined
    : `The dataset has ${count} columns and no header, the baseline has ${baseline.length}: names are given by position and may be misplaced. Give the dataset a header line.`;
  return {
    profile: {
      rowCount: profile.rowCount,
      columns: profile.columns.map((column, index) => ({ ...column, name: names[index]! })),
    },
    mapping: {
      source: 'baseline-position',
      columns: profile.columns.map(({ values }, index) => {
        const example = values?.keys().next().value;
        return { part: 'file', index, name: names[index]!, ...(example !== undefined && { example }) };
      }),
      ...(warning !== undefined && { warning }),
    },
  };
}
