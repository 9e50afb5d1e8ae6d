import type { ServerFiles } from './server-files.js';

/** Folders with a `driftline.yaml` that a file lies in, the nearest first, up to the server's root. */
export async function* projectsAbove(path: string, files: ServerFiles): AsyncGenerator<string> {
  const folders = path.split('/').slice(0, -1);
  for (let depth = folders.length; depth >= 0; depth--) {
    const folder = folders.slice(0, depth).join('/');
    const entries = await files.list(folder).catch(() => []);
    if (entries.some((entry) => entry.name === 'driftline.yaml' && !entry.folder)) yield folder;
  }
}
