import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { MonitorError } from '../errors.js';

/** Where a kernel is installed: of a prefix, of the environment of a Python, or (neither) the user's. */
export interface KernelPlace {
  readonly prefix?: string;
  /** The Python of an environment: a path, or a command. */
  readonly sysPrefix?: string;
}

/**
 * The folder in which Jupyter looks for kernels.
 *
 * @throws MonitorError `FILE_NOT_FOUND` where the Python cannot be run.
 */
export async function kernelsFolder({ prefix, sysPrefix }: KernelPlace): Promise<string> {
  if (prefix !== undefined) return path.join(path.resolve(prefix), 'share', 'jupyter', 'kernels');
  if (sysPrefix !== undefined) return path.join(await prefixOf(sysPrefix), 'share', 'jupyter', 'kernels');
  return path.join(userData(process.platform, process.env), 'kernels');
}

async function prefixOf(python: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', 'import sys; print(sys.prefix)']);
    return stdout.trim();
  } catch (cause) {
    throw new MonitorError('FILE_NOT_FOUND', 'This Python cannot be run.', {
      where: python,
      fix: 'name the Python in whose environment JupyterLab is installed: --sys-prefix .venv/bin/python',
      cause,
    });
  }
}

/** Jupyter's data folder of the user. @see Source: jupyter_core `jupyter_data_dir`. */
export function userData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const { JUPYTER_DATA_DIR: data, APPDATA: roaming, XDG_DATA_HOME: xdg } = env;
  if (data) return data;
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Jupyter');
  if (platform === 'win32') return path.join(roaming ?? path.join(homedir(), 'AppData', 'Roaming'), 'jupyter');
  return path.join(xdg || path.join(homedir(), '.local', 'share'), 'jupyter');
}
