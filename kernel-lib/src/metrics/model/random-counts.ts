import { binomialPmf } from '../../stats/distributions.js';
import type { Random } from '../../stats/random.js';

/**
 * A binomially distributed number: successes in `n` trials of probability `p`. Exact, by inversion outward from the
 * mode; time O(sqrt(n)).
 *
 * @param n - a whole number, at least 0.
 */
export function binomialDraw(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  return drawAround(random, mode, 0, n, binomialPmf(mode, n, p), (x) => ((n - x) / (x + 1)) * odds);
}

/**
 * How many of `good` things are among `drawn` ones taken at random from `good + bad`, without putting back. Exact, by
 * inversion outward from the mode; time O(sqrt(drawn)).
 */
export function hypergeometricDraw(random: Random, good: number, bad: number, drawn: number): number {
  const least = Math.max(0, drawn - bad);
  const most = Math.min(good, drawn);
  if (least === most) return least;
  const total = good + bad;
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (good + 1)) / (total + 2))));
  const p = drawn / total;
  const atMode = (binomialPmf(mode, good, p) * binomialPmf(drawn - mode, bad, p)) / binomialPmf(drawn, total, p);
  return drawAround(
    random,
    mode,
    least,
    most,
    atMode,
    (x) => ((good - x) / (x + 1)) * ((drawn - x) / (bad - drawn + x + 1)),
  );
}

/** Parts of [0, 1) for each of which a table says where the search begins. */
const GUIDE = 256;
const guide = new Uint32Array(GUIDE);

/**
 * Fills an array with Poisson distributed numbers of one mean, by inversion in a table of the distribution to nine
 * standard deviations: O(sqrt(mean)) for the table, a few steps a number.
 */
export function fillPoisson(random: Random, mean: number, drawn: Float64Array): void {
  const reach = 9 * Math.sqrt(mean) + 20;
  const first = Math.max(0, Math.floor(mean - reach));
  const shares = cumulativePoisson(mean, first, Math.ceil(mean + reach));
  let place = 0;
  for (let part = 0; part < GUIDE; part++) {
    while (shares[place]! <= part / GUIDE) place++;
    guide[part] = place;
  }
  for (let i = 0; i < drawn.length; i++) {
    const bits = random.uint32();
    const share = bits / 2 ** 32;
    let at = guide[bits >>> 24]!;
    while (shares[at]! <= share) at++;
    drawn[i] = first + at;
  }
}

/** Shares of the numbers up to each of `first` to `last`; the last share is 1. */
function cumulativePoisson(mean: number, first: number, last: number): Float64Array {
  const shares = new Float64Array(last - first + 1);
  const mode = Math.floor(mean) - first;
  shares[mode] = 1;
  for (let i = mode; i > 0; i--) shares[i - 1] = (shares[i]! * (first + i)) / mean;
  for (let i = mode + 1; i < shares.length; i++) shares[i] = (shares[i - 1]! * mean) / (first + i);
  let total = 0;
  for (const share of shares) total += share;
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i]! / total;
    shares[i] = sum;
  }
  shares[shares.length - 1] = 1;
  return shares;
}

/**
 * Counts of `total` draws with replacement from cells with these shares (a multinomial distribution), into `counts`.
 *
 * @param shares - at least 0; need not sum to 1.
 */
export function multinomialDraw(random: Random, total: number, shares: Float64Array, counts: Float64Array): void {
  let [left, shareLeft] = [total, 0];
  for (const share of shares) shareLeft += share;
  for (let cell = 0; cell < shares.length; cell++) {
    const share = shares[cell]!;
    const drawn = shareLeft <= share ? left : binomialDraw(random, left, share / shareLeft);
    counts[cell] = share === 0 ? 0 : drawn;
    left -= counts[cell]!;
    shareLeft -= share;
  }
}

/** A number whose probability at `mode` is `atMode`, and at x + 1 `ratio(x)` times that at x. */
function drawAround(
  random: Random,
  mode: number,
  least: number,
  most: number,
  atMode: number,
  ratio: (x: number) => number,
): number {
  let left = random.uniform() - atMode;
  let [above, below] = [mode, mode];
  let [ofAbove, ofBelow] = [atMode, atMode];
  while (left > 0 && (above < most || below > least)) {
    if (above < most) {
      ofAbove *= ratio(above++);
      left -= ofAbove;
      if (left <= 0) return above;
    }
    if (below > least) {
      ofBelow /= ratio(--below);
      left -= ofBelow;
      if (left <= 0) return below;
    }
    if (ofAbove + ofBelow < 1e-300) break;
  }
  return mode;
}
