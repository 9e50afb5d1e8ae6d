/** {@link Moments} as JSON; `mean`, `min` and `max` are null when there are no values. */
export interface MomentsState {
  readonly count: number;
  readonly sum: number;
  readonly mean: number | null;
  /** Sum of squared deviations from the mean. */
  readonly m2: number;
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * Count, sum, mean, sum of squared deviations, smallest and largest value of a stream of finite numbers, mergeable.
 *
 * The sum is compensated (error of one rounding, plus count * 2^-106 of the sum of magnitudes). Deviations are taken
 * from the mean of each batch in a second pass and batches are combined by Chan's formula, with the means' rounding
 * errors carried along: a spread of 1 at an offset of 1e9 keeps its digits. Callers leave out NaN and the infinities;
 * beyond 1e150 squares overflow, and {@link populationStd} is then undefined.
 *
 * @see Source: Knuth's TwoSum, TAOCP vol. 2, 4.2.2; Chan, Golub and LeVeque 1979.
 */
export class Moments {
  #count = 0;
  #sum = 0;
  #sumRest = 0;
  #mean = 0;
  #meanRest = 0;
  #m2 = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  static fromState(state: MomentsState): Moments {
    const moments = new Moments();
    moments.#count = state.count;
    moments.#sum = state.sum;
    moments.#mean = state.mean ?? 0;
    moments.#m2 = state.m2;
    moments.#min = state.min ?? Number.POSITIVE_INFINITY;
    moments.#max = state.max ?? Number.NEGATIVE_INFINITY;
    return moments;
  }

  get count(): number {
    return this.#count;
  }

  /** 0 for no values. */
  get sum(): number {
    const sum = this.#sum + this.#sumRest;
    return Number.isNaN(sum) ? this.#sum : sum;
  }

  get mean(): number | undefined {
    return this.#count === 0 ? undefined : this.#mean;
  }

  /** Sum of squared deviations from the mean; 0 for no values, one value or a constant. */
  get m2(): number {
    return this.#m2;
  }

  get min(): number | undefined {
    return this.#count === 0 ? undefined : this.#min;
  }

  get max(): number | undefined {
    return this.#count === 0 ? undefined : this.#max;
  }

  /** Adds the first `count` of `values`, all finite; `values` is not modified. */
  addAll(values: Float64Array, count: number = values.length): void {
    for (let start = 0; start < count; start += 4096) this.#addBatch(values, start, Math.min(count, start + 4096));
  }

  /** Takes in the values of another, which is left as it is. */
  merge(other: Moments): void {
    this.#combine(
      other.#count,
      other.#sum,
      other.#sumRest,
      other.#mean,
      other.#meanRest,
      other.#m2,
      other.#min,
      other.#max,
    );
  }

  /** The standard deviation of the population (ddof 0, as the service reports it); undefined for no values. */
  populationStd(): number | undefined {
    if (this.#count === 0 || !Number.isFinite(this.#m2)) return undefined;
    return Math.sqrt(this.#m2 / this.#count);
  }

  /** The state as JSON; `fromState` reads it back. */
  toState(): MomentsState {
    const empty = this.#count === 0;
    return {
      count: this.#count,
      sum: this.sum,
      mean: empty ? null : this.#mean,
      m2: this.#m2,
      min: empty ? null : this.#min,
      max: empty ? null : this.#max,
    };
  }

  #addBatch(values: Float64Array, start: number, end: number): void {
    let sum = 0;
    let rest = 0;
    let min = values[start]!;
    let max = min;
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      const total = sum + value;
      const part = total - sum;
      rest += sum - (total - part) + (value - part);
      sum = total;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    const count = end - start;
    const mean = min === max ? min : (sum + rest) / count;
    let deviations = 0;
    let squares = 0;
    for (let i = start; i < end; i++) {
      const deviation = values[i]! - mean;
      deviations += deviation;
      squares += deviation * deviation;
    }
    const m2 = Math.max(0, squares - (deviations * deviations) / count);
    this.#combine(count, sum, rest, mean, deviations / count, m2, min, max);
  }

  #combine(
    count: number,
    sum: number,
    sumRest: number,
    mean: number,
    meanRest: number,
    m2: number,
    min: number,
    max: number,
  ): void {
    if (count === 0) return;
    const ours = this.#count;
    const total = ours + count;
    const delta = mean - this.#mean + (meanRest - this.#meanRest);
    if (ours === 0) {
      this.#mean = mean;
      this.#meanRest = meanRest;
      this.#m2 = m2;
    } else if (delta !== 0) {
      // Delta is small beside the mean where digits matter; what adding it to the mean rounds away goes to the rest.
      const step = (delta * count) / total + this.#meanRest;
      const next = this.#mean + step;
      const part = next - this.#mean;
      this.#meanRest = this.#mean - (next - part) + (step - part);
      this.#mean = next;
      this.#m2 += m2 + delta * delta * ((ours * count) / total);
    } else {
      this.#m2 += m2;
    }
    const next = this.#sum + sum;
    const part = next - this.#sum;
    this.#sumRest += sumRest + (this.#sum - (next - part) + (sum - part));
    this.#sum = next;
    this.#count = total;
    if (min < this.#min) this.#min = min;
    if (max > this.#max) this.#max = max;
  }
}
