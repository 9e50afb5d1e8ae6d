const EPSILON = 2 ** -53;
const LN_SQRT_2_PI = 0.9189385332046727;
const EULER_GAMMA = 0.5772156649015329;

/** zeta(k) - 1 for k = 2, 3, ...: the Taylor coefficients of log-gamma at 2. */
const ZETA_LESS_1: Float64Array = zetaLess1(40);

function zetaLess1(terms: number): Float64Array {
  const values = new Float64Array(terms);
  for (let k = 2; k < terms + 2; k++) {
    // The first terms, then Euler and Maclaurin's tail from n on.
    const n = 30;
    let sum = 0;
    const power = n ** -k;
    const tail =
      (n * power) / (k - 1) +
      power / 2 +
      (k * power) / (12 * n) -
      (k * (k + 1) * (k + 2) * power) / (720 * n ** 3) +
      (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * power) / (30240 * n ** 5) -
      (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * (k + 5) * (k + 6) * power) / (1209600 * n ** 7);
    for (let i = n - 1; i >= 2; i--) sum += i ** -k;
    values[k - 2] = sum + tail;
  }
  return values;
}

/** The error of Stirling's formula, log-gamma(x + 1) - (x + 1/2) ln x + x - ln(2 pi) / 2, for x > 0. */
function stirlingError(x: number): number {
  if (x < 10) return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - LN_SQRT_2_PI;
  const square = x * x;
  return (
    (1 / 12 -
      (1 / 360 -
        (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360 - 1 / 156 / square) / square) / square) / square) / square) /
        square) /
    x
  );
}

/**
 * The natural logarithm of the gamma function for x > 0.
 *
 * Taylor series at 2 (Abramowitz and Stegun 6.1.33) after shifting x into [1.5, 2.5], Stirling's series from 10 on.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + LN_SQRT_2_PI + stirlingError(x);
  if (x < 1.5) return taylorAt2(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let z = x;
  while (z > 2.5) {
    z -= 1;
    product *= z;
  }
  return taylorAt2(z - 2) + Math.log(product);
}

/** log-gamma(2 + z) for |z| <= 0.5; of z in [-0.5, 0.5] it also is log-gamma(1 + z) + ln(1 + z). */
function taylorAt2(z: number): number {
  let sum = 0;
  for (let k = ZETA_LESS_1.length + 1; k >= 2; k--) sum = (k % 2 === 0 ? 1 : -1) * (ZETA_LESS_1[k - 2]! / k) + sum * z;
  return z * (1 - EULER_GAMMA) + sum * z * z;
}

/**
 * x ln(x / mean) + mean - x: how far x is from its mean on the scale of log-likelihoods, at least 0, with full relative
 * precision also where the two are close. For x = 0 the value is `mean`.
 *
 * @param x - at least 0.
 * @param mean - above 0.
 * @see Source: Loader 2000, "Fast and accurate computation of binomial probabilities" (there `bd0`).
 */
export function deviance(x: number, mean: number): number {
  if (x === 0) return mean;
  const difference = x - mean;
  if (Math.abs(difference) > 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const ratio = difference / (x + mean);
  const square = ratio * ratio;
  let power = 2 * x * ratio;
  let sum = difference * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= square;
    const next = sum + power / odd;
    if (next === sum) return next;
    sum = next;
  }
}

/** x^a e^-x / gamma(a + 1), without the cancellation of its logarithms. */
function poissonTerm(a: number, x: number): number {
  if (a === 0) return Math.exp(-x);
  if (a < 1) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  return Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a);
}

/**
 * The regularised lower incomplete gamma function P(a, x), in [0, 1].
 *
 * @param a - above 0.
 * @param x - at least 0.
 * @see Source: Abramowitz and Stegun 6.5.29 (series), DLMF 8.9.2 (continued fraction, Lentz's method). Golden values:
 * SciPy `gammainc`.
 */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? lowerGammaSeries(a, x) : 1 - upperGammaFraction(a, x);
}

/** The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), precise in the far tail. Golden values: SciPy `gammaincc`. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - lowerGammaSeries(a, x) : upperGammaFraction(a, x);
}

function lowerGammaSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * poissonTerm(a, x);
}

function upperGammaFraction(a: number, x: number): number {
  const front = poissonTerm(a, x) * a;
  if (front === 0) return 0;
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < 1_000_000; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 * EPSILON) break;
  }
  return front * fraction;
}

/** The error function, in [-1, 1]. */
export function erf(x: number): number {
  if (Math.abs(x) < 1e-8) return (2 / Math.sqrt(Math.PI)) * x;
  return Math.sign(x) * lowerGamma(0.5, x * x);
}

/** The complementary error function 1 - erf(x), in [0, 2], precise in the far tail. */
export function erfc(x: number): number {
  if (x < 0) return 1 + erf(-x);
  return upperGamma(0.5, x * x);
}

/** The distribution function of the standard normal distribution, precise in the lower tail. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/**
 * The quantile of the standard normal distribution: Newton's method on the distribution function, on its logarithm
 * in the tails. Ends are infinite.
 *
 * @param share - in [0, 1]. For a confidence close to 1 pass the small tail and change the sign: 1 - share rounds.
 */
export function normalQuantile(share: number): number {
  if (share <= 0) return Number.NEGATIVE_INFINITY;
  if (share >= 1) return Number.POSITIVE_INFINITY;
  if (share > 0.5) return -normalQuantile(1 - share);
  if (share > 0.4) {
    const target = 2 * (share - 0.5);
    let x = (target * Math.sqrt(Math.PI)) / 2;
    for (let i = 0; i < 6; i++) x -= ((erf(x) - target) * Math.sqrt(Math.PI) * Math.exp(x * x)) / 2;
    return x * Math.SQRT2;
  }
  const logShare = Math.log(share);
  const t = Math.sqrt(-2 * logShare);
  // Abramowitz and Stegun 26.2.23, error below 4.5e-4: where Newton starts.
  let x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 5; i++) {
    const below = normalCdf(x);
    const density = Math.exp(-0.5 * x * x - LN_SQRT_2_PI);
    if (density === 0 || below === 0) break;
    const step = ((Math.log(below) - logShare) * below) / density;
    x -= step;
    if (Math.abs(step) < 1e-16 * Math.abs(x)) break;
  }
  return x;
}

/**
 * The probability that a chi-squared variable with `degreesOfFreedom` is above x, precise in the far tail.
 * With 0 degrees of freedom the variable is 0.
 */
export function chiSquaredSf(x: number, degreesOfFreedom: number): number {
  if (degreesOfFreedom === 0) return x < 0 ? 1 : x === 0 ? 1 : 0;
  return upperGamma(degreesOfFreedom / 2, x / 2);
}

/**
 * The probability of exactly x successes in n trials, also for a real x and n.
 *
 * @param x - in [0, n].
 * @param p - the share of successes, in [0, 1].
 * @see Source: Loader 2000 (saddle-point expansion).
 */
export function binomialPmf(x: number, n: number, p: number): number {
  return binomialTerm(x, n, p, 1 - p);
}

function binomialTerm(x: number, n: number, p: number, q: number): number {
  if (p === 0) return x === 0 ? 1 : 0;
  if (q === 0) return x === n ? 1 : 0;
  if (x === 0) return n === 0 ? 1 : Math.exp(p < 0.1 ? -deviance(n, n * q) - n * p : n * Math.log(q));
  if (x === n) return Math.exp(q < 0.1 ? -deviance(n, n * p) - n * q : n * Math.log(p));
  const log = stirlingError(n) - stirlingError(x) - stirlingError(n - x) - deviance(x, n * p) - deviance(n - x, n * q);
  return Math.exp(log) * Math.sqrt(n / (2 * Math.PI * x * (n - x)));
}

/**
 * The regularised incomplete beta function I_x(a, b), in [0, 1].
 *
 * @param a - above 0.
 * @param b - above 0.
 * @param x - in [0, 1].
 * @see Source: DLMF 8.17.22 (continued fraction, Lentz's method). Golden values: SciPy `betainc`.
 */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaFraction(b, a, 1 - x, x);
  return betaFraction(a, b, x, 1 - x);
}

/** I_x(a, b) for x below about a / (a + b), with its complement y = 1 - x. */
function betaFraction(a: number, b: number, x: number, y: number): number {
  const front = binomialTerm(a, a + b, x, y) * (b / (a + b));
  if (front === 0) return 0;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let fraction = d;
  for (let m = 1; m < 1_000_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || tiny);
    c = 1 + even / c || tiny;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || tiny);
    c = 1 + odd / c || tiny;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) <= 2 * EPSILON) break;
  }
  return front * fraction;
}

/**
 * The probability that Kolmogorov's limiting distribution is above x: of sqrt(n) times the largest gap between an
 * empirical and its true distribution function, for large n. Golden values: SciPy `special.kolmogorov`.
 *
 * @see Source: Kolmogorov 1933; for small x the form by Jacobi's theta function.
 */
export function kolmogorovSf(x: number): number {
  if (x <= 0) return 1;
  if (x < 1) {
    let sum = 0;
    for (let odd = 1; odd < 40; odd += 2) sum += Math.exp((-odd * odd * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 10; k >= 1; k--) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}

/**
 * The x with `kolmogorovSf(x) = tail`: 1.358 for 0.05.
 *
 * @param tail - in (0, 1).
 */
export function kolmogorovQuantile(tail: number): number {
  let low = 0.03;
  let high = Math.sqrt(Math.log(2 / tail) / 2) + 0.5;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (kolmogorovSf(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
