import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemo } from '../../../kernel-lib/src/demo/demo.js';
import type { compareWindows as CompareWindows } from '../../../kernel-lib/src/monitor/compare-windows.js';
import type { openProject as OpenProject } from '../../../kernel-lib/src/project/project.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { compiledLibrary } from '../../support/compiled-library.js';
import { driftline, temporaryFolder } from '../../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const capture = path.join(project, 'capture/census-income');
const day = (date: number): { start: string; end: string } => ({
  start: `2026-03-0${date}T00:00:00Z`,
  end: `2026-03-0${date + 1}T00:00:00Z`,
});

const { dist, remove } = compiledLibrary();
let compareWindows: typeof CompareWindows;
let openProject: typeof OpenProject;

beforeAll(async () => {
  await createDemo(project);
  ({ compareWindows } = (await import(path.join(dist, 'monitor/compare-windows.js'))) as {
    compareWindows: typeof CompareWindows;
  });
  ({ openProject } = (await import(path.join(dist, 'project/project.js'))) as { openProject: typeof OpenProject });
});

afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('compareWindows()', () => {
  it('finds what "driftline baseline" on the one and "driftline check" on the other window find', async () => {
    const [baseline, output] = [path.join(folder, 'baseline'), path.join(folder, 'check')];
    const [before, after] = ['AllTraffic/2026/03/03', 'AllTraffic/2026/03/06'].map((each) => path.join(capture, each));
    const made = await driftline(['baseline', 'data-quality', '--dataset', before!, '--output', baseline, '--quiet']);
    expect(made).toMatchObject({ code: 0 });
    const checking = ['--baseline', baseline, '--output', output, '--quiet', '--no-profile-cache'];
    const checked = await driftline(['check', 'data-quality', '--current', after!, ...checking]);
    expect(checked.code).toBe(1);
    const expected = JSON.parse(readFileSync(path.join(output, 'report.json'), 'utf8')) as Report;

    const report = await compareWindows({ baseline: { location: before! }, current: { location: after! } });
    expect(report.features).toEqual(expected.features);
    expect(report.violations.map(({ id, measured, limit }) => [id, measured, limit])).toEqual(
      expected.violations.map(({ id, measured, limit }) => [id, measured, limit]),
    );
    expect(report.features.filter(({ drift }) => drift !== undefined).length).toBeGreaterThan(10);
    expect(report.violations.length).toBeGreaterThan(0);
    expect(report.rule).toBe(expected.rule);
  });

  it('says what was compared with what', async () => {
    const { columns } = (await openProject(project)).config.endpoints['census-income']!;
    const report = await compareWindows({
      baseline: { location: capture, columns: columns as { input: string[] }, ...day(3) },
      current: { location: capture, ...day(4) },
    });
    expect(report.title).toBe('census-income, 2026-03-04 against census-income, 2026-03-03');
    expect(report.notes[0]).toBe(
      `Baseline: census-income, 2026-03-03, ${report.baseline.rows.toLocaleString('en-US')} rows. Current: census-income, 2026-03-04, ${report.current.rows.toLocaleString('en-US')} rows. Limits are those suggested from the baseline window.`,
    );
    expect(report.window).toEqual(day(4));
    expect(report.baseline.source).toBe(capture);
    expect(report.features.map(({ name }) => name)).toContain('hours-per-week');
  });

  it('reads the records behind a violation', async () => {
    const { violations } = await compareWindows({
      baseline: { location: capture, ...day(3) },
      current: { location: capture, ...day(6) },
    });
    const violation = violations.find(({ query }) => query !== undefined);
    const records = await violation!.records({ limit: 3 });
    expect(records).toHaveLength(3);
    expect(records[0]?.inferenceTime?.slice(0, 10)).toBe('2026-03-06');
  });

  it('refuses a baseline window without data, and says when there were some last', async () => {
    const empty = { location: capture, start: '2026-04-01T00:00:00Z', end: '2026-04-02T00:00:00Z' };
    await expect(compareWindows({ baseline: empty, current: empty })).rejects.toMatchObject({
      code: 'NO_DATA',
      where: capture,
      fix: expect.stringContaining('the newest capture is 2026-03-'),
    });
  });

  it('has a report for a current window without data', async () => {
    const { status, headline } = await compareWindows({
      baseline: { location: capture, ...day(3) },
      current: { location: capture, start: '2026-04-01T00:00:00Z', end: '2026-04-02T00:00:00Z' },
    });
    expect(status).toBe('no-data');
    expect(headline).toContain('No data between 1 Apr 2026');
  });
});

describe('compare() of a project', () => {
  it('compares the variants of one endpoint in one window', async () => {
    const shared = path.join(folder, 'variants');
    cpSync(project, shared, { recursive: true });
    const root = path.join(shared, 'capture/census-income');
    renameSync(path.join(root, 'AllTraffic'), path.join(root, 'A'));
    // B gets what A was asked on the day on which the data had drifted, an hour folder at a time.
    const hours = readdirSync(path.join(root, 'A/2026/03/06'));
    mkdirSync(path.join(root, 'B/2026/03'), { recursive: true });
    renameSync(path.join(root, 'A/2026/03/06'), path.join(root, 'B/2026/03/03'));
    expect(hours).toHaveLength(24);

    // Its records are of another day, so that only a window of whole hours finds them: by their folders.
    const opened = await openProject(shared);
    const of = { endpoint: 'census-income', ...day(3) };
    const report = await opened.compare({ baseline: { ...of, variant: 'A' }, current: { ...of, variant: 'B' } });
    expect(report.baseline.source).toBe(path.join(root, 'A'));
    expect(report.current.source).toBe(path.join(root, 'B'));
    expect(report.title).toBe('census-income, variant B, 2026-03-03 against census-income, variant A, 2026-03-03');
    const { violations } = await (await openProject(project)).compare({
      baseline: { endpoint: 'census-income', ...day(3) },
      current: { endpoint: 'census-income', ...day(6) },
    });
    expect(report.violations.map(({ id, measured }) => [id, measured])).toEqual(
      violations.map(({ id, measured }) => [id, measured]),
    );
    expect(violations.length).toBeGreaterThan(0);
    expect(existsSync(path.join(shared, '.driftline/profiles/census-income/variants/B'))).toBe(true);

    await expect(
      opened.compare({ baseline: { ...of, variant: 'C' }, current: { ...of, variant: 'A' } }),
    ).rejects.toMatchObject({
      code: 'USAGE',
      what: 'The capture has no variant "C".',
      fix: 'use one of: A, B; or name none, to take all',
    });
  });

  it('takes an endpoint that its file has', async () => {
    const opened = await openProject(project);
    const other = { endpoint: 'other', ...day(3) };
    await expect(opened.compare({ baseline: other, current: other })).rejects.toMatchObject({
      code: 'CONFIGURATION',
      what: 'There is no endpoint "other".',
      fix: 'use one of: census-income',
    });
  });

  it('names captured columns by the baseline of the monitor where the file does not', async () => {
    const unnamed = path.join(folder, 'unnamed');
    cpSync(project, unnamed, { recursive: true });
    const file = path.join(unnamed, 'driftline.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/ {4}columns:\n[\s\S]*?(?=monitors:)/, ''));
    const opened = await openProject(unnamed);
    const compared = { endpoint: 'census-income', ...day(3) };
    const namesOf = async (): Promise<string[]> =>
      (await opened.compare({ baseline: compared, current: compared })).features.map(({ name }) => name);
    expect(await namesOf()).not.toContain('marital-status');
    await opened.check('census-data-quality', day(3));
    expect(await namesOf()).toContain('marital-status');
  });
});
