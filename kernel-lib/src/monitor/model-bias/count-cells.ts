import type { BiasCells } from '../../metrics/bias/counts.js';

/** Rows of a sample as the bias metrics see them: 0 or 1 each. */
export interface BiasRows {
  /** 1: the label is positive. */
  readonly labels: Uint8Array;
  /** 1: the prediction is positive; undefined without predictions. */
  readonly predictions: Uint8Array | undefined;
}

/** The eight counts of one facet group. Time O(rows), memory O(1). */
export function countCells({ labels, predictions }: BiasRows, members: Uint8Array): BiasCells {
  const cells = new Float64Array(8);
  for (let row = 0; row < labels.length; row++) {
    cells[members[row]! * 4 + labels[row]! * 2 + (predictions === undefined ? 0 : predictions[row]!)]!++;
  }
  return cells;
}

/**
 * The same by a code of each row: an hour, a value of the group variable, or a meeting of two facets.
 *
 * @param codes - 0 to `count` - 1; rows with another are left out.
 */
export function countCellsBy(
  { labels, predictions }: BiasRows,
  members: Uint8Array,
  codes: Int32Array,
  count: number,
): readonly BiasCells[] {
  const all = new Float64Array(8 * count);
  for (let row = 0; row < labels.length; row++) {
    const code = codes[row]!;
    if (code < 0 || code >= count) continue;
    all[code * 8 + members[row]! * 4 + labels[row]! * 2 + (predictions === undefined ? 0 : predictions[row]!)]!++;
  }
  return Array.from({ length: count }, (_, code) => all.subarray(code * 8, code * 8 + 8));
}
