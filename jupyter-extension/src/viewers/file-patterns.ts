import type { FileKind } from './file-content.js';

/** Names of files as an endpoint's capture has them: minute, second and millisecond, then a UUID. */
export const capturePattern = '^\\d{2}-\\d{2}-\\d{3}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.jsonl$';

/** JupyterLab's own type of JSON Lines; other programs write such files, too. */
export const jsonLinesType = 'jsonl';

/** The names of files that a viewer opens: the service's own, and those that end in them (`monday_statistics.json`). */
export const filePatterns: Readonly<Record<FileKind, string>> = {
  statistics: '^(.*[._-])?statistics\\.json$',
  constraints: '^(.*[._-])?constraints\\.json$',
  violations: '^(.*[._-])?constraints?_violations\\.json$',
  analysis: '^(.*[._-])?analysis\\.json$',
  report: '^(.*[._-])?report\\.json$',
};

/** Whether a file holds a JSON value a line, by its name. */
export function isJsonLines(path: string): boolean {
  return /\.(jsonl|ndjson)$/i.test(path);
}
