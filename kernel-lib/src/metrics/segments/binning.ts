/** A column of the baseline by its cells; null is missing. Numbers are parsed by the caller. */
export type SegmentColumn = { readonly name: string } & (
  | { readonly kind: 'numeric'; readonly values: Float64Array /* NaN: missing */ }
  | { readonly kind: 'categorical'; readonly values: readonly (string | null)[] }
);

/** How a feature's cells fall into groups. */
export type SegmentFeature =
  /** Code 1 is below `edges[0]`, code `edges.length + 1` from the last edge on; an edge belongs to the group above it. */
  | { readonly name: string; readonly kind: 'numeric'; readonly edges: readonly number[] }
  | {
      readonly name: string;
      readonly kind: 'categorical';
      /** Codes from 1 on, the most frequent first. */
      readonly categories: readonly string[];
      /** Rarer ones, which share the code "other"; at most 1,000 are kept. */
      readonly rare: readonly string[];
      /** There were more rare ones than are kept: what is not known counts as rare, none as never seen. */
      readonly open?: true;
    };

/** Which groups of rows are looked at. Plain JSON, kept beside the baseline. */
export interface SegmentPlan {
  readonly features: readonly SegmentFeature[];
  /** Places of the features that are combined with each other, ascending. */
  readonly paired: readonly number[];
}

export interface SegmentPlanOptions {
  /** Groups of a numeric feature; 8 by default. */
  readonly bins?: number;
  /** Categories with a group of their own; 30 by default, at most 250. */
  readonly categories?: number;
  /** Rows that a category needs for a group of its own; 30 by default. */
  readonly minRows?: number;
  /** Features that are combined with each other; 20 by default. */
  readonly paired?: number;
  /** The baseline's loss of each row: with more features than are combined, those whose groups tell most of it are. */
  readonly losses?: Float64Array;
}

const KEPT_RARE = 1000;

/**
 * The groups of a baseline. A numeric feature has at most 8 ranges of about equally many rows, a value that is frequent
 * by itself (the 0 of capital gains) one of its own; with at most 8 distinct values each is one. A categorical feature
 * has its 30 most frequent categories, of those with at least 30 rows; the others are one group, "other". Missing cells
 * are a group. Columns whose rows are all in one group are left out, and so are identifiers, whose categories are all rare.
 *
 * Pairs are made of at most 20 features: with `losses` those that explain most of the baseline's loss (adjusted share of
 * its variance between the groups), else the first 20.
 *
 * @param columns - of the same n rows. Time O(n log n) a numeric column, O(n) a categorical one.
 */
export function planSegments(columns: readonly SegmentColumn[], options: SegmentPlanOptions = {}): SegmentPlan {
  const { bins = 8, categories = 30, minRows = 30, paired = 20, losses } = options;
  const found: { feature: SegmentFeature; column: SegmentColumn }[] = [];
  for (const column of columns) {
    const feature =
      column.kind === 'numeric'
        ? planNumeric(column.name, column.values, bins)
        : planCategorical(column.name, column.values, Math.min(250, categories), minRows);
    if (feature !== undefined) found.push({ feature, column });
  }
  const features = found.map(({ feature }) => feature);
  const places = [...features.keys()];
  if (places.length > paired && losses !== undefined) {
    const explained = found.map(({ feature, column }) => explainedLoss(feature, column, losses));
    places.sort((a, b) => explained[b]! - explained[a]! || a - b);
  }
  return { features, paired: places.slice(0, paired).sort((a, b) => a - b) };
}

function planNumeric(name: string, values: Float64Array, bins: number): SegmentFeature | undefined {
  const sorted = values.filter(Number.isFinite).sort();
  const edges = quantileEdges(sorted, bins);
  const missing = values.some(Number.isNaN);
  if (edges.length === 0 && !(missing && sorted.length > 0)) return undefined;
  return { name, kind: 'numeric', edges };
}

/** The least values of all ranges but the first. Goes through the distinct values and ends a range where it is nearest to its share. */
function quantileEdges(sorted: Float64Array, bins: number): number[] {
  const starts: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    starts.push(i);
    values.push(sorted[i]!);
  }
  if (values.length <= bins) return values.slice(1);
  const edges: number[] = [];
  let begin = 0;
  const share = (): number => {
    return Math.max((sorted.length - begin) / (bins - edges.length), sorted.length / bins);
  };
  const cut = (place: number): void => {
    if (place >= values.length || edges.length >= bins - 1) return;
    edges.push(values[place]!);
    begin = starts[place]!;
  };
  for (let place = 0; place < values.length; place++) {
    const before = starts[place]! - begin;
    const after = (starts[place + 1] ?? sorted.length) - begin;
    if (before > 0 && after - share() > share() - before) cut(place);
    if ((starts[place + 1] ?? sorted.length) - begin >= share()) cut(place + 1);
  }
  return edges;
}

function planCategorical(
  name: string,
  values: readonly (string | null)[],
  limit: number,
  minRows: number,
): SegmentFeature | undefined {
  const counts = new Map<string, number>();
  let missing = false;
  for (const value of values) {
    if (isMissing(value)) missing = true;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const ordered = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  let kept = 0;
  while (kept < Math.min(limit, ordered.length) && counts.get(ordered[kept]!)! >= minRows) kept++;
  const rare = ordered.slice(kept, kept + KEPT_RARE);
  if (kept + Number(rare.length > 0) + Number(missing) < 2) return undefined;
  const feature = { name, kind: 'categorical', categories: ordered.slice(0, kept), rare } as const;
  return ordered.length > kept + KEPT_RARE ? { ...feature, open: true } : feature;
}

function isMissing(cell: string | null): cell is null {
  return cell === null || cell === '';
}

/** How many codes a feature has: its groups, 0 for missing ones and, of a categorical one, "other" and "never seen". */
export function segmentCodes(feature: SegmentFeature): number {
  return feature.kind === 'numeric' ? feature.edges.length + 2 : feature.categories.length + 3;
}

/** The code of categories that the baseline does not have; undefined for a numeric feature. */
export function neverSeenCode(feature: SegmentFeature): number | undefined {
  return feature.kind === 'numeric' ? undefined : feature.categories.length + 2;
}

/**
 * The code of a cell of the plan's feature at that place, in [0, 255]; 0 is missing: null, the empty text, and for a
 * numeric feature a text that is no number. A category that the baseline does not have gets a code of its own.
 */
export function segmentCode(plan: SegmentPlan, feature: number, cell: string | null): number {
  if (isMissing(cell)) return 0;
  const described = plan.features[feature]!;
  if (described.kind === 'numeric') return cell.trim() === '' ? 0 : rangeCode(described.edges, Number(cell));
  return codesOf(described).get(cell) ?? described.categories.length + (described.open ? 1 : 2);
}

/** The code of a number among a numeric feature's ranges, from 1 on; 0 is missing: NaN. */
export function rangeCode(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

const codeMaps = new WeakMap<SegmentFeature, ReadonlyMap<string, number>>();

function codesOf(feature: SegmentFeature & { readonly kind: 'categorical' }): ReadonlyMap<string, number> {
  let codes = codeMaps.get(feature);
  if (codes === undefined) {
    const other = feature.categories.length + 1;
    const made = new Map(feature.categories.map((category, place) => [category, place + 1]));
    for (const category of feature.rare) made.set(category, other);
    codeMaps.set(feature, made);
    codes = made;
  }
  return codes;
}

/** The share of the loss's variance that lies between a feature's groups, less what k groups of chance would explain. */
function explainedLoss(feature: SegmentFeature, column: SegmentColumn, losses: Float64Array): number {
  const size = segmentCodes(feature);
  const rows = new Float64Array(size);
  const sums = new Float64Array(size);
  const plan = { features: [feature], paired: [] };
  let total = 0;
  let squares = 0;
  for (let row = 0; row < losses.length; row++) {
    const loss = losses[row]!;
    const code =
      column.kind === 'numeric' && feature.kind === 'numeric'
        ? rangeCode(feature.edges, column.values[row]!)
        : segmentCode(plan, 0, column.values[row] as string | null);
    rows[code]! += 1;
    sums[code]! += loss;
    total += loss;
    squares += loss * loss;
  }
  const within = squares - sums.reduce((sum, part, code) => sum + (rows[code]! > 0 ? part ** 2 / rows[code]! : 0), 0);
  const all = squares - total ** 2 / losses.length;
  const groups = rows.reduce((count, part) => count + Number(part > 0), 0);
  if (all <= 0 || losses.length <= groups) return 0;
  return 1 - within / (losses.length - groups) / (all / (losses.length - 1));
}
