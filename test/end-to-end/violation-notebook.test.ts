import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationNotebook } from '../../kernel-lib/src/project/violation-notebook.js';
import { REPORT_MIME_TYPE, type Report } from '../../kernel-lib/src/report/report.js';
import { driftline, root, temporaryFolder } from '../support/driftline.js';

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, unknown>>;
}
interface Executed {
  readonly cells: readonly { readonly cell_type: string; readonly outputs?: readonly Output[] }[];
}

const venv = process.env['JUPYTER_VENV'] ?? path.join(root, '.venv');
const jupyter = path.join(venv, process.platform === 'win32' ? 'Scripts' : 'bin', 'jupyter');
// A folder above which no library lies: the kernel brings it.
const workspace = temporaryFolder();
const project = path.join(workspace, 'census');

const found = [
  { monitor: 'census-data-quality', id: 'workclass/categorical_values_check', records: 20 },
  { monitor: 'census-model-quality', id: 'recall/LessThanThreshold', records: 20 },
  { monitor: 'census-model-bias', id: 'sex = Female/DRR/bias_drift_check', records: 0 },
];
const scheduledTime = '2026-03-08T00:00:00Z';

beforeAll(async () => {
  expect(existsSync(jupyter), 'npm test sets up .venv').toBe(true);
  await driftline(['demo', project, '--quiet']);
  const names = found.map(({ monitor }) => monitor);
  await driftline(['run', ...names, '--project', project, '--from', '2026-03-07T00:00:00Z', '--to', scheduledTime]);
  await driftline(['kernel', 'install', '--prefix', workspace, '--quiet']);
}, 120_000);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

function storedReport(monitor: string): Report {
  const file = path.join(project, 'reports/census-income', monitor, '2026/03/08/00/report.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}

describe.each(found)('the notebook of $id', ({ monitor, id, records }) => {
  const report = (): Report => storedReport(monitor);
  let outputs: readonly Output[];
  let printed: string;

  beforeAll(() => {
    const violation = report().violations.find((known) => known.id === id)!;
    const kernel = { name: 'driftline', displayName: 'Driftline (TypeScript)' };
    const notebook = violationNotebook({ project: '.', monitor, scheduledTime, violation, report: report(), kernel });
    writeFileSync(path.join(project, `${monitor}.ipynb`), JSON.stringify(notebook));
    const name = `executed-${monitor}.ipynb`;
    execFileSync(jupyter, ['nbconvert', '--to', 'notebook', '--execute', '--output', name, `${monitor}.ipynb`], {
      cwd: project,
      stdio: 'pipe',
      env: { ...process.env, JUPYTER_PATH: path.join(workspace, 'share/jupyter') },
    });
    const executed = JSON.parse(readFileSync(path.join(project, name), 'utf8')) as Executed;
    outputs = executed.cells.flatMap((cell) => cell.outputs ?? []);
    printed = outputs.flatMap(({ text = [] }) => text).join('');
  }, 180_000);

  it('runs from top to bottom without a word on standard error, and shows the stored report', () => {
    expect(outputs.filter(({ output_type, name }) => output_type === 'error' || name === 'stderr')).toEqual([]);
    const shown = outputs.flatMap(({ data }) => data?.[REPORT_MIME_TYPE] ?? []);
    expect(shown).toHaveLength(1);
    expect((shown[0] as Report).createdAt).toBe(report().createdAt);
  });

  it('measures again what was stored', () => {
    const { measured, limit, explanation } = report().violations.find((known) => known.id === id)!;
    expect(printed).toContain(explanation);
    expect(printed).toContain(`measured: ${measured} limit: ${limit}`);
    expect(printed).toContain(`measured: ${measured} stored, ${measured} now`);
    expect(printed).toContain('The finding is reproduced.');
  });

  it('lists the records where there are any, and the history', () => {
    const listed = printed.split('\n').filter((line) => /\.jsonl line \d+/.test(line));
    expect(listed).toHaveLength(records);
    if (monitor === 'census-data-quality')
      expect(listed.every((line) => line.includes('"workclass":"Gig"'))).toBe(true);
    if (monitor === 'census-model-quality') expect(listed.every((line) => line.includes('"sex":"Female"'))).toBe(true);
    expect(printed).toMatch(/2026-03-07T00:00:00Z (ok|violations)/);
    expect(printed).toContain('2026-03-08T00:00:00Z violations measured');
  });
});
