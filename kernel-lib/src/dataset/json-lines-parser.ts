import { lineReason } from '../capture/line-reason.js';
import { jsonRow, type NamedCells } from './json-row.js';

/** Takes what a {@link JsonLinesParser} finds, in order. Lines are one-based. */
export interface JsonLinesSink {
  row(cells: NamedCells): void;
  rejected(line: number, reason: string, raw: string): void;
}

/** JSON Lines, with either line end; blank lines are passed over. Feed it blocks that end anywhere. */
export class JsonLinesParser {
  readonly #sink: JsonLinesSink;
  #rest = '';
  #line = 0;

  constructor(sink: JsonLinesSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.#rest + lines[0]!;
    this.#rest = lines.pop()!;
    for (const line of lines) this.#read(line, true);
  }

  /** The end of the file: what is not JSON there was half-written. */
  end(): void {
    this.#read(this.#rest, false);
    this.#rest = '';
  }

  #read(line: string, ended: boolean): void {
    this.#line++;
    if (line.trim() === '') return;
    const row = jsonRow(line);
    if (!('reason' in row)) this.#sink.row(row);
    else this.#sink.rejected(this.#line, lineReason(row.reason, ended), line);
  }
}
