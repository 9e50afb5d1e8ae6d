import { DistinctCounter, hashBytes, hashOut } from '../stats/distinct.js';
import { KllSketch } from '../stats/kll.js';
import { Moments } from '../stats/moments.js';
import {
  BOOLEAN,
  type CellClass,
  cellNumber,
  classifyCell,
  FRACTIONAL,
  INTEGRAL,
  MISSING,
  TEXT,
} from './cell-class.js';
import { columnProfile } from './column-profile.js';
import { inferType } from './inferred-type.js';
import type { ColumnProfile } from './profile.js';
import { ValueTable } from './value-table.js';

const BUFFER = 1024;

let scratch = Buffer.alloc(1024);

/** Cells as a scanner reads them: class, number if it is one, and where its bytes are. */
export interface CellBatch {
  readonly classes: Uint8Array;
  readonly numbers: Float64Array;
  readonly starts: Int32Array;
  readonly stops: Int32Array;
}

/**
 * Accumulates one column, cell by cell or in batches, whatever the cells come from. Numbers are gathered and handed on
 * in batches, so that moments, sketch and distinct counter each run over a column's numbers alone.
 *
 * While the column's texts are few they are counted one by one, and the distinct counter sees each of them once;
 * it sees every cell from the moment when they have become too many.
 */
export class ColumnBuilder {
  readonly name: string;
  readonly #moments = new Moments();
  readonly #sketch = new KllSketch();
  readonly #distinct = new DistinctCounter();
  readonly #numbers = new Float64Array(BUFFER);
  #numberCount = 0;
  #values: ValueTable | undefined = new ValueTable();
  readonly #classes = new Float64Array(5);
  #nonFinite = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Adds the cell in bytes [start, end), valid UTF-8; an empty one is missing. */
  addCell(bytes: Uint8Array, start: number, end: number): void {
    const cellClass = classifyCell(bytes, start, end);
    this.addClassified(cellClass, cellNumber[0]!, bytes, start, end);
  }

  /** Adds a cell whose class, and number if it is one, is known. */
  addClassified(cellClass: CellClass, number: number, bytes: Uint8Array, start: number, end: number): void {
    if (cellClass === MISSING) return;
    this.#classes[cellClass]!++;
    if (cellClass <= FRACTIONAL) {
      this.#numbers[this.#numberCount++] = number;
      if (this.#numberCount === BUFFER) this.#flush();
      if (this.#values !== undefined && this.#values.add(bytes, start, end, 1) < 0) this.#dropValues();
      return;
    }
    if (this.#values !== undefined) {
      const added = this.#values.add(bytes, start, end, 1);
      if (added === 0) return;
      if (added < 0) this.#dropValues();
    }
    hashBytes(bytes, start, end);
    this.#distinct.addHash(hashOut[0]!, hashOut[1]!);
  }

  /** Adds `count` cells that were read together, from index `first` of the arrays; their bytes are valid UTF-8. */
  addBatch(bytes: Uint8Array, cells: CellBatch, first: number, count: number): void {
    const { classes, numbers, starts, stops } = cells;
    if (this.#values !== undefined) {
      for (let i = first; i < first + count; i++) {
        this.addClassified(classes[i]! as CellClass, numbers[i]!, bytes, starts[i]!, stops[i]!);
      }
      return;
    }
    const end = first + count;
    for (let i = first; i < end; ) {
      const stop = Math.min(end, i + BUFFER - this.#numberCount);
      this.#addRun(bytes, cells, i, stop);
      i = stop;
      // Always full: what the moments come to depends on how the numbers are cut.
      if (this.#numberCount === BUFFER) this.#flush();
    }
  }

  /** Adds cells [first, stop), for whose numbers there is room. */
  #addRun(bytes: Uint8Array, { classes, numbers, starts, stops }: CellBatch, first: number, stop: number): void {
    const buffer = this.#numbers;
    const before = this.#numberCount;
    let held = before;
    let fractional = 0;
    for (let i = first; i < stop; i++) {
      const cellClass = classes[i]!;
      if (cellClass <= FRACTIONAL) {
        buffer[held++] = numbers[i]!;
        fractional += cellClass;
      } else if (cellClass !== MISSING) {
        this.addClassified(cellClass as CellClass, 0, bytes, starts[i]!, stops[i]!);
      }
    }
    this.#numberCount = held;
    this.#classes[INTEGRAL]! += held - before - fractional;
    this.#classes[FRACTIONAL]! += fractional;
  }

  /** Adds a cell from its text; null is missing, the empty text is a text like any other. */
  addText(text: string | null): void {
    if (text === null) return;
    const { length } = text;
    if (length === 0) {
      this.addClassified(TEXT, 0, scratch, 0, 0);
      return;
    }
    if (scratch.length < 3 * length) scratch = Buffer.alloc(4 * length);
    const bytes = scratch;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) {
        this.addCell(bytes, 0, bytes.write(text, 'utf8'));
        return;
      }
      bytes[i] = code;
    }
    this.addCell(bytes, 0, length);
  }

  /**
   * Adds the cells of a typed column, whose text is the shortest that reads back the same number. NaN and infinities
   * are counted as such and as missing.
   *
   * @param valid - 0 where there is no number.
   */
  addNumbers(values: Float64Array, valid: Uint8Array, count: number, integral: boolean): void {
    const cellClass = integral ? INTEGRAL : FRACTIONAL;
    for (let i = 0; i < count; i++) {
      if (valid[i] === 0) continue;
      const value = values[i]!;
      if (!Number.isFinite(value)) {
        this.#nonFinite++;
        continue;
      }
      if (this.#values !== undefined) {
        const text = String(value);
        for (let j = 0; j < text.length; j++) scratch[j] = text.charCodeAt(j);
        this.addClassified(cellClass, value, scratch, 0, text.length);
        continue;
      }
      this.#classes[cellClass]!++;
      this.#numbers[this.#numberCount++] = value;
      if (this.#numberCount === BUFFER) this.#flush();
    }
  }

  /** @param rowCount - rows of the whole; those without a cell here are missing. Nothing may be added afterwards. */
  finish(rowCount: number): ColumnProfile {
    this.#flush();
    const values = this.#values?.toMap();
    if (this.#values !== undefined) this.#countKnownNumbers(this.#values);
    const types = {
      integral: this.#classes[INTEGRAL]!,
      fractional: this.#classes[FRACTIONAL]!,
      boolean: this.#classes[BOOLEAN]!,
      text: this.#classes[TEXT]!,
    };
    const inferredType = inferType(types);
    const present = types.integral + types.fractional + types.boolean + types.text;
    return columnProfile({
      name: this.name,
      inferredType,
      present,
      missing: rowCount - present,
      nonFinite: this.#nonFinite,
      types,
      numeric: this.#moments.count === 0 ? undefined : { moments: this.#moments, sketch: this.#sketch },
      distinct: this.#distinct,
      values,
    });
  }

  #flush(): void {
    this.#moments.addAll(this.#numbers, this.#numberCount);
    this.#sketch.addAll(this.#numbers, this.#numberCount);
    if (this.#values === undefined) this.#distinct.addNumbers(this.#numbers, this.#numberCount);
    this.#numberCount = 0;
  }

  #dropValues(): void {
    const values = this.#values!;
    this.#values = undefined;
    this.#countKnownNumbers(values);
  }

  /** Numbers whose texts were counted one by one have not been seen by the distinct counter yet. */
  #countKnownNumbers(values: ValueTable): void {
    const numbers = new Float64Array(values.size);
    let count = 0;
    values.forEach((bytes, start, end) => {
      const cellClass = classifyCell(bytes, start, end);
      if (cellClass === INTEGRAL || cellClass === FRACTIONAL) numbers[count++] = cellNumber[0]!;
    });
    this.#distinct.addNumbers(numbers, count);
  }
}
