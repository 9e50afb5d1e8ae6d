// The extension in a real JupyterLab and a real browser. Installs Galata when it is missing, starts a server of its own
// on a free port with empty configuration and data folders, runs the tests, and stops the server.
// Needs: a Python environment with JupyterLab 4.6 and the wheel (.venv, or the one that JUPYTER_VENV names).
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = path.join(folder, '../..');
const windows = process.platform === 'win32';
const venv = process.env.JUPYTER_VENV ?? path.join(root, '.venv');
const jupyter = path.join(venv, windows ? 'Scripts/jupyter.exe' : 'bin/jupyter');
const started = Date.now();

/** Runs a command to its end and gives its exit code. */
async function run(file, args, options) {
  const child = spawn(file, args, { stdio: 'inherit', shell: windows && file === 'npm', ...options });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
}

async function installGalata() {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  const lock = path.join(folder, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stdout.write('installing Galata ...\n');
  const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env,
  });
  if (code !== 0) throw new Error(`npm ci in test/galata ended with ${code}.`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server with folders of its own, so that no setting of this machine plays a part. */
async function startJupyter(home) {
  const port = await freePort();
  const files = path.join(home, 'files');
  const settings = path.join(home, 'settings/@jupyterlab/apputils-extension');
  await mkdir(files, { recursive: true });
  await mkdir(settings, { recursive: true });
  await writeFile(
    path.join(settings, 'notification.jupyterlab-settings'),
    JSON.stringify({ fetchNews: 'false', checkForUpdates: false }),
  );
  const data = path.join(home, 'data');
  const driftline = path.join(root, 'kernel-lib/bin/driftline.js');
  const installed = await run(process.execPath, [driftline, 'kernel', 'install', '--quiet'], {
    env: { ...process.env, JUPYTER_DATA_DIR: data },
  });
  if (installed !== 0) throw new Error(`driftline kernel install ended with ${installed}.`);
  const log = [];
  const child = spawn(
    jupyter,
    ['lab', '--allow-root', '--no-browser', `--config=${path.join(folder, 'jupyter_server_config.py')}`],
    {
      cwd: files,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DRIFTLINE_PORT: String(port),
        DRIFTLINE_ROOT: files,
        JUPYTER_CONFIG_DIR: path.join(home, 'config'),
        JUPYTER_DATA_DIR: data,
        JUPYTER_RUNTIME_DIR: path.join(home, 'runtime'),
        JUPYTERLAB_SETTINGS_DIR: path.join(home, 'settings'),
        IPYTHONDIR: path.join(home, 'ipython'),
      },
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => log.push(String(data)));
  const closed = new Promise((resolve) => child.on('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 240; attempt++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${url}/api/status`).catch(() => undefined);
    if (answer?.ok) return { url, files, stop: () => stop(child, closed) };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await stop(child, closed);
  throw new Error(`JupyterLab did not start:\n${log.join('').slice(-3000)}`);
}

async function stop(child, closed) {
  if (child.exitCode === null) child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await closed;
  clearTimeout(timer);
}

async function main() {
  if (!existsSync(jupyter)) {
    throw new Error(
      `${jupyter} does not exist.\n  fix: run npm test, or set JUPYTER_VENV to an environment that has it`,
    );
  }
  await installGalata();
  const home = await mkdtemp(path.join(tmpdir(), 'driftline-galata-'));
  const results = path.join(home, 'results.json');
  let server;
  try {
    server = await startJupyter(home);
    const playwright = path.join(folder, 'node_modules/@playwright/test/cli.js');
    const code = await run(process.execPath, [playwright, 'test', ...process.argv.slice(2)], {
      cwd: folder,
      env: {
        ...process.env,
        TARGET_URL: server.url,
        DRIFTLINE_ROOT: server.files,
        PLAYWRIGHT_RESULTS: results,
      },
    });
    return { code, ...countResults(results) };
  } finally {
    await server?.stop();
    await rm(home, { recursive: true, force: true });
  }
}

function countResults(file) {
  const { stats } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

try {
  const { code, passed, failed } = await main();
  if (process.env.RESULTS_FILE !== undefined) {
    await writeFile(process.env.RESULTS_FILE, JSON.stringify({ numPassedTests: passed, numFailedTests: failed }));
  }
  process.stdout.write(`in ${Math.round((Date.now() - started) / 1000)} s\n${passed} passed, ${failed} failed\n`);
  process.exitCode = code === 0 && failed === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
