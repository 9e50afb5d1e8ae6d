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

/** A Poisson distributed number: by inversion up to a mean of 40, above it a rounded normal number. */
export function poissonDraw(random: Random, mean: number): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  let left = random.uniform();
  let probability = Math.exp(-mean);
  let x = 0;
  while (left > probability && probability > 0) {
    left -= probability;
    x++;
    probability *= mean / x;
  }
  return x;
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
