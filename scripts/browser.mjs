// A browser for the tests: an installed Chrome or Chromium, else Playwright's own download, else Debian's package.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { command, root, SetupError, say } from './steps.mjs';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const require = createRequire(path.join(root, 'package.json'));

/** The path of a browser, installed now if there was none. `CHROMIUM_PATH` overrides. */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && existsSync(named)) return named;
  return installedBrowser() ?? (await downloadedBrowser()) ?? (await debianBrowser());
}

function installedBrowser() {
  return installed.find((file) => existsSync(file)) ?? playwrightBrowser();
}

function playwrightBrowser() {
  const file = require('playwright-core').chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

async function downloadedBrowser() {
  say("browser: trying Playwright's own download ...");
  const cli = path.join(path.dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { cwd: root, stdio: 'ignore', timeout: 180_000 });
  return playwrightBrowser();
}

async function debianBrowser() {
  if (!existsSync('/usr/bin/apt-get')) throw none();
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  say("browser: installing Debian's chromium ...");
  try {
    for (const args of [
      ['update', '-q'],
      ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
    ]) {
      const [file, ...rest] = [...sudo, 'apt-get', ...args];
      await command(file, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    }
  } catch (error) {
    throw none(error);
  }
  return installedBrowser() ?? Promise.reject(none());
}

function none(cause) {
  const why = cause === undefined ? '' : `\n${cause.message}`;
  return new SetupError(
    `No Chrome or Chromium was found or could be installed.${why}\n  fix: install one, or set CHROMIUM_PATH`,
  );
}
