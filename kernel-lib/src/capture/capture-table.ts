import { decodeTransform } from './decode.js';
import { lineReason } from './line-reason.js';
import { partRows, type RowsOfPart } from './part-rows.js';
import type { RecordPart } from './read-plan.js';
import { type CaptureRecord, parseRecord } from './record.js';

/** A column of the table: named by a JSON key or by the given names, else known by its place alone. */
export interface CaptureTableColumn {
  readonly part: RecordPart;
  readonly name: string | undefined;
  /** From 0, within its part. */
  readonly position: number;
}

/** A row of a captured request; most requests have one. */
export interface CaptureTableRow {
  /** One-based line of the file. */
  readonly line: number;
  /** From 0, of `rows` in the same line. */
  readonly row: number;
  readonly rows: number;
  readonly eventId?: string;
  readonly inferenceId?: string;
  /** As written. */
  readonly inferenceTime?: string;
  /** `CSV`, `JSON`, `BASE64`, or empty, of each part that the line has. */
  readonly encodings: Readonly<Partial<Record<RecordPart, string>>>;
  readonly customAttributes: Readonly<Record<string, string>>;
  /** Aligned with the columns; null where the value is missing, undefined where the line has no such column. */
  readonly cells: readonly (string | null | undefined)[];
}

/** A line that could not be read. */
export interface UnreadableLine {
  readonly line: number;
  readonly reason: string;
  /** Its beginning. */
  readonly excerpt: string;
}

/** Captured lines as a table. */
export interface CaptureTable {
  /** Ground truth, then output, then input, each in the order in which the lines have them. */
  readonly columns: readonly CaptureTableColumn[];
  readonly rows: readonly CaptureTableRow[];
  /** Lines that were read. */
  readonly records: number;
  /** Columns beyond the bound, which `rows` do not have. */
  readonly columnsLeftOut: number;
  readonly unreadable: number;
  /** The first ones. */
  readonly unreadableLines: readonly UnreadableLine[];
}

export interface CaptureTableOptions {
  /** Names for cells that come without one, by position in their part; used where there are as many as cells. */
  readonly names?: Readonly<Partial<Record<RecordPart, readonly string[]>>>;
  /** Default: 300. */
  readonly mostColumns?: number;
}

const EXCERPT = 200;
const UNREADABLE_KEPT = 100;
const parts = ['ground-truth', 'output', 'input'] as const satisfies readonly RecordPart[];

/**
 * Decodes captured lines for people: real-time capture, merged records, ground truth, and batch-transform lines, each with
 * whatever parts it has. A line that a check would put into quarantine for its content is unreadable here for the same
 * reason. Lines are added one by one, so that a caller can pause between them.
 */
export class CaptureTableBuilder {
  readonly #names: NonNullable<CaptureTableOptions['names']>;
  readonly #mostColumns: number;
  readonly #columns = new Map<string, { readonly column: CaptureTableColumn; readonly index: number }>();
  readonly #rows: CaptureTableRow[] = [];
  readonly #unreadable: UnreadableLine[] = [];
  readonly #leftOut = new Set<string>();
  #unreadableCount = 0;
  #records = 0;

  constructor({ names = {}, mostColumns = 300 }: CaptureTableOptions = {}) {
    this.#names = names;
    this.#mostColumns = mostColumns;
  }

  get rowCount(): number {
    return this.#rows.length;
  }

  /** @param ended - false for a last line without a newline: its writer may not have finished it. */
  add(line: number, text: string, ended: boolean): void {
    if (text.trim() === '') return;
    const record = parseRecord(text);
    const found = 'reason' in record ? record : partRows(record, presentParts(record));
    if ('reason' in record || 'reason' in found) {
      const { reason } = found as { readonly reason: string };
      this.#unreadableCount += 1;
      if (this.#unreadable.length < UNREADABLE_KEPT) {
        this.#unreadable.push({ line, reason: lineReason(reason, ended), excerpt: text.slice(0, EXCERPT) });
      }
      return;
    }
    this.#records += 1;
    this.#addRows(line, record, found);
  }

  /** The table of all lines that were added. */
  table(): CaptureTable {
    const order = [...this.#columns.values()].sort(
      (a, b) => parts.indexOf(a.column.part) - parts.indexOf(b.column.part) || a.index - b.index,
    );
    return {
      columns: order.map(({ column }) => column),
      rows: this.#rows.map((row) => ({ ...row, cells: order.map(({ index }) => row.cells[index]) })),
      records: this.#records,
      columnsLeftOut: this.#leftOut.size,
      unreadable: this.#unreadableCount,
      unreadableLines: this.#unreadable,
    };
  }

  #addRows(line: number, record: CaptureRecord, found: readonly RowsOfPart[]): void {
    const { eventId, inferenceId, inferenceTime, customAttributes } = record;
    const places = found.map(({ part, rows }) => this.#places(part, rows.names, rows.width));
    const rows = found[0]?.rows.cells.length ?? 0;
    const shared = {
      line,
      rows,
      ...(eventId !== undefined && { eventId }),
      ...(inferenceId !== undefined && { inferenceId }),
      ...(inferenceTime !== undefined && { inferenceTime }),
      encodings: encodingsOf(record),
      customAttributes,
    };
    for (let row = 0; row < rows; row++) {
      const cells: (string | null | undefined)[] = [];
      found.forEach((part, index) => {
        part.rows.cells[row]?.forEach((cell, position) => {
          const place = places[index]?.[position];
          if (place !== undefined) cells[place] = cell;
        });
      });
      this.#rows.push({ ...shared, row, cells });
    }
  }

  /** Where the cells of a part go; undefined for columns beyond the bound. */
  #places(part: RecordPart, own: readonly string[] | undefined, width: number): (number | undefined)[] {
    const given = this.#names[part];
    const names = own ?? (given?.length === width ? given : undefined);
    return Array.from({ length: width }, (_, position) => {
      const name = names?.[position];
      const key = JSON.stringify([part, name ?? position]);
      const known = this.#columns.get(key);
      if (known !== undefined) return known.index;
      if (this.#columns.size >= this.#mostColumns) {
        this.#leftOut.add(key);
        return undefined;
      }
      const index = this.#columns.size;
      this.#columns.set(key, { column: { part, name, position }, index });
      return index;
    });
  }
}

function presentParts(record: CaptureRecord): RecordPart[] {
  const transform = record.batchTransformOutput && decodeTransform(record.batchTransformOutput);
  const joined = transform !== undefined && !('reason' in transform) && transform.input !== undefined;
  const present: Readonly<Record<RecordPart, boolean>> = {
    'ground-truth': record.groundTruth !== undefined,
    output: record.output !== undefined || transform !== undefined,
    input: record.input !== undefined || joined,
  };
  return parts.filter((part) => present[part]);
}

function encodingsOf(record: CaptureRecord): Partial<Record<RecordPart, string>> {
  const { groundTruth, input, output = record.batchTransformOutput } = record;
  return {
    ...(groundTruth && { 'ground-truth': groundTruth.encoding }),
    ...(output && { output: output.encoding }),
    ...(input && { input: input.encoding }),
  };
}
