import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../kernel-lib/src/demo/incidents.js';
import type { Execution } from '../../kernel-lib/src/project/executions.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
let run: Ended;
let executions: Execution[];
let incidents: Incident[];
const week = ['--from', '2026-03-03T00:00:00Z', '--to', '2026-03-09T00:00:00Z'];

beforeAll(async () => {
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  run = await driftline(['run', 'census-data-quality', '--project', project, ...week, '--json']);
  executions = JSON.parse(run.out) as Execution[];
  incidents = JSON.parse(readFileSync(path.join(project, 'incidents.json'), 'utf8')) as Incident[];
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Feature and check of every violation of an execution, under one rule. */
function found(execution: Execution, rule: 'threshold' | 'significant'): string[] {
  return execution.report.violations
    .filter(({ rules }) => rules.includes(rule))
    .map(({ feature, check }) => `${feature}/${check}`);
}

function activeIn({ report }: Execution, { start, end }: Incident): boolean {
  const window = report.window!;
  return Date.parse(start) < Date.parse(window.end) && Date.parse(window.start) < Date.parse(end);
}

describe('the week of the example project', () => {
  it('runs seven daily executions and exits with 1, since there are violations', () => {
    expect(run.code).toBe(1);
    expect(executions.map(({ report }) => report.window?.start.slice(0, 10))).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((day) => `2026-03-0${day}`),
    );
  });

  it('raises nothing on the two quiet days, under either rule', () => {
    for (const execution of executions.slice(0, 2)) {
      expect(found(execution, 'threshold')).toEqual([]);
      expect(found(execution, 'significant')).toEqual([]);
      expect(execution.report.status).toBe('ok');
    }
  });

  it.each(['threshold', 'significant'] as const)(
    'finds each documented incident on each of its days, by %s',
    (rule) => {
      for (const execution of executions) {
        const active = incidents.filter((incident) => activeIn(execution, incident));
        const expected = active.flatMap(({ checks }) => checks.map(({ feature, type }) => `${feature}/${type}`));
        const allowed = active.flatMap(({ alsoMoves }) =>
          alsoMoves.map((feature) => `${feature}/baseline_drift_check`),
        );
        const violations = found(execution, rule);
        expect(violations).toEqual(expect.arrayContaining(expected));
        expect(violations.filter((violation) => ![...expected, ...allowed].includes(violation))).toEqual([]);
      }
    },
  );

  it('says since when each incident holds, to the hour or at most one later, and until when', () => {
    for (const incident of incidents) {
      for (const { feature, type } of incident.checks) {
        const since = executions
          .filter((execution) => activeIn(execution, incident))
          .map(({ report }) => report.violations.find((v) => v.feature === feature && v.check === type)?.since?.hour);
        const hoursLate = (Date.parse(since[0] ?? '') - Date.parse(incident.start)) / 3_600_000;
        expect(hoursLate, `${incident.id}: ${since[0]}`).toBeGreaterThanOrEqual(0);
        expect(hoursLate, `${incident.id}: ${since[0]}`).toBeLessThanOrEqual(1);
        expect(new Set(since).size, `${incident.id}: every later day says the same hour`).toBe(1);
        const last = executions.filter((execution) => activeIn(execution, incident)).at(-1)!.report.violations;
        const until = last.find((v) => v.feature === feature && v.check === type)?.since?.until;
        expect(until, incident.id).toBe(incident.end === '2026-03-09T00:00:00Z' ? undefined : incident.end);
      }
    }
  });

  it('measures the sizes that the incidents document', () => {
    const thursdayOn = executions.slice(4);
    for (const { report } of thursdayOn) {
      const age = report.features.find(({ name }) => name === 'age')!;
      expect(age.drift!.distance).toBeGreaterThan(0.28 - 0.04);
      expect(age.drift!.distance).toBeLessThan(0.28 + 0.04);
      const occupation = report.features.find(({ name }) => name === 'occupation')!;
      expect(1 - occupation.current!.completeness!).toBeCloseTo(0.15, 1);
    }
    const wednesday = executions[2]!.report.features.find(({ name }) => name === 'hours-per-week')!;
    expect(wednesday.current!.max).toBe(99 * 60);
  });

  it('writes the files of each execution in the layout of the service', () => {
    const hour = path.join(project, 'reports', 'census-income', 'census-data-quality', '2026', '03', '05', '00');
    expect(readdirSync(hour).sort()).toEqual(
      expect.arrayContaining(['constraint_violations.json', 'report.html', 'report.json', 'statistics.json']),
    );
    const { violations } = JSON.parse(readFileSync(path.join(hour, 'constraint_violations.json'), 'utf8'));
    expect(violations[0]).toEqual({
      feature_name: 'hours-per-week',
      constraint_check_type: 'baseline_drift_check',
      description: expect.stringMatching(/^Baseline drift distance: 0\.\d+ exceeds threshold: 0\.1$/),
    });
  });

  it('reads hours only once: a second run finds the same and reuses every hourly profile', async () => {
    const again = await driftline(['run', 'census-data-quality', '--project', project, ...week, '--json']);
    const withoutTimes = (text: string): string => text.replace(/"createdAt": "[^"]+"/g, '');
    expect(withoutTimes(again.out)).toBe(withoutTimes(run.out));
  });

  it('prints a summary with feature, since and until for each finding', async () => {
    const { out, code } = await driftline(['run', 'census-data-quality', '--project', project, ...week]);
    expect(code).toBe(1);
    expect(out).toMatch(/Wed 4 Mar 06:00\s+\S.*hours-per-week/);
    expect(out).toMatch(/workclass/);
    expect(out).toMatch(/still there/);
    expect(out).toContain('5 with violations, 2 without');
  });

  it('runs an hourly window of a few hundred rows without crying wolf', async () => {
    const output = path.join(folder, 'one-hour');
    const { code, out } = await driftline([
      ...['check', 'data-quality', '--current', path.join(project, 'capture'), '--output', output],
      ...['--baseline', path.join(project, 'baseline', 'census-data-quality')],
      ...['--start', '2026-03-02T12:00:00Z', '--end', '2026-03-02T13:00:00Z', '--no-profile-cache'],
    ]);
    expect(code, out).toBe(0);
    expect(out).toContain('census-income');
  });

  it('gives an empty window as a result that names the newest capture', async () => {
    const { code, out } = await driftline([
      ...[
        'check',
        'data-quality',
        '--current',
        path.join(project, 'capture', 'census-income'),
        '--output',
        path.join(folder, 'empty'),
      ],
      ...['--baseline', path.join(project, 'baseline', 'census-data-quality')],
      ...['--start', '2026-04-01T00:00:00Z', '--end', '2026-04-02T00:00:00Z'],
    ]);
    expect(code).toBe(0);
    expect(out).toContain('2026-03-08');
    const report = JSON.parse(readFileSync(path.join(folder, 'empty', 'report.json'), 'utf8'));
    expect(report.status).toBe('no-data');
    expect(report.newestCapture).toBe('2026-03-08T23:00:00Z');
  });

  it('counts and shows lines that cannot be read, a half-written last line among them', async () => {
    const capture = path.join(folder, 'broken', 'ep', 'AllTraffic', '2026', '03', '02', '00');
    mkdirSync(capture, { recursive: true });
    const hour = path.join(project, 'capture', 'census-income', 'AllTraffic', '2026', '03', '02', '00');
    const [first] = readdirSync(hour).sort();
    const lines = readFileSync(path.join(hour, first!), 'utf8').trimEnd().split('\n');
    writeFileSync(path.join(capture, 'a.jsonl'), `${lines[0]}\nnot json\n${lines[1]}\n${lines[2]!.slice(0, 300)}`);
    const { code } = await driftline([
      ...[
        'check',
        'data-quality',
        '--current',
        path.join(folder, 'broken'),
        '--output',
        path.join(folder, 'broken-report'),
      ],
      ...['--baseline', path.join(project, 'baseline', 'census-data-quality'), '--no-profile-cache'],
    ]);
    expect(code).toBe(0);
    const { current } = JSON.parse(readFileSync(path.join(folder, 'broken-report', 'report.json'), 'utf8'));
    expect(current.rows).toBe(2);
    expect(current.read.quarantined).toBe(2);
    expect(current.read.examples.map((line: { line: number }) => line.line)).toEqual([2, 4]);
    expect(current.read.reasons).toEqual(expect.arrayContaining([{ reason: 'half-written last line', count: 1 }]));
  });
});
