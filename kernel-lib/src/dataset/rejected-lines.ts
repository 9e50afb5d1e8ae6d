/** A line that could not be used. */
export interface RejectedLine {
  /** The file's address. */
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Stable text without values, so that equal faults group. */
  readonly reason: string;
  /** The first 200 characters of the line; empty past the first thousand lines, which bounds memory. */
  readonly excerpt: string;
}

const EXCERPT = 200;
const EXCERPTS = 1_000;

/** Keeps a line as it stands in the file. Memory: past a thousand lines their place and reason only. */
export function reject(rejected: RejectedLine[], file: string, line: number, reason: string, raw: string): void {
  const excerpt = rejected.length < EXCERPTS ? ` ${raw.slice(0, EXCERPT)}`.slice(1).replace(/[\r\n]+$/, '') : '';
  rejected.push({ file, line, reason, excerpt });
}
