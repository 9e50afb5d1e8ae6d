import type { ExplainedSample } from '../../explain/explained-sample.js';
import { type SegmentPlan, segmentCodes } from '../segments/binning.js';
import { elementaryRanges, type Group, joinedRanges } from '../segments/group.js';
import type { CodeRange } from '../segments/table.js';
import { type SegmentCodes, segmentCodesOf } from './segments-codes.js';
import { addTo, RowSums, rowsIn, without } from './segments-sums.js';

/** A group of rows with its sums. */
export interface SummedGroup {
  readonly group: Group;
  readonly sums: Float64Array;
  /** Of all other rows. */
  readonly rest: Float64Array;
}

/** Features whose shares are compared and whose values make groups, at most: those with the largest shares. */
const MOST_FEATURES = 30;
/** Of these so many are combined with each other. */
const PAIRED_FEATURES = 8;

/** Two features of a plan, and the sums by both codes: that of the first times `across`, plus that of the second. */
interface Pair {
  readonly first: number;
  readonly second: number;
  readonly across: number;
  readonly cells: Float64Array;
}

/**
 * Counts the groups of one condition (also ranges of neighbouring bins) and of two. Time O(rows · features · groups' features
 * and pairs), at most 30 and 28. Memory: the sums of each cell of the pairs, some megabytes.
 */
export class SegmentGroups {
  readonly sums: RowSums;
  /** The sums of all rows. */
  readonly all: Float64Array;
  readonly #rows: number;
  readonly #coded: SegmentCodes;
  readonly #minRows: number;
  /** By feature of the plan, the sums of each code. */
  readonly #singles: readonly Float64Array[];
  readonly #pairs: readonly Pair[];

  /** @param plan - default: one of the sample's own. */
  constructor(sample: ExplainedSample, output: number, minRows: number, given?: SegmentPlan) {
    const largest = largestFeatures(sample, output);
    const coded = segmentCodesOf(sample, largest, given);
    const { plan, codes } = coded;
    this.#rows = sample.rows;
    this.#coded = coded;
    this.#minRows = minRows;
    this.sums = new RowSums(sample, output, largest);
    this.all = new Float64Array(this.sums.width);
    this.#singles = plan.features.map((feature) => new Float64Array(segmentCodes(feature) * this.sums.width));
    const places = largest
      .map((feature) => plan.features.findIndex(({ name }) => name === sample.features[feature]))
      .filter((place) => place >= 0);
    this.#pairs = this.#pairsOf(places.slice(0, PAIRED_FEATURES).sort((a, b) => a - b));
    for (let row = 0; row < sample.rows; row++) this.#add(this.sums.of(row), codes, row);
  }

  #add(added: Float64Array, codes: readonly Uint8Array[], row: number): void {
    const width = added.length;
    addTo(this.all, 0, added);
    for (let feature = 0; feature < codes.length; feature++) {
      addTo(this.#singles[feature]!, codes[feature]![row]! * width, added);
    }
    for (const { first, second, across, cells } of this.#pairs) {
      addTo(cells, (codes[first]![row]! * across + codes[second]![row]!) * width, added);
    }
  }

  #pairsOf(places: readonly number[]): Pair[] {
    const { features } = this.#coded.plan;
    return places.flatMap((first, index) =>
      places.slice(index + 1).map((second) => {
        const across = segmentCodes(features[second]!);
        const cells = new Float64Array(segmentCodes(features[first]!) * across * this.sums.width);
        return { first, second, across, cells };
      }),
    );
  }

  singles(): SummedGroup[] {
    return [...this.#singles.keys()].flatMap((feature) =>
      [...this.#namedRanges(feature), ...joinedRanges(this.#coded.plan, feature)].flatMap((range) =>
        this.#large([range], this.side(range)),
      ),
    );
  }

  /** Of single codes of the features that add most. */
  pairs(): SummedGroup[] {
    const { width } = this.sums;
    return this.#pairs.flatMap(({ first, second, across, cells }) =>
      this.#namedRanges(first).flatMap((one) =>
        this.#namedRanges(second).flatMap((other) => {
          const at = (one.from * across + other.from) * width;
          return this.#large([one, other], cells.slice(at, at + width));
        }),
      ),
    );
  }

  get plan(): SegmentPlan {
    return this.#coded.plan;
  }

  /** Which rows are in a group. */
  members(group: Group): Uint8Array {
    const members = new Uint8Array(this.#rows).fill(1);
    for (const { feature, from, to } of group) {
      const codes = this.#coded.codes[feature]!;
      for (let row = 0; row < members.length; row++) if (codes[row]! < from || codes[row]! > to) members[row] = 0;
    }
    return members;
  }

  /** The sums of the rows that meet one condition. */
  side({ feature, from, to }: CodeRange): Float64Array {
    const { width } = this.sums;
    const sums = new Float64Array(width);
    const cells = this.#singles[feature]!;
    for (let code = from; code <= to; code++) addTo(sums, 0, cells.subarray(code * width, (code + 1) * width));
    return sums;
  }

  /** Codes that a condition can name: not the one that all rare categories share. */
  #namedRanges(feature: number): CodeRange[] {
    const described = this.#coded.plan.features[feature]!;
    return elementaryRanges(this.#coded.plan, feature).filter(
      ({ from }) => described.kind === 'numeric' || from <= described.categories.length,
    );
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
