import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeCapture } from '../../../kernel-lib/src/capture/merge.js';
import { createDemo } from '../../../kernel-lib/src/demo/demo.js';
import { makeBaseline } from '../../../kernel-lib/src/monitor/baseline.js';
import { type CheckOptions, check } from '../../../kernel-lib/src/monitor/check.js';
import { reportRecords } from '../../../kernel-lib/src/monitor/report-records.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { temporaryFolder } from '../../support/driftline.js';

const folder = temporaryFolder();
const census = path.join(folder, 'census');
const window = { start: '2026-03-05T06:00:00Z', end: '2026-03-05T09:30:00Z' };
const hook = path.join(folder, 'hook.mjs');
const columns = { output: ['probability'] };
const rows = Array.from({ length: 300 }, (_, i) => [i % 50, i % 100 === 7 ? 'gig' : i % 2 === 0 ? 'clerk' : 'nurse']);
const csv = (name: string, lines: readonly unknown[][]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, lines.map((line) => `${line.join(',')}\n`).join(''));
  return file;
};

beforeAll(async () => {
  await createDemo(census);
  const names = ['probability', 'age', 'workclass', 'fnlwgt', 'education', 'education-num', 'marital-status'];
  const others = ['occupation', 'relationship', 'race', 'sex', 'capital-gain', 'capital-loss', 'hours-per-week'];
  await makeBaseline('data-quality', {
    dataset: path.join(census, 'baseline/training.csv'),
    output: path.join(folder, 'baseline'),
    columns: [...names, ...others, 'native-country'],
  });
  await mergeCapture({
    capture: path.join(census, 'capture/census-income'),
    groundTruth: path.join(census, 'ground-truth/census-income'),
    output: path.join(folder, 'merged'),
  });
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(
    hook,
    'export default ({ output, input }) => ({ ...output.rows[0], ...input.rows[0], hooked: "yes" });\n',
  );
  const known = rows.map(([n, job]) => [n, job === 'gig' ? 'clerk' : job]);
  await makeBaseline('data-quality', {
    dataset: csv('trained.csv', [['n', 'job'], ...known]),
    output: path.join(folder, 'jobs'),
  });
  csv('current.csv', [['n', 'job'], ...rows]);
  csv('headless.csv', rows);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The report as it comes out of its file. */
const stored = (report: Report): Report => JSON.parse(JSON.stringify(report)) as Report;

describe('reportRecords()', () => {
  it.each([
    ['a capture', 'census/capture/census-income', {}],
    ['a capture whose columns the monitor names', 'census/capture/census-income', { columns }],
    ['a capture read by a hook', 'census/capture/census-income', { recordHook: hook }],
    ['merged records', 'merged', {}],
  ] as const)('reads the same rows out of %s as the report that was just made', async (_, current, more) => {
    const options: CheckOptions = {
      current: path.join(folder, current),
      baseline: path.join(folder, 'baseline'),
      ...window,
      ...more,
    };
    const report = await check('data-quality', options);
    const asked = report.violations.filter(({ query }) => query !== undefined);
    expect(asked.map(({ id }) => id)).toContain('hours-per-week/baseline_drift_check');
    for (const violation of asked) {
      const found = await reportRecords(stored(report), violation.id, options, 20);
      expect(found.rows).toEqual(await violation.records({ limit: 20 }));
      expect(found.rows.length).toBeGreaterThan(0);
      expect(found.columns.map(({ name }) => name)).toEqual(Object.keys(found.rows[0]!.values));
    }
  });

  it('says which part of the record a column comes from', async () => {
    const options: CheckOptions = {
      current: path.join(folder, 'census/capture/census-income'),
      baseline: path.join(folder, 'baseline'),
      ...window,
    };
    const report = await check('data-quality', options);
    const { columns: found } = await reportRecords(stored(report), 'hours-per-week/baseline_drift_check', options);
    expect(found.slice(0, 2)).toEqual([
      { name: 'probability', part: 'output' },
      { name: 'age', part: 'input' },
    ]);
  });

  it.each(['current.csv', 'headless.csv'])('reads the rows of a dataset: %s', async (name) => {
    const options: CheckOptions = { current: path.join(folder, name), baseline: path.join(folder, 'jobs') };
    const report = await check('data-quality', options);
    const found = await reportRecords(stored(report), 'job/categorical_values_check', options);
    expect(found.rows.map(({ line }) => line)).toEqual([8, 108, 208]);
    expect(found.columns.map((column) => column.name)).toEqual(['n', 'job']);
    expect(found.capped).toBe(false);
  });

  it('says when there are more rows than were asked for', async () => {
    const options: CheckOptions = { current: path.join(folder, 'current.csv'), baseline: path.join(folder, 'jobs') };
    const report = stored(await check('data-quality', options));
    const asked = (limit: number) => reportRecords(report, 'job/categorical_values_check', options, limit);
    expect(await asked(3)).toMatchObject({ rows: { length: 3 }, capped: false });
    expect(await asked(2)).toMatchObject({ rows: { length: 2 }, capped: true });
  });
});
