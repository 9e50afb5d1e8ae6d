/** A line that could not be used. */
export interface RejectedLine {
  /** The file's address. */
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Stable text without values, so that equal faults group. */
  readonly reason: string;
  /** The first 200 characters of the line. */
  readonly excerpt: string;
}

const EXCERPT = 200;

/** Makes a {@link RejectedLine} of a line as it stands in the file. */
export function rejectedLine(file: string, line: number, reason: string, raw: string): RejectedLine {
  const text = ` ${raw.slice(0, EXCERPT)}`.slice(1);
  return { file, line, reason, excerpt: text.replace(/[\r\n]+$/, '') };
}
