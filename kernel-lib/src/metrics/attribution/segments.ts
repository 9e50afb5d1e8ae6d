import type { CellColumn } from '../../dataset/cell-batch.js';
import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { AttributionSegment } from '../../report/model-explainability-report.js';
import type { Estimated, SegmentCondition } from '../../report/model-quality-report.js';
import { normalCdf } from '../../stats/distributions.js';
import { benjaminiHochberg } from '../../stats/hypothesis.js';
import { NORMAL_95 } from '../../stats/interval.js';
import { planSegments, rangeCode, type SegmentColumn, type SegmentPlan, segmentCode } from '../segments/binning.js';
import { conditionOf, elementaryRanges, titleOf } from '../segments/group.js';
import type { CodeRange } from '../segments/table.js';

/** Fewer rows in a group, or outside of it, are not compared. */
const FEWEST = 50;
const MOST_SEGMENTS = 8;
const MOST_FEATURES = 3;
/** The share of false discoveries that is accepted, of all groups and features. */
const LEVEL = 0.05;
/** Two groups with more rows in common, of those in either, are one finding. */
const OVERLAP = 0.8;

/** A sample's rows in a group, as 1 and 0. */
export type Members = Uint8Array;

/** What one feature has of a group's attribution, and of that of all other rows. */
export interface SegmentShare {
  readonly feature: string;
  readonly share: Estimated;
  readonly rest: Estimated;
  /** Two-sided, of no difference. */
  readonly pValue: number;
}

/**
 * The features' shares of attribution in a group of rows against all others: a share is the sum of the feature's absolute
 * attributions over that of all features. Intervals are normal, from the error of a ratio of sums over independent rows
 * (linearised: Cochran 1977, Sampling Techniques, chapter 6).
 *
 * @param output - its place among the sample's outputs.
 */
export function segmentShares(sample: ExplainedSample, output: number, members: Members): SegmentShare[] {
  const sums = [sideSums(sample, output, members, 1), sideSums(sample, output, members, 0)] as const;
  return sample.features.map((feature, place) => {
    const [own, rest] = [shareOf(sums[0], place), shareOf(sums[1], place)];
    const error = Math.hypot(own.error, rest.error);
    const difference = Math.abs(own.value - rest.value);
    return {
      feature,
      share: estimated(own, 0, 1),
      rest: estimated(rest, 0, 1),
      pValue: difference === 0 ? 1 : error === 0 ? 0 : 2 * normalCdf(-difference / error),
    };
  });
}

/** The mean answer of a group and of all other rows, with normal intervals. */
export function segmentAnswers(
  { rows, outputs, answers }: ExplainedSample,
  output: number,
  members: Members,
): AttributionSegment['answer'] {
  const side = (member: 0 | 1): Estimated => {
    let [count, sum, squares] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      if (members[row] !== member) continue;
      const answer = answers[row * outputs.length + output]!;
      count++;
      sum += answer;
      squares += answer * answer;
    }
    const mean = count === 0 ? 0 : sum / count;
    const variance = count < 2 ? 0 : Math.max(0, squares - count * mean * mean) / (count - 1);
    return estimated({ value: mean, error: count === 0 ? 0 : Math.sqrt(variance / count) });
  };
  return { segment: side(1), rest: side(0) };
}

/**
 * Groups of rows, each told by one feature's range or category, for which a model rests on other features than for all
 * other rows: those in which the share of a feature other than the group's own differs, after the correction of all groups
 * and features for false discoveries (Benjamini and Hochberg 1995). The largest difference comes first; groups of much the
 * same rows are one. At most 8, of at least 50 rows.
 *
 * Time O(rows · features · groups); groups are some ten a feature.
 */
export function attributionSegments(sample: ExplainedSample, output: number): AttributionSegment[] {
  if (sample.rows < 2 * FEWEST) return [];
  const plan = planSegments(sample.columns.map((column, place) => segmentColumn(sample.features[place]!, column)));
  const codes = plan.features.map((_, place) => codesOf(plan, place, sample));
  const groups = plan.features
    .flatMap((_, place) => elementaryRanges(plan, place))
    .flatMap((range) => groupOf(sample, output, plan, range, codes[range.feature]!));
  const adjusted = benjaminiHochberg(groups.flatMap(({ shares }) => shares.map(({ pValue }) => pValue)));
  let first = 0;
  const found = groups.flatMap((group) => {
    const own = adjusted.slice(first, first + group.shares.length);
    first += group.shares.length;
    const differing = group.shares
      .filter(({ feature }, place) => own[place]! < LEVEL && feature !== group.condition.feature)
      .sort((a, b) => difference(b) - difference(a));
    return differing.length === 0 ? [] : [{ ...group, differing }];
  });
  found.sort((a, b) => difference(b.differing[0]!) - difference(a.differing[0]!));
  const kept: typeof found = [];
  for (const group of found) {
    if (kept.length === MOST_SEGMENTS) break;
    if (!kept.some(({ members }) => overlapOf(members, group.members) > OVERLAP)) kept.push(group);
  }
  return kept.map(({ condition, members, rows, differing }) => ({
    conditions: [condition],
    title: titleOf([condition]),
    rows,
    features: differing.slice(0, MOST_FEATURES).map(({ feature, share, rest }) => ({ feature, share, rest })),
    answer: segmentAnswers(sample, output, members),
  }));
}

interface Candidate {
  readonly condition: SegmentCondition;
  readonly members: Members;
  readonly rows: number;
  readonly shares: readonly SegmentShare[];
}

function groupOf(
  sample: ExplainedSample,
  output: number,
  plan: SegmentPlan,
  range: CodeRange,
  codes: Uint8Array,
): Candidate[] {
  const members = codes.map((code) => Number(code >= range.from && code <= range.to));
  const rows = members.reduce((sum, member) => sum + member, 0);
  if (rows < FEWEST || sample.rows - rows < FEWEST) return [];
  return [{ condition: conditionOf(plan, range), members, rows, shares: segmentShares(sample, output, members) }];
}

/** Cells as a plan of segments takes them: numbers where all that are present are finite numbers, else texts. */
export function segmentColumn(name: string, column: CellColumn): SegmentColumn {
  if (column.kind === 'number') {
    return {
      name,
      kind: 'numeric',
      values: column.values.map((value, row) =>
        column.valid[row] === 1 && Number.isFinite(value) ? value : Number.NaN,
      ),
    };
  }
  const numbers = Float64Array.from(column.values, (cell) =>
    cell === null || cell.trim() === '' ? Number.NaN : Number(cell),
  );
  const numeric = column.values.every(
    (cell, row) => cell === null || cell.trim() === '' || Number.isFinite(numbers[row]!),
  );
  return numeric ? { name, kind: 'numeric', values: numbers } : { name, kind: 'categorical', values: column.values };
}

function codesOf(plan: SegmentPlan, place: number, sample: ExplainedSample): Uint8Array {
  const feature = plan.features[place]!;
  const column = segmentColumn(feature.name, sample.columns[sample.features.indexOf(feature.name)]!);
  if (feature.kind === 'numeric' && column.kind === 'numeric') {
    return Uint8Array.from(column.values, (value) => rangeCode(feature.edges, value));
  }
  const values = column.values as readonly (string | null)[];
  return Uint8Array.from(values, (cell) => segmentCode(plan, place, cell));
}

/** Sums over the rows of one side: of |a|, of |a| squared, of |a| times the row's total, and of the total squared. */
interface SideSums {
  readonly rows: number;
  readonly sizes: Float64Array;
  readonly squares: Float64Array;
  readonly products: Float64Array;
  readonly total: number;
  readonly totalSquares: number;
}

function sideSums(sample: ExplainedSample, output: number, members: Members, side: 0 | 1): SideSums {
  const { values, outputs } = sample;
  const width = sample.features.length;
  const [sizes, squares, products] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  let [rows, sum, sumSquares] = [0, 0, 0];
  for (let row = 0; row < sample.rows; row++) {
    if (members[row] !== side) continue;
    const at = (row * outputs.length + output) * width;
    let total = 0;
    for (let place = 0; place < width; place++) total += Math.abs(values[at + place]!);
    for (let place = 0; place < width; place++) {
      const size = Math.abs(values[at + place]!);
      sizes[place]! += size;
      squares[place]! += size * size;
      products[place]! += size * total;
    }
    rows++;
    sum += total;
    sumSquares += total * total;
  }
  return { rows, sizes, squares, products, total: sum, totalSquares: sumSquares };
}

function shareOf(
  { rows, sizes, squares, products, total, totalSquares }: SideSums,
  place: number,
): { readonly value: number; readonly error: number } {
  if (total === 0) return { value: 0, error: 0 };
  const value = sizes[place]! / total;
  // The sum over rows of (|a| - share * total)^2, whose mean is 0.
  const residual = Math.max(0, squares[place]! - 2 * value * products[place]! + value * value * totalSquares);
  return { value, error: rows < 2 ? 0 : Math.sqrt((residual * rows) / (rows - 1)) / total };
}

function estimated(
  { value, error }: { readonly value: number; readonly error: number },
  least: number = Number.NEGATIVE_INFINITY,
  most: number = Number.POSITIVE_INFINITY,
): Estimated {
  const half = NORMAL_95 * error;
  return { value, lower: Math.max(least, value - half), upper: Math.min(most, value + half) };
}

function difference({ share, rest }: SegmentShare): number {
  return Math.abs(share.value - rest.value);
}

/** Rows in both groups, of those in either. */
function overlapOf(one: Members, other: Members): number {
  let [both, either] = [0, 0];
  for (let row = 0; row < one.length; row++) {
    both += one[row]! & other[row]!;
    either += one[row]! | other[row]!;
  }
  return either === 0 ? 0 : both / either;
}
