import { lineReason } from '../capture/line-reason.js';
import type { LineResult, ReadPlan } from '../capture/read-plan.js';
import { ReadTally } from '../capture/read-tally.js';
import type { CaptureTask, FilePiece, TaskResult } from './capture-task.js';
import type { ColumnBuilder } from './column-builder.js';
import { ProfileBuilder } from './profile-builder.js';
import { profileToState } from './profile-file.js';
import { LineBuffer, readLines } from './read-lines.js';
import { CsvLineScanner } from './scan-csv-capture.js';

/** How one line becomes rows: `createLineReader`. */
export type ReadLine = (line: string) => LineResult;

/** Shapes of line that are scanned side by side, and how many lines are looked at to find them. */
const MOST_SCANNERS = 8;
const MOST_ATTEMPTS = 64;
const EXCERPT = 200;

/** Some whole lines of a piece, and where they stand in it. */
interface LinesBlock {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The block is a last line without a newline of its own. */
  readonly unended: boolean;
  readonly uri: string;
  readonly linesBefore: number;
}

/**
 * Profiles tasks, one after the other, in the thread it lives in. Lines that look like one seen before are scanned;
 * all others, and all lines where a hook or a window must judge each record, are read as JSON.
 */
export class TaskProfiler {
  readonly #plan: ReadPlan;
  readonly #readLine: ReadLine;
  readonly #buffer = new LineBuffer();
  readonly #scanners: CsvLineScanner[] = [];
  #attempts: number;

  /** @param scan - false: read every line as JSON, for comparison. */
  constructor(plan: ReadPlan, readLine: ReadLine, scan: boolean = true) {
    this.#plan = plan;
    this.#readLine = readLine;
    this.#attempts = scan && plan.recordHook === undefined && plan.window === undefined ? MOST_ATTEMPTS : 0;
  }

  run(task: CaptureTask, onBytes: (bytes: number) => void): TaskResult {
    const builder = new ProfileBuilder();
    const pieces = task.pieces.map((piece) => this.#runPiece(piece, builder, onBytes));
    return { profile: profileToState(builder.finish()), pieces };
  }

  #runPiece(piece: FilePiece, builder: ProfileBuilder, onBytes: (bytes: number) => void): TaskResult['pieces'][number] {
    const tally = new ReadTally();
    if (piece.start === 0) tally.files = 1;
    let lines = 0;
    const countBytes = (bytes: number): void => {
      tally.bytes += bytes;
      onBytes(bytes);
    };
    const sink = (bytes: Buffer, start: number, end: number, unended: boolean): void => {
      const block = { bytes, start, end, unended, uri: piece.uri, linesBefore: lines };
      lines += this.#readBlock(block, builder, tally);
    };
    readLines(piece, this.#buffer, sink, countBytes);
    return { lines, read: tally.toSummary() };
  }

  #readBlock(block: LinesBlock, builder: ProfileBuilder, tally: ReadTally): number {
    const { bytes, start, end } = block;
    let lines = 0;
    let scanned = 0;
    let scanner: CsvLineScanner | undefined;
    let columns: readonly ColumnBuilder[] = [];
    for (let at = start; at < end; ) {
      lines++;
      let next = scanner === undefined ? -1 : scanner.read(bytes, at);
      if (next < 0) {
        scanned += scanner?.flush(bytes, columns) ?? 0;
        scanner = this.#scanners.find((other) => {
          if (other !== scanner) next = other.read(bytes, at);
          return next >= 0;
        });
        if (scanner !== undefined) columns = builder.columnsFor(scanner.names);
      }
      if (scanner === undefined) {
        next = bytes.indexOf(10, at) + 1;
        this.#readAsJson(block, at, next, builder, tally, block.linesBefore + lines);
      } else if (scanner.keep()) {
        scanned += scanner.flush(bytes, columns);
      }
      at = next;
    }
    scanned += scanner?.flush(bytes, columns) ?? 0;
    builder.countRows(scanned);
    tally.records += scanned;
    tally.rows += scanned;
    return lines;
  }

  #readAsJson(
    { bytes, unended, uri }: LinesBlock,
    start: number,
    end: number,
    builder: ProfileBuilder,
    tally: ReadTally,
    line: number,
  ): void {
    const text = bytes.toString('utf8', start, end - 1);
    if (text.trim() === '') return;
    const result = this.#readLine(text);
    if (result.kind === 'quarantined') {
      const reason = lineReason(result.reason, !unended);
      tally.quarantine({ file: uri, line, reason, excerpt: text.slice(0, EXCERPT) });
    } else if (result.kind === 'dropped') {
      tally.records++;
      tally.dropped++;
    } else if (result.kind === 'rows') {
      const { names, rows } = result.rows;
      tally.records++;
      tally.rows += rows.length;
      for (const row of rows) builder.addRow(names, row);
      this.#learn(bytes, start, end, result);
    }
  }

  #learn(bytes: Buffer, start: number, end: number, result: LineResult): void {
    if (this.#attempts === 0 || this.#scanners.length === MOST_SCANNERS) return;
    this.#attempts--;
    const scanner = CsvLineScanner.fromLine(bytes, start, end, this.#plan, result);
    if (scanner !== undefined) this.#scanners.push(scanner);
  }
}
