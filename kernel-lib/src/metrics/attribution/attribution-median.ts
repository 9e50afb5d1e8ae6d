import { type Estimate, NORMAL_95 } from '../../stats/interval.js';
import type { KllSketch } from '../../stats/kll.js';

/**
 * The median of sorted numbers, between the two middle ones where their number is even, with its 95 % interval of order
 * statistics: ranks n / 2 -+ 1.96 sqrt(n) / 2.
 *
 * @param sorted - ascending, at least one.
 * @see Source: David and Nagaraja 2003, Order statistics, section 7.1.
 */
export function exactMedian(sorted: Float64Array): Estimate {
  const count = sorted.length;
  const middle = Math.floor(count / 2);
  const value = count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const reach = (NORMAL_95 * Math.sqrt(count)) / 2;
  return {
    value,
    lower: sorted[Math.max(0, Math.floor(count / 2 - reach))]!,
    upper: sorted[Math.min(count - 1, Math.ceil(count / 2 + reach) - 1)]!,
  };
}

/** The same of a sketch, whose own rank error is counted in. */
export function sketchedMedian(sketch: KllSketch): Estimate {
  const reach = Math.min(0.5, Math.hypot(NORMAL_95 / (2 * Math.sqrt(sketch.count)), sketch.rankErrorBound()));
  return {
    value: sketch.quantile(0.5)!,
    lower: sketch.quantile(0.5 - reach)!,
    upper: sketch.quantile(0.5 + reach)!,
  };
}
