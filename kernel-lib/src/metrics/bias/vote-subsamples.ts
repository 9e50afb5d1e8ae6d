import type { Neighbours } from '../../stats/kd-tree.js';
import type { Random } from '../../stats/random.js';

/** One row in so many is left out of a subsample. */
const LEFT_OUT = 3;

/**
 * How far the votes of nearest rows depend on which rows there are: the same votes with a third of the rows left out,
 * many times at random (the delete-d jackknife, which suits votes, where leaving out one row does not). A subsample votes
 * among the nearest rows that were kept; of 16, 1 subsample in 1,000 holds fewer than five voters, and does with those.
 *
 * Memory n bytes a subsample.
 *
 * @see Source: Shao and Wu 1989, A General Theory for Jackknife Variance Estimation.
 */
export class VoteSubsamples {
  readonly #count: number;
  readonly #voters: number;
  readonly #labels: Uint8Array;
  /** 1 where a subsample holds a row: row after row. */
  readonly #held: Uint8Array;
  readonly #leftOut: number;
  /** Questions with a positive vote in each subsample, but for a number that is the same for all. */
  readonly #sums: Float64Array;
  readonly #voted: Uint8Array;
  readonly #votes: Uint8Array;
  #asked = 0;
  /** What the sums would vary by if no two questions went together. */
  #ownVariance = 0;

  /**
   * @param labels - of the n rows, 0 or 1.
   * @param count - subsamples, at least 2.
   */
  constructor(labels: Uint8Array, voters: number, count: number, random: Random) {
    this.#count = count;
    this.#voters = voters;
    this.#labels = labels;
    this.#leftOut = Math.floor(labels.length / LEFT_OUT);
    this.#held = new Uint8Array(labels.length * count).fill(1);
    this.#sums = new Float64Array(count);
    this.#voted = new Uint8Array(count);
    this.#votes = new Uint8Array(count);
    const rows = Int32Array.from(labels, (_, row) => row);
    for (let subsample = 0; subsample < count; subsample++) {
      random.shuffle(rows);
      for (const row of rows.subarray(0, this.#leftOut)) this.#held[row * count + subsample] = 0;
    }
  }

  /** Takes the votes on one question, asked `weight` times. */
  add({ rows }: Neighbours, weight: number): void {
    this.#asked += weight;
    if (this.#isUnanimous(rows)) return;
    this.#collect(rows);
    let positive = 0;
    for (let subsample = 0; subsample < this.#count; subsample++) {
      if (2 * this.#votes[subsample]! <= this.#voted[subsample]!) continue;
      this.#sums[subsample]! += weight;
      positive++;
    }
    this.#ownVariance += (weight * positive * (this.#count - positive)) / (this.#count * (this.#count - 1));
  }

  /**
   * The variance of the share of positive votes that comes from the rows being a sample, the questions being as many as
   * can be: the mean covariance of two questions' votes. How much the questions asked differ is not in it. Undefined
   * below two questions, and where no row could be left out.
   */
  get variance(): number | undefined {
    if (this.#asked < 2 || this.#leftOut === 0) return undefined;
    let mean = 0;
    for (const sum of this.#sums) mean += sum / this.#count;
    let squares = 0;
    for (const sum of this.#sums) squares += (sum - mean) ** 2;
    const covariance = (squares / (this.#count - 1) - this.#ownVariance) / (this.#asked * (this.#asked - 1));
    return Math.max(0, covariance) * (this.#labels.length / this.#leftOut - 1);
  }

  #collect(rows: Int32Array): void {
    const [count, voters, held, voted, votes] = [this.#count, this.#voters, this.#held, this.#voted, this.#votes];
    voted.fill(0);
    votes.fill(0);
    for (const row of rows) {
      if (row < 0) return;
      const label = this.#labels[row]!;
      for (let subsample = 0, at = row * count; subsample < count; subsample++, at++) {
        if (held[at] === 0 || voted[subsample] === voters) continue;
        voted[subsample]!++;
        votes[subsample]! += label;
      }
    }
  }

  /** Whether all rows say the same, and so would every subsample. */
  #isUnanimous(rows: Int32Array): boolean {
    for (const row of rows) {
      if (row >= 0 && this.#labels[row] !== this.#labels[rows[0]!]) return false;
    }
    return true;
  }
}
