import { QUARANTINE_EXAMPLES, type QuarantinedLine, type ReadSummary } from './summary.js';

/** Counts what became of lines while they are read; the counterpart of {@link ReadSummary} that can grow. */
export class ReadTally {
  files = 0;
  bytes = 0;
  records = 0;
  rows = 0;
  dropped = 0;
  #quarantined = 0;
  readonly #reasons = new Map<string, number>();
  readonly #examples: QuarantinedLine[] = [];

  quarantine(line: QuarantinedLine): void {
    this.#quarantined++;
    this.#reasons.set(line.reason, (this.#reasons.get(line.reason) ?? 0) + 1);
    if (this.#examples.length < QUARANTINE_EXAMPLES) this.#examples.push(line);
  }

  /**
   * Adds the summary of what was read next.
   *
   * @param linesBefore - of the same files, that were read before: added to the line numbers of the examples.
   */
  add(summary: ReadSummary, linesBefore: number = 0): void {
    this.files += summary.files;
    this.bytes += summary.bytes;
    this.records += summary.records;
    this.rows += summary.rows;
    this.dropped += summary.dropped;
    this.#quarantined += summary.quarantined;
    for (const { reason, count } of summary.reasons) {
      this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + count);
    }
    for (const example of summary.examples) {
      if (this.#examples.length === QUARANTINE_EXAMPLES) break;
      this.#examples.push({ ...example, line: example.line + linesBefore });
    }
  }

  toSummary(): ReadSummary {
    return {
      files: this.files,
      bytes: this.bytes,
      records: this.records,
      rows: this.rows,
      dropped: this.dropped,
      quarantined: this.#quarantined,
      reasons: [...this.#reasons]
        .map(([reason, count]) => ({ reason, count }))
        .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
      examples: [...this.#examples],
    };
  }
}
