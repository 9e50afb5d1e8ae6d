import type { TranslationBundle } from '@jupyterlab/translation';
import type { FileKind } from '../viewers/file-content.js';
import { filePatterns } from '../viewers/file-patterns.js';

/** A file of the file browser. */
export interface SelectedFile {
  readonly path: string;
  readonly name: string;
  readonly type: string;
  /** ISO. */
  readonly last_modified: string;
}

/** What a file is by its name; undefined where it is none of ours. */
export function kindOfName(name: string): FileKind | undefined {
  // Violations first: their name ends as that of constraints does not, but both have the word.
  const kinds = ['violations', 'statistics', 'constraints', 'analysis', 'report'] as const;
  return kinds.find((kind) => new RegExp(filePatterns[kind]).test(name));
}

/** Whether two kinds of file can be compared. */
function areComparable(one: FileKind, other: FileKind): boolean {
  if (one === other) return one !== 'violations';
  return [one, other].sort().join() === 'constraints,statistics';
}

/** Why a selection cannot be compared, in a few words; undefined where it can. */
export function whyNotComparable(files: readonly SelectedFile[], trans: TranslationBundle): string | undefined {
  const [first, second] = files;
  if (files.length !== 2 || first === undefined || second === undefined) return trans.__('select two files');
  const kinds = [kindOfName(first.name), kindOfName(second.name)] as const;
  if (first.type === 'directory' || second.type === 'directory') return trans.__('select two files');
  if (kinds[0] === undefined || kinds[1] === undefined) return trans.__('select result files');
  if (kinds[0] === 'violations' && kinds[1] === 'violations') return trans.__('compare their reports');
  return areComparable(kinds[0], kinds[1]) ? undefined : trans.__('select two files of one kind');
}
