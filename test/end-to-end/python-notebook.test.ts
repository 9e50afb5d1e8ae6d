import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { REPORT_MIME_TYPE } from '../../kernel-lib/src/report/report.js';
import { driftline, root, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the lines of the README show a report in a Python notebook, as the panels draw it', async () => {
  const [, lines] = /```python\n([\s\S]*?)```/.exec(readFileSync(path.join(root, 'README.md'), 'utf8')) ?? [];
  const csv = (low: number): string => `x\n${Array.from({ length: 200 }, (_, i) => low + i).join('\n')}\n`;
  writeFileSync(path.join(folder, 'training.csv'), csv(0));
  writeFileSync(path.join(folder, 'now.csv'), csv(150));
  const at = (name: string): string => path.join(folder, name);
  await driftline(['baseline', 'data-quality', '--dataset', at('training.csv'), '--output', at('baseline')]);
  const check = ['check', 'data-quality', '--current', at('now.csv'), '--baseline', at('baseline')];
  expect((await driftline([...check, '--output', at('report'), '--quiet'])).code).toBe(1);

  const cell = { cell_type: 'code', id: 'a', execution_count: null, metadata: {}, outputs: [], source: lines };
  const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [cell] };
  writeFileSync(at('python.ipynb'), JSON.stringify(notebook));
  const jupyter = path.join(root, '.venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'jupyter');
  execFileSync(jupyter, ['nbconvert', '--to', 'notebook', '--execute', '--output', 'executed', 'python.ipynb'], {
    cwd: folder,
    stdio: 'pipe',
  });
  const executed = JSON.parse(readFileSync(at('executed.ipynb'), 'utf8')) as {
    cells: { outputs: { data: Record<string, unknown> }[] }[];
  };
  const [output] = executed.cells[0]!.outputs;
  const report = JSON.parse(readFileSync(at('report/report.json'), 'utf8')) as { headline: string };
  expect(output?.data[REPORT_MIME_TYPE]).toEqual(report);
  expect([output?.data['text/plain']].flat().join('')).toBe(report.headline);
}, 120_000);
