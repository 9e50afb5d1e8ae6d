import { type Estimate, NORMAL_95 } from '../../stats/interval.js';
import { KllSketch } from '../../stats/kll.js';
import { sortNumbers } from '../../stats/sort-numbers.js';

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
function sketchedMedian(sketch: KllSketch): Estimate {
  const reach = Math.min(0.5, Math.hypot(NORMAL_95 / (2 * Math.sqrt(sketch.count)), sketch.rankErrorBound()));
  return {
    value: sketch.quantile(0.5)!,
    lower: sketch.quantile(0.5 - reach)!,
    upper: sketch.quantile(0.5 + reach)!,
  };
}

/** Numbers that are kept for exact medians, all columns together: 80 MB. */
const MOST_EXACT = 10_000_000;
/** Numbers that all sketches together hold at most, about. */
const SKETCH_ITEMS = 4_000_000;
const NO_MEDIAN: Estimate = { value: 0, lower: 0, upper: 0 };

/**
 * Medians of columns of numbers that come in batches: exact up to ten million numbers of all columns together, of sketches
 * beyond. Memory: 80 MB at most, and the sketches.
 */
export class Medians {
  readonly #columns: number;
  readonly #mostExact: number;
  #kept: Float64Array[] = [];
  #count = 0;
  #sketches: KllSketch[] | undefined;

  constructor(columns: number, mostExact: number = MOST_EXACT) {
    this.#columns = columns;
    this.#mostExact = mostExact;
  }

  /** @param values - by (row, column); kept: not to be written into afterwards. */
  add(values: Float64Array): void {
    if (this.#sketches !== undefined) {
      this.#sketch(values);
      return;
    }
    this.#kept.push(values);
    this.#count += values.length;
    if (this.#count <= this.#mostExact) return;
    const k = Math.max(256, Math.min(2048, Math.floor(SKETCH_ITEMS / this.#columns / 3)));
    this.#sketches = Array.from({ length: this.#columns }, () => new KllSketch({ k }));
    for (const kept of this.#kept) this.#sketch(kept);
    this.#kept = [];
  }

  /** By column. */
  finish(): Estimate[] {
    if (this.#sketches !== undefined) return this.#sketches.map(sketchedMedian);
    const rows = this.#columns === 0 ? 0 : this.#count / this.#columns;
    if (rows === 0) return Array.from({ length: this.#columns }, () => NO_MEDIAN);
    const column = new Float64Array(rows);
    return Array.from({ length: this.#columns }, (_, place) => {
      let at = 0;
      for (const values of this.#kept) {
        for (let cell = place; cell < values.length; cell += this.#columns) column[at++] = values[cell]!;
      }
      sortNumbers(column, rows);
      return exactMedian(column);
    });
  }

  #sketch(values: Float64Array): void {
    const column = new Float64Array(values.length / this.#columns);
    this.#sketches!.forEach((sketch, place) => {
      for (let row = 0; row < column.length; row++) column[row] = values[row * this.#columns + place]!;
      sketch.addAll(column);
    });
  }
}
