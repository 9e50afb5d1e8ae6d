import { selectNth } from './select-nth.js';

/** A leaf holds at least as many rows, and no more than twice as many. */
const LEAF_ROWS = 30;

/** Rows of a leaf lie four by four, column after column, so that four distances grow side by side. */
const BLOCK = 4;

/** Columns after which four rows are left alone if all of them are too far already. */
const FIRST_COLUMNS = 8;

/** The nearest rows of one query, nearest first; where fewer were found, distances end in Infinity and rows in -1. */
export class Neighbours {
  /** Squared Euclidean distances. */
  readonly distances: Float64Array;
  readonly rows: Int32Array;

  /** @param most - how many are looked for, at least 1. */
  constructor(most: number) {
    this.distances = new Float64Array(most);
    this.rows = new Int32Array(most);
  }

  clear(): void {
    this.distances.fill(Infinity);
    this.rows.fill(-1);
  }

  /** Puts a row in its place, behind those as near, and drops the farthest; answers the farthest distance then. */
  add(distance: number, row: number): number {
    const { distances, rows } = this;
    let place = distances.length - 1;
    while (place > 0 && distances[place - 1]! > distance) {
      distances[place] = distances[place - 1]!;
      rows[place] = rows[place - 1]!;
      place--;
    }
    distances[place] = distance;
    rows[place] = row;
    return distances[distances.length - 1]!;
  }
}

/**
 * Rows by their place in a space of d columns, for exact searches of nearest neighbours: a balanced k-d tree, each node
 * split at the median of the column that is spread widest in it, each with the bounds of its rows. A distance is the sum
 * of squared differences, added up in the order of the columns, so that equal distances are equal to the last bit.
 * The tree's form and the order of its visits are scikit-learn's, whose answers among equally near rows depend on both.
 *
 * Time to build O(d n log n), memory 8 d n bytes besides the rows' own. A search looks at few rows where some columns
 * are spread much wider than others, or go together; at half of them in 14 independent columns alike, at nearly all in
 * 20 (25,000 rows), which still is faster than looking through them in turn.
 *
 * @see Source: Bentley 1975; Friedman, Bentley and Finkel 1977. Golden values: scikit-learn's `KDTree`,
 * test/golden/bias/flip-test.json.
 */
export class KdTree {
  readonly rows: number;
  readonly columns: number;
  readonly #nodes: number;
  /** Bounds of each node: least and greatest of its first column, of its second, and so on. */
  readonly #bounds: Float64Array;
  /** Where the leaves' rows begin and end, by node. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** Rows in the order of the leaves, each leaf filled up to whole blocks by rows that are infinitely far. */
  readonly #order: Int32Array;
  readonly #blocks: Float64Array;

  /** @param points - n rows of `columns` finite numbers, row after row; not kept. */
  constructor(points: Float64Array, columns: number) {
    this.columns = columns;
    this.rows = points.length / columns;
    this.#nodes = 2 ** (Math.floor(Math.log2(Math.max(1, (this.rows - 1) / LEAF_ROWS))) + 1) - 1;
    this.#bounds = new Float64Array(2 * columns * this.#nodes);
    this.#starts = new Int32Array(this.#nodes);
    this.#ends = new Int32Array(this.#nodes);
    const most = this.rows + (BLOCK - 1) * ((this.#nodes + 1) / 2);
    this.#order = new Int32Array(most).fill(-1);
    this.#blocks = new Float64Array((most + BLOCK) * columns).fill(Infinity);
    const order = Int32Array.from({ length: this.rows }, (_, row) => row);
    this.#build(points, order, { node: 0, from: 0, to: this.rows }, 0);
  }

  /**
   * The nearest rows to a query, written to `found`; as many as it can hold, or all there are. Of rows that are as far
   * as the last place some may be missing.
   *
   * @param query - one finite number for each column.
   */
  nearest(query: Float64Array, found: Neighbours): void {
    found.clear();
    this.#search(query, found, 0, this.#distanceTo(query, 0), Infinity);
  }

  /**
   * Visits rows, the nearer half of each node first, leaving out nodes that are farther than the limit of the moment.
   *
   * @param limit - the largest squared distance that still counts.
   * @param visit - called with each row of the leaves that are visited, also those beyond the limit.
   */
  visit(query: Float64Array, limit: () => number, visit: (row: number, distance: number) => void): void {
    this.#visit(query, limit, visit, 0, this.#distanceTo(query, 0));
  }

  /** @returns where the next leaf begins. */
  #build(
    points: Float64Array,
    order: Int32Array,
    { node, from, to }: { readonly node: number; readonly from: number; readonly to: number },
    place: number,
  ): number {
    const widest = this.#bound(points, order.subarray(from, to), node);
    if (this.#isLeaf(node)) return this.#fill(points, order.subarray(from, to), node, place);
    const nth = from + Math.floor((to - from) / 2);
    selectNth(order, { from, nth, to }, points, this.columns, widest);
    const next = this.#build(points, order, { node: 2 * node + 1, from, to: nth }, place);
    return this.#build(points, order, { node: 2 * node + 2, from: nth, to }, next);
  }

  #isLeaf(node: number): boolean {
    return 2 * node + 1 >= this.#nodes;
  }

  /** Writes a node's bounds; answers the column that is spread widest, the first of those that are equally so. */
  #bound(points: Float64Array, rows: Int32Array, node: number): number {
    let widest = 0;
    let width = 0;
    for (let column = 0; column < this.columns; column++) {
      let least = Infinity;
      let greatest = -Infinity;
      for (const row of rows) {
        const value = points[row * this.columns + column]!;
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
      const at = 2 * (node * this.columns + column);
      this.#bounds[at] = least;
      this.#bounds[at + 1] = greatest;
      if (greatest - least > width) [widest, width] = [column, greatest - least];
    }
    return widest;
  }

  #fill(points: Float64Array, rows: Int32Array, node: number, place: number): number {
    const { columns } = this;
    this.#starts[node] = place;
    for (const row of rows) {
      const first = (place - (place % BLOCK)) * columns + (place % BLOCK);
      for (let column = 0; column < columns; column++) {
        this.#blocks[first + column * BLOCK] = points[row * columns + column]!;
      }
      this.#order[place++] = row;
    }
    this.#ends[node] = place;
    return Math.ceil(place / BLOCK) * BLOCK;
  }

  /** The squared distance from a query to the bounds of a node. */
  #distanceTo(query: Float64Array, node: number): number {
    const [bounds, columns] = [this.#bounds, this.columns];
    let sum = 0;
    for (let column = 0, at = 2 * node * columns; column < columns; column++, at += 2) {
      const value = query[column]!;
      const [least, greatest] = [bounds[at]!, bounds[at + 1]!];
      const difference = value < least ? least - value : value > greatest ? value - greatest : 0;
      sum += difference * difference;
    }
    return sum;
  }

  /** @returns the farthest distance found so far. */
  #search(query: Float64Array, found: Neighbours, node: number, distance: number, farthest: number): number {
    if (distance >= farthest) return farthest;
    if (this.#isLeaf(node)) return this.#scan(query, found, node, farthest);
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const [toLeft, toRight] = [this.#distanceTo(query, left), this.#distanceTo(query, right)];
    if (toLeft <= toRight) {
      return this.#search(query, found, right, toRight, this.#search(query, found, left, toLeft, farthest));
    }
    return this.#search(query, found, left, toLeft, this.#search(query, found, right, toRight, farthest));
  }

  #scan(query: Float64Array, found: Neighbours, node: number, farthest: number): number {
    const [blocks, order, columns, end] = [this.#blocks, this.#order, this.columns, this.#ends[node]!];
    const first = Math.min(columns, FIRST_COLUMNS);
    let limit = farthest;
    for (let place = this.#starts[node]!; place < end; place += BLOCK) {
      let at = place * columns;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let column = 0; column < first; column++, at += BLOCK) {
        const value = query[column]!;
        const toA = value - blocks[at]!;
        const toB = value - blocks[at + 1]!;
        const toC = value - blocks[at + 2]!;
        const toD = value - blocks[at + 3]!;
        a += toA * toA;
        b += toB * toB;
        c += toC * toC;
        d += toD * toD;
      }
      if (a >= limit && b >= limit && c >= limit && d >= limit) continue;
      for (let column = first; column < columns; column++, at += BLOCK) {
        const value = query[column]!;
        const toA = value - blocks[at]!;
        const toB = value - blocks[at + 1]!;
        const toC = value - blocks[at + 2]!;
        const toD = value - blocks[at + 3]!;
        a += toA * toA;
        b += toB * toB;
        c += toC * toC;
        d += toD * toD;
      }
      if (a < limit) limit = found.add(a, order[place]!);
      if (b < limit) limit = found.add(b, order[place + 1]!);
      if (c < limit) limit = found.add(c, order[place + 2]!);
      if (d < limit) limit = found.add(d, order[place + 3]!);
    }
    return limit;
  }

  #visit(
    query: Float64Array,
    limit: () => number,
    visit: (row: number, distance: number) => void,
    node: number,
    distance: number,
  ): void {
    if (distance > limit()) return;
    if (this.#isLeaf(node)) {
      for (let place = this.#starts[node]!; place < this.#ends[node]!; place++) {
        visit(this.#order[place]!, this.#distanceAt(query, place));
      }
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const [toLeft, toRight] = [this.#distanceTo(query, left), this.#distanceTo(query, right)];
    const [near, far] = toLeft <= toRight ? [left, right] : [right, left];
    this.#visit(query, limit, visit, near, Math.min(toLeft, toRight));
    this.#visit(query, limit, visit, far, Math.max(toLeft, toRight));
  }

  #distanceAt(query: Float64Array, place: number): number {
    let at = (place - (place % BLOCK)) * this.columns + (place % BLOCK);
    let sum = 0;
    for (let column = 0; column < this.columns; column++, at += BLOCK) {
      const difference = query[column]! - this.#blocks[at]!;
      sum += difference * difference;
    }
    return sum;
  }
}
