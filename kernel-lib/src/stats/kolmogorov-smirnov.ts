import { binomialPmf } from './distributions.js';

/**
 * The probability under equal continuous distributions that the two-sample distance is at least `distance`, exact: the
 * share of lattice paths that leave the band, summed without subtraction, so small probabilities keep their digits.
 * With ties the result is conservative (too large), as SciPy's.
 *
 * Time O(n m), memory O(m).
 *
 * @param distance - a multiple of 1 / (n m), up to rounding.
 * @see Source: Hodges 1958; Schröer and Trenkler 1995. Golden values: SciPy `ks_2samp(method='exact')`.
 */
export function exactTwoSampleSf(distance: number, n: number, m: number): number {
  const reach = Math.round(distance * n * m);
  if (reach <= 0) return 1;
  const left = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= reach) left[j] = 1;
      else if (i + j > 0) left[j] = ((i > 0 ? i * left[j]! : 0) + (j > 0 ? j * left[j - 1]! : 0)) / (i + j);
    }
  }
  return left[m]!;
}

/**
 * The probability that the one-sample, two-sided Kolmogorov–Smirnov distance of n values is at least x. The choice of
 * method by n and x is Simard and L'Ecuyer's, as in SciPy's `kstwo.sf`: Ruben and Gambino's ends, Durbin's matrix,
 * twice Smirnov's one-sided probability in the upper tail (n x^2 >= 2.2, relative error below 3e-6), Pelz and Good's
 * expansion for the rest of large n.
 *
 * @param n - a whole number, at least 1.
 * @see Source: Simard and L'Ecuyer 2011, J. Stat. Software 39(11).
 */
export function oneSampleSf(x: number, n: number): number {
  if (x >= 1) return 0;
  const t = n * x;
  if (t <= 0.5) return 1;
  if (t <= 1) {
    let cdf = 1;
    for (let i = 1; i <= n && cdf > 0; i++) cdf *= (i / n) * (2 * t - 1);
    return 1 - cdf;
  }
  if (t >= n - 1) return 2 * (1 - x) ** n;
  const square = t * x;
  if (x >= 0.5 || square > (n <= 140 ? 4 : 2.2)) return Math.min(1, 2 * smirnovSf(x, n));
  // Here the probability to stay below x is under 1e-16 already: the limit's leading term is exp(-41).
  if (n > 140 && square < 0.03) return 1;
  if (n <= 140 || (n <= 100_000 && n * x ** 1.5 <= 1.4)) return 1 - durbinCdf(x, n);
  return Math.min(1, Math.max(0, 1 - pelzGoodCdf(x, n)));
}

/**
 * Smirnov's one-sided probability, x * sum over j of C(n, j) (x + j / n)^(j - 1) (1 - x - j / n)^(n - j). The terms
 * vanish with all their derivatives at both ends, so for large n every stride-th term times the stride is the same sum.
 */
function smirnovSf(x: number, n: number): number {
  const last = Math.floor(n * (1 - x));
  const stride = n > 4096 ? Math.floor(n / 2048) : 1;
  let sum = 0;
  for (let j = 0; j <= last; j += stride) {
    const p = x + j / n;
    if (p < 1) sum += binomialPmf(j, n, p) / p;
  }
  return x * sum * stride;
}

/** Durbin's matrix formula with the scaling of Marsaglia, Tsang and Wang 2003. */
function durbinCdf(x: number, n: number): number {
  const k = Math.floor(n * x) + 1;
  const size = 2 * k - 1;
  const h = k - n * x;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) if (i - j + 1 >= 0) matrix[i * size + j] = 1;
  }
  for (let i = 0; i < size; i++) {
    matrix[i * size]! -= h ** (i + 1);
    matrix[(size - 1) * size + i]! -= h ** (size - i);
  }
  if (2 * h > 1) matrix[(size - 1) * size]! += (2 * h - 1) ** size;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let factor = i - j + 1; factor > 1; factor--) matrix[i * size + j]! /= factor;
    }
  }
  const power = matrixPower(matrix, size, n);
  let cdf = power.matrix[(k - 1) * size + k - 1]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    cdf *= i / n;
    if (cdf < 1e-140) {
      cdf *= 1e140;
      exponent -= 140;
    }
  }
  return cdf * 10 ** exponent;
}

interface ScaledMatrix {
  readonly matrix: Float64Array;
  /** Power of ten taken out of the matrix. */
  readonly exponent: number;
}

function matrixPower(matrix: Float64Array, size: number, n: number): ScaledMatrix {
  if (n === 1) return { matrix, exponent: 0 };
  const half = matrixPower(matrix, size, Math.floor(n / 2));
  let result = product(half.matrix, half.matrix, size);
  let exponent = 2 * half.exponent;
  if (n % 2 === 1) result = product(matrix, result, size);
  const middle = Math.floor(size / 2);
  if (result[middle * size + middle]! > 1e140) {
    result = result.map((item) => item * 1e-140);
    exponent += 140;
  }
  return { matrix: result, exponent };
}

function product(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) result[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return result;
}

/** Pelz and Good 1976: Kolmogorov's limit and its corrections up to n^(-3/2). */
function pelzGoodCdf(x: number, n: number): number {
  const z = Math.sqrt(n) * x;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = Math.PI * Math.PI;
  const pi4 = pi2 * pi2;
  let limit = 0;
  let first = 0;
  let second = 0;
  let third = 0;
  const terms = Math.ceil((16 * z) / Math.PI) + 1;
  for (let k = 0; k <= terms; k++) {
    const h2 = (k + 0.5) ** 2;
    const h4 = h2 * h2;
    const weight = Math.exp((-pi2 * h2) / (2 * z2));
    limit += weight;
    first += weight * (pi2 * h2 - z2);
    second += weight * (6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * h2 + pi4 * (1 - 2 * z2) * h4);
    third +=
      weight *
      (pi2 * pi4 * (5 - 30 * z2) * h4 * h2 +
        pi4 * (-60 * z2 + 212 * z4) * h4 +
        pi2 * (135 * z4 - 96 * z6) * h2 -
        30 * z6 -
        90 * z4 * z4);
  }
  let secondRest = 0;
  let thirdRest = 0;
  for (let k = 1; k <= terms; k++) {
    const k2 = k * k;
    const weight = Math.exp((-pi2 * k2) / (2 * z2));
    secondRest += weight * pi2 * k2;
    thirdRest += weight * (3 * pi2 * k2 * z2 - pi4 * k2 * k2);
  }
  const root = Math.sqrt(2 * Math.PI);
  const k0 = (root / z) * limit;
  const k1 = (root / (6 * z4)) * first;
  const k2 = (root / (72 * z6 * z)) * second - (root / (36 * z2 * z)) * secondRest;
  const k3 = (root / (6480 * z6 * z4)) * third + (root / (216 * z6)) * thirdRest;
  return k0 + k1 / Math.sqrt(n) + k2 / n + k3 / (n * Math.sqrt(n));
}
