import { Random } from '../../stats/random.js';

/** A forest of regression trees over binned columns. Plain JSON. */
export interface BoostedTrees {
  /** Of each column, ascending: a value is in bin 1 + (edges at or below it); a missing one (NaN) in bin 0. */
  readonly edges: readonly (readonly number[])[];
  /** What is predicted before any tree. */
  readonly start: number;
  /** Nodes in order: an inner one goes to its two children at `left` and `left + 1`, left where the bin is at most `bin`. */
  readonly trees: readonly Tree[];
}

interface Tree {
  /** -1 for a leaf. */
  readonly columns: readonly number[];
  readonly bins: readonly number[];
  readonly left: readonly number[];
  readonly values: readonly number[];
}

/** Settings of {@link fitBoostedTrees}. */
export interface BoostingOptions {
  /** Default 100. */
  readonly trees?: number;
  /** Default 0.1. */
  readonly learningRate?: number;
  /** Levels of splits; default 4. */
  readonly depth?: number;
  /** Rows a leaf needs; default 20. */
  readonly leastRows?: number;
  /** More rows than this are sampled; default 50,000. */
  readonly mostRows?: number;
  /** Default 0. */
  readonly seed?: number;
}

const MOST_BINS = 64;

/**
 * Least-squares gradient boosting of shallow regression trees over histograms of at most 64 quantile bins a column.
 * Missing values are a bin of their own, the lowest. Time O(trees x depth x rows x columns).
 *
 * @param columns - n numbers each, NaN where missing.
 * @param targets - n finite numbers.
 * @see Source: Friedman 2001; histograms: Ke et al. 2017 (LightGBM).
 */
export function fitBoostedTrees(
  columns: readonly Float64Array[],
  targets: Float64Array,
  options: BoostingOptions = {},
): BoostedTrees {
  const { trees: count = 100, learningRate = 0.1, depth = 4, leastRows = 20, mostRows = 50_000, seed = 0 } = options;
  const rows = sampleOfRows(targets.length, mostRows, seed);
  const kept = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  const wanted = Float64Array.from(rows, (row) => targets[row]!);
  const edges = kept.map(quantileEdges);
  const bins = kept.map((column, place) => binsOf(column, edges[place]!));
  const start = wanted.length === 0 ? 0 : wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  const residuals = wanted.map((value) => value - start);
  const trees: Tree[] = [];
  for (let i = 0; i < count; i++) {
    const tree = growTree(bins, residuals, depth, leastRows, learningRate);
    if (tree.columns.length === 1) break;
    trees.push(tree);
    for (let row = 0; row < residuals.length; row++) residuals[row]! -= treeValue(tree, bins, row);
  }
  return { edges, start, trees };
}

/** The forest's predictions for n rows. */
export function boostedValues({ edges, start, trees }: BoostedTrees, columns: readonly Float64Array[]): Float64Array {
  const bins = columns.map((column, place) => binsOf(column, edges[place]!));
  const values = new Float64Array(columns[0]?.length ?? 0).fill(start);
  for (const tree of trees) for (let row = 0; row < values.length; row++) values[row]! += treeValue(tree, bins, row);
  return values;
}

function sampleOfRows(count: number, most: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, row) => row);
  return count <= most ? all : new Random(seed).shuffle(all).slice(0, most).sort();
}

function quantileEdges(column: Float64Array): number[] {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < MOST_BINS && sorted.length > 0; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / MOST_BINS)]!;
    if (edge > sorted[0]!) edges.add(edge);
  }
  return [...edges];
}

function binsOf(column: Float64Array, edges: readonly number[]): Uint8Array {
  return Uint8Array.from(column, (value) => {
    if (Number.isNaN(value)) return 0;
    let [below, above] = [0, edges.length];
    while (below < above) {
      const middle = (below + above) >> 1;
      if (edges[middle]! <= value) below = middle + 1;
      else above = middle;
    }
    return below + 1;
  });
}

function treeValue({ columns, bins: limits, left, values }: Tree, bins: readonly Uint8Array[], row: number): number {
  let node = 0;
  while (columns[node]! >= 0) node = left[node]! + (bins[columns[node]!]![row]! <= limits[node]! ? 0 : 1);
  return values[node]!;
}

function growTree(
  bins: readonly Uint8Array[],
  residuals: Float64Array,
  depth: number,
  leastRows: number,
  learningRate: number,
): Tree {
  const tree = { columns: [-1], bins: [0], left: [0], values: [0] };
  let open = [{ node: 0, rows: Uint32Array.from({ length: residuals.length }, (_, row) => row) }];
  for (let level = 0; open.length > 0; level++) {
    const next: typeof open = [];
    for (const { node, rows } of open) {
      let sum = 0;
      for (const row of rows) sum += residuals[row]!;
      tree.values[node] = rows.length === 0 ? 0 : (learningRate * sum) / rows.length;
      const split = level < depth ? bestSplit(bins, residuals, rows, sum, leastRows) : undefined;
      if (split === undefined) continue;
      const column = bins[split.column]!;
      const child = tree.columns.length;
      tree.columns[node] = split.column;
      tree.bins[node] = split.bin;
      tree.left[node] = child;
      for (const side of [0, 1]) {
        tree.columns.push(-1);
        tree.bins.push(0);
        tree.left.push(0);
        tree.values.push(0);
        next.push({ node: child + side, rows: rows.filter((row) => (column[row]! <= split.bin ? 0 : 1) === side) });
      }
    }
    open = next;
  }
  return tree;
}

/** The split that lowers the squared error most, with enough rows on both sides. */
function bestSplit(
  bins: readonly Uint8Array[],
  residuals: Float64Array,
  rows: Uint32Array,
  total: number,
  leastRows: number,
): { readonly column: number; readonly bin: number } | undefined {
  const sums = new Float64Array(MOST_BINS + 1);
  const counts = new Float64Array(MOST_BINS + 1);
  let best: { column: number; bin: number } | undefined;
  let gain = (total * total) / rows.length + 1e-12;
  for (let column = 0; column < bins.length; column++) {
    sums.fill(0);
    counts.fill(0);
    const ofColumn = bins[column]!;
    for (const row of rows) {
      const bin = ofColumn[row]!;
      sums[bin]! += residuals[row]!;
      counts[bin]!++;
    }
    let [sum, count] = [0, 0];
    for (let bin = 0; bin < MOST_BINS; bin++) {
      sum += sums[bin]!;
      count += counts[bin]!;
      if (count < leastRows || counts[bin] === 0) continue;
      if (rows.length - count < leastRows) break;
      const found = (sum * sum) / count + (total - sum) ** 2 / (rows.length - count);
      if (found > gain) {
        gain = found;
        best = { column, bin };
      }
    }
  }
  return best;
}
