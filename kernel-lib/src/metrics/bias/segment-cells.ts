import {
  rangeCode,
  type SegmentColumn,
  type SegmentFeature,
  type SegmentPlan,
  segmentCode,
  segmentCodes,
} from '../segments/binning.js';
import type { CodeRange } from '../segments/table.js';
import type { BiasCells } from './counts.js';

/** Plain JSON, whole numbers only: of 20 features about 2,000. */
export interface SegmentCellsState {
  /** Whether the rows have predictions. */
  readonly predicted: boolean;
  /** Of each feature of the plan the eight counts of each code, one code after the other. */
  readonly features: readonly (readonly number[])[];
}

const BLOCK = 4096;

/**
 * The eight counts of one facet group by feature and code: one sample's rows of either side, by label and prediction,
 * in each range and category. Memory 64 bytes a code, whatever the rows.
 */
export class SegmentCells {
  readonly plan: SegmentPlan;
  readonly #features: readonly Float64Array[];
  #predicted = true;

  constructor(plan: SegmentPlan) {
    this.plan = plan;
    this.#features = plan.features.map((feature) => new Float64Array(8 * segmentCodes(feature)));
  }

  /** Whether all rows so far have predictions. */
  get predicted(): boolean {
    return this.#predicted;
  }

  /**
   * Counts rows. Time O(rows x features), memory O(1).
   *
   * @param codes - of each feature of the plan, from {@link encodeColumns}.
   * @param members - 1 where the row is in the facet's group, else 0.
   * @param labels - 1 where the label is positive, else 0.
   * @param predictions - the same of the prediction; undefined without predictions.
   */
  add(
    codes: readonly (Int32Array | Uint8Array)[],
    members: Uint8Array,
    labels: Uint8Array,
    predictions: Uint8Array | undefined,
  ): void {
    if (predictions === undefined) this.#predicted = false;
    const places = new Uint8Array(Math.min(BLOCK, labels.length));
    for (let begin = 0; begin < labels.length; begin += BLOCK) {
      const count = Math.min(BLOCK, labels.length - begin);
      for (let i = 0; i < count; i++) places[i] = members[begin + i]! * 4 + labels[begin + i]! * 2;
      if (predictions !== undefined) for (let i = 0; i < count; i++) places[i]! += predictions[begin + i]!;
      for (let feature = 0; feature < codes.length; feature++) {
        countBlock(this.#features[feature]!, codes[feature]!, places, begin, count);
      }
    }
  }

  /** Rows of all codes. */
  total(): BiasCells {
    const [first] = this.#features;
    return first === undefined ? new Float64Array(8) : sumOf(first, 0, first.length / 8 - 1);
  }

  /** Rows whose feature has one of those codes. */
  single({ feature, from, to }: CodeRange): BiasCells {
    return sumOf(this.#features[feature]!, from, to);
  }

  toState(): SegmentCellsState {
    return { predicted: this.#predicted, features: this.#features.map((cells) => [...cells]) };
  }

  /** @throws RangeError where the state is of another plan. */
  static fromState(plan: SegmentPlan, state: SegmentCellsState): SegmentCells {
    const cells = new SegmentCells(plan);
    if (!cells.#features.every(({ length }, feature) => state.features[feature]?.length === length)) {
      throw new RangeError('The counts by segment are not of this plan.');
    }
    cells.#features.forEach((counts, feature) => {
      counts.set(state.features[feature]!);
    });
    cells.#predicted = state.predicted;
    return cells;
  }
}

function countBlock(
  cells: Float64Array,
  codes: Int32Array | Uint8Array,
  places: Uint8Array,
  begin: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) cells[codes[begin + i]! * 8 + places[i]!]! += 1;
}

function sumOf(cells: Float64Array, from: number, to: number): BiasCells {
  const sum = new Float64Array(8);
  for (let at = from * 8; at < to * 8 + 8; at++) sum[at & 7]! += cells[at]!;
  return sum;
}

/**
 * The codes of a sample's rows, for each feature of the plan; of a feature that the sample lacks all are missing (0).
 * Where a column is not of the plan's kind, texts are read as numbers, and a number is of the category that reads as the
 * same number. Time O(rows x features), 1 byte a cell.
 *
 * @param columns - of `rows` rows each; in any order.
 */
export function encodeColumns(plan: SegmentPlan, columns: readonly SegmentColumn[], rows: number): Uint8Array[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return plan.features.map((feature, place) => {
    const codes = new Uint8Array(rows);
    const column = byName.get(feature.name);
    if (column === undefined) return codes;
    if (feature.kind === 'categorical') encodeCategories(codes, column, plan, place, feature);
    else if (column.kind === 'numeric') {
      for (let row = 0; row < rows; row++) codes[row] = rangeCode(feature.edges, column.values[row]!);
    } else {
      for (let row = 0; row < rows; row++) codes[row] = segmentCode(plan, place, column.values[row] ?? null);
    }
    return codes;
  });
}

type Categorical = SegmentFeature & { readonly kind: 'categorical' };

/** Through a dictionary of what the plan knows: a text is looked up as it is, a number as a number. */
function encodeCategories(
  codes: Uint8Array,
  column: SegmentColumn,
  plan: SegmentPlan,
  place: number,
  feature: Categorical,
): void {
  const unknown = feature.categories.length + (feature.open ? 1 : 2);
  const categories = [...feature.categories, ...feature.rare];
  if (column.kind === 'categorical') {
    const known = new Map(categories.map((category) => [category, segmentCode(plan, place, category)]));
    for (let row = 0; row < codes.length; row++) {
      const cell = column.values[row] ?? '';
      codes[row] = cell === '' ? 0 : (known.get(cell) ?? unknown);
    }
    return;
  }
  // From behind, so that of two categories that are the same number the more frequent one counts.
  const numbers = categories.filter((category) => category.trim() !== '').reverse();
  const known = new Map(numbers.map((category) => [Number(category), segmentCode(plan, place, category)]));
  for (let row = 0; row < codes.length; row++) {
    const value = column.values[row]!;
    codes[row] = Number.isNaN(value) ? 0 : (known.get(value) ?? unknown);
  }
}
