import type { ExplainedSample } from '../../explain/explained-sample.js';
import type { AttributionSegment } from '../../report/model-explainability-report.js';
import { benjaminiHochberg } from '../../stats/hypothesis.js';
import type { SegmentPlan } from '../segments/binning.js';
import { conditionOf, type Group, titleOf } from '../segments/group.js';
import type { CodeRange } from '../segments/table.js';
import { estimated } from './attribution-errors.js';
import { SegmentGroups, type SummedGroup } from './segments-groups.js';
import {
  answerIn,
  type Difference,
  differenceOf,
  RowSums,
  rowsIn,
  shareIn,
  totalIn,
  without,
} from './segments-sums.js';

/** How groups are looked for. */
export interface AttributionSegmentOptions {
  /** The baseline's groups; default: planned from the sample. */
  readonly plan?: SegmentPlan | undefined;
  /** Rows that a group and the rows outside it need; default: 50. */
  readonly minRows?: number;
  /** What shares must differ by, and mean answers as a fraction of the mean sum of absolute attributions; default: 0.05. */
  readonly minimumDifference?: number;
  /** The share of reported differences that are chance is below it; default: 0.05. */
  readonly significance?: number;
  /** Segments at most; default: 10. */
  readonly limit?: number;
}

/** The ones with the largest differences are compared with each other. */
const MOST_CANDIDATES = 100;
const MOST_FEATURES_SHOWN = 3;
/** Groups whose memberships correlate this much say the same, or the same of the others. */
const SAME_ROWS = 0.5;

/**
 * Groups of rows, of one condition (also ranges of neighbouring bins) or two, for whom the model decides by other features
 * than for the rest, or decides otherwise: a feature's share of attribution, or the mean answer, differs.
 *
 * A group is reported where
 * - a share, or the mean answer, differs from that of all other rows beyond chance: Student's t of shares (delta method) and
 *   means, corrected over all groups and all features by Benjamini and Yekutieli, since groups overlap; and by more than
 *   `minimumDifference`.
 * - A pair differs so from the other rows of each of its two single groups as well (corrected for the number of pairs with
 *   that group).
 * - It is neither nearly the same rows as a segment before it, nor nearly all others (correlation of membership 0.5), nor of
 *   overlapping ranges of the same features, and what is left of it outside each of those still differs.
 *
 * In order of strength: sqrt(p (1 - p)), p the group's share of the rows, times the difference: half the sum of the shares'
 * differences, or that of mean answers over the mean sum of absolute attributions, whichever is larger. Of a group and all
 * others the smaller one is named.
 *
 * Time O(rows · features²): about 0.3 s for 10,000 rows of 20 features, 1.1 s for 100,000. Of more than 30 features the 30 with
 * the largest shares are compared and make groups; the 8 with the largest are combined to pairs.
 *
 * @param output - its place among the sample's outputs.
 * @see Source: Benjamini and Yekutieli 2001, "The control of the false discovery rate in multiple testing under dependency".
 */
export function attributionSegments(
  sample: ExplainedSample,
  output: number,
  options: AttributionSegmentOptions = {},
): AttributionSegment[] {
  const { minRows = 50, limit = 10 } = options;
  if (sample.rows < 2 * minRows) return [];
  return new SegmentSearch(sample, output, { ...options, minRows }).found(limit);
}

/** A group, and how its shares and its mean answer differ from the rest. */
interface Candidate extends SummedGroup {
  /** By feature of the sums, then the mean answer; 0 where it is chance or too small. */
  readonly differences: Float64Array;
  readonly strength: number;
}

class SegmentSearch {
  readonly #sample: ExplainedSample;
  readonly #output: number;
  readonly #groups: SegmentGroups;
  readonly #minRows: number;
  readonly #minimum: number;
  readonly #significance: number;
  /** A difference of mean answers is told in these. */
  readonly #unit: number;

  constructor(
    sample: ExplainedSample,
    output: number,
    { plan, minRows, minimumDifference = 0.05, significance = 0.05 }: AttributionSegmentOptions & { minRows: number },
  ) {
    this.#sample = sample;
    this.#output = output;
    this.#minRows = minRows;
    this.#minimum = minimumDifference;
    this.#significance = significance;
    this.#groups = new SegmentGroups(sample, output, minRows, plan);
    this.#unit = totalIn(this.#groups.all) / sample.rows;
  }

  found(limit: number): AttributionSegment[] {
    if (this.#unit === 0) return [];
    const chosen: { readonly candidate: Candidate; readonly members: Uint8Array }[] = [];
    for (const candidate of this.#candidates()) {
      if (chosen.length >= limit) break;
      const members = this.#groups.members(candidate.group);
      const isNew = chosen.every(
        (other) =>
          !haveOverlap(candidate.group, other.candidate.group) &&
          Math.abs(correlation(members, other.members)) < SAME_ROWS &&
          this.#isLeftOutside(candidate, members, other.members),
      );
      if (isNew) chosen.push({ candidate, members });
    }
    return chosen.map(({ candidate }) => this.#report(candidate));
  }

  /** The strongest first. */
  #candidates(): Candidate[] {
    const [singles, pairs] = [this.#groups.singles(), this.#groups.pairs()];
    const rivals = new Map<string, number>();
    for (const range of pairs.flatMap(({ group }) => group)) {
      rivals.set(keyOf(range), (rivals.get(keyOf(range)) ?? 0) + 1);
    }
    return this.#compared([...singles, ...pairs])
      .filter((candidate) => candidate.strength > 0 && this.#saysMore(candidate, rivals))
      .sort((a, b) => b.strength - a.strength || rowsIn(a.sums) - rowsIn(b.sums))
      .slice(0, MOST_CANDIDATES);
  }

  #compared(groups: readonly SummedGroup[]): Candidate[] {
    const found = groups.flatMap(({ sums, rest }) => this.#differences(sums, rest));
    const adjusted = benjaminiYekutieli(found.map((difference) => difference?.pValue));
    const width = this.#groups.sums.features.length + 1;
    return groups.map((group, index) => {
      const differences = Float64Array.from({ length: width }, (_, place) => {
        const at = index * width + place;
        const { value = 0 } = found[at] ?? {};
        return (adjusted[at] ?? 1) < this.#significance && Math.abs(value) >= this.#minimum ? value : 0;
      });
      return { ...group, differences, strength: this.#strength(rowsIn(group.sums), differences) };
    });
  }

  /** By feature, then of the mean answer in units. */
  #differences(sums: Float64Array, rest: Float64Array): (Difference | undefined)[] {
    const { features } = this.#groups.sums;
    const shares = features.map((_, place) => differenceOf(shareIn(sums, place), shareIn(rest, place)));
    return [...shares, this.#answerDifference(sums, rest)];
  }

  #answerDifference(sums: Float64Array, rest: Float64Array): Difference | undefined {
    const difference = differenceOf(answerIn(sums), answerIn(rest));
    return difference && { ...difference, value: difference.value / this.#unit };
  }

  #strength(rows: number, differences: Float64Array): number {
    const ofAnswer = Math.abs(differences.at(-1)!);
    const moved = differences.subarray(0, -1).reduce((sum, value) => sum + Math.abs(value), 0) / 2;
    const share = rows / this.#sample.rows;
    // A group and all others are equally strong but for rounding.
    return Number((Math.sqrt(share * (1 - share)) * Math.max(moved, ofAnswer)).toPrecision(9));
  }

  /** Whether a pair differs from the other rows of each of its single groups, always in the same number and direction. */
  #saysMore({ group, sums, differences }: Candidate, rivals: ReadonlyMap<string, number>): boolean {
    if (group.length === 1) return true;
    const beyond = group.map((range) => {
      const others = without(this.#groups.side(range), sums);
      return rowsIn(others) < this.#minRows ? undefined : this.#differences(sums, others);
    });
    return differences.some(
      (value, place) =>
        value !== 0 &&
        beyond.every((found, side) => {
          const difference = found?.[place];
          if (difference === undefined || difference.value * Math.sign(value) < this.#minimum) return false;
          return difference.pValue * rivals.get(keyOf(group[side]!))! < this.#significance;
        }),
    );
  }

  /** Whether the rows that are in no other segment still differ from those that are in neither. */
  #isLeftOutside({ differences }: Candidate, members: Uint8Array, others: Uint8Array): boolean {
    const lead = largestPlace(differences);
    const feature = this.#groups.sums.features[lead];
    const rowSums = new RowSums(this.#sample, this.#output, feature === undefined ? [] : [feature]);
    const left = rowSums.over((row) => others[row] === 0 && members[row] === 1);
    const rest = rowSums.over((row) => others[row] === 0 && members[row] === 0);
    if (rowsIn(left) < this.#minRows || rowsIn(rest) < this.#minRows) return false;
    const difference =
      feature === undefined ? this.#answerDifference(left, rest) : differenceOf(shareIn(left, 0), shareIn(rest, 0));
    if (difference === undefined || difference.pValue >= this.#significance) return false;
    return difference.value * Math.sign(differences[lead]!) >= this.#minimum;
  }

  #report({ group, sums, rest, differences }: Candidate): AttributionSegment {
    const conditions = group.map((range) => conditionOf(this.#groups.plan, range));
    const { features } = this.#groups.sums;
    const shown = [...features.keys()]
      .filter((place) => differences[place] !== 0)
      .sort((a, b) => Math.abs(differences[b]!) - Math.abs(differences[a]!))
      .slice(0, MOST_FEATURES_SHOWN);
    return {
      conditions,
      title: titleOf(conditions),
      rows: rowsIn(sums),
      features: shown.map((place) => ({
        feature: this.#sample.features[features[place]!]!,
        share: estimated(shareIn(sums, place), 0, 1),
        rest: estimated(shareIn(rest, place), 0, 1),
      })),
      answer: { segment: estimated(answerIn(sums)), rest: estimated(answerIn(rest)) },
    };
  }
}

/** p-values adjusted for the false discovery rate under any dependence. Golden values: SciPy `false_discovery_control`. */
export function benjaminiYekutieli(pValues: readonly (number | undefined)[]): (number | undefined)[] {
  const count = pValues.reduce<number>((sum, value) => sum + Number(value !== undefined), 0);
  let harmonic = 0;
  for (let i = 1; i <= count; i++) harmonic += 1 / i;
  return benjaminiHochberg(pValues).map((value) => (value === undefined ? undefined : Math.min(1, value * harmonic)));
}

/** Whether two groups are of the same features, with values in common. */
function haveOverlap(one: Group, other: Group): boolean {
  if (one.length !== other.length) return false;
  return one.every(({ feature, from, to }) =>
    other.some((range) => range.feature === feature && range.from <= to && from <= range.to),
  );
}

/** Pearson's of two memberships; 0 where one is everybody or nobody. */
function correlation(one: Uint8Array, other: Uint8Array): number {
  let [n, m, both] = [0, 0, 0];
  for (let row = 0; row < one.length; row++) {
    n += one[row]!;
    m += other[row]!;
    both += one[row]! & other[row]!;
  }
  const scale = Math.sqrt(n * (one.length - n) * m * (one.length - m));
  return scale === 0 ? 0 : (both * one.length - n * m) / scale;
}

function largestPlace(values: Float64Array): number {
  return values.reduce((best, value, place) => (Math.abs(value) > Math.abs(values[best]!) ? place : best), 0);
}

function keyOf({ feature, from, to }: CodeRange): string {
  return `${feature}:${from}-${to}`;
}
