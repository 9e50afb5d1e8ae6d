import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';

/** The release of tslab whose display channel `report/display.ts` knows. */
const TSLAB = 'tslab@1.0.22';

/** `kernel.json`, as Jupyter reads it. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'signal';
  readonly env: Readonly<Record<string, string>>;
}

/** The folder of this package. */
export function libraryFolder(): string {
  return realpathSync(fileURLToPath(new URL('../../', import.meta.url)));
}

/**
 * The kernel of the library in `library`: tslab by absolute paths, so that it starts in any folder, and finds this library
 * there. tslab is looked for where the library's own packages are, then where `folder`'s are.
 *
 * @throws MonitorError `FILE_NOT_FOUND` where tslab is not installed.
 */
export function kernelSpec(library: string, folder: string): KernelSpec {
  return {
    argv: [process.execPath, findTslab(library, folder), 'kernel', '--config-path', '{connection_file}'],
    display_name: 'Driftline (TypeScript)',
    language: 'typescript',
    interrupt_mode: 'signal',
    env: { NODE_PATH: packagesWith(library), DRIFTLINE_LIBRARY: library },
  };
}

function findTslab(library: string, folder: string): string {
  for (const from of [library, folder]) {
    try {
      const manifest = createRequire(path.join(from, 'package.json')).resolve('tslab/package.json');
      return path.join(path.dirname(manifest), 'bin', 'tslab');
    } catch {
      // Not there: looked for in the next place.
    }
  }
  throw new MonitorError('FILE_NOT_FOUND', 'tslab, which runs TypeScript in Jupyter, is not installed.', {
    where: library,
    fix: `run "npm install ${TSLAB}" in the folder in which driftline was installed, then this command again`,
  });
}

/** The `node_modules` folder in which the library is found by its name; that beside it where there is none. */
function packagesWith(library: string): string {
  for (let folder = library; ; folder = path.dirname(folder)) {
    const packages = path.join(folder, 'node_modules');
    const linked = path.join(packages, 'driftline');
    if (existsSync(linked) && realpathSync(linked) === library) return packages;
    if (folder === path.dirname(folder)) return path.join(library, 'node_modules');
  }
}
