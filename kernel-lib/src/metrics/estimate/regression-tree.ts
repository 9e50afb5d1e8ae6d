/** A binary tree over binned columns. Plain JSON. */
export interface RegressionTree {
  /** Of an inner node the column that it asks about; -1 for a leaf. */
  readonly columns: readonly number[];
  /** Of an inner node the greatest bin that goes left. */
  readonly bins: readonly number[];
  /** Of an inner node its left child; the right one is the next. */
  readonly left: readonly number[];
  /** Of a leaf what it predicts, to six digits; 0 of an inner node. */
  readonly values: readonly number[];
}

/** Bins of a column, the missing values' included. */
export const BINS = 256;

/** What {@link growTree} needs besides the rows. */
export interface GrowthLimits {
  /** Levels of splits. */
  readonly depth: number;
  /** Rows a leaf needs. */
  readonly leastRows: number;
  readonly learningRate: number;
}

/** Sums of the residuals and numbers of rows by column and bin: {@link BINS} entries a column. */
interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** A node that may be split: its rows are those from `from` to `to` in the order of the tree. */
interface OpenNode {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  /** Undefined where it would not be looked at. */
  readonly histogram: Histogram | undefined;
}

interface Split {
  readonly column: number;
  readonly bin: number;
  /** Rows that go left. */
  readonly leftRows: number;
}

/**
 * A least-squares regression tree, grown level by level: each node takes the split that lowers the squared error most.
 * Of two children only the smaller one's rows are counted. Takes what the leaves predict from the residuals.
 *
 * @param bins - by column, of each row its bin, below {@link BINS}.
 * @param residuals - of each row; modified.
 * @see Source: Breiman, Friedman, Olshen and Stone 1984; histograms by subtraction: Ke et al. 2017 (LightGBM).
 */
export function growTree(bins: readonly Uint8Array[], residuals: Float64Array, limits: GrowthLimits): RegressionTree {
  const { depth, leastRows, learningRate } = limits;
  const rows = Uint32Array.from(residuals.keys());
  const tree = { columns: [-1], bins: [0], left: [0], values: [0] };
  let open: OpenNode[] = [{ node: 0, from: 0, to: rows.length, histogram: histogramOf(bins, residuals, rows) }];
  for (let level = 0; open.length > 0; level++) {
    const next: OpenNode[] = [];
    for (const entry of open) {
      const { node, from, to, histogram } = entry;
      const split = histogram && level < depth ? bestSplit(histogram, bins.length, to - from, leastRows) : undefined;
      if (split === undefined) {
        tree.values[node] = settleLeaf(rows.subarray(from, to), residuals, learningRate);
        continue;
      }
      tree.columns[node] = split.column;
      tree.bins[node] = split.bin;
      tree.left[node] = tree.columns.length;
      addLeaves(tree);
      partition(rows.subarray(from, to), bins[split.column]!, split);
      const least = level + 1 < depth ? 2 * leastRows : Number.POSITIVE_INFINITY;
      next.push(...childrenOf(entry, tree.left[node]!, split, { bins, residuals, rows, least }));
    }
    open = next;
  }
  return tree;
}

/** The value of the leaf that a row falls into. */
export function treeValue(
  { columns, bins: limits, left, values }: RegressionTree,
  bins: readonly Uint8Array[],
  row: number,
): number {
  let node = 0;
  while (columns[node]! >= 0) node = left[node]! + (bins[columns[node]!]![row]! <= limits[node]! ? 0 : 1);
  return values[node]!;
}

function addLeaves(tree: { columns: number[]; bins: number[]; left: number[]; values: number[] }): void {
  tree.columns.push(-1, -1);
  tree.bins.push(0, 0);
  tree.left.push(0, 0);
  tree.values.push(0, 0);
}

/** What a leaf predicts, taken from its rows' residuals. */
function settleLeaf(rows: Uint32Array, residuals: Float64Array, learningRate: number): number {
  if (rows.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += residuals[rows[i]!]!;
  const value = Number(((learningRate * sum) / rows.length).toPrecision(6));
  for (let i = 0; i < rows.length; i++) residuals[rows[i]!]! -= value;
  return value;
}

let spareRows = new Uint32Array(0);

/** Puts the rows that go left before the others; both keep their order. */
function partition(rows: Uint32Array, bins: Uint8Array, { bin }: Split): void {
  if (spareRows.length < rows.length) spareRows = new Uint32Array(rows.length);
  let [left, right] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (bins[row]! <= bin) rows[left++] = row;
    else spareRows[right++] = row;
  }
  rows.set(spareRows.subarray(0, right), left);
}

interface Growth {
  readonly bins: readonly Uint8Array[];
  readonly residuals: Float64Array;
  readonly rows: Uint32Array;
  /** Rows that a node needs to be split. */
  readonly least: number;
}

/** The two children of a node, the larger one's histogram being what the smaller one's leaves of its own. */
function childrenOf({ from, to, histogram }: OpenNode, left: number, { leftRows }: Split, growth: Growth): OpenNode[] {
  const middle = from + leftRows;
  const leftSmaller = leftRows <= to - middle;
  const larger = Math.max(leftRows, to - middle);
  let [ofSmaller, ofLarger]: (Histogram | undefined)[] = [];
  if (larger >= growth.least) {
    const smallerRows = leftSmaller ? growth.rows.subarray(from, middle) : growth.rows.subarray(middle, to);
    ofSmaller = histogramOf(growth.bins, growth.residuals, smallerRows);
    ofLarger = subtract(histogram!, ofSmaller);
  }
  return [
    { node: left, from, to: middle, histogram: leftSmaller ? ofSmaller : ofLarger },
    { node: left + 1, from: middle, to, histogram: leftSmaller ? ofLarger : ofSmaller },
  ];
}

function histogramOf(bins: readonly Uint8Array[], residuals: Float64Array, rows: Uint32Array): Histogram {
  const histogram = { sums: new Float64Array(BINS * bins.length), counts: new Float64Array(BINS * bins.length) };
  const own = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) own[i] = residuals[rows[i]!]!;
  for (let column = 0; column < bins.length; column++) count(histogram, BINS * column, bins[column]!, own, rows);
  return histogram;
}

function count(
  { sums, counts }: Histogram,
  first: number,
  bins: Uint8Array,
  own: Float64Array,
  rows: Uint32Array,
): void {
  for (let i = 0; i < rows.length; i++) {
    const place = first + bins[rows[i]!]!;
    sums[place]! += own[i]!;
    counts[place]!++;
  }
}

/** Takes a part from a histogram, in place. */
function subtract(histogram: Histogram, part: Histogram): Histogram {
  const { sums, counts } = histogram;
  for (let place = 0; place < counts.length; place++) {
    sums[place]! -= part.sums[place]!;
    counts[place]! -= part.counts[place]!;
  }
  return histogram;
}

/** The split that lowers the squared error most, with enough rows on both sides; of equal ones the first. */
function bestSplit({ sums, counts }: Histogram, columns: number, rows: number, leastRows: number): Split | undefined {
  if (columns === 0 || rows < 2 * leastRows) return undefined;
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) total += sums[bin]!;
  let best: Split | undefined;
  let gain = ((total * total) / rows) * (1 + 1e-12) + 1e-12;
  for (let column = 0; column < columns; column++) {
    let [sum, leftRows] = [0, 0];
    for (let bin = 0; bin < BINS - 1; bin++) {
      const held = counts[BINS * column + bin]!;
      if (held === 0) continue;
      sum += sums[BINS * column + bin]!;
      leftRows += held;
      if (leftRows < leastRows) continue;
      if (rows - leftRows < leastRows) break;
      const found = (sum * sum) / leftRows + (total - sum) ** 2 / (rows - leftRows);
      if (found > gain) {
        gain = found;
        best = { column, bin, leftRows };
      }
    }
  }
  return best;
}
