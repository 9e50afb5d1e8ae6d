import type { CellBatch, CellColumn } from '../dataset/cell-batch.js';
import { Random } from '../stats/random.js';
import { type ClusterColumn, clusterColumns } from './cluster-columns.js';

/** What a category that differs counts beside a squared difference of one standard deviation. */
const CATEGORY_WEIGHT = 0.5;
const MOST_ROUNDS = 100;

/** Rows that stand for others. */
export interface ClusteredRows {
  /** The centres: columns of numbers have means, the others the category that comes most often. */
  readonly batch: CellBatch;
  /** By centre: its share of the rows. */
  readonly weights: Float64Array;
}

/**
 * Centres of clusters of rows: k-means on numbers in standard deviations, and with categories k-prototypes. Rows differ by
 * the squares of their numbers' differences and 0.5 for each category that is another, which is Huang's half of the mean
 * standard deviation; a missing number differs from none, a missing category is one of its own. Centres begin at rows drawn
 * with the seed, far ones more likely (k-means++). Fewer centres than asked for where fewer rows differ.
 *
 * Time O(rows · columns · clusters) a round, 100 rounds at most.
 *
 * @param rows - one or more.
 * @param clusters - 1 or more.
 * @see Source: Huang 1998, "Extensions to the k-means algorithm for clustering large data sets with categorical values";
 *   Arthur and Vassilvitskii 2007, "k-means++: the advantages of careful seeding".
 */
export function clusterRows(
  rows: CellBatch,
  clusters: number,
  seed: number,
  isCategory: (column: number) => boolean = () => false,
): ClusteredRows {
  const columns = clusterColumns(rows, isCategory);
  const { rowCount } = rows;
  let centres = firstCentres(columns, rowCount, clusters, new Random(seed));
  let members = assign(columns, rowCount, centres);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    centres = centres.map((centre, cluster) => centreOf(columns, members, cluster, centre));
    const next = assign(columns, rowCount, centres);
    const settled = next.every((cluster, row) => cluster === members[row]);
    members = next;
    if (settled) break;
  }
  const sizes = centres.map((_, cluster) => members.reduce((sum, member) => sum + (member === cluster ? 1 : 0), 0));
  const kept = centres.flatMap((_, cluster) => (sizes[cluster]! > 0 ? [cluster] : []));
  return {
    batch: { rowCount: kept.length, columns: columns.map((column, index) => written(column, kept, centres, index)) },
    weights: Float64Array.from(kept, (cluster) => sizes[cluster]! / rowCount),
  };
}

/** By column: a number in standard deviations (NaN where missing), or a category's code. */
type Centre = Float64Array;

function firstCentres(columns: readonly ClusterColumn[], rows: number, clusters: number, random: Random): Centre[] {
  const centres = [rowOf(columns, random.integer(rows))];
  const nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  while (centres.length < clusters) {
    let total = 0;
    for (let row = 0; row < rows; row++) {
      nearest[row] = Math.min(nearest[row]!, difference(columns, row, centres.at(-1)!));
      total += nearest[row]!;
    }
    if (total === 0) break;
    let point = random.uniform() * total;
    const chosen = nearest.findIndex((value) => {
      point -= value;
      return point < 0 && value > 0;
    });
    centres.push(rowOf(columns, chosen < 0 ? nearest.findLastIndex((value) => value > 0) : chosen));
  }
  return centres;
}

function rowOf(columns: readonly ClusterColumn[], row: number): Centre {
  return Float64Array.from(columns, (column) => (column.kind === 'number' ? column.values[row]! : column.codes[row]!));
}

function difference(columns: readonly ClusterColumn[], row: number, centre: Centre): number {
  let sum = 0;
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index]!;
    if (column.kind === 'category') {
      if (column.codes[row] !== centre[index]) sum += CATEGORY_WEIGHT;
      continue;
    }
    const gap = column.values[row]! - centre[index]!;
    if (!Number.isNaN(gap)) sum += gap * gap;
  }
  return sum;
}

/** By row: its nearest centre, the first of equals. */
function assign(columns: readonly ClusterColumn[], rows: number, centres: readonly Centre[]): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [cluster, centre] of centres.entries()) {
      const far = difference(columns, row, centre);
      if (far < least) {
        least = far;
        best = cluster;
      }
    }
    return best;
  });
}

/** A cluster that has lost all its rows keeps its centre. */
function centreOf(columns: readonly ClusterColumn[], members: Int32Array, cluster: number, before: Centre): Centre {
  const rows = members.reduce<number[]>((found, member, row) => {
    if (member === cluster) found.push(row);
    return found;
  }, []);
  if (rows.length === 0) return before;
  return Float64Array.from(columns, (column) =>
    column.kind === 'number' ? meanOf(column.values, rows) : modeOf(column.codes, column.categories.length, rows),
  );
}

/** NaN where all are missing. */
function meanOf(values: Float64Array, rows: readonly number[]): number {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Of those that come equally often, the one that came first in the data. */
function modeOf(codes: Int32Array, categories: number, rows: readonly number[]): number {
  const counts = new Int32Array(categories);
  for (const row of rows) counts[codes[row]!]!++;
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
}

function written(
  column: ClusterColumn,
  kept: readonly number[],
  centres: readonly Centre[],
  index: number,
): CellColumn {
  if (column.kind === 'category') {
    const cells = kept.map((cluster) => column.categories[centres[cluster]![index]!]!);
    if (!column.categories.some((category) => typeof category === 'number')) {
      return { kind: 'text', values: cells.map((cell) => (cell === null ? null : String(cell))) };
    }
    return numberColumn(cells.map((cell) => (cell === null ? Number.NaN : Number(cell))));
  }
  return numberColumn(kept.map((cluster) => column.mean + column.deviation * centres[cluster]![index]!));
}

function numberColumn(numbers: readonly number[]): CellColumn {
  return {
    kind: 'number',
    values: Float64Array.from(numbers),
    valid: Uint8Array.from(numbers, (value) => (Number.isNaN(value) ? 0 : 1)),
    integral: false,
  };
}
