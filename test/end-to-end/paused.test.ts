import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPaused } from '../../kernel-lib/src/project/edit-project-file.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const file = path.join(project, 'driftline.yaml');
const at = ['--at', '2026-03-04T00:00:00Z', '--project', project];
const monitors = ['census-data-quality', 'census-model-quality', 'census-model-bias', 'census-model-explainability'];
const ran = (monitor: string): boolean => existsSync(path.join(project, 'reports', 'census-income', monitor));
const runAll = (...options: string[]): Promise<Ended> => driftline(['run', '--all', ...options, ...at]);

beforeAll(async () => {
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  const paused = monitors.slice(1).reduce((text, name) => setPaused(text, name, true), readFileSync(file, 'utf8'));
  writeFileSync(file, paused);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a paused monitor', () => {
  it('is left out of run --all, which says so on standard error', async () => {
    const { code, out, error } = await runAll();
    expect(code).toBe(0);
    expect(error).toContain(`Paused, and left out: ${monitors.slice(1).join(', ')}.`);
    expect(out).toContain('census-data-quality');
    expect(monitors.map(ran)).toEqual([true, false, false, false]);
  });

  it('is no violation and no error, even where all are paused', async () => {
    const running = readFileSync(file, 'utf8');
    writeFileSync(file, setPaused(running, 'census-data-quality', true));
    const { code, out } = await runAll('--json');
    expect([code, JSON.parse(out)]).toEqual([0, []]);
    writeFileSync(file, running);
  });

  it('runs when it is named', async () => {
    const { code, error } = await driftline(['run', 'census-model-explainability', ...at]);
    expect([code, error]).toEqual([0, '']);
    expect(ran('census-model-explainability')).toBe(true);
  });
});
