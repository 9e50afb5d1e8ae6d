/** Stable codes of {@link MonitorError}; each is explained in docs/errors.md. */
export type MonitorErrorCode =
  | 'USAGE'
  | 'CONFIGURATION'
  | 'FILE_NOT_FOUND'
  | 'FILE_NOT_READABLE'
  | 'FILE_NOT_WRITABLE'
  | 'FORMAT'
  | 'COLUMN_NOT_FOUND'
  | 'COLUMN_COUNT'
  | 'NO_DATA'
  | 'S3_CREDENTIALS'
  | 'S3_ACCESS_DENIED'
  | 'S3_BUCKET_NOT_FOUND'
  | 'S3_UNAVAILABLE'
  | 'S3_OBJECT_CHANGED'
  | 'ENGINE'
  | 'HOOK'
  | 'MODEL'
  | 'LIMIT'
  | 'ABORTED';

/** What a {@link MonitorError} says besides what happened. */
export interface MonitorErrorOptions {
  /** The place: a path, with a line or column where there is one. */
  readonly where?: string;
  /** What the reader can do about it. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/**
 * Every error the library throws: what happened, where, and how to fix it.
 * `message` holds all three, a line each, so that it reads well wherever it is printed.
 */
export class MonitorError extends Error {
  override readonly name = 'MonitorError';
  readonly code: MonitorErrorCode;
  readonly what: string;
  readonly where: string | undefined;
  readonly fix: string | undefined;

  constructor(code: MonitorErrorCode, what: string, options: MonitorErrorOptions = {}) {
    const lines = [what];
    if (options.where !== undefined) lines.push(`  at: ${options.where}`);
    if (options.fix !== undefined) lines.push(`  fix: ${options.fix}`);
    super(lines.join('\n'), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.what = what;
    this.where = options.where;
    this.fix = options.fix;
  }
}

/** The same error inside a larger place: "rows.csv, row 3"; anything else as it is. */
export function placed(error: unknown, place: string): unknown {
  if (!(error instanceof MonitorError) || error.where === place) return error;
  const { code, what, where, fix, cause } = error;
  return new MonitorError(code, what, {
    where: where === undefined ? place : `${place}, ${where}`,
    ...(fix !== undefined && { fix }),
    cause,
  });
}
