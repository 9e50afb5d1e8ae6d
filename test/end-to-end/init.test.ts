import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const demo = path.join(folder, 'demo');
const project = path.join(folder, 'new');
const file = path.join(project, 'driftline.yaml');
const at = ['--at', '2026-03-06T00:00:00Z', '--quiet'];
const sources = (dataset: string): string[] => [
  ...['--dataset', path.join(project, 'baseline', dataset)],
  ...['--capture', path.join(project, 'capture', 'census-income')],
  ...['--ground-truth', path.join(project, 'ground-truth', 'census-income')],
  ...['--model', path.join(project, 'model', 'census-model.json')],
];
const init = (dataset: string, ...options: string[]): Promise<Ended> =>
  driftline(['init', project, ...sources(dataset), ...options]);
const violations = (root: string, monitor: string): unknown => {
  const place = path.join(root, 'reports/census-income', monitor, '2026/03/06/00/report.json');
  const report = JSON.parse(readFileSync(place, 'utf8')) as Report;
  return report.violations.map(({ id, feature, measured, limit, description }) => [
    id,
    feature,
    measured,
    limit,
    description,
  ]);
};

beforeAll(async () => {
  for (const place of [demo, project]) expect((await driftline(['demo', place, '--quiet'])).code).toBe(0);
  rmSync(file);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('driftline init', () => {
  it('shows what it would write and writes nothing with --dry-run', async () => {
    const { code, out } = await init('training.csv', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('    capture: capture/census-income\n');
    expect(existsSync(file)).toBe(false);
  });

  it('tells what it found with example values and reasons, writes the file and says what comes next', async () => {
    const { code, out } = await init('training.csv');
    expect(code).toBe(0);
    expect(out).toMatch(/input 1 +age +age +.*By order; the values fit\./);
    expect(out).toMatch(/model-quality +no +The training file has no label/);
    expect(out).toContain(`Written: ${file}: census-income-data-quality, census-income-model-explainability.`);
    expect(out).toContain(`Next: driftline run --all --project ${project}`);
    expect((await driftline(['validate', '--project', project])).error).toBe('');
  });

  it('makes a project that finds the violations of the example project', async () => {
    await driftline(['run', 'census-data-quality', '--project', demo, ...at]);
    expect((await driftline(['run', '--all', '--project', project, ...at])).code).toBe(1);
    const found = violations(project, 'census-income-data-quality');
    expect(found).toEqual(violations(demo, 'census-data-quality'));
    expect(found).toHaveLength(3);
  });

  it('refuses an endpoint that is there, and leaves the file as it was', async () => {
    const before = readFileSync(file, 'utf8');
    const { code, error } = await init('validation.csv');
    expect(code).toBe(2);
    expect(error).toContain('There is an endpoint "census-income" already');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('adds an endpoint with all four monitors, which run', async () => {
    writeFileSync(file, `# Ours.\n${readFileSync(file, 'utf8')}`);
    const { code, out } = await init('validation.csv', '--endpoint', 'scored', '--schedule', 'cron(0 0/12 ? * * *)');
    expect(code).toBe(0);
    expect(out).toContain(`Added to ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/^# Ours\.\n/);
    const names = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'].map(
      (type) => `scored-${type}`,
    );
    const ran = await driftline(['run', ...names, '--project', project, ...at, '--json']);
    expect(ran.error).toBe('');
    const executions = JSON.parse(ran.out) as { monitor: string; status: string; report: Report }[];
    expect(executions.map(({ monitor }) => monitor)).toEqual(names);
    for (const { report } of executions) expect(report.current.rows).toBeGreaterThan(1000);
  });

  it.each([
    [['--schedule', 'daily'], 'is not a cron expression'],
    [['--monitors', 'drift'], 'There is no monitor type "drift"'],
    [['--label', 'salary'], 'There is no column "salary"'],
    [['--monitors', 'model-quality'], 'A model-quality monitor cannot be set up. The training file has no label'],
  ])('ends with 2 for %j', async (options, message) => {
    const { code, error } = await init('training.csv', '--endpoint', 'other', ...options);
    expect(code).toBe(2);
    expect(error).toContain(message);
  });
});
