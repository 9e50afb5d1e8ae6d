/**
 * The k nearest of rows that come one by one: a heap with the farthest on top, where a nearer row takes its place. Which
 * of equally far rows stay is told by the form of the heap, as in scikit-learn.
 *
 * @see Source: Williams 1964, Algorithm 232 (heapsort).
 */
export class NearestHeap {
  readonly #distances: Float64Array;
  /** Row 0 in places that none has taken. */
  readonly rows: Int32Array;

  constructor(k: number) {
    this.#distances = new Float64Array(k).fill(Infinity);
    this.rows = new Int32Array(k);
  }

  /** The largest distance of those that are kept, Infinity before there are k. */
  get farthest(): number {
    return this.#distances[0]!;
  }

  push(row: number, distance: number): void {
    if (distance >= this.farthest) return;
    const [distances, rows] = [this.#distances, this.rows];
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      const child = right < rows.length && distances[right]! > distances[left]! ? right : left;
      if (child >= rows.length || distances[child]! <= distance) break;
      distances[place] = distances[child]!;
      rows[place] = rows[child]!;
      place = child;
    }
    distances[place] = distance;
    rows[place] = row;
  }
}
