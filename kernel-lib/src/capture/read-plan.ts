/**
 * How lines become rows: decided once per run (`resolveColumns`), plain data so that it goes to worker threads, and
 * part of the key under which hourly profiles are kept.
 */
export interface ReadPlan {
  /** The parts of a record that make columns, in column order; the service puts the output first. */
  readonly parts: readonly RecordPart[];
  /** Names for cells that come without a name (CSV, JSON arrays), by position within their part. */
  readonly names: Readonly<Partial<Record<RecordPart, readonly string[]>>>;
  /** Set when hours must be cut by each record's own time: the window does not begin and end on whole hours. */
  readonly window?: { readonly start: string; readonly end: string };
  /** Absolute path of the pre-processing hook's module. */
  readonly recordHook?: string;
}

/** A part of a captured record that makes columns. */
export type RecordPart = 'output' | 'input' | 'ground-truth';

/** The rows of one record: text cells as written (null: missing), one array a row, aligned with `names`. */
export interface RecordRows {
  /** The same array instance for records of the same shape, so that callers can cache by identity. */
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What one line came to: rows, left out on purpose (outside the window, or by the hook), or a reason for quarantine. */
export type LineResult =
  | { readonly kind: 'rows'; readonly rows: RecordRows }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'outside-window' }
  | { readonly kind: 'quarantined'; readonly reason: string };
