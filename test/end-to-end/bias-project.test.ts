import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution } from '../../kernel-lib/src/project/executions.js';
import type { Report, Violation } from '../../kernel-lib/src/report/report.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const results = (day: string): string =>
  path.join(project, 'reports/census-income/census-model-bias', day.replaceAll('-', '/'), '00');
let run: Ended;
let executions: Execution[];

beforeAll(async () => {
  await driftline(['demo', project, '--quiet']);
  const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];
  run = await driftline(['run', 'census-model-bias', '--project', project, ...week, '--json']);
  executions = JSON.parse(run.out) as Execution[];
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function decided({ violations, rule }: Report): readonly Violation[] {
  return violations.filter(({ rules }) => rules.includes(rule));
}

function facet(report: Report, title: string) {
  return report.modelBias!.facets.find((candidate) => candidate.title === title)!;
}

function metric(report: Report, title: string, name: string) {
  return facet(report, title).metrics.find((candidate) => candidate.name === name)!;
}

describe('the bias monitor on the week of the example project', () => {
  it('finds women on both days on which their labels turn, and nobody else', () => {
    expect(run.code).toBe(1);
    for (const { report } of executions.slice(5)) {
      const found = decided(report);
      expect(found.map(({ feature }) => feature)).toEqual(expect.arrayContaining(['RD', 'DRR', 'DCR', 'DCA']));
      expect([...new Set(found.map(({ facet: of }) => of?.title))]).toEqual(['sex = Female']);
      expect(report.headline).toContain('sex = Female');
    }
  });

  it('raises nothing on the five days before, whatever else goes wrong', () => {
    for (const { report } of executions.slice(0, 5)) expect(decided(report)).toEqual([]);
    expect(executions.slice(0, 5).map(({ report }) => report.status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('says since when, to the hour', () => {
    const recall = decided(executions[5]!.report).find(({ feature }) => feature === 'RD')!;
    expect(recall.since?.hour).toBe('2026-03-07T00:00:00Z');
    const next = decided(executions[6]!.report).find(({ feature }) => feature === 'RD')!;
    expect(next.since?.hour).toBe('2026-03-07T00:00:00Z');
  });

  it('says that it is the labels of women that moved', () => {
    const cause = metric(executions[6]!.report, 'sex = Female', 'DRR').cause!;
    const { value } = metric(executions[6]!.report, 'sex = Female', 'DRR').change!;
    const { population, labels, predictions } = cause.parts;
    expect(population + labels + predictions).toBeCloseTo(value, 9);
    expect(Math.abs(cause.sides.disadvantaged)).toBeGreaterThan(4 * Math.abs(cause.sides.advantaged));
    expect(cause.explanation).toContain('sex = Female');
  });

  it('warns of small groups instead of judging them', () => {
    const few = executions.flatMap(({ report }) =>
      facet(report, 'race = Black').metrics.filter(({ status }) => status === 'too-few'),
    );
    expect(few.length).toBeGreaterThan(0);
    for (const { reason } of few) expect(reason).toMatch(/^only \d+ rows? .*race = Black/);
  });

  it('leaves the files of the service: a violations file only on days with violations', () => {
    for (const [index, { folder: files, report }] of executions.entries()) {
      const names = readdirSync(files).filter((name) => name !== 'history');
      const expected = ['analysis.json', 'report.html', 'report.json'];
      expect(names.sort()).toEqual(
        index < 5 ? expected : ['analysis.json', 'constraint_violations.json', ...expected.slice(1)],
      );
      if (index < 5) continue;
      const file = JSON.parse(readFileSync(path.join(files, 'constraint_violations.json'), 'utf8'));
      expect(file.violations).toHaveLength(decided(report).length);
      expect(Object.keys(file.violations[0])).toEqual([
        'facet',
        'facet_value',
        'metric_name',
        'constraint_check_type',
        'description',
      ]);
    }
  });

  it('keeps the report under a megabyte, and the page too', () => {
    for (const { folder: files } of executions) {
      expect(readFileSync(path.join(files, 'report.json')).length).toBeLessThan(1_000_000);
      expect(readFileSync(path.join(files, 'report.html')).length).toBeLessThan(1_000_000);
    }
  });

  it('reports a day again when its labels have come, and keeps the report before', async () => {
    const late = path.join(folder, 'late');
    const all = path.join(project, 'ground-truth');
    cpSync(project, late, { recursive: true });
    for (const name of ['reports', 'ground-truth/census-income/2026/03/08', 'ground-truth/census-income/2026/03/09']) {
      rmSync(path.join(late, name), { recursive: true, force: true });
    }
    const at = (time: string): Promise<Ended> =>
      driftline(['run', 'census-model-bias', '--project', late, '--at', time, '--json']);
    const early = JSON.parse((await at('2026-03-08T00:00:00Z')).out) as Execution[];
    expect(early.at(-1)!.report.status).toBe('no-data');
    expect(early.at(-1)!.report.headline).toContain('has its label yet');
    cpSync(all, path.join(late, 'ground-truth'), { recursive: true });
    const again = JSON.parse((await at('2026-03-09T00:00:00Z')).out) as Execution[];
    const day = again.find(({ scheduledTime }) => scheduledTime.startsWith('2026-03-08'))!;
    expect(day.replaces).toBeDefined();
    expect(day.report.status).toBe('violations');
    expect(existsSync(path.join(day.folder, 'history'))).toBe(true);
  }, 60_000);

  it('writes what stands in the folder named after the end of the window', () => {
    expect(executions.map(({ folder: files }) => files)).toEqual(
      ['03', '04', '05', '06', '07', '08', '09'].map((day) => results(`2026-03-${day}`)),
    );
  });
});
