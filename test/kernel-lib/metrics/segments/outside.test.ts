import { describe, expect, it } from 'vitest';
import type { SegmentPlan } from '../../../../kernel-lib/src/metrics/segments/binning.js';
import type { Group } from '../../../../kernel-lib/src/metrics/segments/group.js';
import { outside } from '../../../../kernel-lib/src/metrics/segments/outside.js';
import { SegmentTable } from '../../../../kernel-lib/src/metrics/segments/table.js';
import { expectClose, readGolden } from '../../stats/golden.js';

interface Golden {
  readonly fitted: {
    readonly features: readonly number[][];
    readonly losses: readonly number[];
    /** By first, second and third feature, the last one fastest. */
    readonly rows: readonly number[];
    readonly sums: readonly number[];
  };
}

const { features, losses, rows, sums } = readGolden<Golden>('model/segments.json').fitted;

const plan: SegmentPlan = {
  features: ['a', 'b', 'c'].map((name) => ({ name, kind: 'numeric', edges: [1] })),
  paired: [0, 1, 2],
};
const table = new SegmentTable(plan);
table.add(
  features.map((column) => Uint8Array.from(column, (value) => value + 1)),
  Float64Array.from(losses),
);
const met = (feature: number) => ({ feature, from: 2, to: 2 });

describe('outside()', () => {
  it('is exact for two conditions', () => {
    const left = outside(table, table, [met(2)], [[met(0)]]);
    const kept = losses
      .map((loss, i) => ({ loss, a: features[0]![i]!, c: features[2]![i]! }))
      .filter(({ a }) => a === 0);
    const group = kept.filter(({ c }) => c === 1);
    const sum = group.reduce((total, { loss }) => total + loss, 0);
    expect(left.group.current.rows).toBeCloseTo(group.length, 9);
    expect(left.group.current.sum).toBeCloseTo(sum, 9);
    expect(left.rest.baseline.rows).toBeCloseTo(kept.length - group.length, 9);
  });

  it('fits three conditions as thousands of plain rounds do', () => {
    const left = outside(table, table, [met(2)], [[met(0), met(1)]]);
    const cells = [0b001, 0b011, 0b101];
    const total = (values: readonly number[]): number => cells.reduce((all, cell) => all + values[cell]!, 0);
    // Rounds end when no margin is off by more than 1e-7.
    expectClose(left.group.current.rows, total(rows), 1e-6, 'rows');
    expectClose(left.group.current.sum, total(sums), 1e-6, 'losses');
    expectClose(left.rest.current.rows, rows[0b000]! + rows[0b010]! + rows[0b100]!, 1e-6, 'rest');
  });

  it('leaves nothing of a group that lies within another', () => {
    const pair: Group = [met(0), met(1)];
    expect(outside(table, table, pair, [[met(0)]]).group.current.rows).toBeCloseTo(0, 9);
  });
});
