import { kindOfName, type SelectedFile } from './comparable.js';

/** Two files by what they are in the comparison. */
export type FilePair = { readonly baseline: string; readonly current: string };

/** The date and hour in a path, as results and captures have them; of other depths, what there is. */
const datedFolders = /(?:^|\/)(\d{4}(?:\/\d{2}){1,3})(?=\/)/;

/**
 * Which of two files is the baseline: the constraints of statistics; the one in a folder that is called so; the one of the
 * earlier date in its path; the one that was written earlier; the first by its path.
 */
export function proposeBaseline(one: SelectedFile, other: SelectedFile): FilePair {
  const order =
    byTruth(one, other, ({ name }) => kindOfName(name) === 'constraints') ||
    byTruth(one, other, ({ path }) => path.split('/').some((part) => /^baseline/i.test(part))) ||
    byText(dateOf(one), dateOf(other)) ||
    byText(one.last_modified, other.last_modified) ||
    byText(one.path, other.path);
  const [baseline, current] = order <= 0 ? [one, other] : [other, one];
  return { baseline: baseline.path, current: current.path };
}

function dateOf({ path }: SelectedFile): string | undefined {
  return datedFolders.exec(path)?.[1];
}

/** What is true of one only comes first. */
function byTruth(one: SelectedFile, other: SelectedFile, is: (file: SelectedFile) => boolean): number {
  return Number(is(other)) - Number(is(one));
}

function byText(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined || one === other) return 0;
  return one < other ? -1 : 1;
}
