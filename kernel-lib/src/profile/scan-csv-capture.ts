import { isUtf8 } from 'node:buffer';
import type { LineResult, ReadPlan, RecordPart } from '../capture/read-plan.js';
import {
  type CellClass,
  cellNumber,
  classifyCell,
  FRACTIONAL,
  INTEGRAL,
  MISSING,
  POWERS_OF_TEN,
} from './cell-class.js';
import type { ColumnBuilder } from './column-builder.js';
import { type LineTemplate, lineTemplate } from './line-template.js';

/** Lines handed on together. */
const MOST_LINES = 128;

/** Bytes that end a run of plain string content: quote, backslash, control characters. */
const STOPS: Uint8Array = new Uint8Array(256).fill(1, 0, 32);
STOPS[34] = 1;
STOPS[92] = 1;

/** The same and the comma: what ends a CSV cell that needs no unquoting. */
const CELL_STOPS: Uint8Array = STOPS.slice();
CELL_STOPS[44] = 1;

/** Whether none of four bytes is a stop, or beyond ASCII; false for a few others, too. */
function isPlain(word: number): boolean {
  const stops = (word - 0x20202020) | ((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101);
  return ((stops | word) & 0x80808080) === 0;
}

/** Where the JSON escape at the backslash `at` ends, or -1 when it is none. */
function escapeEnd(bytes: Buffer, at: number): number {
  const code = bytes[at + 1]!;
  if (code !== 117) return '"\\/bfnrt'.includes(String.fromCharCode(code)) ? at + 2 : -1;
  return /^[\da-fA-F]{4}$/.test(bytes.toString('latin1', at + 2, at + 6)) ? at + 6 : -1;
}

/**
 * Reads capture lines that look like one seen before, straight from their bytes: every byte outside the template's
 * fields is verified, cells hold no quote and no escape, and there are as many cells as columns. A line that differs
 * in any way is not read, and nothing of it is kept: the caller reads it as JSON.
 */
export class CsvLineScanner {
  readonly #columnCount: number;
  readonly #names: readonly string[];
  readonly #literals: Uint8Array;
  readonly #literalView: DataView;
  #bytes: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** Segment s: literal bytes [ends[s], ends[s + 1]), then its field (none after the last). */
  readonly #ends: Int32Array;
  /** First column of a field's cells, and their number; 0 cells for a field that makes no column. */
  readonly #firstColumns: Int32Array;
  readonly #cellCounts: Int32Array;

  /** Lines read and not yet handed on. */
  #lines = 0;
  /** Their cells, by column and within a column by line: index `column * MOST_LINES + line`. */
  readonly #classes: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #starts: Int32Array;
  readonly #stops: Int32Array;

  /**
   * A scanner for lines like this one; undefined where they are not for scanning.
   *
   * @param start - of the line, read as `result` before; `end` is past its newline.
   */
  static fromLine(
    bytes: Buffer,
    start: number,
    end: number,
    plan: ReadPlan,
    result: LineResult,
  ): CsvLineScanner | undefined {
    if (result.kind !== 'rows' || result.rows.rows.length !== 1) return undefined;
    const template = lineTemplate(bytes, start, end, plan.parts);
    if (template === undefined) return undefined;
    const { names, rows } = result.rows;
    const scanner = new CsvLineScanner(template, plan.parts, names);
    return scanner.#reads(bytes, start, end, rows[0]!) ? scanner : undefined;
  }

  private constructor(template: LineTemplate, parts: readonly RecordPart[], names: readonly string[]) {
    const { literals, fields } = template;
    this.#literals = Uint8Array.from(Buffer.concat(literals));
    this.#literalView = new DataView(this.#literals.buffer);
    this.#ends = new Int32Array(literals.length + 1);
    for (let s = 0; s < literals.length; s++) this.#ends[s + 1] = this.#ends[s]! + literals[s]!.length;
    const firstColumns = new Map<RecordPart, number>();
    let columns = 0;
    for (const part of parts) {
      firstColumns.set(part, columns);
      columns += fields.find((field) => field.part === part)?.cells ?? 0;
    }
    this.#firstColumns = Int32Array.from(fields, ({ part }) => (part && firstColumns.get(part)) ?? 0);
    this.#cellCounts = Int32Array.from(fields, ({ cells }) => cells);
    this.#columnCount = columns;
    this.#names = names;
    this.#classes = new Uint8Array(columns * MOST_LINES);
    this.#numbers = new Float64Array(columns * MOST_LINES);
    this.#starts = new Int32Array(columns * MOST_LINES);
    this.#stops = new Int32Array(columns * MOST_LINES);
  }

  /** The columns that lines read by this scanner fill, in the order of their cells. */
  get names(): readonly string[] {
    return this.#names;
  }

  /**
   * Reads the line at `at`; {@link keep} keeps what was read.
   *
   * @param bytes - with a newline at or after `at`, and at least seven more bytes of any kind.
   * @returns where the next line begins, or -1 when this line is not for this scanner.
   */
  read(bytes: Buffer, at: number): number {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const view = this.#view;
    const literals = this.#literals;
    const literalView = this.#literalView;
    const ends = this.#ends;
    const fieldCount = this.#cellCounts.length;
    let from = at;
    for (let segment = 0; ; segment++) {
      const end = ends[segment + 1]!;
      let i = ends[segment]!;
      // Eight bytes at a time as a double: equal ones have equal bytes, as text holds no zero byte.
      for (; i + 8 <= end; i += 8, from += 8) {
        if (view.getFloat64(from, true) !== literalView.getFloat64(i, true)) return -1;
      }
      for (; i < end; i++, from++) if (bytes[from] !== literals[i]) return -1;
      if (segment === fieldCount) return from;
      const cells = this.#cellCounts[segment]!;
      if (cells === 0) {
        for (;;) {
          while (isPlain(view.getInt32(from, true))) from += 4;
          while (STOPS[bytes[from]!] === 0) from++;
          if (bytes[from] !== 92) break;
          from = escapeEnd(bytes, from);
          if (from < 0) return -1;
        }
      } else {
        from = this.#readCells(bytes, from, this.#firstColumns[segment]!, cells);
        if (from < 0) return -1;
      }
    }
  }

  /**
   * Keeps the line last read, to be handed on with others.
   *
   * @returns whether {@link flush} is due now. It is due, too, before the bytes change or another line is added.
   */
  keep(): boolean {
    return ++this.#lines === MOST_LINES;
  }

  /** Adds the lines kept to their columns; their number. */
  flush(bytes: Buffer, columns: readonly ColumnBuilder[]): number {
    const lines = this.#lines;
    const cells = { classes: this.#classes, numbers: this.#numbers, starts: this.#starts, stops: this.#stops };
    for (let column = 0; column < this.#columnCount; column++) {
      columns[column]!.addBatch(bytes, cells, column * MOST_LINES, lines);
    }
    this.#lines = 0;
    return lines;
  }

  /** Reads `count` cells; the place of the quote or backslash after them, or -1. */
  #readCells(bytes: Buffer, at: number, firstColumn: number, count: number): number {
    const end = firstColumn + count;
    let from = at;
    let anyPresent = false;
    for (let column = firstColumn; ; ) {
      const start = from;
      const slot = column * MOST_LINES + this.#lines;
      let code = bytes[from]!;
      const negative = code === 45;
      if (negative) code = bytes[++from]!;
      const digits = from;
      let mantissa = 0;
      while (code >= 48 && code <= 57) {
        mantissa = (Math.imul(mantissa, 10) + code - 48) | 0;
        code = bytes[++from]!;
      }
      let cellClass: CellClass = MISSING;
      let decimals = 0;
      if (from > digits) {
        cellClass = INTEGRAL;
        if (code === 46) {
          const point = ++from;
          code = bytes[from]!;
          while (code >= 48 && code <= 57) {
            mantissa = (Math.imul(mantissa, 10) + code - 48) | 0;
            code = bytes[++from]!;
          }
          decimals = from - point;
          cellClass = decimals > 0 ? FRACTIONAL : MISSING;
        }
      }
      if (
        cellClass !== MISSING &&
        (code === 44 || code === 34 || code === 92) &&
        from - digits <= (decimals === 0 ? 9 : 10)
      ) {
        const value = decimals === 0 ? mantissa : mantissa / POWERS_OF_TEN[decimals]!;
        this.#numbers[slot] = negative ? -value : value;
      } else {
        // Missing, text, or a number of more digits than 32 bits hold, or in another notation.
        from = start;
        let bits = 0;
        code = bytes[from]!;
        while (CELL_STOPS[code] === 0) {
          bits |= code;
          code = bytes[++from]!;
        }
        if (bits > 127 && !isUtf8(bytes.subarray(start, from))) return -1;
        cellClass = classifyCell(bytes, start, from);
        this.#numbers[slot] = cellNumber[0]!;
      }
      if (cellClass !== MISSING) anyPresent = true;
      this.#classes[slot] = cellClass;
      this.#starts[slot] = start;
      this.#stops[slot] = from;
      column++;
      if (code === 44 && column < end) {
        from++;
      } else {
        return column === end && anyPresent && (code === 34 || code === 92) ? from : -1;
      }
    }
  }

  /** Whether this scanner reads the line at `start`, up to `end`, as the row that reading it as JSON gave. */
  #reads(bytes: Buffer, start: number, end: number, row: readonly (string | null)[]): boolean {
    if (row.length !== this.#columnCount || this.#names.length !== row.length) return false;
    if (this.read(bytes, start) !== end) return false;
    return row.every((cell, column) => {
      const slot = column * MOST_LINES;
      if (cell === null) return this.#classes[slot] === MISSING;
      return cell !== '' && cell === bytes.toString('utf8', this.#starts[slot]!, this.#stops[slot]!);
    });
  }
}
