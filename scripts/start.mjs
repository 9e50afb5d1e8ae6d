// npm start: installs what is missing, makes the example project, runs its monitors over a week of capture, prints what
// they found, and opens JupyterLab on the first notebook. `npm start -- --no-lab` ends after the summary.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildLibrary, checkNode, installNotebooks, installPackages, python, root, SetupError, say } from './steps.mjs';

const project = path.join('notebooks', 'census');
const lab = !process.argv.includes('--no-lab');

async function start() {
  checkNode();
  await installPackages();
  await buildLibrary();
  if (existsSync(path.join(root, project, 'driftline.yaml'))) say('example project: up to date');
  else {
    say(`example project in ${project} ...`);
    await driftline(['demo', project, '--quiet']);
  }
  say('monitors of the example project, 2 to 8 March 2026');
  await driftline(
    ['run', '--all', '--project', project, '--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'],
    [0, 1],
  );
  if (!lab) return;
  await installNotebooks();
  say('JupyterLab opens now; end it with Ctrl-C');
  const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const server = spawn(python, ['-m', 'jupyter', 'lab', ...asRoot, path.join('notebooks', '01-data-quality.ipynb')], {
    cwd: root,
    stdio: 'inherit',
  });
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => server.kill('SIGTERM'));
  process.exitCode = await new Promise((resolve) => server.on('close', (code) => resolve(code ?? 0)));
}

/** Runs the command line; `accepted` lists the exit codes that are no failure (1: violations were found). */
async function driftline(args, accepted = [0]) {
  const child = spawn(process.execPath, [path.join(root, 'kernel-lib', 'bin', 'driftline.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (!accepted.includes(code)) throw new SetupError(`driftline ${args[0]} ended with ${code}`);
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 3;
}
