import { KdTree, Neighbours } from '../../stats/kd-tree.js';
import { NearestHeap } from '../../stats/nearest-heap.js';

/** How many vote; one where no more than {@link FEW_ROWS} can. */
const VOTERS = 5;
const FEW_ROWS = 9;

/** How many of the nearest rows a search keeps: enough for the votes of nearly all resamples of the rows. */
const KEPT = 16;

/** With more columns, and where it takes half of the rows, scikit-learn looks through the rows in turn. */
const TREE_COLUMNS = 15;

/**
 * What the nearest of some rows say about others: the majority of five, all alike, by Euclidean distance (one row's
 * answer where there are nine or fewer). Where equally near rows would say different things and not all of them can
 * vote, those do that scikit-learn 1.9 takes on Linux: the first that its tree meets, the form of its heap deciding which
 * of them stay. With more than 15 columns, or with 10 or 11 rows, or fewer than 4, it looks through the rows without a
 * tree, in an order that depends on the processor and the number of threads; here, in their own order then.
 *
 * Memory 16 d n bytes.
 *
 * @see Source: Fix and Hodges 1951; smclarify 0.5, `FT`; scikit-learn 1.9, `KNeighborsClassifier`.
 */
export class NeighbourVotes {
  /** The nearest rows of the last question, in any order among equally near ones. */
  readonly kept: Neighbours = new Neighbours(KEPT);
  /** How many vote. */
  readonly voters: number;
  /** Whether the last answer depends on which of equally near rows vote. */
  tied = false;
  readonly #points: Float64Array;
  readonly #columns: number;
  readonly #labels: Uint8Array;
  readonly #tree: KdTree;

  /**
   * @param points - n rows of `columns` finite numbers, row after row; kept.
   * @param labels - of the n rows, 0 or 1.
   */
  constructor(points: Float64Array, columns: number, labels: Uint8Array) {
    this.#points = points;
    this.#columns = columns;
    this.#labels = labels;
    this.#tree = new KdTree(points, columns);
    this.voters = labels.length > FEW_ROWS ? VOTERS : 1;
  }

  /** What most of the nearest rows say, 0 or 1. */
  of(query: Float64Array): 0 | 1 {
    const { kept, voters } = this;
    this.#tree.nearest(query, kept);
    const edge = kept.distances[voters - 1]!;
    let nearer = 0;
    let votes = 0;
    for (; kept.distances[nearer]! < edge; nearer++) votes += this.#labels[kept.rows[nearer]!]!;
    const equal = this.#equallyFar(query, edge);
    const least = votes + Math.max(0, voters - nearer - (equal.rows - equal.positive));
    const most = votes + Math.min(voters - nearer, equal.positive);
    this.tied = 2 * least > voters !== 2 * most > voters || edge === Infinity;
    if (this.tied) return this.#chosen(query);
    return 2 * least > voters ? 1 : 0;
  }

  /** Counts the rows at a distance: those kept, or, if there may be more of them, by another search. */
  #equallyFar(query: Float64Array, edge: number): { rows: number; positive: number } {
    const equal = { rows: 0, positive: 0 };
    const count = (row: number, distance: number): void => {
      if (distance !== edge || row < 0) return;
      equal.rows++;
      equal.positive += this.#labels[row]!;
    };
    const { distances, rows } = this.kept;
    if (distances[KEPT - 1]! === edge) this.#tree.visit(query, () => edge, count);
    else for (let place = 0; place < KEPT; place++) count(rows[place]!, distances[place]!);
    return equal;
  }

  /** The majority of those that scikit-learn takes. */
  #chosen(query: Float64Array): 0 | 1 {
    const heap = new NearestHeap(this.voters);
    const push = (row: number, distance: number): void => heap.push(row, distance);
    const inTree = this.#columns <= TREE_COLUMNS && this.voters < Math.floor(this.#labels.length / 2);
    if (inTree) this.#tree.visit(query, () => heap.farthest, push);
    else this.#inTurn(query, push);
    let votes = 0;
    for (const row of heap.rows) votes += this.#labels[row]!;
    return 2 * votes > this.voters ? 1 : 0;
  }

  #inTurn(query: Float64Array, push: (row: number, distance: number) => void): void {
    let at = 0;
    for (let row = 0; row < this.#labels.length; row++) {
      let sum = 0;
      for (let column = 0; column < this.#columns; column++, at++) {
        const difference = query[column]! - this.#points[at]!;
        sum += difference * difference;
      }
      push(row, sum);
    }
  }
}
