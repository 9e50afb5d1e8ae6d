import { baselineFolder } from 'driftline/browser';
import type { ProjectRegistry } from './project-registry.js';
import { projectsAbove } from './projects-above.js';
import type { ServerFiles } from './server-files.js';

/** A monitor by its project's folder and its name. */
export type MonitorName = { readonly project: string; readonly monitor: string };

/** The monitor that a `constraints.json` judges, by where the file lies; undefined for any other file. Never throws. */
export async function monitorOfBaseline(
  path: string,
  files: ServerFiles,
  projects: ProjectRegistry,
): Promise<MonitorName | undefined> {
  try {
    for await (const project of projectsAbove(path, files)) {
      const store = await projects.open(project);
      const judged = Object.entries(store.config?.monitors ?? {}).find(
        ([name, config]) => store.serverPath(`${baselineFolder(name, config)}/constraints.json`) === path,
      );
      if (judged !== undefined) return { project: store.path, monitor: judged[0] };
    }
  } catch {
    // The file is shown without its monitor, too.
  }
  return undefined;
}
