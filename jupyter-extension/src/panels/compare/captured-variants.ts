import { joinPath, type ServerFiles } from '../../project/server-files.js';

/** Variants are proposed as far as so many folders tell. */
const LOOKED_AT = 50;

/**
 * The variants of an endpoint's capture, by its folders: those that hold years, in the folder that the project file names or
 * one below it. Empty where that is a variant's own folder, and where it cannot be listed.
 */
export async function capturedVariants(capture: string, files: ServerFiles): Promise<readonly string[]> {
  const foldersOf = async (folder: string): Promise<readonly string[]> => {
    try {
      const entries = await files.list(folder);
      return entries.flatMap(({ name, folder: isFolder }) => (isFolder ? [name] : [])).slice(0, LOOKED_AT);
    } catch {
      return [];
    }
  };
  const names = await foldersOf(capture);
  if (names.some(isYear)) return [];
  const below = await Promise.all(names.map((name) => foldersOf(joinPath(capture, name))));
  const variants = names.filter((_, index) => below[index]?.some(isYear));
  const [only] = names;
  if (variants.length > 0 || names.length !== 1 || only === undefined) return variants;
  return (below[0] ?? []).some(isYear) ? [only] : capturedVariants(joinPath(capture, only), files);
}

function isYear(name: string): boolean {
  return /^\d{4}$/.test(name);
}
