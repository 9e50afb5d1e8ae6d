import type { ExplainedSample } from '../../explain/explained-sample.js';
import { segmentCodes } from '../segments/binning.js';
import { elementaryRanges, type Group, joinedRanges } from '../segments/group.js';
import type { CodeRange } from '../segments/table.js';
import type { SegmentCodes } from './segments-codes.js';
import { addTo, RowSums, rowsIn, without } from './segments-sums.js';

/** A group of rows with its sums. */
export interface SummedGroup {
  readonly group: Group;
  readonly sums: Float64Array;
  /** Of all other rows. */
  readonly rest: Float64Array;
}

/** Features whose shares are compared, at most: those with the largest. */
const MOST_FEATURES = 30;
/** Of these so many are combined with each other. */
const PAIRED_FEATURES = 8;

/**
 * Counts the groups of one condition (also ranges of neighbouring bins) and of two. Time: O(rows · features · (codes' features
 * + 28)). Memory: the sums of each cell of the 28 pairs, some megabytes.
 */
export class SegmentGroups {
  readonly sums: RowSums;
  readonly all: Float64Array;
  readonly #coded: SegmentCodes;
  readonly #minRows: number;
  readonly #singles: readonly Float64Array[];

  readonly #sample: ExplainedSample;

  constructor(sample: ExplainedSample, output: number, coded: SegmentCodes, minRows: number) {
    this.#sample = sample;
    this.#coded = coded;
    this.#minRows = minRows;
    this.sums = new RowSums(sample, output, largestFeatures(sample, output));
    this.all = new Float64Array(this.sums.width);
    const { plan, codes } = coded;
    this.#singles = plan.features.map((feature) => new Float64Array(segmentCodes(feature) * this.sums.width));
    for (let row = 0; row < sample.rows; row++) {
      const added = this.sums.of(row);
      addTo(this.all, 0, added);
      for (const [feature, cells] of this.#singles.entries()) {
        addTo(cells, codes[feature]![row]! * added.length, added);
      }
    }
  }

  singles(): SummedGroup[] {
    const { features } = this.#coded.plan;
    return [...features.keys()].flatMap((feature) =>
      [...this.#namedRanges(feature), ...joinedRanges(this.#coded.plan, feature)].flatMap((range) =>
        this.#large([range], this.#single(range)),
      ),
    );
  }

  /** Of single codes of the features that add most. */
  pairs(): SummedGroup[] {
    const { features } = this.#coded.plan;
    const names = this.sums.features.map((feature) => this.#sample.features[feature]!);
    const paired = names
      .map((name) => features.findIndex((feature) => feature.name === name))
      .filter((place) => place >= 0)
      .slice(0, PAIRED_FEATURES)
      .sort((a, b) => a - b);
    const groups: SummedGroup[] = [];
    for (const [index, first] of paired.entries()) {
      for (const second of paired.slice(index + 1)) groups.push(...this.#pairsOf(first, second));
    }
    return groups;
  }

  /** Which rows are in a group. */
  members(group: Group): Uint8Array {
    const members = new Uint8Array(this.#sample.rows).fill(1);
    for (const { feature, from, to } of group) {
      const codes = this.#coded.codes[feature]!;
      for (let row = 0; row < members.length; row++) if (codes[row]! < from || codes[row]! > to) members[row] = 0;
    }
    return members;
  }

  /** The sums of the rows that meet one condition of a pair. */
  side(range: CodeRange): Float64Array {
    return this.#single(range);
  }

  #pairsOf(first: number, second: number): SummedGroup[] {
    const { plan, codes } = this.#coded;
    const width = this.sums.width;
    const across = segmentCodes(plan.features[second]!);
    const cells = new Float64Array(segmentCodes(plan.features[first]!) * across * width);
    const [one, other] = [codes[first]!, codes[second]!];
    for (let row = 0; row < one.length; row++)
      addTo(cells, (one[row]! * across + other[row]!) * width, this.sums.of(row));
    return this.#namedRanges(first).flatMap((a) =>
      this.#namedRanges(second).flatMap((b) => {
        const at = (a.from * across + b.from) * width;
        return this.#large([a, b], cells.slice(at, at + width));
      }),
    );
  }

  /** Codes that a condition can name: not the one that all rare categories share. */
  #namedRanges(feature: number): CodeRange[] {
    const described = this.#coded.plan.features[feature]!;
    return elementaryRanges(this.#coded.plan, feature).filter(
      ({ from }) => described.kind === 'numeric' || from <= described.categories.length,
    );
  }

  #single({ feature, from, to }: CodeRange): Float64Array {
    const { width } = this.sums;
    const sums = new Float64Array(width);
    const cells = this.#singles[feature]!;
    for (let code = from; code <= to; code++) addTo(sums, 0, cells.subarray(code * width, (code + 1) * width));
    return sums;
  }

  #large(group: Group, sums: Float64Array): SummedGroup[] {
    const rest = without(this.all, sums);
    return rowsIn(sums) >= this.#minRows && rowsIn(rest) >= this.#minRows ? [{ group, sums, rest }] : [];
  }
}

/** Places of the features that add most, the largest first. */
function largestFeatures({ values, features, outputs, rows }: ExplainedSample, output: number): number[] {
  const sizes = new Float64Array(features.length);
  for (let row = 0; row < rows; row++) {
    const first = (row * outputs.length + output) * features.length;
    for (let feature = 0; feature < sizes.length; feature++) sizes[feature]! += Math.abs(values[first + feature]!);
  }
  return [...features.keys()].sort((a, b) => sizes[b]! - sizes[a]! || a - b).slice(0, MOST_FEATURES);
}
