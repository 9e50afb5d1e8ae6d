import { type ColumnType, cellNumber, cellType } from '../../capture/cell-type.js';
import { canonicalLabel } from '../../monitor/label.js';
import type { InspectedColumn } from './inspection.js';

const VALUES_KEPT = 1000;
const EXAMPLES = 5;
/** So many of the values must be numbers for a column of numbers; the rest may be placeholders. */
const NUMERIC = 0.9;
/** Numbers of so few different values are compared one by one. */
const FEW = 20;

/** The sampled cells of one column, counted. */
export class ColumnSample {
  readonly #examples: string[] = [];
  readonly #values = new Map<string, number>();
  #missing = 0;
  #present = 0;
  #integral = 0;
  #numbers = 0;
  #min = Infinity;
  #max = -Infinity;

  add(cell: string | null | undefined): void {
    if (cell === null || cell === undefined || cell === '') {
      this.#missing += 1;
      return;
    }
    this.#present += 1;
    const value = canonicalLabel(cell);
    const known = this.#values.get(value);
    if (known === undefined && this.#examples.length < EXAMPLES) this.#examples.push(cell.slice(0, 80));
    if (known !== undefined || this.#values.size < VALUES_KEPT) this.#values.set(value, (known ?? 0) + 1);
    const number = cellNumber(cell);
    if (number === undefined) return;
    this.#numbers += 1;
    if (cellType(cell) === 'integral') this.#integral += 1;
    this.#min = Math.min(this.#min, number);
    this.#max = Math.max(this.#max, number);
  }

  get present(): number {
    return this.#present;
  }

  get distinct(): number {
    return this.#values.size;
  }

  get type(): ColumnType {
    if (this.#present === 0) return 'Unknown';
    if (this.#numbers < NUMERIC * this.#present) return 'String';
    return this.#integral === this.#numbers ? 'Integral' : 'Fractional';
  }

  /** Whether all values are numbers from 0 to 1, with some between. */
  get isProbability(): boolean {
    return this.type === 'Fractional' && this.#min >= 0 && this.#max <= 1;
  }

  /** Different values, the most frequent first. */
  get values(): readonly string[] {
    return [...this.#values].sort(([, a], [, b]) => b - a).map(([value]) => value);
  }

  /** Whether a sample has the same different values, or some of them. */
  hasValuesOf(other: ColumnSample): boolean {
    return other.distinct > 0 && other.values.every((value) => this.#values.has(value));
  }

  /**
   * Fraction of another sample's values that a column like this one could hold: for texts and for numbers of few values
   * those that are known, for other numbers those in its range, half the range wider on either side.
   */
  fitOf(other: ColumnSample): number {
    if (this.#present === 0 || other.#present === 0) return 0.5;
    const complete = this.#values.size < VALUES_KEPT;
    if (this.type === 'String') {
      if (other.type !== 'String') return 0;
      return complete ? other.#share((value) => this.#values.has(value)) : 1;
    }
    if (other.type === 'String') return 0;
    if (this.type === 'Integral' && other.type === 'Fractional') return 0.1;
    const margin = (this.#max - this.#min) / 2;
    const inside = other.#share((value) => {
      const number = cellNumber(value);
      return number !== undefined && number >= this.#min - margin && number <= this.#max + margin;
    });
    if (this.#values.size > FEW) return inside;
    return (inside + other.#share((value) => this.#values.has(value))) / 2;
  }

  describe(name: string): InspectedColumn {
    return {
      name,
      type: this.type,
      examples: this.#examples,
      distinct: this.distinct,
      missing: this.#missing,
    };
  }

  #share(holds: (value: string) => boolean): number {
    let all = 0;
    let held = 0;
    for (const [value, count] of this.#values) {
      all += count;
      if (holds(value)) held += count;
    }
    return held / all;
  }
}
