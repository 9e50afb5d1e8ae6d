import type { ProjectRegistry } from '../../project/project-registry.js';

/** Which projects are to be open. */
export interface WantedProjects {
  /** Of the settings; where there are none, projects are searched for. */
  readonly set: readonly string[];
  /** What an earlier search found. */
  readonly known: readonly string[];
}

/**
 * Opens the projects of the settings, else those that are known and then those that are found; known ones that are gone are
 * closed.
 *
 * @param onOpen - called when some are open and others may follow.
 * @returns what the search found; undefined where it was not needed.
 */
export async function openProjects(
  projects: ProjectRegistry,
  { set, known }: WantedProjects,
  onOpen: () => void,
): Promise<readonly string[] | undefined> {
  const open = async (paths: readonly string[]): Promise<void> => {
    await Promise.all(paths.map((path) => projects.open(path)));
  };
  if (set.length > 0) {
    await open(set);
    return undefined;
  }
  await open(known);
  onOpen();
  const found = await projects.search();
  for (const path of known) if (!found.includes(path)) projects.close(path);
  await open(found);
  return found;
}
