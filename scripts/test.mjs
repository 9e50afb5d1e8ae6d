// npm test: installs what is missing (a browser and JupyterLab included), builds, and runs every test.
// Arguments go to vitest, which then runs alone: `npm test -- test/kernel-lib/stats`.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import {
  buildExtension,
  buildLibrary,
  checkNode,
  installNotebooks,
  installPackages,
  root,
  SetupError,
  say,
} from './steps.mjs';

const only = process.argv.slice(2);

async function test() {
  checkNode();
  await installPackages();
  await buildLibrary();
  await buildExtension();
  if (only.length === 0) await installNotebooks();
  const env = { ...process.env, TZ: 'UTC' };
  if (only.length === 0) env.CHROMIUM_PATH = await findBrowser();

  const results = [];
  say('unit, conformance and end-to-end tests');
  results.push(
    await suite('vitest', env, [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      ...only,
    ]),
  );
  if (only.length === 0) {
    say('JupyterLab in a browser');
    results.push(await suite('galata', env, ['test/galata/run.mjs']));
  }
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write(`\n${total('passed')} passed, ${total('failed')} failed\n`);
  if (total('failed') > 0 || results.some(({ code, passed }) => code !== 0 || passed === 0)) process.exitCode = 1;
}

/** Runs one suite; both write their counts as JSON to the file that `RESULTS_FILE` or vitest's option names. */
async function suite(name, env, args) {
  const file = path.join(root, '.cache', `${name}-results.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  const output = name === 'vitest' ? [`--outputFile.json=${file}`] : [];
  const child = spawn(process.execPath, [...args, ...output], {
    cwd: root,
    env: { ...env, RESULTS_FILE: file },
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    return { code, passed: counts.numPassedTests, failed: counts.numFailedTests };
  } catch {
    return { code, passed: 0, failed: 1 };
  }
}

try {
  await test();
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 3;
}
