/** A value as it leaves an engine: the driver's own types never do. */
export type Cell = string | number | boolean | null;
export type Row = Readonly<Record<string, Cell>>;

/** One column of a chunk. Numbers come as doubles with `valid[i] === 0` for null; text as strings or null. */
export type ChunkColumn =
  | { readonly kind: 'number'; readonly values: Float64Array; readonly valid: Uint8Array }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] };

export interface Chunk {
  readonly rowCount: number;
  readonly columns: readonly ChunkColumn[];
}

export interface QueryOptions {
  readonly signal?: AbortSignal;
}

/**
 * What a SQL engine does for Driftline: it counts and hands out columns; every number a person sees is concluded from
 * them by TypeScript (docs/decisions). Names and strings enter SQL through `quoteIdentifier` and `quoteString` only.
 */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** The few words in which engines differ. */
  readonly dialect: Dialect;
  /** Small results as rows. Throws `ENGINE` with the SQL. */
  query(sql: string, options?: QueryOptions): Promise<Row[]>;
  /** Large results as typed columns, a chunk at a time; bounded memory. */
  stream(sql: string, options?: QueryOptions): AsyncIterable<Chunk>;
  close(): Promise<void>;
}

export interface Dialect {
  readonly name: string;
  quoteIdentifier(name: string): string;
  quoteString(text: string): string;
}
