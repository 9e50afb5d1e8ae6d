import { describe, expect, it } from 'vitest';
import { exactTwoSampleSf, oneSampleSf } from '../../../kernel-lib/src/stats/kolmogorov-smirnov.js';
import { expectClose, readGolden } from './golden.js';

type Triples = readonly (readonly number[])[];

describe('exactTwoSampleSf()', () => {
  it('equals SciPy to 1e-12 relative', () => {
    for (const [distance, n, m, golden] of readGolden<{ exactTwoSample: Triples }>('drift/drift.json').exactTwoSample) {
      expectClose(exactTwoSampleSf(distance!, n!, m!), golden!, 1e-12, `D ${distance}, n ${n}, m ${m}`);
    }
  });

  it('is 1 at no distance, and 2 / C(n + m, n) where the samples lie apart', () => {
    expect(exactTwoSampleSf(0, 5, 7)).toBe(1);
    // C(10, 4) = 210.
    expectClose(exactTwoSampleSf(1, 4, 6), 2 / 210, 1e-14, 'apart');
    // C(120, 60): far below what subtracting from 1 could tell.
    expectClose(exactTwoSampleSf(1, 60, 60), 2 / 9.661490884036332e34, 1e-12, 'far apart');
  });
});

describe('oneSampleSf()', () => {
  it("equals SciPy's kstwo.sf to 1e-11 relative for n from 1 to 500,000", () => {
    // 1e-11: the matrix powers of up to 140 factors and the far tail's exponents near -300 each lose a digit.
    for (const [x, n, golden] of readGolden<{ oneSampleSf: Triples }>('distributions/distributions.json').oneSampleSf) {
      if (golden! < 1e-300) expect(oneSampleSf(x!, n!)).toBeLessThan(1e-299);
      else expectClose(oneSampleSf(x!, n!), golden!, 1e-11, `x ${x}, n ${n}`);
    }
  });

  it('falls from 1 to 0', () => {
    for (const n of [1, 7, 140, 141, 5_000, 1_000_000]) {
      let before = 1;
      for (let i = 0; i <= 200; i++) {
        const p = oneSampleSf(i / 200, n);
        expect(p).toBeLessThanOrEqual(before * (1 + 1e-6));
        before = p;
      }
      expect(oneSampleSf(0, n)).toBe(1);
      expect(oneSampleSf(1, n)).toBe(0);
    }
  });
});
