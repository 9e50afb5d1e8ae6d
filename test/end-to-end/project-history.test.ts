import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViolationDecision } from '../../kernel-lib/src/project/annotations.js';
import type { ExecutionsFile } from '../../kernel-lib/src/project/execution-record.js';
import { joinMeasures } from '../../kernel-lib/src/project/join-measures.js';
import type { ListedExecution } from '../../kernel-lib/src/project/list-all.js';
import type { MeasuresFile } from '../../kernel-lib/src/project/measures.js';
import type { MonitorStatus } from '../../kernel-lib/src/project/status.js';
import type { HoursFile } from '../../kernel-lib/src/report/hours.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const results = path.join(project, 'reports', 'census-income');
const days = ['--from', '2026-03-04T00:00:00Z', '--to', '2026-03-07T00:00:00Z'];
const monitors = ['census-data-quality', 'census-model-quality', 'census-model-bias', 'census-model-explainability'];

const read = <Content>(...names: string[]): Content =>
  JSON.parse(readFileSync(path.join(results, ...names), 'utf8')) as Content;
const report = (monitor: string, day: string): Report => read(monitor, '2026', '03', day, '00', 'report.json');
const run = (...args: string[]): Promise<Ended> => driftline([...args, '--project', project]);
const listed = async (...args: string[]): Promise<ListedExecution[]> =>
  JSON.parse((await run('executions', ...args, '--json')).out) as ListedExecution[];
/** To 6 significant digits, as the history keeps numbers. */
const short = (value: number | undefined): number | null => (value === undefined ? null : Number(value.toPrecision(6)));

beforeAll(async () => {
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  expect((await run('run', '--all', ...days, '--quiet')).code).toBe(1);
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the history of a project', () => {
  it.each(monitors)('of %s has every execution with the status and the violations of its report', (monitor) => {
    const { executions, endpoint, month } = read<ExecutionsFile>(monitor, 'executions', '2026-03.json');
    expect([endpoint, month]).toEqual(['census-income', '2026-03']);
    expect(executions.map(({ folder: files }) => files)).toEqual(
      ['04', '05', '06', '07'].map((day) => `2026/03/${day}/00`),
    );
    for (const execution of executions) {
      const { status, headline, violations, current, window } = report(monitor, execution.folder.slice(8, 10));
      expect(execution.outcome).toBe(status);
      expect(execution.status).toBe(status === 'violations' ? 'CompletedWithViolations' : 'Completed');
      expect([execution.headline, execution.rows, execution.window]).toEqual([headline, current.rows, window]);
      expect(execution.violations.map(({ id, measured, limit }) => [id, measured, limit])).toEqual(
        violations.map(({ id, measured, limit }) => [id, measured, limit]),
      );
      expect(Date.parse(execution.endedAt)).toBeGreaterThanOrEqual(Date.parse(execution.startedAt));
    }
  });

  it('of data quality has each feature with distance, limit and p-value, and its distance by hour', () => {
    const { subjects, executions } = joinMeasures([
      read<MeasuresFile>('census-data-quality', 'measures', '2026-03.json'),
    ]);
    const execution = executions[1]!;
    const { features, hours } = report('census-data-quality', '05');
    expect(subjects.map(({ key }) => key).sort()).toEqual(features.map(({ name }) => name).sort());
    expect(execution.hourly?.rows).toEqual(hours.map(({ rows }) => rows));
    for (const feature of features) {
      const place = subjects.findIndex(({ key }) => key === feature.name);
      const judged = feature.distances.find(({ threshold }) => threshold !== undefined);
      expect(execution.value[place]).toBe(short(judged?.value));
      expect(execution.maximum?.[place]).toBe(short(feature.drift?.threshold));
      expect(execution.adjustedPValue?.[place]).toBe(short(feature.drift?.adjustedPValue));
      expect(execution.violated.includes(place)).toBe(feature.status === 'violated');
      expect(execution.hourly?.distance[place]?.filter((distance) => distance !== null)).toEqual(
        feature.series?.map(({ distance }) => short(distance)),
      );
    }
  });

  it('of the other monitors has metrics, facets and shares with their limits', () => {
    const quality = read<MeasuresFile>('census-model-quality', 'measures', '2026-03.json');
    const recall = quality.subjects.findIndex(({ key }) => key === 'recall');
    const metric = report('census-model-quality', '05').modelQuality?.metrics.find(({ name }) => name === 'recall');
    expect(quality.executions[1]?.value[recall]).toBe(short(metric?.current?.value));
    expect(quality.executions[1]?.minimum?.[recall]).toBe(short(metric?.threshold));

    const bias = read<MeasuresFile>('census-model-bias', 'measures', '2026-03.json');
    const place = bias.subjects.findIndex(({ key }) => key === 'sex=Female/DPPL');
    const facet = report('census-model-bias', '05').modelBias?.facets.find(({ title }) => title === 'sex = Female');
    const dppl = facet?.metrics.find(({ name }) => name === 'DPPL');
    expect(bias.subjects[place]).toMatchObject({ kind: 'bias', facet: 'sex = Female', fair: 0 });
    expect(bias.executions[1]?.value[place]).toBe(short(dppl?.current?.value));
    expect(bias.executions[1]?.maximum?.[place]).toBe(short(dppl?.allowed?.upper));

    const shares = read<MeasuresFile>('census-model-explainability', 'measures', '2026-03.json');
    const output = report('census-model-explainability', '05').modelExplainability?.outputs[0];
    expect(shares.executions[1]?.value.slice(0, 3)).toEqual([
      short(output?.ranking.value),
      ...(output?.features.slice(0, 2) ?? []).map(({ share }) => short(share.current?.value)),
    ]);
  });

  it('keeps distributions by hour that add up to those of the report', () => {
    const { hours, rows, features } = read<HoursFile>('census-data-quality', '2026', '03', '05', '00', 'hours.json');
    const whole = report('census-data-quality', '05');
    expect(hours).toEqual(whole.hours.filter((hour) => hour.rows > 0).map(({ hour }) => hour));
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(whole.current.rows);
    for (const { name, distribution, present, missing } of features) {
      const feature = whole.features.find((each) => each.name === name)!;
      expect(present.reduce((sum, count) => sum + count, 0)).toBe(feature.current?.present);
      expect(missing.reduce((sum, count) => sum + count, 0)).toBe(feature.current?.missing);
      const sums = distribution?.baseline.map((_, bin) =>
        distribution.current.reduce((sum, counts) => sum + counts[bin]!, 0),
      );
      // The window's sketch has a rank error of 0.2 %; those of single hours hold every value.
      const tolerance = distribution?.kind === 'numeric' ? 0.002 * whole.current.rows : 0;
      sums?.forEach((sum, bin) => {
        expect(Math.abs(sum - feature.distribution!.current[bin]!)).toBeLessThanOrEqual(tolerance);
      });
      expect(distribution?.baseline).toEqual(feature.distribution?.baseline);
    }
  });
});

describe('driftline executions', () => {
  it('lists the latest first, of all monitors or some, in a span, up to a limit, by outcome', async () => {
    expect((await listed()).map(({ scheduledTime }) => scheduledTime.slice(8, 10))).toEqual(
      ['07', '06', '05', '04'].flatMap((day) => [day, day, day, day]),
    );
    const span = ['--from', '2026-03-05T00:00:00Z', '--to', '2026-03-06T00:00:00Z'];
    expect((await listed('census-model-bias', ...span)).map(({ folder: files }) => files)).toEqual([
      '2026/03/06/00',
      '2026/03/05/00',
    ]);
    expect(await listed('--limit', '3')).toHaveLength(3);
    const violated = await listed('--outcome', 'violations');
    expect(violated.length).toBeGreaterThan(0);
    expect(violated.every(({ status }) => status === 'CompletedWithViolations')).toBe(true);
  });

  it('says in a table what each found', async () => {
    const { out, code } = await run('executions', 'census-data-quality', '--limit', '1');
    expect(code).toBe(0);
    expect(out).toMatch(/7 Mar 2026, 00:00 +census-data-quality +violations +2,689 +/);
  });

  it.each([
    [['--limit', '0'], 'whole number'],
    [['--outcome', 'good'], 'ok, violations, no-data, failed, stopped'],
    [['no-such-monitor'], 'There is no monitor "no-such-monitor"'],
  ])('refuses %s', async (args, words) => {
    const { code, error } = await run('executions', ...args);
    expect(code).toBe(2);
    expect(error).toContain(words);
  });
});

describe('driftline status', () => {
  it('gives the last execution of every monitor and its trend, as the histories have them', async () => {
    const status = JSON.parse((await run('status', '--json')).out) as Record<string, MonitorStatus>;
    expect(Object.keys(status)).toEqual(monitors);
    for (const monitor of monitors) {
      const { executions } = read<ExecutionsFile>(monitor, 'executions', '2026-03.json');
      expect(status[monitor]?.last.scheduledTime).toBe('2026-03-07T00:00:00Z');
      expect(status[monitor]?.trend.outcomes).toEqual(executions.map(({ outcome }) => outcome));
      const { rule, violations } = report(monitor, '07');
      expect(status[monitor]?.violations).toBe(violations.filter(({ rules }) => rules.includes(rule)).length);
    }
  });

  it('puts trouble first and says when each runs next', async () => {
    const { out } = await run('status');
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^4 monitors on 1 endpoint: .* with violations/);
    const first = lines.findIndex((line) => line.startsWith('census-'));
    expect(lines[first]).toContain('violation');
    expect(lines[first]).toMatch(/7 Mar 2026, 00:00 +\d+ \w+ \d{4}, 00:00/);
  });
});

describe('what people decided', () => {
  const file = path.join(project, 'driftline-annotations.json');
  const monitor = 'census-data-quality';

  afterAll(() => rmSync(file, { force: true }));

  it('is counted apart in status and executions, as long as it holds', async () => {
    const { violations } = report(monitor, '07');
    const [first, second] = violations;
    const head = { monitor, at: '2026-03-09T00:00:00Z' } as const;
    const decide = (measured: number): void => {
      const decisions: readonly ViolationDecision[] = [
        { id: 'a', ...head, kind: 'accepted', violation: first!.id, measured },
        { id: 'b', ...head, kind: 'muted', violation: second!.id, until: '2999-01-01T00:00:00Z' },
      ];
      const annotations = { schema: 'driftline.annotations', version: 1, events: [], decisions };
      writeFileSync(file, JSON.stringify(annotations));
    };
    decide(first!.measured);
    const left = violations.filter(({ rules }) => rules.includes('significant')).length - 2;
    expect((await run('status')).out).toContain(`${left} violations`);
    const executions = async (): Promise<string> => (await run('executions', monitor, '--limit', '1')).out;
    expect(await executions()).toContain('violations (1 accepted, 1 muted)');
    // Nearer to the limit than what happened.
    decide((first!.measured + first!.limit) / 2);
    expect((await run('status')).out).toContain(`${left + 1} violations`);
    expect(await executions()).toContain('violations (1 muted)');
  });
});

describe('an execution that cannot be run', () => {
  it('is kept as failed with its reason, while the others run; the next success takes its place', async () => {
    const model = path.join(project, 'model', 'census-model.json');
    renameSync(model, `${model}.away`);
    const at = ['--at', '2026-03-08T00:00:00Z'];
    const broken = await run('run', 'census-model-explainability', 'census-model-quality', ...at, '--json');
    renameSync(`${model}.away`, model);

    expect(broken.code).toBe(2);
    expect(broken.error).toContain('The execution of census-model-explainability at 2026-03-08T00:00:00Z failed.');
    const [ran, failed] = JSON.parse(broken.out) as { monitor: string; status: string; failureReason?: string }[];
    expect([ran?.monitor, failed?.monitor, failed?.status]).toEqual([
      'census-model-quality',
      'census-model-explainability',
      'Failed',
    ]);
    expect(failed?.failureReason).toContain('census-model.json');
    const [kept] = await listed('census-model-explainability', '--limit', '1');
    expect(kept).toMatchObject({ outcome: 'failed', failureReason: failed?.failureReason, violations: [], rows: 0 });
    expect((await run('status')).out.split('\n')[0]).toContain('1 failed');

    expect((await run('run', 'census-model-explainability', ...at, '--quiet')).code).toBe(0);
    const again = await listed('census-model-explainability', '--from', '2026-03-08T00:00:00Z');
    expect(again.map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  it('without data is Failed in the words of the service, and no failure of ours', async () => {
    const empty = await run('run', 'census-data-quality', '--at', '2026-04-01T00:00:00Z', '--quiet');
    expect(empty.code).toBe(0);
    const [kept] = await listed('census-data-quality', '--limit', '1');
    expect(kept).toMatchObject({ outcome: 'no-data', status: 'Failed' });
    expect(kept?.failureReason).toMatch(/^Job inputs had no data\. No data between/);
    expect(readdirSync(path.join(results, 'census-data-quality', 'executions'))).toEqual([
      '2026-03.json',
      '2026-04.json',
    ]);
  });

  it('leaves a history that it cannot read as it is, and says which file', async () => {
    const file = path.join(results, 'census-model-bias', 'executions', '2026-05.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '{"schema": "something else"}');
    const { code, error } = await run('run', 'census-model-bias', '--at', '2026-05-02T00:00:00Z', '--quiet');
    rmSync(file);
    expect(code).toBe(3);
    expect(error).toContain('executions/2026-05.json');
  });
});
