/** A line or record that could not be used: counted, kept with its place and reason, never silently dropped. */
export interface QuarantinedLine {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Stable text without values, so that equal faults group: "not JSON", "input has 13 columns, expected 14". */
  readonly reason: string;
  /** The first 200 characters of the line. */
  readonly excerpt: string;
}

/** What reading came to; `ReadTally` adds several up. */
export interface ReadSummary {
  readonly files: number;
  readonly bytes: number;
  /** Captured requests (lines) that were read; one may hold several rows. */
  readonly records: number;
  readonly rows: number;
  /** Records that the pre-processing hook left out on purpose. */
  readonly dropped: number;
  readonly quarantined: number;
  /** Rows by reason, most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** The first 20 of them, in file and line order. */
  readonly examples: readonly QuarantinedLine[];
}

export const QUARANTINE_EXAMPLES = 20;

/** How the columns of captured CSV, which has no header, got their names. */
export interface ColumnMapping {
  readonly source: 'configuration' | 'baseline-position' | 'json-keys' | 'header' | 'position';
  readonly columns: readonly {
    /** Which part of the record it comes from. */
    readonly part: 'output' | 'input' | 'ground-truth' | 'file' | 'hook';
    /** Zero-based within its part. */
    readonly index: number;
    readonly name: string;
    /** The first value seen, so that a swapped column is noticed before it misleads. */
    readonly example?: string;
  }[];
  /** Set where the names look misplaced: "column \"label\" gets the model's output". */
  readonly warning?: string;
}

/** How many predictions have their label, and how late labels come. */
export interface LabelCoverage {
  readonly predictions: number;
  readonly labelled: number;
  /** Labels for predictions that are not in the window, or not known at all. */
  readonly unmatchedLabels: number;
  /** Labels that came again for the same prediction; the last one counts. */
  readonly repeatedLabels: number;
  /** Digest of the ground-truth files read: another one means that labels have come since. */
  readonly labelsVersion?: string;
  /** By captured hour, ascending. */
  readonly hours: readonly { readonly hour: string; readonly predictions: number; readonly labelled: number }[];
  /** Hours from prediction to label, over the labelled; by the hour folder in which the label lies. Absent without any. */
  readonly delayHours?: { readonly median: number; readonly p95: number; readonly max: number };
}
