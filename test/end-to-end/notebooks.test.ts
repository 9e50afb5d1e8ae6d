import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPORT_MIME_TYPE, type Report } from '../../kernel-lib/src/report/report.js';
import { driftline, root, temporaryFolder } from '../support/driftline.js';

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | string[];
  readonly data?: Record<string, unknown>;
}
interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly outputs?: readonly Output[] }[];
}

const workspace = temporaryFolder();
const notebooks = path.join(workspace, 'notebooks');
const jupyter = path.join(root, '.venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'jupyter');

beforeAll(async () => {
  mkdirSync(notebooks);
  for (const file of readdirSync(path.join(root, 'notebooks'))) {
    if (file.endsWith('.ipynb')) cpSync(path.join(root, 'notebooks', file), path.join(notebooks, file));
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(workspace, 'node_modules'));
  await driftline(['demo', path.join(notebooks, 'census'), '--quiet']);
}, 60_000);

afterAll(() => rmSync(workspace, { recursive: true, force: true }));

const names = readdirSync(path.join(root, 'notebooks')).filter((name) => name.endsWith('.ipynb'));

describe.each(names)('notebook %s', (name) => {
  let executed: Notebook;

  beforeAll(() => {
    expect(existsSync(jupyter), 'npm test sets up .venv').toBe(true);
    execFileSync(jupyter, ['nbconvert', '--to', 'notebook', '--execute', '--output', `executed-${name}`, name], {
      cwd: notebooks,
      stdio: 'pipe',
    });
    executed = JSON.parse(readFileSync(path.join(notebooks, `executed-${name}`), 'utf8')) as Notebook;
  }, 180_000);

  it('runs top to bottom in a fresh tslab kernel without a word on standard error', () => {
    const errors = executed.cells
      .flatMap(({ outputs = [] }) => outputs)
      .filter((output) => output.output_type === 'error' || output.name === 'stderr');
    expect(errors).toEqual([]);
  });

  it('shows reports with all three renderings', () => {
    const bundles = executed.cells
      .flatMap(({ outputs = [] }) => outputs)
      .filter(({ data }) => data?.[REPORT_MIME_TYPE]);
    expect(bundles.length).toBeGreaterThanOrEqual(2);
    for (const { data } of bundles) {
      expect(Object.keys(data!).sort()).toEqual([REPORT_MIME_TYPE, 'text/html', 'text/plain'].sort());
      expect((data![REPORT_MIME_TYPE] as Report).schema).toBe('driftline.report');
    }
  });

  it('is committed without outputs', () => {
    const committed = JSON.parse(readFileSync(path.join(root, 'notebooks', name), 'utf8')) as Notebook;
    expect(committed.cells.flatMap(({ outputs = [] }) => outputs)).toEqual([]);
  });
});
