// The steps of `npm start` and `npm test`. Each is done once and again only when what it depends on has changed:
// .cache/steps.json holds a hash of the inputs of every finished step. Only Node's own modules are imported here,
// since nothing else is installed on a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');
const windows = process.platform === 'win32';
const stampFile = path.join(root, '.cache', 'steps.json');
export const python = path.join(root, '.venv', windows ? 'Scripts/python.exe' : 'bin/python');

/** A failure that the person at the terminal can do something about. */
export class SetupError extends Error {}

/** Runs a step unless its inputs are those of the last time; says what it does, and how long it took. */
export async function step(title, { inputs, values = [], present = [], run }) {
  const stamps = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
  const hash = hashOf(inputs, values);
  if (stamps[title] === hash && present.every((file) => existsSync(path.join(root, file)))) {
    say(`${title}: up to date`);
    return;
  }
  const started = Date.now();
  say(`${title} ...`);
  await run();
  stamps[title] = hash;
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(`${stampFile}.new`, `${JSON.stringify(stamps, null, 2)}\n`);
  renameSync(`${stampFile}.new`, stampFile);
  say(`${title}: done in ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

export function say(text) {
  process.stderr.write(`- ${text}\n`);
}

/** Runs a command to its end; its output is shown only when it fails, or always with `show`. */
export async function command(file, args, { show = false, cwd = root, env = {} } = {}) {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    shell: windows && file === 'npm',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) {
    throw new SetupError(
      `${path.basename(file)} ${args.slice(0, 4).join(' ')} ended with ${code}\n${output.slice(-4000)}`,
    );
  }
}

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node ${process.versions.node} is too old.\n  fix: install Node 20.19 or newer`);
  }
}

export const installPackages = () =>
  step('npm packages', {
    inputs: ['package-lock.json'],
    present: ['node_modules/.package-lock.json'],
    run: () => command('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']),
  });

export const buildLibrary = () =>
  step('library', {
    inputs: ['kernel-lib/src', 'kernel-lib/tsconfig.json', 'tsconfig.base.json', 'package-lock.json'],
    present: ['kernel-lib/dist/index.js'],
    run: () => command(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'kernel-lib']),
  });

export const buildExtension = () =>
  step('JupyterLab extension', {
    inputs: ['jupyter-extension', 'style', 'kernel-lib/src', 'package-lock.json'],
    present: ['jupyter-extension/jupyterlab_driftline/labextension/package.json'],
    run: () => command('npm', ['run', 'build', '-w', 'jupyter-extension']),
  });

export const installJupyterLab = () =>
  step('JupyterLab (.venv)', {
    inputs: ['notebooks/requirements.txt'],
    present: ['.venv'],
    run: async () => {
      await command(systemPython(), ['-m', 'venv', '.venv']);
      await command(python, [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '-r',
        'notebooks/requirements.txt',
      ]);
    },
  });

export const installKernel = () =>
  step('tslab kernel', {
    inputs: ['notebooks/requirements.txt', 'package-lock.json'],
    present: ['.venv/share/jupyter/kernels/tslab/kernel.json'],
    run: () =>
      command(path.join(root, 'node_modules/.bin', windows ? 'tslab.cmd' : 'tslab'), [
        'install',
        `--python=${python}`,
        `--binary=${path.join(root, 'node_modules/.bin', windows ? 'tslab.cmd' : 'tslab')}`,
        '--sys-prefix',
      ]),
  });

export const installPanelKernel = () =>
  step('Driftline kernel', {
    inputs: ['notebooks/requirements.txt', 'package-lock.json', 'kernel-lib/src/kernel'],
    // It names both by their absolute paths.
    values: [root, process.execPath],
    present: ['.venv/share/jupyter/kernels/driftline/kernel.json'],
    run: () =>
      command(process.execPath, ['kernel-lib/bin/driftline.js', 'kernel', 'install', '--prefix', '.venv', '--quiet']),
  });

export const installExtension = () =>
  step('extension in JupyterLab', {
    inputs: ['jupyter-extension', 'style', 'kernel-lib/src', 'package-lock.json', 'notebooks/requirements.txt'],
    present: ['.venv/share/jupyter/labextensions/@driftline/jupyterlab/package.json'],
    run: () =>
      command(python, [
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-build-isolation'],
        ...['--force-reinstall', './jupyter-extension'],
      ]),
  });

/** Everything that a notebook needs. */
export async function installNotebooks() {
  await installJupyterLab();
  await installKernel();
  await installPanelKernel();
  await buildExtension();
  await installExtension();
}

function systemPython() {
  const candidates = windows ? ['py', 'python'] : ['python3', 'python'];
  for (const candidate of candidates) {
    const result = spawnSync(candidate, ['-c', 'import sys, venv, ensurepip; print(*sys.version_info[:2])'], {
      encoding: 'utf8',
    });
    const [major, minor] = (result.stdout ?? '').trim().split(' ').map(Number);
    if (result.status === 0 && major === 3 && minor >= 10) return candidate;
  }
  throw new SetupError(
    'No Python 3.10 or newer with the venv module was found.\n  fix: install it (on Debian and Ubuntu: apt install python3-venv), then run the command again',
  );
}

/** One hash over the contents of files and folders, generated folders left out, and over values. */
function hashOf(inputs, values) {
  const hash = createHash('sha256');
  for (const value of values) hash.update(value).update('\0');
  const skip = new Set(['node_modules', 'dist', 'lib', 'labextension', '__pycache__', 'build']);
  const add = (file) => {
    const full = path.join(root, file);
    if (!existsSync(full)) return;
    const entries = readEntries(full);
    if (entries === undefined) hash.update(file).update(readFileSync(full));
    else
      for (const entry of entries) if (!skip.has(entry) && !entry.endsWith('.tsbuildinfo')) add(path.join(file, entry));
  };
  inputs.forEach(add);
  return hash.digest('hex');
}

function readEntries(folder) {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}
