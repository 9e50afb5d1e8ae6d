import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const extension = path.join(root, 'jupyter-extension');
const windows = process.platform === 'win32';
const shared = 'jupyterlab_driftline-0.1.0.data/data/share/jupyter/labextensions/@driftline/jupyterlab';

let folder = '';
let names: string[] = [];
const inWheel = (name: string): Promise<string> => readFile(path.join(folder, 'content', name), 'utf8');

/** A Python with hatchling: the one that JupyterLab runs in, else one made for this test. */
async function pythonWithHatchling(): Promise<string> {
  const inside = windows ? 'Scripts/python.exe' : 'bin/python';
  const installed = path.join(root, '.venv', inside);
  if (existsSync(installed)) return installed;
  await run(windows ? 'python' : 'python3', ['-m', 'venv', path.join(folder, 'venv')]);
  const python = path.join(folder, 'venv', inside);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'hatchling==1.33.0']);
  return python;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'driftline-wheel-'));
  if (!existsSync(path.join(extension, 'jupyterlab_driftline/labextension/package.json'))) {
    await run(process.execPath, ['../node_modules/typescript/bin/tsc', '-b'], { cwd: extension });
    await run(process.execPath, ['build.mjs'], { cwd: extension });
  }
  const python = await pythonWithHatchling();
  const pip = ['-m', 'pip', 'wheel', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-build-isolation'];
  await run(python, [...pip, '--wheel-dir', folder, extension]);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  await run(python, ['-m', 'zipfile', '-e', path.join(folder, wheel ?? ''), path.join(folder, 'content')]);
  names = await filesOf(path.join(folder, 'content'));
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function filesOf(from: string): Promise<string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(from, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

describe('the wheel', () => {
  it('holds the extension where JupyterLab looks for it, and the module that names it', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'jupyterlab_driftline/__init__.py',
        `${shared}/package.json`,
        `${shared}/install.json`,
        `${shared}/schemas/@driftline/jupyterlab/plugin.json`,
        `${shared}/schemas/@driftline/jupyterlab/package.json.orig`,
      ]),
    );
    expect(names.filter((name) => name.startsWith('jupyterlab_driftline/labextension'))).toEqual([]);
  });

  it('loads the container that is in it, under the name of the package', async () => {
    const manifest = JSON.parse(await inWheel(`${shared}/package.json`)) as {
      name: string;
      jupyterlab: { _build: { load: string; extension: string; style: string } };
    };
    const { load, extension: exposed, style } = manifest.jupyterlab._build;
    expect(names).toContain(`${shared}/${load}`);
    expect(names.filter((name) => name.includes('/remoteEntry'))).toHaveLength(1);
    const container = await inWheel(`${shared}/${load}`);
    for (const text of ['_JUPYTERLAB', `["${manifest.name}"]`, `"${exposed}"`, `"${style}"`]) {
      expect(container.includes(text), text).toBe(true);
    }
  });

  it('bundles plotly.js in a chunk of its own, and nothing that JupyterLab provides', async () => {
    const chunks = names.filter((name) => name.startsWith(`${shared}/static/`));
    const sizes = await Promise.all(chunks.map(async (name) => [name, (await inWheel(name)).length] as const));
    const large = sizes.filter(([, size]) => size > 400_000).map(([name]) => path.basename(name));
    expect(large).toEqual([expect.stringMatching(/^plotly\./)]);
  });

  it('loads less than 60 KB (gzip) at the start: panels come when they are opened', async () => {
    const start = JSON.parse(await readFile(path.join(extension, 'build/start-files.json'), 'utf8')) as string[];
    expect(start.length).toBeGreaterThanOrEqual(3);
    expect(start.some((name) => /^(plotly|project|kernel|model-quality)\./.test(name))).toBe(false);
    const sizes = await Promise.all(
      start.map(async (name) => gzipSync(await inWheel(`${shared}/static/${name}`)).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  });

  it('says how to uninstall it', async () => {
    expect(JSON.parse(await inWheel(`${shared}/install.json`))).toMatchObject({
      packageManager: 'python',
      packageName: 'jupyterlab-driftline',
    });
  });

  it('installs into an empty environment, where JupyterLab finds it enabled, and uninstalls without a trace', async () => {
    const empty = path.join(folder, 'empty');
    await run(windows ? 'python' : 'python3', ['-m', 'venv', empty]);
    const python = path.join(empty, windows ? 'Scripts/python.exe' : 'bin/python');
    const pip = [python, ['-m', 'pip', '--disable-pip-version-check']] as const;
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl')) ?? '';
    await run(pip[0], [...pip[1], 'install', '--quiet', '--no-index', path.join(folder, wheel)]);
    const place = path.join(empty, 'share/jupyter/labextensions/@driftline/jupyterlab');
    expect(await filesOf(place)).toEqual(
      names.filter((name) => name.startsWith(`${shared}/`)).map((name) => name.slice(shared.length + 1)),
    );

    const jupyter = path.join(root, '.venv', windows ? 'Scripts/jupyter.exe' : 'bin/jupyter');
    if (existsSync(jupyter)) {
      const env = { ...process.env, JUPYTER_PATH: path.join(empty, 'share/jupyter') };
      const { stdout, stderr } = await run(jupyter, ['labextension', 'list'], { env });
      const [, listed] = `${stdout}${stderr}`.split(path.join(empty, 'share/jupyter/labextensions'));
      expect(listed).toMatch(/@driftline\/jupyterlab v0\.1\.0.*enabled.*OK/);
    }

    await run(pip[0], [...pip[1], 'uninstall', '--quiet', '--yes', 'jupyterlab-driftline']);
    expect(existsSync(place)).toBe(false);
  });

  it('holds no path of the machine that built it', async () => {
    const texts = await Promise.all(names.filter((name) => !name.includes('plotly')).map(inWheel));
    expect(texts.some((text) => text.includes(root))).toBe(false);
  });
});
