import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestCell } from '../../jupyter-extension/src/kernel/request-cell.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import type { RecordsResult, RunResult } from '../../kernel-lib/src/serve/contract.js';
import { REPLY_MIME_TYPE, type ServeReply } from '../../kernel-lib/src/serve/protocol.js';
import { driftline, root, temporaryFolder } from '../support/driftline.js';

interface Step {
  readonly code: string;
  readonly interrupt?: boolean;
}
interface StepResult {
  readonly status: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: readonly Readonly<Record<string, unknown>>[];
}

const venv = process.env['JUPYTER_VENV'] ?? path.join(root, '.venv');
const python = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const home = temporaryFolder();
const empty = path.join(home, 'empty');
const project = path.join(home, 'census');
const results = path.join(project, 'reports/census-income');
const monitor = 'census-data-quality';

/** Runs cells in one kernel, which is started by its name in an empty folder. */
async function execute(steps: readonly Step[], folder = empty): Promise<StepResult[]> {
  const client = promisify(execFile)(python, [path.join(root, 'test/support/kernel-client.py')], {
    env: { ...process.env, JUPYTER_PATH: path.join(home, 'share/jupyter') },
    maxBuffer: 64 * 1024 * 1024,
  });
  client.child.stdin?.end(JSON.stringify({ kernel: 'driftline', folder, steps }));
  const { stdout } = await client;
  return JSON.parse(stdout) as StepResult[];
}

function request(id: string, method: string, params: unknown): string {
  return requestCell({ id, method, params });
}

/** The reply in what a cell showed; the last output of all. */
function replyOf({ status, stdout, stderr, displays }: StepResult): ServeReply {
  expect({ status, stdout, stderr }).toEqual({ status: 'ok', stdout: '', stderr: '' });
  return displays.at(-1)?.[REPLY_MIME_TYPE] as ServeReply;
}

function resultOf<Result>(step: StepResult): Result {
  const reply = replyOf(step);
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.result as Result;
}

beforeAll(async () => {
  expect(existsSync(python), 'npm test sets up .venv').toBe(true);
  mkdirSync(empty);
  const installed = await driftline(['kernel', 'install', '--prefix', home]);
  expect(installed).toEqual({ code: 0, out: `${path.join(home, 'share/jupyter/kernels/driftline')}\n`, error: '' });
  await driftline(['demo', project, '--quiet']);
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the kernel, started in an empty folder', () => {
  it('runs a monitor, and gives the records behind what it found', async () => {
    const at = '2026-03-06T00:00:00Z';
    const violation = 'workclass/categorical_values_check';
    const [run, records] = await execute([
      { code: request('1', 'run', { project, monitors: [monitor], at }) },
      { code: request('2', 'records', { project, monitor, scheduledTime: at, violation, limit: 1000 }) },
    ]);
    const folder = path.join(results, monitor, '2026/03/06/00');
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
    expect(resultOf<RunResult>(run!).executions).toMatchObject([
      { monitor, folder, status: 'CompletedWithViolations', headline: report.headline },
    ]);
    const { columns, rows, total } = resultOf<RecordsResult>(records!);
    expect(total).toBe(report.violations.find(({ id }) => id === violation)!.rows);
    expect(rows).toHaveLength(total);
    const workclass = columns.findIndex(({ name }) => name === 'workclass');
    expect(new Set(rows.map((row) => row[workclass]))).toEqual(new Set(['Gig']));
    expect(readdirSync(empty)).toEqual([]);
  });

  it('stops a run when it is interrupted, and then runs another', async () => {
    const week = { from: '2026-03-03T00:00:00Z', to: '2026-03-09T00:00:00Z' };
    const at = '2026-03-04T00:00:00Z';
    const other = 'census-model-quality';
    const [cancelled, run] = await execute([
      { code: request('1', 'run', { project, monitors: ['census-model-explainability'], ...week }), interrupt: true },
      { code: request('2', 'run', { project, monitors: [other], at }) },
    ]);
    expect(replyOf(cancelled!)).toEqual({
      id: '1',
      ok: false,
      error: { code: 'ABORTED', what: 'Stopped before it was finished.' },
    });
    expect(existsSync(path.join(results, 'census-model-explainability/2026/03/09/00/report.json'))).toBe(false);
    expect(resultOf<RunResult>(run!).executions).toMatchObject([{ monitor: other, status: 'Completed' }]);
    expect(existsSync(path.join(results, other, '2026/03/04/00/report.json'))).toBe(true);
  });

  it('leaves no name behind for the cells that follow', async () => {
    const [first, second, cell] = await execute([
      { code: request('1', 'about', {}) },
      { code: request('2', 'about', {}) },
      { code: 'const served = 1, kernel = 2, driftline = 3;' },
    ]);
    expect(resultOf(first!)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), folder: empty });
    expect(replyOf(second!).ok).toBe(true);
    expect(cell).toMatchObject({ status: 'ok', stderr: '' });
  });

  it('takes whatever stands in a request as text, never as code', async () => {
    const hostile = '"); globalThis.harmed = true; ("\u2028\u2029`</script>\\';
    const [asked, after] = await execute([
      { code: request('1', 'check', { project: hostile, monitor, start: 'x', end: hostile }) },
      { code: 'console.log(String((globalThis as any).harmed));' },
    ]);
    expect(replyOf(asked!)).toMatchObject({ id: '1', ok: false, error: { code: 'USAGE' } });
    expect(after!.stdout).toBe('undefined\n');
  });
});

describe('the kernel as that of a notebook', () => {
  const use = 'console.log(typeof openProject);';

  it('takes the library without a package in sight, untyped', async () => {
    const [cell] = await execute([
      { code: `const { openProject } = (globalThis as any).__tslab__.require("driftline");\n${use}` },
    ]);
    expect(cell).toMatchObject({ status: 'ok', stdout: 'function\n', stderr: '' });
  });

  it('imports it with its types where the packages lie in or above the folder, and says that it does not find it elsewhere', async () => {
    const code = `import { openProject } from "driftline";\n${use}`;
    const [typed, wrong] = await execute([{ code }, { code: 'openProject(1);' }], path.join(root, 'notebooks'));
    expect(typed).toMatchObject({ status: 'ok', stdout: 'function\n', stderr: '' });
    expect(wrong!.stderr).toContain("Argument of type 'number' is not assignable to parameter of type 'string'.");
    const [untyped] = await execute([{ code }]);
    expect(untyped!.status).toBe('error');
    expect(untyped!.stderr).toContain("Cannot find module 'driftline'");
  });
});

describe('driftline kernel', () => {
  it('prints where the kernel is installed, and says when it is not', async () => {
    const folder = path.join(home, 'share/jupyter/kernels/driftline');
    expect(await driftline(['kernel', 'path', '--prefix', home])).toMatchObject({ code: 0, out: `${folder}\n` });
    expect(readdirSync(folder).sort()).toEqual(['kernel.json', 'logo-svg.svg']);
    const { code, out, error } = await driftline(['kernel', 'path', '--prefix', empty]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('fix: run "driftline kernel install" with the same options');
  });

  it("installs it among the user's kernels when no other place is named", async () => {
    const env = { JUPYTER_DATA_DIR: path.join(home, 'data') };
    const { out } = await driftline(['kernel', 'install', '--json'], { env });
    expect(JSON.parse(out)).toEqual({ folder: path.join(home, 'data/kernels/driftline') });
    expect(existsSync(path.join(home, 'data/kernels/driftline/kernel.json'))).toBe(true);
  });

  it('refuses two places', async () => {
    const { code, error } = await driftline(['kernel', 'install', '--user', '--prefix', home]);
    expect(code).toBe(2);
    expect(error).toContain('give one of --prefix, --sys-prefix and --user');
  });
});
