import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemo } from '../../../kernel-lib/src/demo/demo.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { serve, serveWith } from '../../../kernel-lib/src/serve/serve.js';
import { packageVersion } from '../../../kernel-lib/src/version.js';
import { compiledLibrary } from '../../support/compiled-library.js';
import { temporaryFolder } from '../../support/driftline.js';
import { FakeNotebook } from '../../support/fake-notebook.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const monitor = 'census-data-quality';
const scheduledTime = '2026-03-06T00:00:00Z';

const { dist, remove } = compiledLibrary();
let compiled: typeof serveWith;

beforeAll(async () => {
  await createDemo(project);
  ({ serveWith: compiled } = (await import(path.join(dist, 'serve/serve.js'))) as { serveWith: typeof serveWith });
});

afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('serve()', () => {
  it('is for notebooks only', async () => {
    await expect(serve({ id: '1', method: 'about', params: {} })).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('answers under the id of the request', async () => {
    const notebook = new FakeNotebook(compiled);
    await notebook.ask('about', {});
    expect(notebook.messages).toEqual([
      { id: '1', ok: true, result: { version: packageVersion(), folder: process.cwd() } },
    ]);
  });

  it('throws for what is no request, which it could not answer', async () => {
    const { send, interrupts } = new FakeNotebook();
    for (const request of [undefined, {}, '{"id": 1, "method": "about"}', '{"id": "1"}']) {
      await expect(serveWith(request, send, interrupts)).rejects.toMatchObject({ code: 'USAGE' });
    }
  });

  it('refuses an unknown method, inherited names too, and says which there are', async () => {
    const notebook = new FakeNotebook(compiled);
    for (const name of ['chek', 'toString', '__proto__']) {
      const error = await notebook.refusal(name, {});
      expect(error).toMatchObject({ code: 'USAGE', what: `There is no method "${name}".` });
      expect(error.fix).toMatch(/^use one of: about, run, check, compare, records/);
    }
  });

  it('names every parameter that is not as it should be', async () => {
    const { code, what } = await new FakeNotebook(compiled).refusal('check', {
      project,
      monitor,
      start: 'yesterday',
      and: 1,
    });
    expect(code).toBe('USAGE');
    expect(what).toContain('start: must be a time like 2026-03-05T06:00:00Z');
    expect(what).toContain('end: Invalid input');
    expect(what).toContain('Unrecognized key: "and"');
  });

  it("answers with the library's own errors: what, where and how to fix it", async () => {
    expect(await new FakeNotebook(compiled).refusal('run', { project: folder })).toEqual({
      code: 'FILE_NOT_FOUND',
      what: 'There is no driftline.yaml here.',
      where: folder,
      fix: 'name the folder that holds it, make one with "driftline init", or an example with "driftline demo DIR"',
    });
  });

  it('fulfils requests one after the other', async () => {
    const notebook = new FakeNotebook(compiled);
    const window = { start: '2026-03-03T00:00:00Z', end: '2026-03-04T00:00:00Z' };
    await Promise.all([
      notebook.ask('check', { project, monitor, ...window }),
      notebook.ask('about', {}),
      notebook.ask('about', {}),
    ]);
    const replies = notebook.messages.filter((message) => 'ok' in message);
    expect(replies.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });
});

describe('an interrupt', () => {
  it('aborts the request, whose files are whole or not there; the next one is fulfilled', async () => {
    const notebook = new FakeNotebook(compiled);
    const before = (): void => {
      throw new Error('the listener that was there before was called');
    };
    notebook.interrupts.on('SIGINT', before);
    notebook.onMessage = (message) => {
      if ('progress' in message) notebook.interrupts.emit('SIGINT');
      notebook.onMessage = () => {};
    };
    const error = await notebook.refusal('run', { project, monitors: [monitor], at: '2026-03-07T00:00:00Z' });
    expect(error).toEqual({ code: 'ABORTED', what: 'Stopped before it was finished.' });
    expect(existsSync(path.join(project, 'reports/census-income', monitor, '2026/03/07/00/report.json'))).toBe(false);
    expect(notebook.interrupts.listeners('SIGINT')).toEqual([before]);
    expect(await notebook.result('about', {})).toMatchObject({ version: packageVersion() });
  });
});

describe('compare', () => {
  const of = { project, endpoint: 'census-income' };
  const baseline = { ...of, start: '2026-03-03T00:00:00Z', end: '2026-03-04T00:00:00Z' };

  it('compares two windows, which may be of different projects', async () => {
    const current = { ...of, start: '2026-03-06T00:00:00Z', end: '2026-03-07T00:00:00Z' };
    const report = await new FakeNotebook(compiled).result('compare', { baseline, current });
    expect(report.title).toBe('census-income, 2026-03-06 against census-income, 2026-03-03');
    expect(report.rule).toBe('significant');
    expect(report.violations.map(({ feature }) => feature)).toContain('occupation');
  });

  it('says which variants there are', async () => {
    const current = { ...baseline, variant: 'B' };
    expect(await new FakeNotebook(compiled).refusal('compare', { baseline, current })).toMatchObject({
      code: 'USAGE',
      what: 'The capture has no variant "B".',
      fix: 'use one of: AllTraffic; or name none, to take all',
    });
  });
});

describe('run', () => {
  it('runs executions, and tells of each what came of it without its report', async () => {
    const notebook = new FakeNotebook(compiled);
    const { executions } = await notebook.result('run', { project, monitors: [monitor], at: scheduledTime });
    const execution = path.join(project, 'reports/census-income', monitor, '2026/03/06/00');
    const report = JSON.parse(readFileSync(path.join(execution, 'report.json'), 'utf8')) as Report;
    expect(executions).toEqual([
      {
        monitor,
        endpoint: 'census-income',
        scheduledTime,
        folder: execution,
        status: 'CompletedWithViolations',
        outcome: 'violations',
        headline: report.headline,
      },
    ]);
    const progress = notebook.messages.filter((message) => 'progress' in message);
    expect(progress.length).toBeGreaterThan(0);
    expect(notebook.messages.at(-1)).toMatchObject({ id: '1', ok: true });
  });

  it('tells of an execution that failed why it did, and goes on with the others', async () => {
    const broken = path.join(folder, 'broken');
    await createDemo(broken);
    rmSync(path.join(broken, 'baseline/validation.csv'));
    const monitors = ['census-model-quality', monitor];
    const { executions } = await new FakeNotebook(compiled).result('run', {
      project: broken,
      monitors,
      at: scheduledTime,
    });
    expect(executions.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['Failed', 'failed'],
      ['CompletedWithViolations', 'violations'],
    ]);
    expect(executions[0]!.headline).toContain('validation.csv');
  });
});

describe('check', () => {
  it('answers with the report of any window, as plain JSON, and writes none', async () => {
    const window = { start: '2026-03-05T06:00:00Z', end: '2026-03-05T09:00:00Z' };
    const report = await new FakeNotebook(compiled).result('check', { project, monitor, ...window });
    expect(report.schema).toBe('driftline.report');
    expect(report.window).toEqual(window);
    expect(report.violations.map(({ id }) => id)).toContain('hours-per-week/baseline_drift_check');
    expect(existsSync(path.join(project, 'reports/census-income', monitor, '2026/03/05/09'))).toBe(false);
  });
});

describe('records', () => {
  const violation = 'hours-per-week/baseline_drift_check';

  it('gives the captured requests behind a violation of an execution, by page', async () => {
    const notebook = new FakeNotebook(compiled);
    await notebook.result('run', { project, monitors: [monitor], at: scheduledTime });
    const file = path.join(project, 'reports/census-income', monitor, '2026/03/06/00/report.json');
    const { violations } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const asked = { project, monitor, scheduledTime, violation };
    const first = await notebook.result('records', { ...asked, limit: 3 });
    expect(first.total).toBe(violations.find(({ id }) => id === violation)!.rows);
    expect(first).toMatchObject({ matching: first.total, capped: false, cap: 10_000 });
    expect(first.columns.slice(0, 6)).toEqual([
      { name: 'time', part: 'record' },
      { name: 'eventId', part: 'record' },
      { name: 'inferenceId', part: 'record' },
      { name: 'file', part: 'record' },
      { name: 'line', part: 'record' },
      { name: 'probability', part: 'output' },
    ]);
    expect(first.columns).toHaveLength(20);
    expect(first.rows).toHaveLength(3);
    const second = await notebook.result('records', { ...asked, offset: 2, limit: 2 });
    expect(second.rows[0]).toEqual(first.rows[2]);
  });

  it('gives those of a window that was checked before, and of one that was not', async () => {
    const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' };
    const notebook = new FakeNotebook(compiled);
    const stored = await notebook.result('records', { project, monitor, scheduledTime, violation });
    await notebook.result('check', { project, monitor, ...window });
    const checked = await notebook.result('records', { project, monitor, ...window, violation });
    expect(checked).toEqual(stored);
    const unchecked = await notebook.result('records', { project, monitor, ...window, rule: 'threshold', violation });
    expect(unchecked).toEqual(stored);
  });

  it('sorts and filters all of them', async () => {
    const notebook = new FakeNotebook(compiled);
    const asked = { project, monitor, scheduledTime, violation, limit: 1000 };
    const { columns, matching } = await notebook.result('records', asked);
    const at = (name: string): number => columns.findIndex((column) => column.name === name);
    const [age, sex] = [at('age'), at('sex')];
    const sorted = await notebook.result('records', { ...asked, sort: { column: age, direction: 'descending' } });
    const ages = sorted.rows.map((row) => Number(row[age]));
    expect(ages).toEqual([...ages].sort((a, b) => b - a));
    expect(sorted.total).toBe(matching);
    const filters = [{ column: sex, operator: 'contains', value: 'FEMALE' }] as const;
    const female = await notebook.result('records', { ...asked, filters });
    expect(female.total).toBeGreaterThan(0);
    expect(female.total).toBeLessThan(matching);
    expect(new Set(female.rows.map((row) => row[sex]))).toEqual(new Set(['Female']));
    const nowhere = [{ operator: 'contains', value: 'no such cell' }] as const;
    const none = await notebook.result('records', { ...asked, filters: nowhere });
    expect(none).toMatchObject({ rows: [], total: 0, matching });
    const old = [{ column: age, operator: 'above', value: '60' }] as const;
    const above = await notebook.result('records', { ...asked, filters: old });
    expect(above.rows.every((row) => Number(row[age]) > 60)).toBe(true);
    expect(above.total).toBe(ages.filter((years) => years > 60).length);
  });

  it('gives those in a segment of a model-quality report', async () => {
    const notebook = new FakeNotebook(compiled);
    const quality = 'census-model-quality';
    const at = '2026-03-08T00:00:00Z';
    await notebook.result('run', { project, monitors: [quality], at });
    const file = path.join(project, 'reports/census-income', quality, '2026/03/08/00/report.json');
    const { modelQuality } = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const place = modelQuality!.segments.findIndex(({ conditions }) =>
      conditions.some(({ feature }) => feature === 'sex'),
    );
    const [condition] = modelQuality!.segments[place]!.conditions;
    const records = await notebook.result('records', { project, monitor: quality, scheduledTime: at, segment: place });
    const sex = records.columns.findIndex(({ name }) => name === 'sex');
    expect(condition).toMatchObject({ kind: 'equals', value: 'Female' });
    expect(new Set(records.rows.map((row) => row[sex]))).toEqual(new Set(['Female']));
  });

  it('has none behind metrics of many rows', async () => {
    const notebook = new FakeNotebook(compiled);
    const bias = 'census-model-bias';
    const at = '2026-03-08T00:00:00Z';
    await notebook.result('run', { project, monitors: [bias], at });
    const file = path.join(project, 'reports/census-income', bias, '2026/03/08/00/report.json');
    const [first] = (JSON.parse(readFileSync(file, 'utf8')) as Report).violations;
    const records = await notebook.result('records', {
      project,
      monitor: bias,
      scheduledTime: at,
      violation: first!.id,
    });
    expect(records).toMatchObject({ columns: [], rows: [], total: 0, matching: 0, capped: false });
  });

  it('refuses what the report does not have, executions that were not run, and half a question', async () => {
    const notebook = new FakeNotebook(compiled);
    const asked = { project, monitor, scheduledTime };
    expect(await notebook.refusal('records', { ...asked, violation: 'age/none' })).toMatchObject({
      code: 'USAGE',
      what: 'The report has no violation "age/none".',
      fix: expect.stringContaining(violation),
    });
    expect(await notebook.refusal('records', { ...asked, segment: 0 })).toMatchObject({
      what: 'The report has no segment 0.',
    });
    const later = { ...asked, scheduledTime: '2030-01-01T00:00:00Z', violation };
    expect(await notebook.refusal('records', later)).toMatchObject({ code: 'FILE_NOT_FOUND' });
    expect((await notebook.refusal('records', asked)).what).toContain('give violation or segment');
    expect((await notebook.refusal('records', { project, monitor, violation })).what).toContain(
      'give scheduledTime, or start and end',
    );
  });
});

describe('inspect and create', () => {
  const sources = {
    dataset: path.join(project, 'baseline/training.csv'),
    capture: path.join(project, 'capture/census-income'),
  };
  const place = path.join(folder, 'set-up');

  it('tell what would be written, then write it, and then add to it', async () => {
    const notebook = new FakeNotebook(compiled);
    const found = await notebook.result('inspect', sources);
    expect(found.monitors.map(({ possible }) => possible)).toEqual([true, false, false, false]);
    const choices = { endpoint: 'first', schedule: 'cron(0 * ? * * *)' };
    const planned = await notebook.result('create', { project: place, sources, choices, write: false });
    expect([planned.added, existsSync(planned.file)]).toEqual([false, false]);
    const written = await notebook.result('create', { project: place, sources, choices });
    expect(readFileSync(written.file, 'utf8')).toBe(planned.text);
    expect(written).toEqual({ ...planned, monitors: ['first-data-quality'], endpoint: 'first' });
    const more = await notebook.result('create', { project: place, sources, choices: { endpoint: 'second' } });
    expect([more.added, more.monitors]).toEqual([true, ['second-data-quality']]);
  });

  it('refuse what cannot be', async () => {
    const notebook = new FakeNotebook(compiled);
    expect(await notebook.refusal('inspect', { ...sources, dataset: 'none.csv' })).toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
    const wrong = { project: place, sources, choices: { endpoint: 'first' } };
    expect(await notebook.refusal('create', wrong)).toMatchObject({ code: 'CONFIGURATION' });
    expect((await notebook.refusal('create', { ...wrong, choices: { monitors: ['drift'] } })).what).toContain(
      'choices.monitors.0',
    );
  });
});
