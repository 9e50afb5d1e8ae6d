import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const serverRoot = process.env['DRIFTLINE_ROOT'] ?? '';
/** Beside the server's folder, so that it ends with it. */
const made = path.join(serverRoot, '..', 'census-results');

/** Runs the built command line; violations (1) are no failure. */
export function driftline(...args: readonly string[]): string {
  try {
    const bin = path.join(repository, 'kernel-lib/bin/driftline.js');
    return execFileSync(process.execPath, [bin, ...args], { stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    const { status, stdout, stderr } = error as { status?: number; stdout?: string; stderr?: string };
    if (status === 1) return stdout ?? '';
    throw new Error(`driftline ${args.join(' ')} ended with ${status}\n${stderr}`);
  }
}

/**
 * Puts the example project, with a week of results of its four monitors, into a folder below the server's. It is made once
 * in a run of the tests (15 seconds), and copied from then on. Paths of `folder` are below the server's root.
 */
export function demoProject(folder: string): void {
  if (!existsSync(made)) {
    const making = `${made}.new`;
    rmSync(making, { recursive: true, force: true });
    driftline('demo', making, '--quiet');
    const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];
    driftline('run', '--all', '--project', making, ...week, '--quiet');
    renameSync(making, made);
  }
  const target = path.join(serverRoot, folder);
  mkdirSync(path.dirname(target), { recursive: true });
  cpSync(made, target, { recursive: true });
}

/** A JSON file below the server's root. */
export function readJson<Content>(...names: readonly string[]): Content {
  return JSON.parse(readFileSync(path.join(serverRoot, ...names), 'utf8')) as Content;
}

/** The report of an execution of the example project: `demoReport(folder, 'census-data-quality', '2026-03-06')`. */
export function demoReport<Content>(folder: string, monitor: string, windowEnd: string): Content {
  return readJson(folder, 'reports/census-income', monitor, windowEnd.replaceAll('-', '/'), '00', 'report.json');
}
