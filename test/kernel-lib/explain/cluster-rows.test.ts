import { describe, expect, it } from 'vitest';
import { textOf } from '../../../kernel-lib/src/dataset/cell-batch.js';
import { clusterRows } from '../../../kernel-lib/src/explain/cluster-rows.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { numberBatch } from '../../support/number-batch.js';

describe('clusterRows()', () => {
  const random = new Random(2);
  const rows = Array.from({ length: 300 }, (_, row) => [
    (row % 3) * 10 + random.normal(),
    1000 * ((row % 3) - 1) ** 2 + random.normal(),
  ]);

  it('finds groups whatever the scale of the numbers, the same with the same seed', () => {
    const { batch, weights } = clusterRows(numberBatch(rows), 3, 7);
    const centres = Array.from({ length: 3 }, (_, row) => batch.columns.map((column) => Number(textOf(column, row))));
    centres.sort((a, b) => a[0]! - b[0]!);
    for (const [group, centre] of centres.entries()) {
      const members = rows.filter((_, row) => row % 3 === group);
      for (const [column, value] of centre.entries()) {
        expect(value).toBeCloseTo(
          members.reduce((sum, member) => sum + member[column]! / 100, 0),
          9,
        );
      }
    }
    for (const weight of weights) expect(weight).toBeCloseTo(1 / 3, 12);
    expect(clusterRows(numberBatch(rows), 3, 7)).toEqual({ batch, weights });
  });

  it('takes the mean of all for one cluster, leaving out what is missing', () => {
    const { batch, weights } = clusterRows(
      numberBatch([
        [1, null],
        [3, null],
        [null, null],
      ]),
      1,
      0,
    );
    expect(batch.columns.map((column) => textOf(column, 0))).toEqual(['2', null]);
    expect([...weights]).toEqual([1]);
  });

  it('has no more centres than there are different rows', () => {
    const { batch, weights } = clusterRows(numberBatch([[1], [1], [4]]), 5, 0);
    expect(batch.rowCount).toBe(2);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('gives the commonest code where numbers are categories', () => {
    const { batch } = clusterRows(numberBatch([[7], [7], [9]]), 1, 0, () => true);
    expect(textOf(batch.columns[0]!, 0)).toBe('7');
  });
});
