import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binomialPmf,
  chiSquaredSf,
  deviance,
  erf,
  erfc,
  incompleteBeta,
  kolmogorovQuantile,
  kolmogorovSf,
  logGamma,
  lowerGamma,
  normalCdf,
  normalQuantile,
  upperGamma,
} from '../../../kernel-lib/src/stats/distributions.js';
import { expectClose, readGolden } from './golden.js';

type Rows = readonly (readonly number[])[];
const golden = readGolden<Record<string, Rows>>('distributions/distributions.json');

const functions: Record<string, (...inputs: number[]) => number> = {
  logGamma,
  lowerGamma,
  upperGamma,
  erf,
  erfc,
  incompleteBeta,
  normalCdf,
  normalQuantile,
  chiSquaredSf,
  kolmogorovSf,
  kolmogorovQuantile,
  binomialPmf,
};

describe('distributions', () => {
  for (const [name, evaluate] of Object.entries(functions)) {
    it(`${name}() equals the golden values to 1e-12 relative, far tails included`, () => {
      const rows = golden[name] as Rows;
      expect(rows.length).toBeGreaterThan(5);
      for (const row of rows) {
        const inputs = row.slice(0, -1);
        expectClose(evaluate(...inputs), row.at(-1) as number, 1e-12, `${name}(${inputs.join(', ')})`);
      }
    });
  }

  it('lower and upper parts sum to 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 2e4, noNaN: true }),
        (a, x) => {
          expect(lowerGamma(a, x) + upperGamma(a, x)).toBeCloseTo(1, 12);
          expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
        },
      ),
    );
  });

  it('incompleteBeta() is symmetric under swapping the parameters', () => {
    const parameter = fc.double({ min: 0.05, max: 500, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, fc.integer({ min: 0, max: 1024 }), (a, b, step) => {
        const x = step / 1024;
        expect(incompleteBeta(a, b, x) + incompleteBeta(b, a, 1 - x)).toBeCloseTo(1, 11);
      }),
    );
  });

  it('normalQuantile() inverts normalCdf(), and has infinite ends', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-290, max: 0.5, noNaN: true }), (share) => {
        expectClose(normalCdf(normalQuantile(share)), share, 1e-12, String(share));
      }),
    );
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 16);
  });

  it('kolmogorovSf() is continuous where its two series meet', () => {
    expectClose(kolmogorovSf(1), kolmogorovSf(1 - 1e-15), 1e-13, 'at 1');
    expect(kolmogorovSf(0)).toBe(1);
    expect(kolmogorovSf(0.01)).toBe(1);
  });

  it('a chi-squared variable without degrees of freedom is 0', () => {
    expect(chiSquaredSf(0, 0)).toBe(1);
    expect(chiSquaredSf(1, 0)).toBe(0);
    expect(chiSquaredSf(0, 3)).toBe(1);
  });

  it('deviance() is never negative, 0 on equal and full in digits close by', () => {
    expect(deviance(3, 3)).toBe(0);
    expect(deviance(0, 2)).toBe(2);
    expectClose(deviance(1 + 2 ** -30, 1), 2 ** -61 * (1 - 2 ** -30 / 3), 1e-15, 'close by');
  });
});
