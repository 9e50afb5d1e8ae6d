import { Random } from '../../stats/random.js';
import { BINS, growTree, type RegressionTree, treeValue } from './regression-tree.js';

/** A sum of regression trees over binned columns. Plain JSON. */
export interface BoostedTrees {
  /** Of each column those that a tree asks about, ascending: a value is in bin 1 + (edges at or below it), NaN in bin 0. */
  readonly edges: readonly (readonly number[])[];
  /** What is predicted before any tree. */
  readonly start: number;
  readonly trees: readonly RegressionTree[];
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
  /** Of that sample. Default 0. */
  readonly seed?: number;
}

/**
 * Least-squares gradient boosting of shallow regression trees over histograms of at most 255 quantile bins a column.
 * Missing values are a bin of their own, the lowest; values beyond those seen are taken for the nearest seen. Time
 * O(trees x depth x rows x columns).
 *
 * @param columns - n numbers each, NaN where missing; infinite ones are the least and the greatest.
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
  const residuals = Float64Array.from(rows, (row) => targets[row]!);
  const edges = kept.map(quantileEdges);
  const bins = kept.map((column, place) => binsOf(column, edges[place]!));
  const start = residuals.length === 0 ? 0 : residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  for (let row = 0; row < residuals.length; row++) residuals[row]! -= start;
  const trees: RegressionTree[] = [];
  for (let i = 0; i < count; i++) {
    const tree = growTree(bins, residuals, { depth, leastRows, learningRate });
    if (tree.columns.length === 1) break;
    trees.push(tree);
  }
  return withUsedEdges({ edges, start, trees });
}

/** The predictions for n rows; columns as in {@link fitBoostedTrees}, in the same order. */
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

/** At most 254, so that the bins are 1 to 255; finite, as JSON is. */
function quantileEdges(column: Float64Array): number[] {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const edges = new Set<number>();
  for (let bin = 1; bin < BINS - 1 && sorted.length > 0; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / (BINS - 1))]!;
    if (edge > sorted[0]! && Number.isFinite(edge)) edges.add(edge);
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

/** Leaves out the edges that no tree asks about: the size is then the trees' and not the columns'. */
function withUsedEdges({ edges, start, trees }: BoostedTrees): BoostedTrees {
  const used = edges.map(() => new Set<number>());
  for (const { columns, bins } of trees) {
    columns.forEach((column, node) => void used[column]?.add(bins[node]!));
  }
  // A split at bin b asks about the edge between the bins b and b + 1: edges[b - 1]. Bin 0 asks whether there is a value.
  const kept = used.map((bins) => [...bins].filter((bin) => bin > 0).sort((a, b) => a - b));
  const places = kept.map((bins) => new Map(bins.map((bin, place) => [bin, place + 1])));
  return {
    edges: kept.map((bins, column) => bins.map((bin) => edges[column]![bin - 1]!)),
    start,
    trees: trees.map((tree) => ({
      ...tree,
      bins: tree.bins.map((bin, node) => places[tree.columns[node]!]?.get(bin) ?? 0),
    })),
  };
}
