/** Takes what a {@link CsvParser} finds, in order. Lines are one-based; a record's line is the one it begins on. */
export interface CsvSink {
  /** `raw`: the record's text as it stands in the file. */
  record(cells: string[], line: number, raw: string): void;
  rejected(line: number, reason: string, raw: string): void;
}

/** A quoted cell may span lines, but a record no more than this: else one stray quote would swallow a file. */
const LONGEST_RECORD = 1 << 20;
/** V8 keeps a whole block in memory for the sake of a longer slice of it. */
const LONGEST_COPIED = 12;

/**
 * Comma-separated text as RFC 4180 has it, with either line end, even mixed. Cells are as written: nothing is trimmed,
 * and a quote inside an unquoted cell is a character. Blank lines are passed over; `''` is a missing cell, quoted or not.
 *
 * A quote that is not closed within a megabyte, and text behind a closing quote, reject the line they begin on; reading
 * goes on with the next. Feed it blocks that end anywhere; time O(n), memory a block and the longest record.
 */
export class CsvParser {
  readonly #sink: CsvSink;
  #rest = '';
  #line = 1;
  /** Whether the file's last line has no line end, once `end()` was called: it may be half-written. */
  unended = false;

  constructor(sink: CsvSink) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#rest = this.#parse(this.#rest + text, false);
  }

  /** The end of the file: a last line without a line end counts. */
  end(): void {
    this.unended = this.#rest !== '' && !this.#rest.endsWith('\n');
    if (this.#rest !== '') this.#parse(this.unended ? `${this.#rest}\n` : this.#rest, true);
    this.#rest = '';
  }

  /** Returns what is left: the beginning of a line or of a quoted record. */
  #parse(text: string, last: boolean): string {
    let at = 0;
    let nextQuote = text.indexOf('"');
    for (;;) {
      const newline = text.indexOf('\n', at);
      if (newline < 0) return text.slice(at);
      if (nextQuote >= 0 && nextQuote < at) nextQuote = text.indexOf('"', at);
      if (nextQuote < 0 || nextQuote > newline) {
        this.#plainLine(text.slice(at, lineEnd(text, at, newline)));
        at = newline + 1;
        continue;
      }
      const record = quotedRecord(text, at);
      if (record.kind === 'open' && !last && text.length - at < LONGEST_RECORD) return text.slice(at);
      if (record.kind === 'record') {
        this.#sink.record(record.cells, this.#line, text.slice(at, record.end));
        this.#line += record.lines;
        at = record.end;
      } else {
        const reason = record.kind === 'open' ? 'has a quote that is not closed' : 'has text behind a closing quote';
        this.#sink.rejected(this.#line++, reason, text.slice(at, newline));
        at = newline + 1;
      }
    }
  }

  #plainLine(line: string): void {
    if (line !== '') this.#sink.record(line.split(',').map(own), this.#line, line);
    this.#line++;
  }
}

type QuotedRecord =
  | { readonly kind: 'record'; readonly cells: string[]; readonly end: number; readonly lines: number }
  | { readonly kind: 'open' | 'behind' };

/** The record that begins at `at`, where a quote comes before the line's end. `end` is past its newline. */
function quotedRecord(text: string, at: number): QuotedRecord {
  const cells: string[] = [];
  let lines = 1;
  let from = at;
  for (;;) {
    if (text[from] !== '"') {
      const newline = text.indexOf('\n', from);
      if (newline < 0) return { kind: 'open' };
      const comma = text.indexOf(',', from);
      if (comma >= 0 && comma < newline) {
        cells.push(own(text.slice(from, comma)));
        from = comma + 1;
        continue;
      }
      cells.push(own(text.slice(from, lineEnd(text, from, newline))));
      return { kind: 'record', cells, end: newline + 1, lines };
    }
    let close = text.indexOf('"', from + 1);
    while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
    if (close < 0 || close + 1 >= text.length) return { kind: 'open' };
    const cell = text.slice(from + 1, close);
    for (let i = cell.indexOf('\n'); i >= 0; i = cell.indexOf('\n', i + 1)) lines++;
    cells.push(own(cell.includes('"') ? cell.replaceAll('""', '"') : cell));
    from = close + 1;
    if (text[from] === ',') from++;
    else if (text[from] === '\n') return { kind: 'record', cells, end: from + 1, lines };
    else if (text[from] === '\r' && from + 1 >= text.length) return { kind: 'open' };
    else if (text[from] === '\r' && text[from + 1] === '\n') return { kind: 'record', cells, end: from + 2, lines };
    else return { kind: 'behind' };
  }
}

function lineEnd(text: string, at: number, newline: number): number {
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The cell as a string of its own. */
function own(cell: string): string {
  return cell.length > LONGEST_COPIED ? ` ${cell}`.slice(1) : cell;
}
