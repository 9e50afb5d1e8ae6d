import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  planSegments,
  type SegmentColumn,
  segmentCode,
  segmentCodes,
} from '../../../../kernel-lib/src/metrics/segments/binning.js';

function numeric(name: string, values: readonly number[]): SegmentColumn {
  return { name, kind: 'numeric', values: Float64Array.from(values) };
}

function repeated(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).flatMap(([category, count]) => new Array<string>(count).fill(category));
}

describe('planSegments()', () => {
  it('divides a number into eight ranges of equally many rows', () => {
    const plan = planSegments([
      numeric(
        'x',
        Array.from({ length: 800 }, (_, i) => i),
      ),
    ]);
    expect(plan.features).toEqual([{ name: 'x', kind: 'numeric', edges: [100, 200, 300, 400, 500, 600, 700] }]);
    expect([-5, 99, 100, 700, 1e9].map((value) => segmentCode(plan, 0, String(value)))).toEqual([1, 1, 2, 8, 8]);
  });

  it('gives a value that fills most rows a range of its own, and does not cut the others small', () => {
    const values = [...new Array<number>(900).fill(0), ...Array.from({ length: 100 }, (_, i) => 1000 + i)];
    expect(planSegments([numeric('gain', values)]).features).toMatchObject([{ edges: [1000] }]);
  });

  it('makes each value a range where there are few', () => {
    expect(planSegments([numeric('x', [3, 1, 2, 1, 3, 7])]).features).toMatchObject([{ edges: [2, 3, 7] }]);
  });

  it('never has more ranges than asked for, ascending and all with rows', () => {
    const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.double({ noNaN: true })), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 8 }), (cells, bins) => {
        const plan = planSegments([numeric('x', cells)], { bins });
        const feature = plan.features[0];
        if (feature === undefined) return new Set(cells.filter(Number.isFinite).map((cell) => cell + 0)).size <= 1;
        const codes = new Set(cells.map((cell) => segmentCode(plan, 0, String(cell))));
        const ranges = segmentCodes(feature) - 1;
        return (
          ranges >= 2 && ranges <= bins && Array.from({ length: ranges }, (_, i) => i + 1).every((i) => codes.has(i))
        );
      }),
    );
  });

  it('keeps the frequent categories and joins the rare ones, and knows a category it has never seen', () => {
    const values = [...repeated({ b: 40, a: 60, c: 5, d: 3 }), null, ''];
    const plan = planSegments([{ name: 'job', kind: 'categorical', values }]);
    expect(plan.features).toEqual([{ name: 'job', kind: 'categorical', categories: ['a', 'b'], rare: ['c', 'd'] }]);
    expect(['a', 'b', 'c', 'd', 'e', '', null].map((cell) => segmentCode(plan, 0, cell))).toEqual([
      1, 2, 3, 3, 4, 0, 0,
    ]);
  });

  it('counts an unknown category as rare where there were too many rare ones to remember', () => {
    const rare = Array.from({ length: 1500 }, (_, i) => `id-${i}`);
    const plan = planSegments([{ name: 'x', kind: 'categorical', values: [...repeated({ a: 100 }), ...rare] }]);
    const feature = plan.features[0]!;
    expect(feature).toMatchObject({ open: true, categories: ['a'] });
    expect(segmentCode(plan, 0, 'never')).toBe(segmentCode(plan, 0, 'id-3'));
  });

  it('leaves out what is the same in all rows, and identifiers', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `id-${i}`);
    const plan = planSegments([
      numeric('constant', new Array<number>(100).fill(4)),
      numeric('nothing', new Array<number>(100).fill(Number.NaN)),
      { name: 'id', kind: 'categorical', values: ids },
      { name: 'empty', kind: 'categorical', values: new Array<null>(100).fill(null) },
      numeric('sometimes', [Number.NaN, ...new Array<number>(99).fill(4)]),
    ]);
    expect(plan.features.map(({ name }) => name)).toEqual(['sometimes']);
    expect([null, '4', 'four'].map((cell) => segmentCode(plan, 0, cell))).toEqual([0, 1, 0]);
  });

  it('pairs the first features, or those that tell most of the loss', () => {
    const values = Array.from({ length: 400 }, (_, i) => i);
    const columns = [
      numeric(
        'noise',
        values.map((i) => (i * 7919) % 101),
      ),
      numeric(
        'more noise',
        values.map((i) => (i * 104729) % 97),
      ),
      numeric(
        'cause',
        values.map((i) => i % 10),
      ),
    ];
    const losses = Float64Array.from(values, (i) => Number(i % 10 < 3));
    expect(planSegments(columns, { paired: 2 }).paired).toEqual([0, 1]);
    expect(planSegments(columns, { paired: 1, losses }).paired).toEqual([2]);
  });

  it('is plain JSON', () => {
    const plan = planSegments([numeric('x', [1, 2, 3, 4, 5, 6, 7, 8, 9, Number.POSITIVE_INFINITY])]);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(segmentCode(plan, 0, 'Infinity')).toBe(8);
  });
});
