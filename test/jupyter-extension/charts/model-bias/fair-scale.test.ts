import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BiasRow, fairBands, withinBand } from '../../../../jupyter-extension/src/charts/model-bias/fair-scale.js';
import { differenceRow, infiniteRow, ratioRow } from '../../support/bias-rows.js';

/** Where the fair value stands on a band's axis, in [0, 1]. */
function fairPlace({ rows, type, range }: ReturnType<typeof fairBands>[number]): number {
  const at = type === 'log' ? Math.log10 : (value: number): number => value;
  const [from, to] = range;
  return (at(rows[0]!.fair) - at(from)) / (at(to) - at(from));
}

describe('fairBands()', () => {
  it('puts differences on one axis, ratios on a logarithmic one, and every other metric on its own', () => {
    const entropy: BiasRow = { ...infiniteRow, name: 'GE', current: { value: 0.1 } };
    const bands = fairBands([ratioRow, infiniteRow, differenceRow, entropy, { ...differenceRow, name: 'RD' }]);
    expect(bands.map(({ type, rows }) => [type, rows.map(({ name }) => name)])).toEqual([
      ['linear', ['DPPL', 'RD']],
      ['log', ['DI']],
      ['linear', ['TE']],
      ['linear', ['GE']],
    ]);
  });

  it('leaves out metrics without a number in either sample', () => {
    const { baseline: _, current: __, ...rest } = differenceRow;
    expect(fairBands([{ ...rest, current: { error: 'no rows' } }])).toEqual([]);
  });

  it('stands the fair value at the same place of every axis, and every finite value within its axis', () => {
    const number = fc.double({ min: -50, max: 50, noNaN: true });
    const fraction = fc.double({ min: -1, max: 1, noNaN: true });
    const ratio = fc.double({ min: 0.001, max: 1000, noNaN: true });
    const row = (base: BiasRow, value: fc.Arbitrary<number>): fc.Arbitrary<BiasRow> =>
      fc.tuple(value, value).map(([a, b]) => ({ ...base, baseline: { value: a }, current: { value: b } }));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(row(differenceRow, fraction), row(ratioRow, ratio), row(infiniteRow, number)), {
          minLength: 1,
          maxLength: 8,
        }),
        (rows) => {
          const bands = fairBands(rows);
          const places = bands.map(fairPlace);
          for (const place of places) expect(place).toBeCloseTo(places[0]!, 6);
          for (const { rows: own, range } of bands) {
            for (const { baseline, current } of own) {
              for (const value of [baseline!.value!, current!.value!]) {
                expect(value).toBeGreaterThanOrEqual(range[0]);
                expect(value).toBeLessThanOrEqual(range[1]);
              }
            }
          }
        },
      ),
    );
  });

  it('does not let a wide or infinite interval squeeze the values', () => {
    const [narrow] = fairBands([differenceRow]);
    const [wide] = fairBands([{ ...differenceRow, current: { value: 0.15, lower: -0.9, method: 'bootstrap' } }]);
    const length = ({ range }: { range: readonly [number, number] }): number => range[1] - range[0];
    expect(length(wide!)).toBeLessThan(2.5 * length(narrow!));
  });

  it('has an axis where all values are equal treatment, or infinite', () => {
    const rows = [
      { ...differenceRow, baseline: { value: 0 }, current: { value: 0 }, allowed: { source: 'baseline' as const } },
      { ...ratioRow, baseline: { value: 0 }, current: { infinite: 'positive' as const } },
    ];
    for (const { range } of fairBands(rows)) {
      expect(range.every(Number.isFinite)).toBe(true);
      expect(range[0]).toBeLessThan(range[1]);
    }
  });
});

describe('withinBand()', () => {
  it('keeps what lies within, and takes the end for what lies beyond', () => {
    const band = { rows: [], type: 'linear' as const, range: [-1, 2] as const };
    expect([-Infinity, -0.5, 2.5].map((value) => withinBand(value, band))).toEqual([-1, -0.5, 2]);
  });
});
