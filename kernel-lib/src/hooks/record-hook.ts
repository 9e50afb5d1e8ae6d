/**
 * A pre-processing hook: a captured record in; a row, rows or nothing out. It is the default export of a module named
 * in the configuration, and synchronous: it runs once a record.
 *
 * - A row replaces what the record holds; its keys name the columns, in the key order of the record's first row. A key
 *   that a later row of the same record lacks is missing there.
 * - `null`, `undefined` and `[]` leave the record out on purpose: counted as dropped, not as quarantined.
 * - An exception quarantines the record with its file, line and message; the run goes on.
 *
 * @example
 * export default (record) => {
 *   if (record.eventMetadata.customAttributes['test'] === 'true') return null;
 *   return { ...record.output.rows[0], ...record.input.rows[0] };
 * };
 */
export type RecordHook = (record: HookRecord) => HookRow | readonly HookRow[] | null | undefined;

/** A captured record as a hook sees it. A side that the record lacks has no data and no rows. */
export interface HookRecord {
  readonly eventMetadata: {
    readonly eventId: string | undefined;
    readonly inferenceId: string | undefined;
    /** ISO, UTC. */
    readonly inferenceTime: string | undefined;
    readonly customAttributes: Readonly<Record<string, string>>;
  };
  readonly input: HookPart;
  readonly output: HookPart;
  /** Merged records only. */
  readonly groundTruth: HookPart;
}

/** A part of a captured record: its text as it was captured, and the rows in it. */
export interface HookPart {
  /** As captured: CSV, JSON or BASE64 text; empty where the record lacks this side. */
  readonly data: string;
  /** `CSV`, `JSON` or `BASE64`. */
  readonly encoding: string;
  readonly contentType: string | undefined;
  /**
   * The decoded rows, under the names they would have without the hook: cell texts as written, null where missing.
   * Decoded when first asked for; throws where the data cannot be read.
   */
  readonly rows: readonly Readonly<Record<string, string | null>>[];
}

/** A row made by a hook: cells by column. Numbers are written in JavaScript's shortest form; null is missing. */
export type HookRow = Readonly<Record<string, string | number | boolean | null | undefined>>;
