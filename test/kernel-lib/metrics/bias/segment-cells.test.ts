import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeColumns, SegmentCells } from '../../../../kernel-lib/src/metrics/bias/segment-cells.js';
import {
  planSegments,
  type SegmentColumn,
  type SegmentPlan,
  segmentCode,
} from '../../../../kernel-lib/src/metrics/segments/binning.js';

const plan: SegmentPlan = {
  features: [
    { name: 'job', kind: 'categorical', categories: ['clerk', 'cook'], rare: ['pilot'] },
    { name: 'age', kind: 'numeric', edges: [30, 50] },
    { name: 'grade', kind: 'categorical', categories: ['1', '2.0'], rare: ['3'], open: true },
  ],
  paired: [],
};

const bit = fc.nat(1);
const row = fc.record({ codes: fc.tuple(fc.nat(4), fc.nat(3), fc.nat(4)), member: bit, label: bit, prediction: bit });
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

function added(cells: SegmentCells, rows: readonly Row[], predicted: boolean = true): SegmentCells {
  cells.add(
    [0, 1, 2].map((feature) => Int32Array.from(rows, ({ codes }) => codes[feature]!)),
    Uint8Array.from(rows, ({ member }) => member),
    Uint8Array.from(rows, ({ label }) => label),
    predicted ? Uint8Array.from(rows, ({ prediction }) => prediction) : undefined,
  );
  return cells;
}

function counted(rows: readonly Row[]): Float64Array {
  const cells = new Float64Array(8);
  for (const { member, label, prediction } of rows) cells[member * 4 + label * 2 + prediction]! += 1;
  return cells;
}

describe('SegmentCells', () => {
  test('counts what a loop over the rows counts, also in parts', () => {
    fc.assert(
      fc.property(fc.array(row), fc.array(row), (some, others) => {
        const all = [...some, ...others];
        const cells = added(added(new SegmentCells(plan), some), others);
        expect(cells.total()).toEqual(counted(all));
        expect(cells.single({ feature: 1, from: 2, to: 3 })).toEqual(counted(all.filter(({ codes }) => codes[1] > 1)));
        expect(cells.single({ feature: 0, from: 4, to: 4 })).toEqual(
          counted(all.filter(({ codes }) => codes[0] === 4)),
        );
      }),
    );
  });

  test('counts more rows than it takes at once', () => {
    const rows = Array.from({ length: 10_001 }, (_, i): Row => {
      return {
        codes: [i % 5, i % 4, i % 3],
        member: i % 2,
        label: i % 3 === 0 ? 1 : 0,
        prediction: i % 7 === 0 ? 1 : 0,
      };
    });
    const cells = added(new SegmentCells(plan), rows);
    expect(cells.single({ feature: 0, from: 2, to: 2 })).toEqual(counted(rows.filter(({ codes }) => codes[0] === 2)));
  });

  test('survives JSON, in whole numbers', () => {
    fc.assert(
      fc.property(fc.array(row), fc.boolean(), (some, predicted) => {
        const cells = added(new SegmentCells(plan), some, predicted);
        const state = JSON.parse(JSON.stringify(cells.toState()));
        const restored = SegmentCells.fromState(plan, state);
        expect(restored.toState()).toEqual(cells.toState());
        expect(restored.predicted).toBe(predicted);
        expect(restored.total()).toEqual(cells.total());
        expect(state.features.flat().every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test('is not made from the counts of another plan', () => {
    const state = new SegmentCells({ features: plan.features.slice(0, 2), paired: [] }).toState();
    expect(() => SegmentCells.fromState(plan, state)).toThrow(RangeError);
  });

  test('has no rows without features', () => {
    const cells = new SegmentCells({ features: [], paired: [] });
    cells.add([], Uint8Array.of(1), Uint8Array.of(1), undefined);
    expect(cells.total()).toEqual(new Float64Array(8));
  });
});

describe('encodeColumns()', () => {
  test('encodes each cell as segmentCode() does', () => {
    const cell = fc.option(fc.constantFrom('clerk', 'cook', 'pilot', 'judge', ''));
    const number = fc.oneof(fc.constant(Number.NaN), fc.constantFrom(29.5, 30, 50, -Infinity), fc.double());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, number)), (rows) => {
        const columns: SegmentColumn[] = [
          { name: 'age', kind: 'numeric', values: Float64Array.from(rows, ([, age]) => age) },
          { name: 'job', kind: 'categorical', values: rows.map(([job]) => job) },
        ];
        const [jobs, ages, grades] = encodeColumns(plan, columns, rows.length);
        rows.forEach(([job, age], i) => {
          expect(jobs![i]).toBe(segmentCode(plan, 0, job));
          expect(ages![i]).toBe(segmentCode(plan, 1, Number.isNaN(age) ? null : String(age)));
        });
        expect(grades).toEqual(new Uint8Array(rows.length));
      }),
    );
  });

  test('reads texts as numbers, and finds numbers among categories', () => {
    const columns: SegmentColumn[] = [
      { name: 'age', kind: 'categorical', values: ['29', 'x', null, '50.0', '', '31', '7'] },
      { name: 'grade', kind: 'numeric', values: Float64Array.of(1, 2, 3, 4, Number.NaN, 0, 1) },
    ];
    const [, ages, grades] = encodeColumns(plan, columns, 7);
    expect([...ages!]).toEqual([1, 0, 0, 3, 0, 2, 1]);
    // 4 and 0 may be among the rare ones that the open plan did not keep.
    expect([...grades!]).toEqual([1, 2, 3, 3, 0, 3, 1]);
  });

  test('encodes a column of its own plan without anything unknown', () => {
    const values = Array.from({ length: 200 }, (_, i) => ['a', 'b', null][i % 3]!);
    const columns: SegmentColumn[] = [{ name: 'letter', kind: 'categorical', values }];
    const [codes] = encodeColumns(planSegments(columns), columns, 200);
    expect(new Set(codes)).toEqual(new Set([0, 1, 2]));
  });
});
