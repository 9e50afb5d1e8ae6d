import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FacetCounts, sideRows } from '../../../../kernel-lib/src/metrics/bias/counts.js';
import type { BiasMetric } from '../../../../kernel-lib/src/metrics/bias/metric.js';
import { biasMetric, biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';
import { boundedShare, rangeOverShares } from '../../../../kernel-lib/src/metrics/bias/share-region.js';
import { wilsonInterval } from '../../../../kernel-lib/src/stats/interval.js';
import { newcombeDifference, shareRatioInterval } from '../../../../kernel-lib/src/stats/share-intervals.js';
import { anyCells, swapSides } from './any-counts.js';

/** Counts of rows without a missing value of the group variable, and flips of some of the group. */
function countsOf(groups: readonly (readonly number[])[]): FacetCounts {
  const cells = new Float64Array(8);
  for (const group of groups)
    group.forEach((count, place) => {
      cells[place]! += count;
    });
  const rows = sideRows(cells, 1);
  const [toPositive, toNegative] = [Math.floor(rows / 3), Math.floor(rows / 5)];
  const value = (toPositive - toNegative) / rows;
  const standardError = Math.sqrt(((toPositive + toNegative) / rows - value * value) / rows);
  return {
    cells,
    predicted: true,
    groups: groups.map((group) => Float64Array.from(group)),
    flips: { toPositive, toNegative, rows, standardError },
  };
}

/** Counts of which every denominator of every metric is above 0. */
const filled = fc.array(anyCells({ min: 1 }), { minLength: 1, maxLength: 4 });
const some = fc.array(anyCells({ max: 6 }), { minLength: 1, maxLength: 4 });

function serviceValue(metric: BiasMetric, counts: FacetCounts): number {
  const found = metric.service(counts);
  return 'value' in found ? found.value : Number.NaN;
}

const signed = ['AD', 'CDDL', 'CDDPL', 'CI', 'DAR', 'DCA', 'DCR', 'DPL', 'DPPL', 'DRR', 'RD', 'SD', 'TE'];
const unsigned = ['GE', 'JS', 'KS', 'LP', 'TVD'];

describe('bias metrics', () => {
  test('change their sign when the sides are exchanged; distances do not, and DI is turned over', () => {
    fc.assert(
      fc.property(filled, (groups) => {
        const [counts, exchanged] = [countsOf(groups), countsOf(groups.map(swapSides))];
        for (const metric of biasMetrics) {
          const [value, after] = [serviceValue(metric, counts), serviceValue(metric, exchanged)];
          // 1e-14: rounding of up to 40.
          if (signed.includes(metric.name)) expect(Math.abs(after + value), metric.name).toBeLessThanOrEqual(1e-14);
          if (unsigned.includes(metric.name)) expect(Math.abs(after - value), metric.name).toBeLessThanOrEqual(1e-15);
          if (metric.name === 'DI') expect(after * value).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('turn their intervals with them', () => {
    fc.assert(
      fc.property(filled, (groups) => {
        const [counts, exchanged] = [countsOf(groups), countsOf(groups.map(swapSides))];
        for (const name of [...signed, ...unsigned]) {
          const [before, after] = [counts, exchanged].map((each) => biasMetric(name)!.interval(each, { seed: 0 })!);
          const expected = signed.includes(name) ? [-before!.upper, -before!.lower] : [before!.lower, before!.upper];
          const size = Math.max(1, ...expected.map(Math.abs));
          // 1e-3: the edge of an ellipse is tried out at other points of it. 1e-9: rounding.
          const tolerance = ['JS', 'GE'].includes(name) ? 1e-3 : 1e-9;
          expect(Math.abs(after!.lower - expected[0]!), name).toBeLessThanOrEqual(tolerance * size);
          expect(Math.abs(after!.upper - expected[1]!), name).toBeLessThanOrEqual(tolerance * size);
        }
      }),
    );
  });

  test('do not depend on the number of rows, but their intervals get narrower with it', () => {
    fc.assert(
      fc.property(filled, (groups) => {
        const counts = countsOf(groups);
        const many = countsOf(groups.map((group) => group.map((count) => 15 * count)));
        for (const metric of biasMetrics.filter(({ name }) => name !== 'FT')) {
          const [value, after] = [serviceValue(metric, counts), serviceValue(metric, many)];
          expect(Math.abs(after - value), metric.name).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(value)));
          const [wide, narrow] = [counts, many].map((each) => metric.interval(each, { seed: 0 })!);
          expect(narrow!.upper - narrow!.lower, metric.name).toBeLessThan(wide!.upper - wide!.lower);
        }
      }),
    );
  });

  test('lie in their intervals, which name how they were found', () => {
    fc.assert(
      fc.property(some, (groups) => {
        const counts = countsOf(groups);
        for (const metric of biasMetrics) {
          const interval = metric.interval(counts, { seed: 0 });
          if (interval === undefined) continue;
          const value = metric.exact?.(counts)?.value ?? serviceValue(metric, counts);
          // 1e-12: rounding where an end is the value.
          expect(interval.lower, metric.name).toBeLessThanOrEqual(value + 1e-12);
          expect(interval.upper, metric.name).toBeGreaterThanOrEqual(value - 1e-12);
          expect(interval.method, metric.name).not.toBe('');
        }
      }),
    );
  });

  test('have an interval where they have a value that is not cautioned about, and none where words stand', () => {
    fc.assert(
      fc.property(some, (groups) => {
        const counts = countsOf(groups);
        for (const metric of biasMetrics) {
          const interval = metric.interval(counts, { seed: 0 });
          const value = metric.exact?.(counts)?.value ?? serviceValue(metric, counts);
          if (Number.isNaN(value)) expect(interval, metric.name).toBeUndefined();
          else if (Number.isFinite(value) && !metric.caution?.(counts)) expect(interval, metric.name).toBeDefined();
        }
      }),
    );
  });

  test('KS is TVD, and LP their multiple by the square root of 2, where both sides have both labels', () => {
    fc.assert(
      fc.property(filled, (groups) => {
        const [dpl, ks, tvd, lp] = ['DPL', 'KS', 'TVD', 'LP'].map((name) =>
          serviceValue(biasMetric(name)!, countsOf(groups)),
        );
        expect(Math.abs(ks! - Math.abs(dpl!))).toBeLessThanOrEqual(1e-15);
        expect(Math.abs(tvd! - ks!)).toBeLessThanOrEqual(1e-15);
        expect(Math.abs(lp! - Math.SQRT2 * ks!)).toBeLessThanOrEqual(1e-15);
      }),
    );
  });
});

describe('intervals', () => {
  /** Counts with these positive labels among the others and in the group. */
  const labelled = (others: readonly [number, number], group: readonly [number, number]): FacetCounts =>
    countsOf([[others[1] - others[0], 0, others[0], 0, group[1] - group[0], 0, group[0], 0]]);

  test.each([
    [[56, 70], [48, 80], 0.0524, 0.3339],
    [[9, 10], [3, 10], 0.1705, 0.809],
    [[6, 7], [2, 7], 0.0582, 0.8062],
    [[5, 56], [0, 29], -0.0381, 0.1926],
    [[0, 10], [0, 20], -0.1611, 0.2775],
    [[0, 10], [0, 10], -0.2775, 0.2775],
    [[10, 10], [0, 20], 0.6791, 1],
    [[10, 10], [0, 10], 0.6075, 1],
  ] as const)('of %j against %j are those of Newcombe 1998, table II, method 10', (others, group, lower, upper) => {
    const interval = biasMetric('DPL')!.interval(labelled(others, group), { seed: 0 })!;
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });

  test("of a function of two shares over their ellipse are Newcombe's of a difference, and those of a ratio", () => {
    const counts = fc
      .integer({ min: 1, max: 60 })
      .chain((whole) => fc.tuple(fc.integer({ min: 1, max: whole }), fc.constant(whole)));
    fc.assert(
      fc.property(counts, counts, (first, second) => {
        const [p, q] = [boundedShare(...first), boundedShare(...second)];
        const pairs = [
          [rangeOverShares(p, q, (x, y) => x - y), newcombeDifference(...first, ...second)!],
          [rangeOverShares(p, q, (x, y) => x / y), shareRatioInterval(...first, ...second)!],
        ] as const;
        for (const [range, expected] of pairs) {
          // 1e-3 of the width: the ellipse is tried out at 360 points.
          const tolerance = 1e-3 * (expected.upper - expected.lower);
          expect(Math.abs(range.lower - expected.lower)).toBeLessThanOrEqual(tolerance);
          expect(Math.abs(range.upper - expected.upper)).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });

  test('of KL, JS and GE start at 0 where there may be no difference, and KL ends in infinity where the group may lack a label', () => {
    const alike = labelled([20, 50], [19, 50]);
    for (const name of ['KL', 'JS', 'KS', 'LP', 'TVD'])
      expect(biasMetric(name)!.interval(alike, { seed: 0 })!.lower).toBe(0);
    const lacking = biasMetric('KL')!.interval(labelled([20, 50], [0, 50]), { seed: 0 })!;
    expect(lacking.lower).toBeGreaterThan(0.2);
    expect(lacking.upper).toBe(Number.POSITIVE_INFINITY);
    const right = biasMetric('GE')!.interval(countsOf([[40, 0, 0, 10, 30, 0, 0, 20]]), { seed: 0 })!;
    expect(right.lower).toBe(0);
    expect(right.upper).toBeGreaterThan(0);
  });

  test('of CDDL are as wide as its terms where nobody is on one side of a decision', () => {
    const sparse = Array.from({ length: 8 }, (_, place) =>
      Array.from({ length: 8 }, (_, at) => (at === place ? 1 : 0)),
    );
    const interval = biasMetric('CDDL')!.interval(countsOf(sparse), { seed: 0 })!;
    expect(interval.upper - interval.lower).toBeGreaterThan(1);
  });

  test('of FT do not shrink to nothing without flips', () => {
    const counts = {
      ...countsOf([[40, 0, 0, 10, 30, 0, 0, 20]]),
      flips: { toPositive: 0, toNegative: 0, rows: 50, standardError: 0 },
    };
    const interval = biasMetric('FT')!.interval(counts, { seed: 0 })!;
    expect(interval.upper).toBeCloseTo(wilsonInterval(0, 50)!.upper, 12);
    expect(interval.lower).toBe(-interval.upper);
  });
});

describe('the exact number', () => {
  const exact = (name: string, cells: readonly number[]) => biasMetric(name)!.exact?.(countsOf([cells]));
  const withoutPositives = [20, 3, 5, 12, 9, 4, 0, 0];

  test('of KL is infinite where the group lacks a label that the others have, with its reason', () => {
    expect(exact('KL', withoutPositives)).toEqual({
      value: Number.POSITIVE_INFINITY,
      reason: 'no label of the group is positive; the service leaves such a class out',
    });
    expect(exact('KL', [20, 3, 5, 12, 0, 0, 9, 4])?.reason).toMatch(/^no label of the group is negative;/);
  });

  test('of KL is that of the service where the others lack a label', () => {
    expect(exact('KL', swapSides(withoutPositives))).toBeUndefined();
  });

  test('of TVD is twice that of the service, of LP its multiple by the square root of 2, of KS the same', () => {
    expect(exact('TVD', withoutPositives)?.value).toBeCloseTo(0.425, 15);
    expect(exact('LP', withoutPositives)?.value).toBeCloseTo(0.425 * Math.SQRT2, 15);
    expect(exact('KS', withoutPositives)).toBeUndefined();
    expect(exact('JS', withoutPositives)?.value).toBeCloseTo(0.02902912179422361 + 0.5 * 0.425 * Math.log(2), 15);
    expect(exact('TVD', swapSides(withoutPositives))?.reason).toMatch(/^no label of the others is positive;/);
  });

  test('is there where the service finds no label in common', () => {
    const apart = [0, 0, 6, 8, 7, 3, 0, 0];
    const values = ['KL', 'JS', 'LP', 'TVD', 'KS'].map((name) => exact(name, apart)?.value);
    expect(values).toEqual([Number.POSITIVE_INFINITY, Math.log(2), Math.SQRT2, 1, 1]);
    expect(exact('TVD', apart)?.reason).toMatch(
      /^all labels of the group are negative, all labels of the others are positive;/,
    );
  });

  test('of FT is that of the rows with all features, of which the service tests none', () => {
    const flips = { toPositive: 2, toNegative: 7, rows: 20, standardError: 0.1, error: 'Input X contains NaN.' };
    const counts = { ...countsOf([[40, 3, 2, 10, 30, 4, 5, 20]]), flips };
    const flipTest = biasMetric('FT')!;
    expect(flipTest.service(counts)).toEqual({ error: flips.error });
    expect(flipTest.exact!(counts)).toEqual({
      value: -0.25,
      reason: expect.stringMatching(/^rows that lack a feature/),
    });
    expect(flipTest.interval(counts, { seed: 0 })!.lower).toBeCloseTo(-0.446, 3);
    const none = { ...counts, flips: { toPositive: 0, toNegative: 0, rows: 0, error: flips.error } };
    expect(flipTest.exact!(none)).toBeUndefined();
    expect(flipTest.interval(none, { seed: 0 })).toBeUndefined();
  });

  test('is not needed where both sides have both labels, or the same one', () => {
    for (const cells of [
      [1, 2, 3, 4, 5, 6, 7, 8],
      [0, 0, 3, 4, 0, 0, 7, 8],
      [1, 2, 0, 0, 5, 6, 0, 0],
    ]) {
      for (const metric of biasMetrics) expect(metric.exact?.(countsOf([cells]))).toBeUndefined();
    }
  });
});

describe('a caution', () => {
  const caution = (name: string, groups: readonly number[][]) => biasMetric(name)!.caution?.(countsOf(groups));

  test('says where the service counts a missing rate as 0', () => {
    expect(caution('RD', [[5, 2, 3, 4, 5, 6, 0, 0]])).toBe(
      'the group has no positive labels; the service counts the missing rate as 0',
    );
    expect(caution('SD', [[0, 0, 3, 4, 5, 6, 1, 1]])).toMatch(/^the others have no negative labels;/);
    expect(caution('DAR', [[5, 0, 3, 0, 5, 6, 1, 1]])).toMatch(/^the others have no positive predictions;/);
    expect(caution('DRR', [[0, 5, 0, 3, 0, 6, 0, 1]])).toMatch(/^neither side has any negative predictions;/);
    expect(caution('RD', [[5, 2, 3, 4, 5, 6, 1, 0]])).toBeUndefined();
  });

  test('says where the service takes the difference of two infinite rates, but not where one is infinite', () => {
    expect(caution('TE', [[8, 0, 2, 5, 11, 0, 6, 9]])).toMatch(/two infinite rates as 0$/);
    expect(caution('TE', [[8, 0, 2, 5, 11, 4, 6, 9]])).toBeUndefined();
    expect(caution('DCA', [[8, 0, 2, 0, 11, 4, 6, 9]])).toBeUndefined();
  });

  test('says where no value of the group variable has rows of both kinds', () => {
    expect(
      caution('CDDL', [
        [1, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 2, 1],
      ]),
    ).toMatch(/^no value of the group var/);
    expect(
      caution('CDDL', [
        [1, 0, 0, 3, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 2, 1],
      ]),
    ).toBeUndefined();
    const cells = Float64Array.of(5, 2, 3, 4, 5, 6, 1, 1);
    expect(biasMetric('CDDPL')!.caution!({ cells, predicted: true, groups: [] })).toMatch(/^no row has a value of the/);
  });
});
