import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegmentPlan } from '../../../../kernel-lib/src/metrics/segments/binning.js';
import { SegmentTable } from '../../../../kernel-lib/src/metrics/segments/table.js';

const plan: SegmentPlan = {
  features: [
    { name: 'sex', kind: 'categorical', categories: ['m', 'f'], rare: [] },
    { name: 'age', kind: 'numeric', edges: [30, 50] },
    { name: 'hours', kind: 'numeric', edges: [40] },
  ],
  paired: [0, 1],
};

interface Row {
  readonly codes: readonly [number, number, number];
  readonly loss: number;
}

const rows = fc.array(
  fc.record({
    codes: fc.tuple(fc.nat(4), fc.nat(3), fc.nat(2)),
    // Halves add up without rounding, in any order.
    loss: fc.nat(8).map((halves) => halves / 2),
  }),
);

function tableOf(some: readonly Row[]): SegmentTable {
  const table = new SegmentTable(plan);
  const codes = [0, 1, 2].map((feature) => Uint8Array.from(some, (row) => row.codes[feature]!));
  table.add(
    codes,
    Float64Array.from(some, ({ loss }) => loss),
  );
  return table;
}

describe('SegmentTable', () => {
  it('counts what a loop over the rows counts', () => {
    fc.assert(
      fc.property(rows, (some) => {
        const table = tableOf(some);
        const sumsWhere = (keep: (row: Row) => boolean) => {
          const kept = some.filter(keep);
          const sum = kept.reduce((total, { loss }) => total + loss, 0);
          return { rows: kept.length, sum, squares: kept.reduce((total, { loss }) => total + loss * loss, 0) };
        };
        const [sex, age] = [
          { feature: 0, from: 2, to: 2 },
          { feature: 1, from: 1, to: 2 },
        ];
        const isYoung = ({ codes }: Row): boolean => codes[1] >= 1 && codes[1] <= 2;
        expect(table.total()).toEqual(sumsWhere(() => true));
        expect(table.single(age)).toEqual(sumsWhere(isYoung));
        expect(table.both(sex, age)).toEqual(sumsWhere((row) => row.codes[0] === 2 && isYoung(row)));
        expect(table.both(age, sex)).toEqual(table.both(sex, age));
        expect(table.both(age, { feature: 1, from: 2, to: 3 })).toEqual(sumsWhere(({ codes }) => codes[1] === 2));
        expect(table.both(age, { feature: 2, from: 1, to: 1 })).toBeUndefined();
      }),
    );
  });

  it('merges to the table of all rows, and survives JSON', () => {
    fc.assert(
      fc.property(rows, rows, (some, others) => {
        const merged = tableOf(some);
        merged.merge(tableOf(others));
        const whole = tableOf([...some, ...others]);
        expect(merged.toState()).toEqual(whole.toState());
        const restored = SegmentTable.fromState(plan, JSON.parse(JSON.stringify(whole.toState())));
        expect(restored.toState()).toEqual(whole.toState());
        expect(restored.binary).toBe(whole.binary);
      }),
    );
  });

  it('adds only the first rows of longer buffers', () => {
    const table = new SegmentTable(plan);
    table.add([Uint8Array.of(1, 1), Uint8Array.of(1, 1), Uint8Array.of(1, 1)], Float64Array.of(1, 0.3), 1);
    expect(table.total()).toEqual({ rows: 1, sum: 1, squares: 1 });
    expect(table.binary).toBe(true);
    expect(table.toState()).not.toHaveProperty('squares');
  });

  it('counts more rows than a block', () => {
    const n = 10_001;
    const table = new SegmentTable(plan);
    table.add([new Uint8Array(n).fill(1), new Uint8Array(n).fill(2), new Uint8Array(n)], new Float64Array(n).fill(1));
    const both = table.both({ feature: 0, from: 1, to: 1 }, { feature: 1, from: 2, to: 2 });
    expect(both).toEqual({ rows: n, sum: n, squares: n });
    expect(table.single({ feature: 2, from: 0, to: 0 }).rows).toBe(n);
  });
});
