import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PRELOAD = fileURLToPath(new URL('./candidates/report-usage.mjs', import.meta.url));

/**
 * Runs a command once: CPU and wall seconds from the start of the process to its end, and its peak memory, threads
 * included. The command is `node` and its arguments, or a Python that imports candidates/usage.py.
 *
 * @param accepted - exit codes that are results; any other throws with the command's standard error.
 */
export async function measure([program, ...args], accepted = [0]) {
  const usageFile = path.join(tmpdir(), `driftline-bench-${process.pid}.json`);
  rmSync(usageFile, { force: true });
  const isNode = program === process.execPath;
  const child = spawn(program, isNode ? ['--import', PRELOAD, ...args] : args, {
    env: { ...process.env, DRIFTLINE_BENCH_USAGE: usageFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const start = performance.now();
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const wallS = (performance.now() - start) / 1000;
  if (!accepted.includes(code) || !existsSync(usageFile)) {
    throw new Error(`${[program, ...args].join(' ')} ended with ${code}\n${errors}`);
  }
  const { cpuS, peakMb } = JSON.parse(readFileSync(usageFile, 'utf8'));
  rmSync(usageFile);
  return { cpuS, peakMb, wallS };
}

/** Runs commands in turns, so that a busy minute meets all of them; the results of each. */
export async function measureInTurns(candidates, runs, note) {
  const results = new Map(candidates.map(({ name }) => [name, []]));
  for (let run = 1; run <= runs; run++) {
    for (const { name, command, accepted } of candidates) {
      note(`run ${run} of ${runs}: ${name}`);
      results.get(name).push(await measure(command, accepted));
    }
  }
  return results;
}
