import type { SegmentColumn, SegmentPlan } from '../metrics/segments/binning.js';
import { segmentCode } from '../metrics/segments/binning.js';
import { GrowingBytes, GrowingIntegers, GrowingNumbers } from './growing.js';
import { numberOf } from './label.js';

/** Beyond so many different texts a column tells rows apart and makes no groups. */
const MOST_CATEGORIES = 10_000;

/** What becomes of the model's inputs, row by row. */
export interface FeatureSink {
  /** The columns of the rows that follow, in order. */
  setNames(names: readonly string[]): void;
  add(cells: readonly (string | null)[] | undefined): void;
}

/** A finished column; of numbers, whether all were written as whole ones. */
export type FeatureCells = SegmentColumn & { readonly integral?: boolean };

const WHOLE = /^[+-]?\d+$/;

/** A column while it grows: numbers as long as all cells are, then texts by their place in a dictionary. */
export class FeatureColumn {
  readonly name: string;
  #numbers: GrowingNumbers | undefined = new GrowingNumbers();
  #codes: GrowingIntegers | undefined;
  readonly #places = new Map<string, number>();
  #integral = true;

  constructor(name: string) {
    this.name = name;
  }

  add(cell: string | null): void {
    if (this.#numbers !== undefined) {
      const value = cell === null ? Number.NaN : numberOf(cell);
      if (value !== undefined) {
        this.#numbers.add(value);
        // A column of whole numbers with gaps is one of fractions to pandas, and so to the service.
        this.#integral &&= cell !== null && WHOLE.test(cell);
        return;
      }
      this.#turnToTexts(this.#numbers.values());
    }
    this.#addText(cell);
  }

  /** Undefined for a column that tells rows apart. */
  finish(): FeatureCells | undefined {
    if (this.#numbers !== undefined) {
      return { name: this.name, kind: 'numeric', values: this.#numbers.values(), integral: this.#integral };
    }
    if (this.#codes === undefined) return undefined;
    const texts = [...this.#places.keys()];
    const values = Array.from(this.#codes.values(), (code) => (code < 0 ? null : texts[code]!));
    return { name: this.name, kind: 'categorical', values };
  }

  #turnToTexts(numbers: Float64Array): void {
    this.#numbers = undefined;
    this.#codes = new GrowingIntegers();
    for (const value of numbers) this.#addText(Number.isNaN(value) ? null : String(value));
  }

  #addText(cell: string | null): void {
    if (this.#codes === undefined) return;
    if (cell === null) {
      this.#codes.add(-1);
      return;
    }
    let place = this.#places.get(cell);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(cell, place);
      if (place >= MOST_CATEGORIES) {
        this.#codes = undefined;
        this.#places.clear();
        return;
      }
    }
    this.#codes.add(place);
  }
}

/** Keeps the features of a baseline, to plan segments from: 8 bytes a cell. */
export class RawFeatures implements FeatureSink {
  #columns: FeatureColumn[] = [];
  #order: readonly number[] = [];
  #rows = 0;
  readonly #byName = new Map<string, number>();

  setNames(names: readonly string[]): void {
    this.#order = names.map((name) => {
      const known = this.#byName.get(name);
      if (known !== undefined) return known;
      const column = new FeatureColumn(name);
      for (let row = 0; row < this.#rows; row++) column.add(null);
      this.#byName.set(name, this.#columns.length);
      return this.#columns.push(column) - 1;
    });
  }

  add(cells: readonly (string | null)[] | undefined): void {
    const given = new Array<string | null>(this.#columns.length).fill(null);
    cells?.forEach((cell, index) => {
      given[this.#order[index]!] = cell;
    });
    for (const [index, column] of this.#columns.entries()) column.add(given[index]!);
    this.#rows++;
  }

  /** All columns, in the order in which they were met. */
  get names(): readonly string[] {
    return this.#columns.map(({ name }) => name);
  }

  finish(): FeatureCells[] {
    return this.#columns.flatMap((column) => column.finish() ?? []);
  }
}

/** A cell as a model of errors takes it: the number of a numeric feature, the group's code of a categorical one. */
function featureNumber(plan: SegmentPlan, feature: number, cell: string | null, code: number): number {
  if (cell === null) return Number.NaN;
  return plan.features[feature]!.kind === 'numeric' ? (numberOf(cell) ?? Number.NaN) : code;
}

/** Keeps of each row the baseline's segment codes, a byte a feature; with `numeric`, the numbers themselves besides. */
export class EncodedFeatures implements FeatureSink {
  readonly #plan: SegmentPlan;
  readonly #codes: GrowingBytes[];
  readonly #numbers: GrowingNumbers[];
  /** Of each feature of the plan, its place among the row's cells; -1 where it has none. */
  #places: number[];
  #known = new Set<string>();

  constructor(plan: SegmentPlan, numeric: boolean) {
    this.#plan = plan;
    this.#codes = plan.features.map(() => new GrowingBytes());
    this.#numbers = numeric ? plan.features.map(() => new GrowingNumbers()) : [];
    this.#places = plan.features.map(() => -1);
  }

  /** Features of the plan that no row had. */
  get absent(): readonly string[] {
    return this.#plan.features.map(({ name }) => name).filter((name) => !this.#known.has(name));
  }

  setNames(names: readonly string[]): void {
    this.#places = this.#plan.features.map(({ name }) => names.indexOf(name));
    for (const name of names) this.#known.add(name);
  }

  add(cells: readonly (string | null)[] | undefined): void {
    for (let i = 0; i < this.#codes.length; i++) {
      const cell = cells?.[this.#places[i]!] ?? null;
      const code = segmentCode(this.#plan, i, cell);
      this.#codes[i]!.add(code);
      this.#numbers[i]?.add(featureNumber(this.#plan, i, cell, code));
    }
  }

  codes(): Uint8Array[] {
    return this.#codes.map((codes) => codes.values());
  }

  numbers(): Float64Array[] {
    return this.#numbers.map((numbers) => numbers.values());
  }
}
