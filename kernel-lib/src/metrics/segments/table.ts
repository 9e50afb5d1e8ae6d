import { type SegmentPlan, segmentCodes } from './binning.js';

/** Rows of a group with the sum and the sum of squares of their losses. */
export interface LossSums {
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
}

/** Codes of one feature, from `from` to `to`, both included. */
export interface CodeRange {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
}

/** Plain JSON; only cells with rows are kept. */
export interface SegmentTableState {
  /** Whether all losses are 0 or 1. */
  readonly binary: boolean;
  /** Each cell's place, as the distance from the one before. */
  readonly steps: readonly number[];
  readonly rows: readonly number[];
  readonly sums: readonly number[];
  /** Absent where `binary`: there it equals `sums`. */
  readonly squares?: readonly number[];
}

const BLOCK = 4096;

/**
 * Rows and losses of one sample by the codes of each feature and of each two of the plan's `paired` features. Memory
 * O(features^2 x codes^2), whatever the rows: with 15 features of 15 codes 0.6 MB.
 */
export class SegmentTable {
  readonly plan: SegmentPlan;
  readonly #widths: readonly number[];
  readonly #singles: readonly number[];
  /** By first feature x features + second, first < second: where the pair's cells begin; -1 for a pair that is not counted. */
  readonly #pairs: Int32Array;
  /** Three numbers a cell: rows, sum, sum of squares. */
  readonly #cells: Float64Array;
  #binary = true;

  constructor(plan: SegmentPlan) {
    this.plan = plan;
    this.#widths = plan.features.map(segmentCodes);
    let cells = 1;
    this.#singles = this.#widths.map((width) => {
      cells += width;
      return cells - width;
    });
    const features = plan.features.length;
    this.#pairs = new Int32Array(features * features).fill(-1);
    plan.paired.forEach((first, place) => {
      for (const second of plan.paired.slice(place + 1)) {
        this.#pairs[first * features + second] = cells;
        cells += this.#widths[first]! * this.#widths[second]!;
      }
    });
    this.#cells = new Float64Array(3 * cells);
  }

  /** Whether every loss so far is 0 or 1. */
  get binary(): boolean {
    return this.#binary;
  }

  /**
   * Counts rows. Time O(rows x paired^2).
   *
   * @param codes - of each feature of the plan, from {@link segmentCode}; at least `count` each.
   * @param losses - finite, at least `count`: 0 or 1 for right and wrong, or any number.
   */
  add(codes: readonly (Uint8Array | Int32Array)[], losses: Float64Array, count: number = losses.length): void {
    for (let row = 0; this.#binary && row < count; row++) {
      this.#binary = losses[row] === 0 || losses[row] === 1;
    }
    const features = this.#widths.length;
    const { paired } = this.plan;
    const none = new Uint8Array(BLOCK);
    for (let begin = 0; begin < count; begin += BLOCK) {
      const end = Math.min(count, begin + BLOCK);
      addTotal(this.#cells, losses, begin, end);
      for (let first = 0; first < features; first++) {
        addCells(this.#cells, this.#singles[first]!, none, 0, 0, codes[first]!, losses, begin, end);
      }
      for (let i = 0; i < paired.length; i++) {
        for (let j = i + 1; j < paired.length; j++) {
          const [a, b] = [paired[i]!, paired[j]!];
          const base = this.#pairs[a * features + b]!;
          addCells(this.#cells, base, codes[a]!, begin, this.#widths[b]!, codes[b]!, losses, begin, end);
        }
      }
    }
  }

  /** Adds the rows of another table of the same plan. */
  merge(other: SegmentTable): void {
    this.#binary &&= other.#binary;
    for (let i = 0; i < this.#cells.length; i++) this.#cells[i]! += other.#cells[i]!;
  }

  /** All rows. */
  total(): LossSums {
    return this.#sums(0);
  }

  /** Rows whose feature has one of those codes. */
  single({ feature, from, to }: CodeRange): LossSums {
    const sums = { rows: 0, sum: 0, squares: 0 };
    for (let code = from; code <= to; code++) this.#addTo(sums, this.#singles[feature]! + code);
    return sums;
  }

  /** Rows for which both hold; undefined where the two features' pairs are not counted. */
  both(one: CodeRange, other: CodeRange): LossSums | undefined {
    if (one.feature === other.feature) {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      return this.single({ feature: one.feature, from, to });
    }
    const [first, second] = one.feature < other.feature ? [one, other] : [other, one];
    const base = this.#pairs[first.feature * this.#widths.length + second.feature]!;
    if (base < 0) return undefined;
    const sums = { rows: 0, sum: 0, squares: 0 };
    for (let a = first.from; a <= first.to; a++) {
      for (let b = second.from; b <= second.to; b++) this.#addTo(sums, base + a * this.#widths[second.feature]! + b);
    }
    return sums;
  }

  toState(): SegmentTableState {
    const steps: number[] = [];
    const [rows, sums, squares]: [number[], number[], number[]] = [[], [], []];
    let last = 0;
    for (let cell = 0; cell < this.#cells.length / 3; cell++) {
      const part = this.#sums(cell);
      if (part.rows === 0) continue;
      steps.push(cell - last);
      last = cell;
      rows.push(part.rows);
      sums.push(part.sum);
      squares.push(part.squares);
    }
    return { binary: this.#binary, steps, rows, sums, ...(!this.#binary && { squares }) };
  }

  static fromState(plan: SegmentPlan, state: SegmentTableState): SegmentTable {
    const table = new SegmentTable(plan);
    table.#binary = state.binary;
    let cell = 0;
    state.steps.forEach((step, i) => {
      cell += step;
      table.#cells[3 * cell] = state.rows[i]!;
      table.#cells[3 * cell + 1] = state.sums[i]!;
      table.#cells[3 * cell + 2] = (state.squares ?? state.sums)[i]!;
    });
    return table;
  }

  #sums(cell: number): LossSums {
    const at = 3 * cell;
    return { rows: this.#cells[at]!, sum: this.#cells[at + 1]!, squares: this.#cells[at + 2]! };
  }

  #addTo(sums: { rows: number; sum: number; squares: number }, cell: number): void {
    const at = 3 * cell;
    sums.rows += this.#cells[at]!;
    sums.sum += this.#cells[at + 1]!;
    sums.squares += this.#cells[at + 2]!;
  }
}

function addTotal(cells: Float64Array, losses: Float64Array, begin: number, end: number): void {
  for (let row = begin; row < end; row++) {
    cells[0]! += 1;
    cells[1]! += losses[row]!;
    cells[2]! += losses[row]! * losses[row]!;
  }
}

/** Adds rows [begin, end) to the cells base + first x width + second; `first` begins at `firstBegin`. */
function addCells(
  cells: Float64Array,
  base: number,
  first: Uint8Array | Int32Array,
  firstBegin: number,
  width: number,
  second: Uint8Array | Int32Array,
  losses: Float64Array,
  begin: number,
  end: number,
): void {
  for (let row = begin, i = firstBegin; row < end; row++, i++) {
    const at = 3 * (base + first[i]! * width + second[row]!);
    const loss = losses[row]!;
    cells[at]! += 1;
    cells[at + 1]! += loss;
    cells[at + 2]! += loss * loss;
  }
}
