import type { FileKind } from './file-content.js';

/** The names of files that a viewer opens: the service's own, and those that end in them (`monday_statistics.json`). */
export const filePatterns: Readonly<Record<FileKind, string>> = {
  statistics: '^(.*[._-])?statistics\\.json$',
  constraints: '^(.*[._-])?constraints\\.json$',
  violations: '^(.*[._-])?constraints?_violations\\.json$',
  analysis: '^(.*[._-])?analysis\\.json$',
  report: '^(.*[._-])?report\\.json$',
};
